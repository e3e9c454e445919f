"""Write programme years: save rules while they may change, extend a window, start the next year."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from itertools import count

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core import rooms
from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours, Overtaken
from partybuilding.core.services import note
from partybuilding.core.text.validators import has_words
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Criterion, Cycle, GradeClass, Topic
from partybuilding.cycles.permissions import user_can_edit_cycle
from partybuilding.cycles.rules import faults_of_dates, faults_of_lists
from partybuilding.cycles.states import CycleState
from partybuilding.organizations.states import SECTORS

#: The dates that move by a year when the next one is started.
DATES = [
    "applications_open",
    "applications_close",
    "starts_on",
    "ends_on",
    "midterm_review_on",
    "results_due_on",
    "review_on",
]
#: The rules that the next year takes over as they are.
KEPT = [
    "first_review",
    "pre_assessment",
    "decided_by",
    "first_review_days",
    "return_days",
    "decision_days",
    "commitment_days",
    "publication_days",
    "archive_days",
    "recognition_days",
    "selection_days",
    "case_days",
    "change_days",
    "question_days",
    "rectification_days",
    "verification_days",
    "opinion_accept_days",
    "opinion_answer_days",
    "opinion_extended_days",
    "approval_quota",
    "weight_expert",
    "weight_daily",
    "weight_initial",
    "weight_peer",
    "dispatches_per_quarter",
    "supervisions_per_quarter",
    "notices_per_quarter",
    "observations_per_half_year",
]


def save_rules(cycle: Cycle, *, by: AnyUser, seen: datetime | None = None) -> Cycle:
    """Save a year with its topics, criteria and grades while the rules are not frozen.

    Args:
        seen: the `updated_at` of the rules that a form showed, when there was a form.

    Raises:
        NotYours: only the department and administrators keep the rules.
        Frozen: applications were opened; next year can differ, this one cannot.
        Overtaken: somebody saved the rules since the form was opened.
        ConditionUnmet: dates do not follow each other, or something stands twice.
    """
    _refuse_stranger(cycle, by)
    with transaction.atomic():
        created = cycle.pk is None
        if not created:
            _refuse_late(Cycle.objects.select_for_update().get(pk=cycle.pk), seen)
        faults = [sentence for _field, sentence in faults_of_dates(cycle)]
        if faults := [*faults, *faults_of_lists(cycle)]:
            raise ConditionUnmet(faults)
        _give_codes(cycle)
        cycle.save()
        note(cycle, "create" if created else "rules", by=by)
    return cycle


def _refuse_stranger(cycle: Cycle, by: AnyUser) -> None:
    if not user_can_edit_cycle(cycle, by):
        raise NotYours([_("Only the Organization Department keeps the rules of the year.")])


def _refuse_late(stored: Cycle, seen: datetime | None) -> None:
    if stored.is_frozen:
        raise Frozen([_("The rules of this year are in use and can no longer be changed.")])
    if seen is not None and stored.updated_at != seen:
        raise Overtaken(
            [_("Somebody changed the rules meanwhile; open the form anew and look at them first.")]
        )


def _give_codes(cycle: Cycle) -> None:
    """Give topics and grades that were entered without a code one; a topic has one in every field."""
    titles = {topic.title: topic.code for topic in cycle.topics.all() if topic.code}
    for topic in cycle.topics.all():
        topic.code = topic.code or titles.get(topic.title) or _free("t", titles.values())
        titles[topic.title] = topic.code
    used = [grade.code for grade in cycle.grades.all() if grade.code]
    for grade in cycle.grades.all():
        if not grade.code:
            grade.code = _free("g", used)
            used.append(grade.code)


def _free(letter: str, used: Collection[str]) -> str:
    return next(code for n in count(1) if (code := f"{letter}{n}") not in used)


def extend_window(cycle: Cycle, until: date, *, by: AnyUser, reason: str) -> Cycle:
    """Move the end of the window to a later day, with the reason in the trail.

    Raises:
        NotYours: only the department and administrators keep the rules.
        ConditionUnmet: not later than the present end and yesterday, after the end of the year's work,
            no reason, or window not open.
    """
    _refuse_stranger(cycle, by)
    with transaction.atomic():
        locked = Cycle.objects.select_for_update().get(pk=cycle.pk)
        latest = max(locked.applications_close, timezone.localdate() - timedelta(days=1))
        if locked.state != CycleState.APPLYING or until <= latest:
            raise ConditionUnmet([_("Give a day later than the present end of the window.")])
        if until > locked.ends_on:
            raise ConditionUnmet(
                [_("The window cannot stay open beyond the end of the year's work.")]
            )
        if not has_words(reason):
            raise ConditionUnmet([_("Give the reason.")])
        before, locked.applications_close = locked.applications_close, until
        locked.save(update_fields=["applications_close", "updated_at"])
        note(locked, "extend", by=by, reason=reason, data={"from": before, "to": until})
        locked.projects.filter(state="draft").update(due_on=until)
    return locked


def start_next_year(cycle: Cycle, *, by: AnyUser) -> Cycle:
    """Copy a year's rules into a new one, a year later, to be changed before it opens.

    Raises:
        NotYours: only the department and administrators keep the rules.
        ConditionUnmet: the next year exists already.
    """
    _refuse_stranger(cycle, by)
    year = cycle.year + 1
    if Cycle.objects.filter(year=year).exists():
        raise ConditionUnmet([_("The programme year %(year)s exists already.") % {"year": year}])
    fresh = Cycle(
        year=year,
        name=cycle.name.replace(str(cycle.year), str(year)),
        **{name: next_year(getattr(cycle, name)) for name in DATES},
        **{name: getattr(cycle, name) for name in KEPT},
    )
    for relation in ("topics", "criteria", "grades"):
        copies = [one for one in getattr(cycle, relation).all() if _goes_on(one)]
        for copy in copies:
            copy.pk = None
            copy._state.adding = True
        setattr(fresh, relation, copies)
    with transaction.atomic():
        following = save_rules(fresh, by=by)
        for copy_into in rooms.collect("next_year"):
            copy_into(cycle, following)
    return following


def _goes_on(row: Topic | Criterion | GradeClass) -> bool:
    """Tell whether a row belongs into the next year: a topic of a retired field does not."""
    sector = getattr(row, "sector", "")
    return not sector or SECTORS.may_choose([sector])


def next_year(day: date) -> date:
    """Return the same day a year later; 29 February becomes 28 February."""
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year + 1, day=28 if leap else day.day)
