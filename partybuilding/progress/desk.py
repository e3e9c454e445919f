"""The lines of questions and changes on the first screen, and the addresses of their registers."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.desk.figures import by_state
from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.states import Tone
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.progress.models import CommitmentChange, StepQuestion
from partybuilding.progress.selectors import fresh_count
from partybuilding.progress.states import ASKING, CHANGES, QUESTIONS

#: Days for which a report that nobody questioned counts as new.
NEW_DAYS = 7
REPORTS_REGISTER = "party_reports_modeladmin_index"
QUESTIONS_REGISTER = "party_questions_modeladmin_index"
CHANGES_REGISTER = "party_changes_modeladmin_index"


def register_url(register: str, **filters: str) -> str:
    """Return the address of a register, narrowed."""
    return f"{reverse(register)}?{urlencode(filters)}" if filters else reverse(register)


def keeping_lines(user: AnyUser) -> Iterator[DeskLine]:
    """Return the answers that a user judges, the changes that a user decides, the reports to look at."""
    if not roles_of_user(user).is_staff:
        return
    rooms = (
        (StepQuestion, QUESTIONS, _("Questions on reports: %(state)s"), QUESTIONS_REGISTER),
        (CommitmentChange, CHANGES, _("Changes of commitments: %(state)s"), CHANGES_REGISTER),
    )
    for model, table, words, register in rooms:
        for row in by_state(model.objects.waiting_for(user), timezone.localdate()):
            state = table.state(row["state"])
            url = register_url(register, desk="mine", state=state.code)
            label = words % {"state": state.label}
            yield DeskLine(label, row["n"], row["late"], url, state.tone)
    if roles_of_user(user).has(*ASKING):
        since = timezone.localdate() - timedelta(days=NEW_DAYS - 1)
        url = register_url(REPORTS_REGISTER, since=str(NEW_DAYS), standing="unquestioned")
        yield DeskLine(
            _("New reports of steps to look at"), fresh_count(user, since), 0, url, Tone.NEUTRAL
        )
