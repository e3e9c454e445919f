"""Begin an application from what there is: a published case, an own project, an earlier application."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.cases.pages import CaseIndexPage, CaseStudyPage
from partybuilding.cases.services import adopt_case
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.portal.access import portal_view
from partybuilding.portal.frame import PROJECTS, show, trail
from partybuilding.portal.presenters.sources import case_row, own_row, taken_over
from partybuilding.portal.selectors import (
    begun_from,
    earlier_applications,
    open_cycles,
    own_organizations,
)
from partybuilding.portal.views.home import window_words
from partybuilding.projects.models import Project
from partybuilding.projects.models.sheets import sheet_of
from partybuilding.projects.services import AlreadyBegun, begin_from
from partybuilding.projects.states import SourceKind
from partybuilding.projects.yearform.selectors import version_of

#: So many own projects are offered, the newest first.
MOST = 60


@portal_view(Role.APPLICANT)
def start_from(request: HttpRequest) -> HttpResponse:
    """Show what an application can be begun from; the case that a reader came with first."""
    cycles = open_cycles(timezone.localdate())
    refused: Sequence[str] = ()
    if request.method == "POST" and cycles:
        try:
            project = _begin(request, cycles)
        except AlreadyBegun as begun:
            messages.info(request, begun.sentences[0])
            return redirect("portal:application", begun.project.pk)
        except Refusal as refusal:
            refused = refusal.sentences
        else:
            words = _("The draft was begun with what was taken over. Please check every part.")
            messages.success(request, words)
            return redirect("portal:application", project.pk)
    context = _context(request, cycles)
    return show(request, "start_from.html", {**context, "refused": refused}, part=PROJECTS)


def _begin(request: HttpRequest, cycles: list[Cycle]) -> Project:
    """Begin what a button stands for, for the newest open year unless another is chosen."""
    kind, _sign, key = request.POST.get("source", "").partition(":")
    chosen = request.POST.get("cycle")
    cycle = next((one for one in cycles if str(one.pk) == chosen), cycles[0])
    if kind == SourceKind.ADOPT:
        page = get_object_or_404(_readable_cases(), slug=key)
        place = get_object_or_404(own_organizations(request.user), pk=_number(request, "by"))
        return adopt_case(page.case, cycle=cycle, organization=place, by=request.user)
    if kind not in SourceKind or not key.isdecimal():
        raise Http404
    origin = get_object_or_404(earlier_applications(request.user, cycle.year), pk=int(key[:18]))
    place = origin.organization
    return begin_from(origin, kind, cycle=cycle, organization=place, by=request.user)


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given[:18]) if given.isdecimal() and given.isascii() else 0


def _readable_cases() -> Any:
    return CaseStudyPage.to_read().readable()


def _context(request: HttpRequest, cycles: list[Cycle]) -> dict[str, Any]:
    slug = request.POST.get("case") or request.GET.get("case")
    page = _readable_cases().filter(slug=slug).first() if slug else None
    cycle = cycles[0] if cycles else None
    own = list(earlier_applications(request.user, cycle.year)[:MOST]) if cycle else []
    begun = begun_from(own, cycle) if cycle else {}
    library = CaseIndexPage.objects.live().first()
    return {
        "window": window_words(request),
        "cycles": cycles,
        "organizations": list(own_organizations(request.user)),
        "case": case_row(page, request) if page else None,
        "case_gone": bool(slug) and page is None,
        "library": library.get_url(request) if library else "",
        "rows": [own_row(one, cycle, begun.get(one.pk)) for one in own] if cycle else [],
        "taken_over": taken_over(sheet_of(version_of(cycle) if cycle else None).of("")),
        "trail": trail((_("New application"), "")),
    }
