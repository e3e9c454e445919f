"""The lines of opinions on the first screen, and the address of their register."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.types import AnyUser
from partybuilding.opinions.notices import REGISTER
from partybuilding.opinions.selectors import desk_counts, undecided_count
from partybuilding.opinions.states import TABLE
from partybuilding.organizations.permissions import roles_of_user


def register_url(**filters: str) -> str:
    """Return the address of the register, narrowed."""
    return f"{reverse(REGISTER)}?{urlencode(filters)}" if filters else reverse(REGISTER)


def opinion_lines(user: AnyUser) -> Iterator[DeskLine]:
    """Return the lines of a user's own desk, those alike apart, and what is to be published."""
    if not roles_of_user(user).is_staff:
        return
    for row in desk_counts(user, timezone.localdate()):
        state = TABLE.state(row["state"])
        words = (
            _("Opinions alike: %(state)s") if row["is_similar"] else _("Opinions: %(state)s")
        ) % {"state": state.label}
        like = "only" if row["is_similar"] else "apart"
        url = register_url(desk="mine", state=state.code, similar=like)
        yield DeskLine(words, row["n"], row["late"], url, state.tone)
    count = undecided_count(user)
    yield DeskLine(
        _("Answered opinions, publication undecided"),
        count,
        0,
        register_url(publication="undecided"),
    )
