"""Receive objections to a result that is open to comment; an upheld one puts the run aside."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.services import move, note
from partybuilding.core.services.door import due_date
from partybuilding.core.text.characters import clean_text
from partybuilding.core.text.validators import TOLD, has_words
from partybuilding.core.types import AnyUser
from partybuilding.evaluation.models import Objection, Run
from partybuilding.evaluation.states import RunState
from partybuilding.organizations.models import NumberSeries
from partybuilding.projects.models import Project

#: Under which objections are numbered, by the calendar year.
SERIES = "YY"


def object_to(
    run: Run,
    *,
    name: str,
    contact: str,
    text: str,
    project: Project | None = None,
    by: AnyUser | None = None,
) -> Objection:
    """Receive an objection to the results, signed and with a way to answer; sent twice, it is one.

    Args:
        by: who of the staff entered it; None when it came by the form on the site.

    Raises:
        ConditionUnmet: the run is not open to comment, or name, contact or reason are missing.
    """
    today = timezone.localdate()
    with transaction.atomic():
        locked = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
        last = locked.notice_ends_on
        if locked.state != RunState.NOTICED or last is None or today > last:
            raise ConditionUnmet([_("These results are not open to comment now.")])
        lacking = []
        if not has_words(name):
            lacking.append(_("Give your name, or that of the organization."))
        if not contact.strip():
            lacking.append(_("Give a telephone number or address for the answer."))
        if not has_words(text, TOLD):
            lacking.append(_("Say what you object to and why."))
        if lacking:
            raise ConditionUnmet(lacking)
        assert by is None or by.is_authenticated
        said = {
            "run": locked,
            "project": project,
            "name": clean_text(name).strip(),
            "contact": clean_text(contact).strip(),
            "text": clean_text(text).strip(),
            "entered_by": by,
        }
        if received := Objection.objects.open().filter(**said).first():
            return received
        number = NumberSeries.take(SERIES, today.year)
        objection = Objection(number=f"{SERIES}{today.year}-{number:03d}", **said)
        objection.due_on = due_date(objection, today)
        objection.save()
        note(objection, "receive", by=by)
    return objection


def follow_an_objection(
    sender: Any, *, record: Objection, attempt: Attempt, **_kwargs: Any
) -> None:
    """Put a run aside when an objection to it is upheld."""
    if attempt.step == "uphold":
        run = Run.objects.get(pk=record.run_id)
        if run.state == RunState.NOTICED:
            words = _("An objection was upheld; the results are computed anew.")
            move(run, "set_aside", by=attempt.by, reason=words)
