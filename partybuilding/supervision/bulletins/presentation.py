"""The figures of a bulletin as readers see them: large numbers, a chart, a table by unit, names with their ways."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.pages.lists import heads, number
from partybuilding.core.text.phrases import in_a_row
from partybuilding.projects.pages import ProjectPage
from partybuilding.supervision.states import ActivityKind

CHART = "partybuilding/components/month_chart.html"
#: What the table by unit shows: heading, and the name of the figure.
UNIT_COLUMNS = (
    ("projects", lambda: pgettext("bulletin", "Projects")),
    ("activities_due", lambda: pgettext("bulletin", "Supervision due")),
    ("activities_done", lambda: pgettext("bulletin", "Supervision done")),
    ("commitments_due", lambda: pgettext("bulletin", "Commitments due")),
    ("commitments_done", lambda: pgettext("bulletin", "Commitments kept")),
    ("commitments_overdue", lambda: pgettext("bulletin", "Commitments overdue")),
    ("rectifications_opened", lambda: pgettext("bulletin", "Findings")),
    ("rectifications_closed", lambda: pgettext("bulletin", "Findings closed")),
    ("rectifications_overdue", lambda: pgettext("bulletin", "Rectifications overdue")),
)


class Figures:
    """The kept figures of a bulletin, arranged for reading; empty until they were computed."""

    def __init__(self, kept: Mapping[str, Any]) -> None:
        self.kept = kept

    def __bool__(self) -> bool:
        return bool(self.kept)

    @property
    def total(self) -> Mapping[str, int]:
        """The figures of the whole district."""
        return self.kept["total"]

    @property
    def day(self) -> date:
        """The day on which they were counted."""
        return date.fromisoformat(self.kept["day"])

    @property
    def kinds(self) -> list[dict[str, Any]]:
        """The activities by kind, each with its word."""
        return [
            {**row, "label": str(ActivityKind(row["kind"]).label)}
            for row in self.kept.get("kinds", [])
        ]

    @property
    def units(self) -> list[dict[str, Any]]:
        """The figures by unit."""
        return self.kept.get("units", [])

    @property
    def numbers(self) -> list[dict[str, Any]]:
        """The figures in large type, each with what it is compared with."""
        total = self.total
        activities, items = pgettext("measure word", "times"), pgettext("measure word", "items")
        of = _("of %(all)s due")
        return [
            {
                "label": _("Supervision held"),
                "value": total["activities_done"],
                "unit": activities,
                "note": of % {"all": total["activities_due"]},
            },
            {
                "label": _("Commitments of the quarter kept"),
                "value": total["commitments_done"],
                "unit": items,
                "note": of % {"all": total["commitments_due"]},
            },
            {
                "label": _("Findings closed"),
                "value": total["rectifications_closed"],
                "unit": items,
                "note": _("of %(all)s found") % {"all": total["rectifications_opened"]},
            },
            {
                "label": _("Overdue now"),
                "value": total["commitments_overdue"] + total["rectifications_overdue"],
                "unit": items,
                "note": _("%(commitments)s commitments, %(rectifications)s rectifications")
                % {
                    "commitments": total["commitments_overdue"],
                    "rectifications": total["rectifications_overdue"],
                },
            },
        ]

    @property
    def sentence(self) -> str:
        """What they come to, in one sentence; nothing until they were computed."""
        if not self.kept:
            return ""
        facts = {**self.total, "projects": self.kept["projects"]}
        return (
            _(
                "%(projects)s projects: %(activities_done)s of %(activities_due)s activities of "
                "supervision held, %(commitments_done)s of %(commitments_due)s commitments due kept, "
                "%(rectifications_opened)s findings, %(rectifications_closed)s of them closed."
            )
            % facts
        )

    @property
    def late_sentence(self) -> str:
        """What was late, in one sentence; nothing when nothing was."""
        parts = (
            ("activities_late", _("%(n)s were held late")),
            ("activities_overdue", _("%(n)s are due and not held yet")),
        )
        said = [words % {"n": self.total[name]} for name, words in parts if self.total[name]]
        return _("Of the supervision %(parts)s.") % {"parts": "，".join(said)} if said else ""

    @property
    def chart(self) -> dict[str, Any]:
        """Due against done: each kind of activity, the commitments, the findings."""
        rows = [*((row["label"], row["due"], row["done"]) for row in self.kinds)]
        total = self.total
        rows += [
            (_("Commitments"), total["commitments_due"], total["commitments_done"]),
            (
                _("Rectifications"),
                total["rectifications_opened"],
                total["rectifications_closed"],
            ),
        ]
        return {
            "id": "due-and-done",
            "bars": [{"label": label, "due": due, "done": done} for label, due, done in rows],
            "most": max((max(due, done) for _label, due, done in rows), default=0) or 1,
            "columns": heads(
                pgettext("bulletin", "Kind"),
                pgettext("bulletin", "Due in the quarter"),
                pgettext("bulletin", "Done"),
                pgettext("bulletin", "Share"),
            ),
            "rows": [
                [label, *map(number, (due, done, f"{done / due:.0%}" if due else "—"))]
                for label, due, done in rows
            ],
        }

    @property
    def unit_columns(self) -> list[dict[str, Any]]:
        """The heads of the table by unit."""
        first = pgettext("column", "Reporting unit")
        return heads(first, *(heading() for _name, heading in UNIT_COLUMNS))

    @property
    def unit_rows(self) -> list[list[Any]]:
        """The rows of the table by unit, and all of them together."""
        whole = {**self.total, "projects": self.kept["projects"], "name": _("Whole district")}
        return [
            [row["name"], *(number(row[name]) for name, _heading in UNIT_COLUMNS)]
            for row in (*self.units, whole)
        ]

    @property
    def counted(self) -> str:
        """Say on which day they were counted."""
        return _("As of %(day)s.") % {"day": date_format(self.day, "DATE_FORMAT")}


def shown_practices(page: Any) -> list[dict[str, Any]]:
    """Return the good practice that was chosen, in the order in which it was recorded."""
    found = page.figures.get("practices", [])
    return [row for row in found if row["visit"] in page.chosen]


def practices_of(page: Any, request: HttpRequest) -> list[dict[str, Any]]:
    """Return the chosen good practice with the ways to the projects' pages."""
    return _with_ways(shown_practices(page), page, request)


def laggards_of(page: Any, request: HttpRequest | None = None) -> list[dict[str, Any]]:
    """Return the projects with most overdue as a list of links."""
    words = _("%(commitments)s commitments, %(rectifications)s rectifications overdue")
    return [
        {**row, "meta": in_a_row(row["organization"], words % row)}
        for row in _with_ways(page.figures.get("laggards", []), page, request)
    ]


def _with_ways(
    rows: Iterable[dict[str, Any]], page: Any, request: HttpRequest | None
) -> list[dict[str, Any]]:
    ways = _ways(page, request)
    return [{**row, "href": ways.get(row["project"], "")} for row in rows]


def _ways(page: Any, request: HttpRequest | None) -> dict[int, str]:
    """Return the addresses of the projects' pages that residents may read, read once for a page."""
    known = getattr(page, "_ways_to_projects", None)
    if known is None:
        named = (*page.figures.get("laggards", []), *shown_practices(page))
        keys = {row["project"] for row in named}
        pages = (
            ProjectPage.objects.readable().filter(project__in=keys).defer("body") if keys else ()
        )
        known = {one.project_id: one.get_url(request) or "" for one in pages}
        page._ways_to_projects = known
    return known
