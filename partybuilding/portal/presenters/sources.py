"""What an application can be begun from, what is taken over, and what one was begun from."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.cases.pages import CaseStudyPage
from partybuilding.core.sheets import Sheet
from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import Project
from partybuilding.projects.rules import may_begin_from
from partybuilding.projects.states import SourceKind

#: The words of the button for each kind.
BUTTONS = {
    SourceKind.CONTINUE: gettext_lazy("Continue the project"),
    SourceKind.COPY: gettext_lazy("Copy the application"),
}


def case_row(page: CaseStudyPage, request: HttpRequest) -> dict[str, Any]:
    """Return what is shown of the case that an application is to learn from."""
    project = page.case.project
    return {
        "title": page.title,
        "slug": page.slug,
        "value": f"{SourceKind.ADOPT}:{page.slug}",
        "href": page.get_url(request),
        "organization": project.told.organization,
        "year": project.cycle.year,
        "summary": page.summary,
    }


def own_row(project: Project, cycle: Cycle, begun: Project | None) -> dict[str, Any]:
    """Return one of the own projects with what may be done with it, or the application begun from it."""
    state = project.state_row
    kinds = (SourceKind.CONTINUE, SourceKind.COPY)
    return {
        "title": str(project),
        "href": reverse("portal:project", args=[project.pk]),
        "code": project.code,
        "year": project.cycle.year,
        "organization": project.told.organization,
        "state": state.told,
        "tone": state.tone,
        "begun": reverse("portal:project", args=[begun.pk]) if begun else "",
        "buttons": [
            {"text": BUTTONS[kind], "value": f"{kind}:{project.pk}", "kind": kind}
            for kind in kinds
            if not begun and may_begin_from(project, kind, cycle, project.organization)
        ],
    }


def taken_over(sheet: Sheet) -> list[dict[str, str]]:
    """Say for each kind of source which answers a form takes over and which it does not, as it declares."""
    fields = [field for part in sheet.parts for field in part.fields if _is_asked(field)]
    return [
        {
            "label": str(kind.label),
            "taken": "、".join(str(field.label) for field in fields if kind in field.carried),
            "left": "、".join(str(field.label) for field in fields if kind not in field.carried),
        }
        for kind in SourceKind
    ]


def _is_asked(field: Any) -> bool:
    return bool(field.is_written or field.is_list or field.key == "partners")


def source_told(project: Project, request: HttpRequest) -> dict[str, str]:
    """Return what an application was begun from, with the way there; nothing for one that was begun empty."""
    source = getattr(project, "source", None)
    if source is None:
        return {}
    if source.kind != SourceKind.ADOPT:
        origin = source.origin
        title, href = str(origin), reverse("portal:project", args=[origin.pk])
        year = origin.cycle.year
    else:
        page = CaseStudyPage.objects.readable().filter(case=source.case_id).first()
        title, href = str(source.case), page.get_url(request) if page else ""
        year = source.origin.cycle.year
    words = _("%(title)s (%(year)s)") % {"title": title, "year": year}
    return {"label": source.get_kind_display(), "value": words, "href": href}
