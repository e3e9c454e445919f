"""What residents read of a year's evaluation: grades and awards, by what rules, what fixes them. Never a score.

Within a grade projects stand by their number, so that no order gives a rank away.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.pages.lists import heads, number
from partybuilding.cycles.models import GradeClass
from partybuilding.cycles.sheet import in_wan
from partybuilding.evaluation.models import Draw, Objection, Run
from partybuilding.evaluation.selectors.results import Reading
from partybuilding.evaluation.squares import squares_of
from partybuilding.evaluation.states import DrawState, ObjectionState, RunState, TieRule
from partybuilding.evaluation.year_rules import METHODS_EXPLAINED
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.models import Partner, Project
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.selectors import unkept_in

#: Runs that residents may read of.
PUBLIC = (RunState.NOTICED, RunState.ANNOUNCED)
#: What the lists show of a project, of those that carry it out with others, and of its page.
SHOWN = (
    *(
        "code",
        "title",
        "cycle",
        "sector",
        "state",
        "facts",
        "organization__name",
        "organization__code_key",
    ),
    *("organization__unit__name", "organization__unit__code_key"),
)
SHOWN_OF_PARTNER = ("project", "organization__name")
SHOWN_OF_PAGE = ("title", "path", "depth", "url_path", "project")
Table = dict[str, Any]


def public_runs() -> QuerySet[Run]:
    """Return the runs that residents may read of, the newest year first."""
    rows = Run.objects.filter(state__in=PUBLIC).select_related("cycle__evaluation")
    return rows.order_by("-cycle__year", "-number")


def grades_by_year(runs: Iterable[Run]) -> dict[int, str]:
    """Say of announced years, by their keys, how many published projects have which grade; one query for all."""
    announced = [run.cycle_id for run in runs if run.state == RunState.ANNOUNCED]
    pages = ProjectPage.objects.readable().filter(project__cycle__in=announced)
    ordered = ("project__cycle", "project__grade_class__sort_order", "project__grade_class__name")
    counted = pages.exclude(project__grade_class=None).order_by().values_list(*ordered)
    found: dict[int, list[str]] = {}
    for cycle, _order, grade, count in counted.annotate(n=Count("pk")).order_by(*ordered):
        words = _("%(grade)s %(count)s") % {"grade": grade, "count": count}
        found.setdefault(cycle, []).append(words)
    return {cycle: "、".join(words) for cycle, words in found.items()}


def public_run(year: int) -> Run:
    """Return the run of a year.

    Raises:
        Run.DoesNotExist: nothing of the year is public.
    """
    found = public_runs().filter(cycle__year=year)
    rows = found.prefetch_related("cycle__grades", "cycle__evaluation__criteria", "cycle__criteria")
    run = rows.first()
    if run is None:
        raise Run.DoesNotExist
    return run


@dataclass(frozen=True)
class GradeList:
    """The projects of one grade."""

    title: str
    rows: list[list[Any]]


class PublicResults:
    """The results of a year as residents read them."""

    def __init__(self, run: Run, request: HttpRequest | None = None) -> None:
        self.run, self.request = run, request
        self.cycle, self.rules = run.cycle, run.cycle.evaluation
        self.reading = Reading(run)

    @property
    def is_announced(self) -> bool:
        """Whether the results stand; otherwise they are open to comment."""
        return bool(self.run.state == RunState.ANNOUNCED)

    @cached_property
    def graded(self) -> list[tuple[Project, GradeClass | None, int]]:
        """Every project with its grade and money, by number."""
        keys = self.reading.names.behind("project")
        partners = Partner.objects.select_related("organization").only(*SHOWN_OF_PARTNER)
        rows = Project.objects.filter(pk__in=keys.values()).select_related("organization__unit")
        rows = rows.only(*SHOWN).prefetch_related(Prefetch("partners", partners))
        projects = {one.pk: one for one in rows}
        found = [
            (
                projects[keys[row["project"]]],
                self.reading.grades.get(row["grade"]),
                row["yuan"],
            )
            for row in self.run.rows
            if keys.get(row["project"]) in projects
        ]
        return sorted(found, key=lambda one: one[0].code or "")

    @cached_property
    def pages(self) -> dict[int, ProjectPage]:
        """The pages of the projects that residents may read."""
        projects = {project.pk: project for project, _grade, _yuan in self.graded}
        rows = ProjectPage.objects.readable().filter(project__in=projects).only(*SHOWN_OF_PAGE)
        pages = {page.project_id: page for page in rows}
        for key, page in pages.items():
            page.project = projects[key]
        return pages

    @property
    def finding(self) -> str:
        """The result in one sentence."""
        counts = self.reading.counts
        told = [
            _("%(grade)s %(count)s") % {"grade": grade, "count": counts[code]}
            for code, grade in self.reading.grades.items()
            if counts[code]
        ]
        if counts[""]:
            told.append(_("without a grade %(count)s") % {"count": counts[""]})
        facts = {
            "total": len(self.run.rows),
            "grades": "、".join(told),
            "wan": in_wan(self.run.result["yuan"]),
        }
        return (
            _("%(total)s projects were judged: %(grades)s; award money %(wan)s ten thousand yuan.")
            % facts
        )

    @property
    def firm(self) -> str:
        """How firm the grades stand, in one sentence."""
        return self.reading.firm

    def lists(self) -> list[GradeList]:
        """Return the projects grade by grade; those without a grade come last."""
        found = []
        for grade in (*self.reading.grades.values(), None):
            rows = [self._row(project, yuan) for project, own, yuan in self.graded if own == grade]
            if rows:
                name = str(grade) if grade is not None else _("Without a grade")
                words = _("%(grade)s (%(count)s)") % {"grade": name, "count": len(rows)}
                found.append(GradeList(words, rows))
        return found

    def _row(self, project: Project, yuan: int) -> list[Any]:
        page = self.pages.get(project.pk)
        names = [project.organization.name, *(p.organization.name for p in project.partners.all())]
        title: Any = project.title
        if page is not None:
            title = {"text": page.title, "href": page.get_url(self.request) or ""}
        return [title, "、".join(names), number(f"{yuan:,}")]

    @property
    def list_columns(self) -> list[dict[str, Any]]:
        """The heads of the lists."""
        return [
            {"label": pgettext("column", "Project")},
            {"label": _("Party organization")},
            {"label": _("Award (yuan)"), "numeric": True},
        ]

    def squares(self) -> list[dict[str, Any]]:
        """Return the projects as squares, grade by grade, with a cross where a promise was left undone."""
        graded = [
            (grade, self.pages[project.pk])
            for project, grade, _yuan in self.graded
            if grade is not None and project.pk in self.pages
        ]
        return squares_of(graded, unkept_in(self.cycle.pk), self.request)

    def by_grade(self) -> Table:
        """Return how the grades are distributed, with what each brings."""
        counts, grades = self.reading.counts, self.reading.grades
        return {
            "title": _("Grades"),
            "columns": heads(
                pgettext("column", "Grade"),
                pgettext("column", "Projects"),
                pgettext("column", "Bonus points each"),
                _("Award each (yuan)"),
            ),
            "rows": [
                [
                    str(grade),
                    number(counts[code]),
                    number(f"{grade.bonus_points.normalize():f}"),
                    number(f"{grade.award_yuan:,}"),
                ]
                for code, grade in grades.items()
            ],
        }

    def crossed(self) -> list[Table]:
        """Return how the grades are distributed over fields and over reporting units."""
        ordered = sorted(self.graded, key=lambda row: SECTORS.place(row[0].sector))
        fields = ((one.get_sector_display(), grade) for one, grade, _yuan in ordered)
        units = (
            (one.organization.unit or one.organization, grade) for one, grade, _yuan in self.graded
        )
        in_order = sorted(units, key=lambda pair: pair[0].code_key)
        return [
            self._crossed("by-field", _("Grades by field"), fields),
            self._crossed(
                "by-unit",
                _("Grades by reporting unit"),
                ((str(unit), grade) for unit, grade in in_order),
            ),
        ]

    def _crossed(
        self, key: str, title: str, pairs: Iterable[tuple[str, GradeClass | None]]
    ) -> Table:
        grades = list(self.reading.grades.values())
        counts: Counter[tuple[str, str]] = Counter()
        whole: Counter[str] = Counter()
        for name, grade in pairs:
            counts[name, grade.code if grade is not None else ""] += 1
            whole[name] += 1
        top = grades[:2]
        best = Counter({name: sum(counts[name, one.code] for one in top) for name in whole})
        leading, most = best.most_common(1)[0] if best else ("", 0)
        facts = {
            "name": leading,
            "count": most,
            "grades": _(" and ").join(str(grade) for grade in top),
        }
        return {
            "id": key,
            "title": title,
            "finding": _("Most of %(grades)s: %(name)s, %(count)s.") % facts,
            "bars": [{"label": name, "count": n} for name, n in best.most_common() if n],
            "most": max(most, 1),
            "columns": heads(title, *(str(grade) for grade in grades), _("Total")),
            "rows": [
                [
                    name,
                    *(number(counts[name, grade.code]) for grade in grades),
                    number(whole[name]),
                ]
                for name in whole
            ],
        }

    def method(self) -> list[str]:
        """Return in plain words how the results came about."""
        told = [str(METHODS_EXPLAINED[self.run.inputs["rules"]["method"]])]
        if self.run.inputs["rules"]["standardise"]:
            told.append(_("All parts are brought to one spread before they are weighed."))
        ties = "，".join(str(TieRule(rule).label) for rule in self.run.inputs["rules"]["ties"])
        told.append(_("Between equal results decides: %(ties)s.") % {"ties": ties})
        return told

    def criteria(self) -> list[list[Any]]:
        """Return the criteria of the experts' sheet with their points."""
        return self._criteria(peers=False)

    def peer_criteria(self) -> list[list[Any]]:
        """Return the criteria of the peers' sheet with their points."""
        return self._criteria(peers=True)

    def _criteria(self, *, peers: bool) -> list[list[Any]]:
        return [
            [one.name, one.description, number(one.points)]
            for one in self.rules.criteria_of(peers=peers)
        ]

    @property
    def criteria_columns(self) -> list[dict[str, Any]]:
        """The heads of the criteria."""
        return [
            {"label": pgettext("column", "Criterion")},
            {"label": _("What is looked at")},
            {"label": pgettext("column", "Points"), "numeric": True},
        ]

    def draws(self) -> list[Draw]:
        """Return the draws of the year that were held, and those that were declared void, oldest first."""
        return list(self.cycle.draws.exclude(state=DrawState.ANNOUNCED).order_by("pk"))

    def objections(self) -> dict[str, int]:
        """Return how many objections there were to the run, and what became of them."""
        states = Counter(Objection.objects.filter(run=self.run).values_list("state", flat=True))
        return {
            "all": states.total(),
            "dismissed": states[ObjectionState.DISMISSED],
            "upheld": states[ObjectionState.UPHELD],
        }
