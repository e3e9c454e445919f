"""The plan board (督导计划): who is done how far in which quarter or month; each number opens its list."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.cycles.models import Cycle
from partybuilding.supervision.addresses import activities_url
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.filters import NOBODY
from partybuilding.supervision.models import Activity, ActivityQuerySet
from partybuilding.supervision.permissions import user_can_plan_supervision, user_can_see_plan
from partybuilding.supervision.selectors.board import (
    MONTH,
    OFFICER,
    QUARTER,
    UNIT,
    Board,
    Line,
    board_of,
    current_year,
    without_officer,
    years_with_plan,
)
from partybuilding.supervision.selectors.figures import Activities
from partybuilding.supervision.states import HELD, ActivityKind, Standing
from partybuilding.supervision.wording import month_words, quarter_words

ROWS = {UNIT: gettext_lazy("By unit"), OFFICER: gettext_lazy("By officer")}
COLUMNS = {QUARTER: gettext_lazy("By quarter"), MONTH: gettext_lazy("By month")}


class BoardView(WagtailAdminTemplateMixin, TemplateView):
    """The plan of a year as a table; on a phone as cards."""

    template_name = "partybuilding/supervision/board.html"
    page_title = gettext_lazy("Supervision plan")
    header_icon = "calendar-check"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep to overseers and unit reviewers."""
        super().setup(request, *args, **kwargs)
        if not user_can_see_plan(request.user):
            raise Http404

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the first screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def asked(self, name: str, known: Any, default: str) -> str:
        """Return what the address asks for, when it is known."""
        value = self.request.GET.get(name, "")
        return value if value in known else default

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count, and lay the numbers out with the list behind each."""
        user = self.request.user
        years = list(years_with_plan(user))
        cycle = self._cycle(years)
        self.rows = self.asked("rows", ROWS, UNIT)
        self.columns = self.asked("columns", COLUMNS, QUARTER)
        self.kind = self.asked("kind", ActivityKind.values, "")
        kinds = self.kind or [kind.value for kind in HELD]
        self.narrowing = {"cycle": cycle.pk if cycle else "", "kind": kinds}
        activities = self._activities(cycle)
        board = board_of(activities, rows=self.rows, columns=self.columns)
        plans = user_can_plan_supervision(user)
        return super().get_context_data(
            cycle=cycle,
            choices=self._choices(years, cycle),
            columns=[self._column(column) for column in board.columns],
            lines=[self._line(line, board) for line in board.lines],
            sums=self._cells(board.sums, board, {}),
            total=self._cell(board.total, {}),
            facts=self._facts(board.total, without_officer(activities)),
            can_plan=plans,
            row_heading=_("officer in charge") if self.rows == OFFICER else _("reporting unit"),
            **kwargs,
        )

    def _cycle(self, years: list[Cycle]) -> Cycle | None:
        asked = self.request.GET.get("cycle", "")
        chosen = next((year for year in years if str(year.pk) == asked), None)
        return chosen or current_year(years, self.request.user)

    def _activities(self, cycle: Cycle | None) -> ActivityQuerySet:
        found = Activity.objects.visible_to(self.request.user).filter(project__cycle=cycle)
        return found.filter(kind=self.kind) if self.kind else found.visits()

    def _choices(self, years: list[Cycle], cycle: Cycle | None) -> list[dict[str, Any]]:
        """Return the groups of links above the board; each keeps what the others chose."""
        kinds = [("", _("All visits")), *ActivityKind.choices]
        groups = (
            (
                "cycle",
                [(str(year.pk), year.name) for year in years],
                str(cycle.pk) if cycle else "",
            ),
            ("rows", list(ROWS.items()), self.rows),
            ("columns", list(COLUMNS.items()), self.columns),
            ("kind", kinds, self.kind),
        )
        now = {name: value for name, _options, value in groups}
        return [
            {
                "name": name,
                "options": [
                    {
                        "label": label,
                        "href": "?" + urlencode({**now, name: value}),
                        "current": value == chosen,
                    }
                    for value, label in options
                ],
            }
            for name, options, chosen in groups
            if len(options) > 1
        ]

    def _column(self, column: str) -> dict[str, str]:
        if self.columns == MONTH:
            return {"key": column, "label": month_words(*map(int, column.split("-")))}
        return {"key": column, "label": quarter_words(Quarter.at(column))}

    def _line(self, line: Line, board: Board) -> dict[str, Any]:
        narrowed = {self.rows: self._row_key(line.key)}
        return {
            "name": line.name or (_("No officer yet") if self.rows == OFFICER else _("No unit")),
            "cells": self._cells(line.cells, board, narrowed),
            "total": self._cell(line.total, narrowed),
        }

    def _row_key(self, key: Any) -> Any:
        return NOBODY if key is None and self.rows == OFFICER else key

    def _cells(
        self, cells: dict[str, Activities], board: Board, narrowed: dict[str, Any]
    ) -> list[dict[str, Any]]:
        return [
            {
                "column": self._column(column)["label"],
                **self._cell(cells.get(column, Activities()), {**narrowed, self.columns: column}),
            }
            for column in board.columns
        ]

    def _cell(self, cell: Activities, narrowed: dict[str, Any]) -> dict[str, Any]:
        where = {**self.narrowing, **narrowed}
        return {
            "cell": cell,
            "href": activities_url(**where),
            "overdue_href": activities_url(**where, standing=Standing.OVERDUE.value),
        }

    def _facts(self, total: Activities, nobody: int) -> list[dict[str, Any]]:
        """Return the year in numbers, each with its list."""
        held = [Standing.HELD.value, Standing.HELD_LATE.value]
        undone = [Standing.OPEN.value, Standing.OVERDUE.value]
        rows: tuple[tuple[str, int, dict[str, Any], str], ...] = (
            (_("Activities in all"), total.planned, {}, "neutral"),
            (_("Held already"), total.done, {"standing": held}, "positive"),
            (_("of them late"), total.late, {"standing": Standing.HELD_LATE.value}, "waiting"),
            (
                _("Overdue, not held"),
                total.overdue,
                {"standing": Standing.OVERDUE.value},
                "negative",
            ),
            (_("Was not held"), total.not_held, {"standing": Standing.NOT_HELD.value}, "neutral"),
            (_("No officer yet"), nobody, {"officer": NOBODY, "standing": undone}, "waiting"),
        )
        return [
            {
                "label": label,
                "count": count,
                "href": activities_url(**{**self.narrowing, **narrowed}),
                "tone": tone if count else "neutral",
            }
            for label, count, narrowed, tone in rows
        ]
