"""Where a project stands, its history, and its papers."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from partybuilding.core.machine.wording import day_words
from partybuilding.core.selectors import trail_of
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.portal.access import portal_view
from partybuilding.portal.frame import PROJECTS, show, trail
from partybuilding.portal.presenters.content import Remarks, partner_words
from partybuilding.portal.presenters.sources import source_told
from partybuilding.portal.presenters.standing import (
    ending,
    returned_with,
    status_strip,
    told_history,
)
from partybuilding.portal.presenters.wording import SIDES, due_sentence, first_reviewer
from partybuilding.portal.views.application import remarks_told
from partybuilding.portal.views.feedback import feedback_lines
from partybuilding.portal.views.lookup import own_project
from partybuilding.portal.views.papers import result_papers
from partybuilding.portal.views.partners import partnerships
from partybuilding.portal.views.progress import progress_words
from partybuilding.portal.views.results import results_words
from partybuilding.portal.views.submission import can_withdraw, offer_of_applicant
from partybuilding.progress.permissions import user_can_report_step
from partybuilding.projects.documents import (
    FORM_EDITIONS,
    RESULTS_EDITIONS,
    form_response,
    letter_response,
    results_response,
)
from partybuilding.projects.models import Project
from partybuilding.projects.permissions import user_can_edit_application, user_can_edit_project
from partybuilding.projects.preparation.selectors import DutyRow, duty_rows
from partybuilding.projects.rules import not_taken_up
from partybuilding.projects.selectors import decided_with
from partybuilding.projects.states import CHOSEN, RESULTS_IN, Consent, ProjectState

#: The result has been decided, and its letter can be read.
DECIDED = (*CHOSEN, ProjectState.DECLINED)
FINISHED = (ProjectState.GRADED, ProjectState.ARCHIVED)


@require_safe
@portal_view(Role.APPLICANT)
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where it stands, what to do, what happened."""
    found = own_project(request, pk)
    history = list(trail_of(found))
    remarks = Remarks(found)
    own = partnerships(found, request.user)
    context: dict[str, Any] = {
        "project": found,
        "meta": _meta(found),
        "strip": status_strip(found, history),
        "due": due_sentence(found),
        "ending": ending(found, history),
        "returned": remarks_told(found, remarks),
        "can_edit": user_can_edit_application(found, request.user),
        "can_commit": found.state == ProjectState.APPROVED
        and user_can_edit_project(found, request.user),
        "ways": list(_ways(found, request.user)),
        "results_returned": returned_with(found, "return_results", ProjectState.IMPLEMENTING),
        "all_kept": found.has_promised and not found.commitments.unkept().exists(),
        "can_report": user_can_report_step(found, request.user),
        "can_withdraw": can_withdraw(found, request.user),
        "can_recall": offer_of_applicant(found, request.user, "recall") == (),
        "begun": _begun(found),
        "partnerships": own,
        "asked": any(partner.consent == Consent.ASKED for partner in own),
        "papers": [*_papers(found), *result_papers(found, request.user)],
        "facts": [*_facts(found), source_told(found, request)],
        "feedback": feedback_lines(found, request.user),
        "history": told_history(found, history),
        "trail": trail((str(found), "")),
    }
    return show(request, "project.html", context, part=PROJECTS)


def _begun(project: Project) -> str:
    """Say that its review has begun, so that it is not taken back any more; empty where it is not reviewed."""
    if not project.has_step("recall"):
        return ""
    if project.review_opened_at is None:
        return "".join(map(str, not_taken_up(project).reasons))
    day = day_words(timezone.localdate(project.review_opened_at))
    facts = {"side": first_reviewer(project), "day": day}
    return (
        _(
            "%(side)s began its review on %(day)s. To change something, ask it to return the application."
        )
        % facts
    )


def _ways(project: Project, user: AnyUser) -> Iterator[dict[str, str]]:
    """Yield the screens on which an applicant works while the promises are kept, and reads afterwards."""
    if project.has_promised:
        yield _way("progress", progress_words(), project)
        if project.state in RESULTS_IN or user_can_report_step(project, user):
            yield _way("results", results_words(), project)
    if project.state in FINISHED:
        href = reverse("portal:start_from")
        yield {"text": _("Continue it next year"), "href": href, "tone": "secondary"}
    if project.commitments_published_at:
        yield _way("supervision", _("Supervision and rectification"), project)


def _way(name: str, words: str, project: Project) -> dict[str, str]:
    href = reverse(f"portal:{name}", args=[project.pk])
    return {"text": words, "href": href, "tone": "secondary"}


def _meta(project: Project) -> list[str]:
    number = _("Receipt number %(code)s") % {"code": project.code} if project.code else ""
    return [part for part in (project.cycle.name, number) if part]


def _facts(project: Project) -> list[dict[str, Any]]:
    told = project.told
    return [
        {"label": pgettext("portal", "Applying organization"), "value": told.organization},
        {"label": _("Organizations that apply jointly"), "value": partner_words(project)},
        {"label": SIDES[Role.UNIT], "value": told.unit},
        {"label": _("Field of the project"), "value": told.sector},
        {"label": pgettext("portal", "Topic"), "value": told.topic},
        *_four_ones(project),
    ]


def _four_ones(project: Project) -> list[dict[str, Any]]:
    """Return who holds the four ones today, once the project is approved, and who follows when."""
    if project.approved_at is None:
        return []
    return [
        {
            "label": row.duty.label,
            "value": row.now and row.now.name,
            "note": "；".join(filter(None, (row.now.post if row.now else "", following(row)))),
        }
        for row in duty_rows(project)
    ]


def following(row: DutyRow) -> str:
    """Say who takes a duty over on a day that is to come; nothing when nobody does."""
    if row.next is None:
        return ""
    facts = {"day": day_words(row.next.since), "name": row.next.name}
    return _("from %(day)s on: %(name)s") % facts


def _papers(project: Project) -> list[dict[str, str]]:
    """Return the downloads: the form always, the letter once it is decided."""
    papers = [(_("Application form"), "portal:form_paper")]
    if project.state in DECIDED:
        papers.append((_("Letter of the result"), "portal:letter_paper"))
    if project.state in RESULTS_IN:
        papers.append((_("Report of the results"), "portal:results_paper"))
    kinds = (("pdf", "PDF"), ("docx", "Word"))
    return [
        {"name": name, "href": reverse(place, args=[project.pk, code]), "kind": kind}
        for name, place in papers
        for code, kind in kinds
    ]


@require_safe
@portal_view(Role.APPLICANT)
def form_paper(request: HttpRequest, pk: int, edition: str) -> HttpResponse:
    """Return the application form as a file."""
    found = own_project(request, pk)
    if edition not in FORM_EDITIONS:
        raise Http404
    return form_response(found, edition)


@require_safe
@portal_view(Role.APPLICANT)
def letter_paper(request: HttpRequest, pk: int, edition: str) -> HttpResponse:
    """Return the letter that tells the result."""
    found = own_project(request, pk)
    entry = decided_with(found) if found.state in DECIDED else None
    if edition not in FORM_EDITIONS or entry is None:
        raise Http404
    return letter_response(found, entry, edition)


@require_safe
@portal_view(Role.APPLICANT)
def results_paper(request: HttpRequest, pk: int, edition: str) -> HttpResponse:
    """Return the report of the results, once it is handed in."""
    found = own_project(request, pk)
    if edition not in RESULTS_EDITIONS or found.state not in RESULTS_IN:
        raise Http404
    return results_response(found, edition)
