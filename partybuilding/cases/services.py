"""Write case studies: begin one with its draft page from a graded project, change its project."""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partybuilding.cases.kind import KIND
from partybuilding.cases.material import material_of
from partybuilding.cases.models import CaseStudy
from partybuilding.cases.pages import CaseStudyPage
from partybuilding.cases.permissions import user_can_edit_case
from partybuilding.cases.states import FINISHED, TABLE, CaseState
from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.services import note
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.models import Organization
from partybuilding.organizations.permissions import user_works_on_pages
from partybuilding.projects.models import Project
from partybuilding.projects.services import begin_from
from partybuilding.projects.states import SourceKind
from partybuilding.spreading import services as spreading


def start_case(project: Project, *, by: AnyUser, title: str = "") -> CaseStudyPage:
    """Begin a case study from a graded project: the record, and its draft page filled from the file.

    A second click leads to the draft that the first one made.

    Raises:
        NotYours: cases are written by editors and publishers.
        ConditionUnmet: the project is not graded, or the column has no index of cases.
    """
    if not user_works_on_pages(by):
        raise NotYours([KIND.refused])
    if project.state not in FINISHED:
        raise ConditionUnmet([_("A case is written from a project that has been graded.")])
    title = title.strip() or project.title
    with transaction.atomic():
        Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        assert by.is_authenticated
        begun = CaseStudy.objects.filter(
            project=project, title=title, created_by=by, state=CaseState.DRAFT
        )
        case = begun.first()
        if case is None:
            case = CaseStudy.objects.create(project=project, title=title, created_by=by)
            note(case, "create", by=by)
        return begin_page(case, by=by)


def begin_page(case: CaseStudy, *, by: AnyUser) -> CaseStudyPage:
    """Make the draft page of a case, filled from its project's file; once only.

    Raises:
        NotYours: cases are written by editors and publishers.
        ConditionUnmet: the case was declined or retracted, or the column has no index of cases.
    """
    return spreading.begin_page(KIND, case, by=by, material=partial(material_of, by=by))


def save_case(
    case: CaseStudy, *, by: AnyUser, title: str = "", project: Project | None = None
) -> CaseStudy:
    """Let a case follow the title of its page, and while it is a draft tell of another project.

    Raises:
        Frozen: it was submitted, so that its project is fixed.
        ConditionUnmet: the project is not graded.
    """
    with transaction.atomic():
        locked = CaseStudy.objects.select_for_update(of=("self",)).get(pk=case.pk)
        title = title.strip() or locked.title
        if title != locked.title and locked.state in _prepared():
            locked.title = title
            locked.save(update_fields=["title", "updated_at"])
        if project is None or project.pk == locked.project_id:
            return locked
        if not user_can_edit_case(locked, by):
            raise Frozen([_("The project of a case is fixed once the case was submitted.")])
        if project.state not in FINISHED:
            raise ConditionUnmet([_("A case is written from a project that has been graded.")])
        locked.project = project
        locked.save(update_fields=["project", "updated_at"])
        note(locked, "edit", by=by, data={"project": project.code})
    return locked


def adopt_case(
    case: CaseStudy, *, cycle: Cycle, organization: Organization, by: AnyUser
) -> Project:
    """Begin an application that learns from a published case.

    Raises:
        ConditionUnmet: residents cannot read the case, or as `begin_from`.
        NotYours, AlreadyBegun: as `begin_from`.
    """
    if not CaseStudyPage.objects.readable().filter(case=case).exists():
        raise ConditionUnmet([_("This case is not public any more; choose another one.")])
    kind = SourceKind.ADOPT
    return begin_from(case.project, kind, cycle=cycle, organization=organization, by=by, case=case)


def _prepared() -> list[str]:
    """Return the states in which a case has not come out yet."""
    public = TABLE.public_states()
    return [state.code for state in TABLE.states if state.strip and state.code not in public]


def begin_case_of_page(*, page: CaseStudyPage, record: CaseStudy, **kwargs: Any) -> None:
    """Note that a case was begun with its page."""
    note(record, "create", by=record.created_by)


def write_case_of_page(
    *, page: CaseStudyPage, material: dict[str, Any], by: AnyUser, **kwargs: Any
) -> None:
    """Write what the editor of a page gave of its case.

    Raises:
        Frozen: the case was submitted meanwhile.
    """
    case = CaseStudy.objects.get(pk=page.case_id)
    save_case(case, by=by, title=material.get("title", ""), project=material.get("project"))
