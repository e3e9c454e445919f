"""The task force's lines of feedback notices on the first screen, and the addresses of their lists."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.desk.showing import part_of
from partybuilding.core.states import Role, Tone
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.supervision.addresses import feedback_quarter_url
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.notices.selectors import (
    DUE,
    UNTOLD,
    desk_counts,
    still_to_supplement,
    to_issue,
)
from partybuilding.supervision.notices.states import FeedbackState
from partybuilding.supervision.wording import quarter_words

REGISTER = "party_feedback_modeladmin_index"


def register_url(**filters: str) -> str:
    """Return the address of the register, narrowed."""
    return f"{reverse(REGISTER)}?{urlencode(filters)}" if filters else reverse(REGISTER)


def feedback_lines(user: AnyUser) -> Iterator[DeskLine]:
    """Return the quarters whose notices are to be issued soon or are late, and the drafts begun."""
    if not roles_of_user(user).has(Role.TASK_FORCE):
        return
    today = timezone.localdate()
    for one in to_issue(today):
        words = {"quarter": quarter_words(one.quarter)}
        label = _("Feedback notices to issue: %(quarter)s") % words
        url = part_of(feedback_quarter_url(one.cycle, one.quarter), DUE)
        yield DeskLine(label, one.figures.planned, one.figures.overdue, url, Tone.WAITING)
    for row in still_to_supplement():
        quarter = Quarter(row["activity__year"], row["activity__quarter"])
        label = _("Supplementary notices to issue: %(quarter)s")
        url = part_of(feedback_quarter_url(row["project__cycle"], quarter), UNTOLD)
        yield DeskLine(label % {"quarter": quarter_words(quarter)}, row["n"], 0, url, Tone.WAITING)
    counts = desk_counts(user, today)
    url = register_url(desk="mine", state=FeedbackState.DRAFT.value)
    yield DeskLine(_("Feedback notices being drafted"), counts["n"], counts["late"], url)
