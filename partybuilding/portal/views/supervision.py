"""What supervision found at an organisation's projects, and the answer to each finding."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from partybuilding.core.files.uploads import UploadRefused
from partybuilding.core.machine.offers import may_take
from partybuilding.core.machine.refusals import Overtaken, Refusal, WrongState
from partybuilding.core.selectors import trail_of
from partybuilding.core.states import Role
from partybuilding.portal import typed_text
from partybuilding.portal.access import portal_view
from partybuilding.portal.forms.supervision import RectificationForm
from partybuilding.portal.frame import PROJECTS, show, trail
from partybuilding.portal.presenters.supervision import (
    coming,
    course,
    evidence,
    finding_facts,
    finding_item,
    rounds,
)
from partybuilding.portal.views.lookup import own_project
from partybuilding.supervision.models import Rectification
from partybuilding.supervision.selectors.files import rectifications_of, supervision_of
from partybuilding.supervision.services import report_rectified
from partybuilding.supervision.states import SETTLED, RectificationState


@require_safe
@portal_view(Role.APPLICANT)
def supervision(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the findings, what was held, and what is still to come."""
    project = own_project(request, pk)
    activities = supervision_of(project)
    findings = [one for activity in activities for one in activity.rectifications.all()]
    open_first = sorted(findings, key=lambda one: (one.state in SETTLED, one.rectify_by))
    status = reverse("portal:project", args=[pk])
    context = {
        "project": project,
        "findings": [finding_item(one) for one in open_first],
        "open_count": sum(one.state == RectificationState.ISSUED for one in findings),
        "rounds": list(rounds(activities)),
        "coming": coming(activities) if project.has_promised else [],
        "trail": trail((str(project), status), (_("Supervision and rectification"), "")),
    }
    return show(request, "supervision.html", context, part=PROJECTS)


@portal_view(Role.APPLICANT)
def rectification(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show one finding with its course; report it rectified by POST."""
    project = own_project(request, pk)
    found = rectifications_of(request.user).filter(project=project)
    one = get_object_or_404(found.prefetch_related("attachments"), pk=number)
    can_report = may_take(one, request.user, "report_done")
    form = RectificationForm(
        typed_text.typed(request), request.FILES or None, initial={"seen": one.version}
    )
    if request.method == "POST" and form.is_valid():
        return _report(request, one, form, can_report)
    return _page(request, one, form, can_report)


def _report(
    request: HttpRequest, one: Rectification, form: RectificationForm, can_report: bool
) -> HttpResponse:
    given = form.cleaned_data
    try:
        report_rectified(
            one, given["report"], by=request.user, uploads=given["files"], seen=given["seen"]
        )
    except UploadRefused as refused:
        form.add_error("files", refused.named)
    except (Overtaken, WrongState):
        messages.info(request, _("This finding has already been reported."))
        return redirect(request.path)
    except Refusal as refusal:
        for sentence in refusal.sentences:
            form.add_error("report", sentence)
    else:
        messages.success(request, _("Reported. The task force verifies it next."))
        return redirect("portal:supervision", one.project_id)
    return _page(request, one, form, can_report)


def _page(
    request: HttpRequest, one: Rectification, form: RectificationForm, can_report: bool
) -> HttpResponse:
    history = list(trail_of(one))
    listing = reverse("portal:supervision", args=[one.project_id])
    context: dict[str, Any] = {
        "project": one.project,
        "finding": one,
        "item": finding_item(one),
        "facts": [fact for fact in finding_facts(one) if fact["value"]],
        "sent_back": _sent_back(one, history),
        "files": evidence(one),
        "history": course(one, history),
        "form": form if can_report else None,
        "back": listing,
        "trail": trail(
            (_("Supervision and rectification"), listing), (pgettext("portal", "Finding"), "")
        ),
    }
    return show(request, "rectification.html", context, part=PROJECTS)


def _sent_back(one: Rectification, history: list[Any]) -> str:
    """Return why the last report was not enough; empty when none was sent back."""
    if one.state != RectificationState.ISSUED:
        return ""
    return next((row.reason for row in reversed(history) if row.step == "send_back"), "")
