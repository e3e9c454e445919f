"""The first screen: what waits for me, my projects by year, a new application."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.machine.wording import day_words
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.selectors.own import left_to_score
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.portal import texts
from partybuilding.portal.access import portal_view
from partybuilding.portal.forms import StartForm
from partybuilding.portal.frame import PROJECTS, show, trail
from partybuilding.portal.presenters.progress import question_row, step_line
from partybuilding.portal.presenters.standing import asked_line, project_line
from partybuilding.portal.presenters.supervision import finding_item
from partybuilding.portal.presenters.wording import days_left
from partybuilding.portal.selectors import (
    asked_partnerships,
    count_all,
    nearest_cycle,
    on_my_desk,
    open_cycles,
    own_organizations,
    projects_by_year,
    steps_to_report,
    to_rectify,
)
from partybuilding.portal.services import start_application
from partybuilding.portal.views.lookup import page_of
from partybuilding.progress.selectors import questions_of

PER_PAGE = 20


@portal_view()
def home(request: HttpRequest) -> HttpResponse:
    """Show an applicant what waits and what there is; lead an expert to the sheets, or to the assessments."""
    roles = roles_of_user(request.user)
    if not roles.has(Role.APPLICANT):
        scores = left_to_score(request.user).expert
        return redirect("portal:sheets" if scores else "portal:assessments")
    own = roles.ids(Role.APPLICANT)
    desk = _Desk(request.user)
    page = Paginator(projects_by_year(request.user), PER_PAGE).get_page(page_of(request))
    context = {
        "desk": desk.lines(),
        "desk_count": desk.total(),
        "page": page,
        "years": _by_year(page, own),
        "window": window_words(request),
    }
    return show(request, "home.html", context, part=PROJECTS)


class _Desk:
    """What waits for an applicant: questions, findings, steps, projects; the most urgent first."""

    def __init__(self, user: AnyUser) -> None:
        own, today = roles_of_user(user).ids(Role.APPLICANT), timezone.localdate()
        self._kinds = (
            _Kind(questions_of(user).waiting_for(user).order_by("due_on", "pk"), question_row),
            _Kind(to_rectify(user), finding_item),
            _Kind(steps_to_report(user, today), partial(step_line, today=today), "deadline"),
            _Kind(asked_partnerships(user), asked_line, "asked_on"),
            _Kind(on_my_desk(user), partial(project_line, own=own)),
        )

    def total(self) -> int:
        """Count everything that waits; one query."""
        return count_all(*(kind.rows for kind in self._kinds))

    def lines(self) -> list[dict[str, Any]]:
        """Return the lines that are shown, by the day until which each is to be done."""
        found = [line for kind in self._kinds for line in kind.dated()]
        return [line for _day, line in sorted(found, key=itemgetter(0))[:PER_PAGE]]


@dataclass(frozen=True)
class _Kind:
    """One kind of what waits: its rows, how one is drawn, and the field with its day."""

    rows: QuerySet
    draw: Callable[..., Any]
    day: str = "due_on"

    def dated(self) -> Iterator[tuple[date, dict[str, Any]]]:
        """Yield its first lines, each with its day; what has none comes last."""
        for row in self.rows[:PER_PAGE]:
            yield getattr(row, self.day) or date.max, self.draw(row)


def _by_year(page: Any, own: frozenset[int]) -> list[dict[str, Any]]:
    grouped = groupby(page.object_list, key=lambda project: project.cycle)
    return [
        {"name": cycle.name, "projects": [project_line(project, own) for project in projects]}
        for cycle, projects in grouped
    ]


def window_words(request: HttpRequest) -> dict[str, Any]:
    """Say whether one can apply today, until when, or when again."""
    today = timezone.localdate()
    if cycles := open_cycles(today):
        last = min(cycles, key=lambda cycle: cycle.applications_close)
        day = last.applications_close
        words = _("Applications for %(year)s are open until %(day)s.")
        told = {"year": last.year, "day": day_words(day, today)}
        return {"open": True, "text": words % told, "left": days_left(day, today)}
    return {"open": False, "text": _closed_words(nearest_cycle(request.user, today), today)}


def _closed_words(cycle: Cycle | None, today: Any) -> str:
    if cycle is None:
        return _("No year is open for applications yet. You are told here when one opens.")
    if cycle.applications_open > today:
        words = _("Applications for %(year)s open on %(day)s.")
        return words % {"year": cycle.year, "day": day_words(cycle.applications_open, today)}
    words = _("Applications for %(year)s closed on %(day)s. The next year is announced here.")
    return words % {"year": cycle.year, "day": day_words(cycle.applications_close, today)}


@portal_view(Role.APPLICANT)
def start(request: HttpRequest) -> HttpResponse:
    """Start an application of one of the user's organisations."""
    organizations = own_organizations(request.user)
    cycles = open_cycles(timezone.localdate())
    data = request.POST if request.method == "POST" else None
    form = StartForm(data, organizations=organizations, cycles=cycles)
    refused: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            project = start_application(chosen["cycle"], chosen["organization"], by=request.user)
        except Refusal as refusal:
            refused = refusal.sentences
        else:
            return redirect("portal:application", project.pk)
    context = {
        "form": form,
        "cycles": cycles,
        "organizations": organizations,
        "window": window_words(request),
        "guide": texts.guide(texts.START),
        "errors": [{"text": sentence} for sentence in refused],
        "trail": trail((_("New application"), "")),
    }
    return show(request, "start.html", context, part=PROJECTS)
