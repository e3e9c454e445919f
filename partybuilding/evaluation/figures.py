"""What the system knows of a project's year, beside the field of the day-to-day rating; and figures of scoring."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.models import ScoreSheet
from partybuilding.evaluation.states import SheetState
from partybuilding.opinions.figures import numbers_by_month, together
from partybuilding.opinions.models import Opinion
from partybuilding.progress.models import StepQuestion
from partybuilding.projects.models import CommitmentStep, Project
from partybuilding.projects.promises.progress import days_late
from partybuilding.supervision.models import Rectification
from partybuilding.supervision.selectors.figures import rectifications_among


@dataclass(frozen=True)
class Fact:
    """One thing that the system knows: what, of how many, and in words."""

    label: str
    value: str

    def as_json(self) -> dict[str, str]:
        """Return it as it is kept with a rating."""
        return {"label": self.label, "value": self.value}


def facts_of(project: Project) -> list[dict[str, str]]:
    """Return what is known of a project today: steps, findings, opinions, questioned reports."""
    return [fact.as_json() for fact in _facts(project)]


def _facts(project: Project) -> Iterable[Fact]:
    today = timezone.localdate()
    steps = CommitmentStep.objects.filter(commitment__project=project)
    rows = [step.promise for step in steps.select_related("commitment__project")]
    in_time = sum(one.is_kept and not days_late(one, today) for one in rows)
    yield Fact(
        str(_("Steps of the commitments done by their first deadline")),
        _("%(done)s of %(all)s") % {"done": in_time, "all": len(rows)},
    )
    found = rectifications_among(Rectification.objects.filter(project=project), today)
    yield Fact(
        str(_("Findings rectified by their first deadline")),
        _("%(done)s of %(all)s") % {"done": found.closed - found.closed_late, "all": found.found},
    )
    opinions = together(numbers_by_month(Opinion.objects.filter(project=project), today).values())
    yield Fact(
        str(_("Opinions of the public answered in time")),
        _("%(done)s of %(all)s")
        % {"done": opinions.in_time, "all": opinions.received - opinions.refused},
    )
    questions = StepQuestion.objects.filter(project=project).count()
    yield Fact(str(_("Reports that were questioned")), str(questions))


def sheet_counts(cycle: Cycle, *by: str) -> dict[tuple[Any, ...], Counter[str]]:
    """Count the sheets of a year by state, for each value of some fields."""
    rows = (
        ScoreSheet.objects.filter(cycle=cycle)
        .order_by()
        .values_list(*by, "state")
        .annotate(n=Count("pk"))
    )
    found: dict[tuple[Any, ...], Counter[str]] = {}
    for row in rows:
        *key, state, n = row
        found.setdefault(tuple(key), Counter())[state] += n
    return found


def missing_sheets(cycle: Cycle) -> Mapping[int, int]:
    """Return by project how many of its experts' sheets are neither handed in nor excused."""
    waiting = Q(state__in=(SheetState.OPEN, SheetState.RECUSAL))
    rows = ScoreSheet.objects.of_experts().filter(waiting, cycle=cycle)
    return dict(rows.order_by().values_list("project").annotate(n=Count("pk")))
