"""Take the sheets of the public appraisal, and set from when to when it is open."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, WrongState
from partybuilding.core.rules import together, within
from partybuilding.core.services import note
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.opinions.appraisals import is_open_for
from partybuilding.opinions.models import AppraisalPeriod, AppraisalSheet
from partybuilding.opinions.permissions import user_can_set_appraisal
from partybuilding.opinions.questions import QUESTIONS
from partybuilding.opinions.receipts import submission_of
from partybuilding.projects.models import Project

#: So long after the last of a year's dates its projects can still be appraised.
AFTERWARDS = timedelta(days=90)


def appraise(project: Project, *, nonce: str, answers: Mapping[str, str]) -> bool:
    """Count one sheet of a project; the same form sent again counts once. Returns whether it is new.

    Raises:
        WrongState: the appraisal of the project is not open.
        ConditionUnmet: a question has no answer of its scale.
    """
    if not is_open_for(project):
        raise WrongState([_("The appraisal of this project is not open.")])
    for name, question in QUESTIONS.items():
        if answers.get(name) not in dict(question.choices):
            raise ConditionUnmet([_("Answer all three questions.")])
    sheet = AppraisalSheet(
        project=project,
        given_on=timezone.localdate(),
        submission=submission_of(nonce),
        **{name: answers[name] for name in QUESTIONS},
    )
    try:
        with transaction.atomic():
            sheet.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def set_period(cycle: Cycle, *, by: AnyUser, opens_on: date, closes_on: date) -> AppraisalPeriod:
    """Set from when to when the projects of a year are appraised.

    Raises:
        NotYours: the department sets it.
        ConditionUnmet: it would end before it begins, or lies outside of the programme year.
    """
    if not user_can_set_appraisal(by):
        raise NotYours([_("The Organization Department sets the days of the appraisal.")])
    if closes_on < opens_on:
        raise ConditionUnmet([_("The last day is before the first day.")])
    last = cycle.last_day + AFTERWARDS
    if not (
        answer := together(within(day, cycle.starts_on, last) for day in (opens_on, closes_on))
    ):
        raise ConditionUnmet(answer.reasons)
    days = {"opens_on": opens_on, "closes_on": closes_on}
    with transaction.atomic():
        period, _new = AppraisalPeriod.objects.update_or_create(cycle=cycle, defaults=days)
        note(cycle, "appraisal", by=by, data=days)
    return period
