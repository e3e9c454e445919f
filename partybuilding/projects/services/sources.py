"""Begin an application from what there is: a case of others, one's own project, an earlier application."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Project, Source
from partybuilding.projects.rules import may_begin_from
from partybuilding.projects.services.applications import create_draft, save_application, save_plan
from partybuilding.projects.states import ENDED


class AlreadyBegun(ConditionUnmet):
    """The organisation has a living application from the same source; `project` is that one."""

    def __init__(self, project: Project) -> None:
        self.project = project
        super().__init__([_("An application from this was begun already; go on with it here.")])


def begin_from(
    origin: Project,
    kind: str,
    *,
    cycle: Cycle,
    organization: Organization,
    by: AnyUser,
    case: Any = None,
) -> Project:
    """Start an application from a project: the draft with what the sheet carries over, and its source.

    Args:
        kind: why; a `SourceKind`.
        case: the case study that is learnt from, when that is why.

    Raises:
        NotYours: the user is no applicant of the organisation.
        ConditionUnmet: the window is not open, or this may not be begun from it.
        AlreadyBegun: it was, and that application lives.
    """
    told = {"source": str(kind), "from": origin.code or str(origin)}
    with transaction.atomic():
        Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
        draft = create_draft(cycle, organization, by=by, told=told)
        if not (answer := may_begin_from(origin, kind, cycle, organization)):
            raise ConditionUnmet(answer.reasons)
        if (living := _living(origin, cycle, organization, case)) is not None:
            raise AlreadyBegun(living)
        taken = draft.whole_sheet.carried(kind, origin, draft)
        plan = taken.pop("plan", [])
        answers = {key: taken.pop(key) for key in draft.whole_sheet.questions if key in taken}
        columns = {field.key: field.column for field in draft.whole_sheet.fields}
        written = {columns[key]: said for key, said in taken.items()}
        draft = save_application(draft, by=by, answers=answers, **written)
        save_plan(draft, plan, by=by)
        Source.objects.create(project=draft, kind=kind, origin=origin, case=case)
    return draft


def _living(origin: Project, cycle: Cycle, organization: Organization, case: Any) -> Project | None:
    """Return the organisation's application of the year from the same source, unless it has ended."""
    same = {"case": case} if case is not None else {"origin": origin, "case": None}
    found = Source.objects.filter(
        project__cycle=cycle, project__organization=organization, **same
    ).exclude(project__state__in=ENDED)
    source = found.select_related("project").first()
    return source.project if source else None
