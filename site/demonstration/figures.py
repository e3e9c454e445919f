"""The figures that the demonstration's texts name, read from the rows on the day a text appears."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from partybuilding.brands.models import Brand
from partybuilding.cases.models import CaseStudy
from partybuilding.column.notices.models import NoticeEntry
from partybuilding.column.notices.pages import NoticePage
from partybuilding.core.models import TransitionRecord
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.models import ExpertGroup, Organization
from partybuilding.organizations.states import Sector
from partybuilding.projects.models import CommitmentStep
from partybuilding.projects.promises.progress import days_late

Rows = list[tuple[str, ...]]
YUAN_OF_WAN = 10_000
#: The quarters of which a bulletin tells, by the day up to which it counts.
QUARTERS = {"q2": (6, 30), "q3": (9, 30)}


class Facts:
    """What the texts of the demonstration may name in braces, and the tables they may show."""

    def __init__(self, year: int = 2022) -> None:
        self.cycle = Cycle.objects.get(year=year)
        self.now = Cycle.objects.exclude(pk=self.cycle.pk).order_by("year").last()

    def fill(self, text: str) -> str:
        """Return a text with its figures in it.

        Raises:
            KeyError: the text names a figure that is not known.
        """
        return text.format_map(self.figures | self.of_now()) if "{" in text else text

    @cached_property
    def figures(self) -> dict[str, str]:
        """The figures of the year that is over."""
        projects = self.cycle.projects
        steps = CommitmentStep.objects.filter(commitment__project__cycle=self.cycle)
        yuan = projects.aggregate(yuan=Sum("grade_class__award_yuan"))["yuan"] or 0
        found: dict[str, Any] = {
            "applications": projects.filter(submitted_at__isnull=False).count(),
            "approved": projects.filter(approved_at__isnull=False).count(),
            "units": Organization.objects.reporting_units().count(),
            "groups": ExpertGroup.objects.count(),
            "criteria": self.cycle.criteria.count(),
            "award_total": f"{yuan / YUAN_OF_WAN:.1f}",
            "brands": Brand.objects.public().count(),
            "cases": CaseStudy.objects.filter(selected_at__isnull=False).count(),
            "commitments": steps.count(),
            "done": steps.filter(closed_on__isnull=False).count(),
            "late": _late(steps),
        }
        for code, (month, day) in QUARTERS.items():
            found |= self._until(steps, code, date(self.cycle.year, month, day))
        for code in ("special", "first", "second", "third"):
            found[code] = projects.filter(grade_class__code=code).count()
        return {name: str(value) for name, value in found.items()}

    def _until(self, steps: QuerySet[CommitmentStep], code: str, day: date) -> dict[str, int]:
        due = steps.filter(deadline__lte=day)
        done = due.filter(closed_on__lte=day)
        return {
            f"due_{code}": due.count(),
            f"done_{code}": done.count(),
            f"late_{code}": _late(done),
        }

    def of_now(self) -> dict[str, str]:
        """Return the figures of the year whose window is open, as they stand at this moment."""
        if self.now is None:
            return {}
        opens, closes = self.now.applications_open, self.now.applications_close
        handed_in = TransitionRecord.objects.filter(
            machine="project",
            step="submit",
            at__lte=timezone.now(),
            record_id__in=self.now.projects.values("pk"),
        )
        batches = self.batches()
        return {
            "year": str(self.now.year),
            "closes": f"{closes.month}月{closes.day}日",
            "window_days": str((closes - opens).days + 1),
            "quota": str(self.now.approval_quota),
            "current_so_far": str(handed_in.values("record_id").distinct().count()),
            "first_batch": str(len(batches[0]) if batches else 0),
            "second_batch": str(len(batches[1]) if len(batches) > 1 else 0),
        }

    def batches(self) -> list[list[NoticeEntry]]:
        """Return the approved projects of this year as its notices named them, notice by notice."""
        entries = NoticeEntry.objects.filter(notice__cycle=self.now)
        found: dict[int, list[NoticeEntry]] = {}
        for entry in entries.order_by("notice__pk", "order"):
            found.setdefault(entry.notice_id, []).append(entry)
        return list(found.values())

    def announced_at(self, place: int) -> datetime:
        """Return when a notice of this year was published, counted from 1."""
        notices = NoticePage.objects.live().filter(cycle=self.now).order_by("pk")
        return notices[place - 1].first_published_at

    def table(self, name: str) -> Rows:
        """Return the rows of a table by its name, head first."""
        return TABLES[name](self)


def _late(steps: QuerySet[CommitmentStep]) -> int:
    """Count the steps that were done after the deadline that was published first."""
    done = steps.filter(closed_on__isnull=False).select_related("commitment__project")
    return sum(days_late(step.promise, step.closed_on) > 0 for step in done if step.closed_on)


def _by_sector(facts: Facts, count: str, unit: str, chosen: Q) -> Rows:
    codes = facts.cycle.projects.filter(chosen).values_list("sector", flat=True)
    counts = Counter(codes)
    rows = [(str(sector.label), f"{counts[sector.value]}{unit}") for sector in Sector]
    return [("领域", count), *rows]


def _grades(facts: Facts) -> Rows:
    codes = Counter(facts.cycle.projects.values_list("grade_class", flat=True))
    rows = [
        (
            grade.name,
            f"{codes[grade.pk]}个",
            f"{grade.award_yuan / YUAN_OF_WAN:g}万元",
            f"{float(grade.bonus_points):g}分",
        )
        for grade in facts.cycle.grades.all()
    ]
    return [("等次", "数量", "每个奖补", "考核加分"), *rows]


def _months(facts: Facts) -> Rows:
    steps = CommitmentStep.objects.filter(commitment__project__cycle=facts.cycle)
    days = list(steps.values_list("deadline", "closed_on"))
    until = QUARTERS["q3"][0]
    return [
        ("月份", "到期", "当月办结"),
        *(
            (f"{month}月", f"{_of_month(month, (due for due, _on in days if due))}项",
             f"{_of_month(month, (on for _due, on in days if on))}项")
            for month in range(5, until + 1)
        ),
    ]  # fmt: skip


def _of_month(month: int, days: Iterable[date]) -> int:
    return sum(day.month == month for day in days)


def _batch(facts: Facts, place: int) -> Rows:
    rows = [(entry.title, entry.organizations) for entry in facts.batches()[place]]
    return [("项目", "申报单位"), *rows]


TABLES: dict[str, Callable[[Facts], Rows]] = {
    "applications_by_sector": lambda facts: _by_sector(
        facts, "申报", "件", Q(submitted_at__isnull=False)
    ),
    "approved_by_sector": lambda facts: _by_sector(
        facts, "立项", "个", Q(approved_at__isnull=False)
    ),
    "grades": _grades,
    "steps_by_month": _months,
    "first_batch": lambda facts: _batch(facts, 0),
    "second_batch": lambda facts: _batch(facts, 1),
}
