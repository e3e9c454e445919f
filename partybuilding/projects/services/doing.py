"""Write what an implementing organisation reports: steps done with evidence, explanations."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.personal_data import findings
from partybuilding.core.refusals import ConditionUnmet, Frozen
from partybuilding.core.services import note
from partybuilding.core.states import Role
from partybuilding.organizations.permissions import standing_of
from partybuilding.projects.models import CommitmentStep, Project
from partybuilding.projects.states import ProjectState


def report_step(step: CommitmentStep, *, by: Any, evidence: str) -> CommitmentStep:
    """Report a step of a commitment done today, with its evidence; a closed step stays closed.

    Raises:
        Frozen: the project is not being implemented, or the user is not of its leading organisation.
        ConditionUnmet: no evidence is given, or it holds a person's number: it is public at once.
    """
    if not evidence.strip():
        raise ConditionUnmet([_("Give the evidence that the step is done.")])
    if found := findings(evidence):
        sentence = _("The evidence is public at once. %(kind)s does not belong in it: %(excerpt)s")
        raise ConditionUnmet(
            [sentence % {"kind": one.kind.label, "excerpt": one.excerpt} for one in found]
        )
    with transaction.atomic():
        project = Project.objects.select_for_update(of=("self",)).get(pk=step.commitment.project_id)
        leads = project.organization_id in standing_of(by).ids(Role.APPLICANT)
        if project.state != ProjectState.IMPLEMENTING or not leads:
            raise Frozen([_("Steps are reported while the project is being implemented.")])
        locked = CommitmentStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
        if locked.closed_on is None:
            locked.closed_on, locked.evidence = timezone.localdate(), evidence.strip()
            locked.save(update_fields=["closed_on", "evidence"])
            note(project, "report", by=by, data={"step": locked.pk, "title": locked.title})
    return locked
