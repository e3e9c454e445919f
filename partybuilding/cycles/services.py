"""Write programme years: save rules while they may change, extend a window, start the next year."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partybuilding.core.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.services import note
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.permissions import user_can_edit_cycle
from partybuilding.cycles.states import CycleState

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
NUMBERS = [
    "first_review_days",
    "return_days",
    "decision_days",
    "commitment_days",
    "publication_days",
    "archive_days",
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


def save_rules(cycle: Cycle, *, by: Any) -> Cycle:
    """Save a year with its topics, criteria and grades while the rules are not frozen.

    Raises:
        NotYours: only the department and administrators keep the rules.
        Frozen: applications were opened; next year can differ, this one cannot.
    """
    if not user_can_edit_cycle(cycle, by):
        raise NotYours([_("Only the Organization Department keeps the rules of the year.")])
    with transaction.atomic():
        created = cycle.pk is None
        if not created and Cycle.objects.select_for_update().get(pk=cycle.pk).is_frozen:
            raise Frozen([_("The rules of this year are in use and can no longer be changed.")])
        cycle.save()
        note(cycle, "create" if created else "rules", by=by)
    return cycle


def extend_window(cycle: Cycle, until: date, *, by: Any, reason: str) -> Cycle:
    """Move the end of the window to a later day, with the reason in the trail.

    Raises:
        NotYours, ConditionUnmet: not the department; not later, no reason, or window not open.
    """
    if not user_can_edit_cycle(cycle, by):
        raise NotYours([_("Only the Organization Department keeps the rules of the year.")])
    with transaction.atomic():
        locked = Cycle.objects.select_for_update().get(pk=cycle.pk)
        if locked.state != CycleState.APPLYING or until <= locked.applications_close:
            raise ConditionUnmet([_("Give a day later than the present end of the window.")])
        if not reason.strip():
            raise ConditionUnmet([_("Give the reason.")])
        before, locked.applications_close = locked.applications_close, until
        locked.save(update_fields=["applications_close", "updated_at"])
        note(locked, "extend", by=by, reason=reason, data={"from": before, "to": until})
        locked.projects.filter(state="draft").update(due_on=until)
    return locked


def start_next_year(cycle: Cycle, *, by: Any) -> Cycle:
    """Copy a year's rules into a new one, a year later, to be changed before it opens.

    Raises:
        ConditionUnmet: the next year exists already.
    """
    year = cycle.year + 1
    if Cycle.objects.filter(year=year).exists():
        raise ConditionUnmet([_("The programme year %(year)s exists already.") % {"year": year}])
    fresh = Cycle(
        year=year,
        name=cycle.name.replace(str(cycle.year), str(year)),
        **{name: next_year(getattr(cycle, name)) for name in DATES},
        **{name: getattr(cycle, name) for name in NUMBERS},
    )
    for relation in ("topics", "criteria", "grades"):
        copies = list(getattr(cycle, relation).all())
        for copy in copies:
            copy.pk = None
            copy._state.adding = True
        setattr(fresh, relation, copies)
    return save_rules(fresh, by=by)


def next_year(day: date) -> date:
    """Return the same day a year later; 29 February becomes 28 February."""
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year + 1, day=28 if leap else day.day)
