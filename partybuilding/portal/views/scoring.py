"""One score sheet: fill it in, save it from a form or a device, check what is stored, hand it in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from partybuilding.core.machine.offers import unmet
from partybuilding.core.machine.refusals import Frozen, NotYours, Overtaken, Refusal
from partybuilding.core.models import Purpose
from partybuilding.core.states import Role
from partybuilding.evaluation.models import ScoreSheet
from partybuilding.evaluation.rules import scoring_is_open, statement_given
from partybuilding.evaluation.selectors.own import sheets_of
from partybuilding.evaluation.states import SheetState
from partybuilding.portal import typed_text
from partybuilding.portal.access import portal_view
from partybuilding.portal.forms.sheets import SheetForm
from partybuilding.portal.frame import PEERS, SHEETS, show
from partybuilding.portal.presenters.sheets import (
    answer,
    beside,
    line_of,
    neighbours,
    plain,
    points_rows,
    recusal_href,
    returned_words,
    saved_words,
)
from partybuilding.portal.services import hand_in
from partybuilding.portal.views.files import hand_out
from partybuilding.portal.views.lookup import own_sheet
from partybuilding.portal.views.sheets import sheets_trail


@portal_view(Role.EXPERT, Role.APPLICANT)
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sheet to fill in while it is open, and what became of it when it is not."""
    found = own_sheet(request, pk)
    if not statement_given(found) and found.state == SheetState.OPEN:
        return redirect("portal:sheets")
    if request.method == "POST":
        return _save(request, found)
    if found.state != SheetState.OPEN:
        return _closed(request, found)
    typed = typed_text.take_back(request)
    form = SheetForm(found, typed)
    return _page(request, found, form, restored=bool(typed))


def _save(request: HttpRequest, found: ScoreSheet) -> HttpResponse:
    """Store what a plain form sent; nothing typed is lost when it cannot be."""
    form = SheetForm(found, request.POST)
    try:
        saved = form.save(by=request.user)
    except Overtaken as refusal:
        now = own_sheet(request, found.pk)
        kept = {"rows": points_rows(now)}
        told: dict[str, Any] = {"refused": refusal.sentences, "stored": kept, "status": 409}
        return _page(request, now, form.seen_now(now), **told)
    except (Frozen, NotYours) as refusal:
        if found.state == SheetState.OPEN:
            raise Http404 from refusal
        return _closed(request, found, typed=form, status=409)
    if saved is None:
        if found.state != SheetState.OPEN:
            return _closed(request, found, typed=form, status=409)
        return _page(request, found, form)
    messages.success(request, saved_words(saved))
    name = "portal:hand_in" if request.POST.get("then") == "check" else "portal:sheet"
    return redirect(name, found.pk)


def _page(
    request: HttpRequest,
    found: ScoreSheet,
    form: SheetForm,
    *,
    restored: bool = False,
    refused: tuple[str, ...] = (),
    stored: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    part = PEERS if found.is_of_peer else SHEETS
    own = sheets_of(request.user, peers=found.is_of_peer).filter(state=SheetState.OPEN)
    context = {
        "sheet": found,
        "line": line_of(found),
        "form": form,
        "rows": list(form.rows()),
        "step": plain(found.cycle.evaluation.step),
        "sum": plain(found.sum()),
        "restored": restored,
        "refused": refused,
        "stored": stored,
        "returned": returned_words(found),
        "not_yet": scoring_is_open(found).reasons,
        "beside": list(beside(found, request)),
        "recusal": recusal_href(found, request.user),
        "trail": sheets_trail(found, str(found.project)),
        **neighbours(found, own),
    }
    return show(request, "sheet.html", context, part=part, status=status)


def _closed(
    request: HttpRequest, found: ScoreSheet, *, typed: SheetForm | None = None, status: int = 200
) -> HttpResponse:
    """Show a sheet that is not open: the receipt once it is handed in, otherwise where it stands."""
    part = PEERS if found.is_of_peer else SHEETS
    own = sheets_of(request.user, peers=found.is_of_peer).filter(state=SheetState.OPEN)
    left = list(own[:1])
    context = {
        "sheet": found,
        "line": line_of(found),
        "rows": points_rows(found) if found.state == SheetState.LOCKED else [],
        "is_locked": found.state == SheetState.LOCKED,
        "is_as_sealed": found.is_sealed_as_stored(),
        "typed": typed.typed() if typed else [],
        "next": reverse("portal:sheet", args=[left[0].pk]) if left else "",
        "back": reverse("portal:peers" if found.is_of_peer else "portal:sheets"),
        "trail": sheets_trail(found, str(found.project)),
    }
    return show(request, "sheet_closed.html", context, part=part, status=status)


@require_http_methods(["GET", "POST"])
@portal_view(Role.EXPERT, Role.APPLICANT)
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Store what a device sends, and answer with what is stored and its digest; GET answers the same.

    409 with `locked`: the sheet takes nothing any more. 409 with `overtaken`: another device stored
    something since. 422: `faults` by the name of the field. Nothing was stored then.
    """
    found = own_sheet(request, pk)
    if request.method == "GET":
        return JsonResponse({**answer(found), "locked": found.state != SheetState.OPEN})
    form = SheetForm(found, request.POST)
    try:
        saved = form.save(by=request.user)
    except Overtaken:
        told = {**answer(own_sheet(request, pk)), "overtaken": True}
        return JsonResponse(told, status=409)
    except (Frozen, NotYours) as refusal:
        return JsonResponse({"locked": True, "message": str(refusal)}, status=409)
    if saved is None:
        faults = form.faults()
        words = _("Not saved yet. %(errors)s") % {"errors": " ".join(faults.values())}
        return JsonResponse({"faults": faults, "message": words}, status=422)
    return JsonResponse(answer(saved))


@portal_view(Role.EXPERT, Role.APPLICANT)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is stored, and hand in exactly that."""
    found = own_sheet(request, pk)
    if not statement_given(found) or found.state != SheetState.OPEN:
        return redirect("portal:sheet", pk)
    refused: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            hand_in(found, request.POST.get("revision", ""), by=request.user)
        except Refusal as refusal:
            found, refused = own_sheet(request, pk), refusal.sentences
            if found.state != SheetState.OPEN:  # a second click
                return redirect("portal:sheet", pk)
        else:
            messages.success(request, _("The sheet is handed in. Thank you."))
            return redirect("portal:sheet", pk)
    missing = unmet(found, "lock")
    context = {
        "sheet": found,
        "rows": points_rows(found),
        "errors": [{"text": sentence} for sentence in refused],
        "missing": [] if refused else missing,
        "can_hand_in": not missing,
        "back": reverse("portal:sheet", args=[pk]),
        "trail": sheets_trail(found, pgettext("score sheet", "Check and hand in")),
    }
    part = PEERS if found.is_of_peer else SHEETS
    return show(request, "sheet_check.html", context, part=part)


@require_safe
@portal_view(Role.EXPERT)
def sheet_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """Return a file of the application to the expert who scores it, of another group's project too."""
    found = own_sheet(request, pk)
    if found.is_of_peer or not statement_given(found) or found.state == SheetState.EXCUSED:
        raise Http404
    files = found.project.attachments.select_related("content_type")
    return hand_out(request, get_object_or_404(files.filter(purpose=Purpose.APPLICATION), pk=file))
