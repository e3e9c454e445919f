"""The lists of one's own score sheets, the recusal statement, places among peers, explanations of a group."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.machine.wording import day_words
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.models import ScoreSheet
from partybuilding.evaluation.selectors.own import Asked, asked_to_explain, sheets_of, unstated
from partybuilding.evaluation.services import explain, give_statement
from partybuilding.evaluation.states import SheetState
from partybuilding.portal import typed_text
from partybuilding.portal.access import portal_view
from partybuilding.portal.forms.sheets import ExplanationForm, RecusalForm, place_field
from partybuilding.portal.frame import PEERS, SHEETS, show
from partybuilding.portal.presenters.sheets import line_of, plain, recusal_href
from partybuilding.portal.services import save_places
from partybuilding.portal.views.lookup import own_sheet, sheets_name


@portal_view(Role.EXPERT)
def sheets(request: HttpRequest) -> HttpResponse:
    """List an expert's sheets; before anything else the statement of the year is asked for."""
    own = list(sheets_of(request.user, peers=False))
    if cycle := unstated(request.user):
        return _ask_statement(request, cycle, own)
    context = {
        "groups": list(_by_state(own)),
        "left": sum(sheet.state == SheetState.OPEN for sheet in own),
        "explanations": [_asked_line(one) for one in asked_to_explain(request.user)],
    }
    return show(request, "sheets.html", context, part=SHEETS)


def _by_state(own: list[ScoreSheet]) -> Any:
    """Yield the lines to be scored, waiting for a decision, handed in and excused, each with its heading."""
    lines: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for sheet in own:
        lines[sheet.state].append(line_of(sheet))
    for state in SheetState:
        if lines[state]:
            yield {"code": state.value, "heading": state.label, "lines": lines[state]}


def _asked_line(asked: Asked) -> dict[str, Any]:
    return {
        "title": str(asked.project),
        "href": reverse("portal:explain", args=[asked.project.pk]),
        "range": plain(asked.range),
        "is_said": asked.said is not None,
    }


def _ask_statement(request: HttpRequest, cycle: Cycle, own: list[ScoreSheet]) -> HttpResponse:
    """Name the projects by their titles alone, each with the way to ask for a recusal."""
    lines = [
        {
            "title": str(sheet.project),
            "organization": sheet.project.organization.name,
            "state": sheet.state_row.label if sheet.state != SheetState.OPEN else "",
            "tone": sheet.state_row.tone,
            "recusal": recusal_href(sheet, request.user),
        }
        for sheet in own
        if sheet.cycle_id == cycle.pk and sheet.state in (SheetState.OPEN, SheetState.RECUSAL)
    ]
    return show(request, "statement.html", {"cycle": cycle, "lines": lines}, part=SHEETS)


@require_POST
@portal_view(Role.EXPERT)
def statement(request: HttpRequest) -> HttpResponse:
    """Give the statement of the year, once."""
    cycle = unstated(request.user)
    if cycle is not None and str(cycle.pk) == request.POST.get("cycle"):
        give_statement(cycle, by=request.user)
        messages.success(request, _("Your recusal statement is recorded. You can score now."))
    return redirect("portal:sheets")


@portal_view(Role.APPLICANT)
def peers(request: HttpRequest) -> HttpResponse:
    """List what one's organisations review, and give each project another place."""
    own = list(sheets_of(request.user, peers=True))
    faults: list[str] = []
    if request.method == "POST":
        given = {s.pk: request.POST[n] for s in own if (n := f"place-{s.pk}") in request.POST}
        try:
            save_places(own, given, by=request.user)
        except Refusal as refusal:
            faults = list(refusal.sentences)
        else:
            messages.success(request, _("The places are saved."))
            return redirect("portal:peers")
    typed = request.POST if faults else {}
    context = {
        "groups": list(_by_reviewer(own, typed)),
        "errors": [{"text": sentence} for sentence in faults],
        "left": sum(sheet.state == SheetState.OPEN for sheet in own),
    }
    return show(request, "peers.html", context, part=PEERS)


def _by_reviewer(own: list[ScoreSheet], typed: Any) -> Any:
    """Yield for each reviewing organisation and year its projects, each with the choice of a place."""
    found: dict[tuple[int, int | None], list[ScoreSheet]] = defaultdict(list)
    for sheet in own:
        found[sheet.cycle_id, sheet.reviewer_id].append(sheet)
    for together in found.values():
        first = together[0]
        counted = sum(sheet.state != SheetState.EXCUSED for sheet in together)
        yield {
            "heading": first.scorer_name,
            "year": first.cycle.name,
            "due": day_words(first.due_on) if first.due_on else "",
            "lines": [_peer_line(sheet, counted, typed) for sheet in together],
            "is_open": any(sheet.state == SheetState.OPEN for sheet in together),
        }


def _peer_line(sheet: ScoreSheet, places: int, typed: Any) -> dict[str, Any]:
    name = f"place-{sheet.pk}"
    chosen = typed.get(name, str(sheet.place or ""))
    choices: Any = place_field(places).choices
    options = [{"value": value, "text": text, "chosen": value == chosen} for value, text in choices]
    return {**line_of(sheet), "name": name, "options": options}


@portal_view(Role.EXPERT, Role.APPLICANT)
def recusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask not to score a project, with the reason; the department decides."""
    sheet = own_sheet(request, pk)
    back = reverse("portal:peers" if sheet.is_of_peer else "portal:sheets")
    if not recusal_href(sheet, request.user):
        messages.info(request, _("This sheet is not open; a recusal cannot be asked for now."))
        return redirect(back)
    form = RecusalForm(typed_text.typed(request))
    refused: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            move(sheet, "ask_recusal", by=request.user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            refused = refusal.sentences
        else:
            messages.success(
                request, _("The recusal is asked for. The Organization Department decides.")
            )
            return redirect(back)
    context = {
        "sheet": sheet,
        "form": form,
        "errors": [{"text": sentence} for sentence in refused],
        "back": back,
        "trail": sheets_trail(sheet, pgettext("score sheet", "Ask to be recused")),
    }
    return show(request, "recusal.html", context, part=PEERS if sheet.is_of_peer else SHEETS)


def sheets_trail(sheet: ScoreSheet, *steps: str) -> list[dict[str, str]]:
    """Return the way back to the list that a sheet stands in."""
    href = reverse("portal:peers" if sheet.is_of_peer else "portal:sheets")
    return [{"text": sheets_name(sheet), "href": href}, *({"text": text} for text in steps)]


@portal_view(Role.EXPERT)
def explanation(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the leader of a group explain why its experts lie far apart on a project."""
    asked = next((one for one in asked_to_explain(request.user) if one.project.pk == pk), None)
    if asked is None:
        raise Http404
    initial = {"words": asked.said.words if asked.said else ""}
    form = ExplanationForm(typed_text.typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        explain(asked.project, asked.group, form.cleaned_data["words"], by=request.user)
        messages.success(request, _("The explanation is saved."))
        return redirect("portal:sheets")
    href = reverse("portal:sheets")
    context = {
        "asked": asked,
        "range": plain(asked.range),
        "form": form,
        "back": href,
        "trail": [{"text": _("Score sheets"), "href": href}, {"text": str(asked.project)}],
    }
    return show(request, "explanation.html", context, part=SHEETS)
