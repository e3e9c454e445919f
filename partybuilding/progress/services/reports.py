"""Report a step of a commitment done."""

from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen
from partybuilding.core.services import note
from partybuilding.core.text.validators import TOLD, has_words
from partybuilding.core.types import AnyUser
from partybuilding.progress.models import StepReport
from partybuilding.progress.permissions import user_can_report_step
from partybuilding.progress.services.evidence import Evidence, received, write_report
from partybuilding.projects.models import CommitmentStep, Project


def report_step(
    step: CommitmentStep, *, by: AnyUser, evidence: str | Evidence
) -> StepReport | None:
    """Report a step done today, with its evidence, which is public at once.

    A second click changes nothing: a closed step stays as it was reported.

    Returns:
        The report; None when the step was closed already.

    Raises:
        Frozen: the project is not being implemented, or the user is not of its leading organisation.
        ConditionUnmet: no words of evidence are given, or it holds a person's number.
        UploadRefused: a picture or file is not what it claims, too large or dangerous.
    """
    given = Evidence(evidence) if isinstance(evidence, str) else evidence
    if not has_words(given.words, TOLD):
        raise ConditionUnmet(
            [_("Say in a sentence what was done; it is the evidence of the step.")]
        )
    given.refuse_unfit()
    with received(given) as things:
        project = Project.objects.select_for_update(of=("self",)).get(pk=step.commitment.project_id)
        if not user_can_report_step(project, by):
            raise Frozen([_("Steps are reported while the project is being implemented.")])
        locked = CommitmentStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
        if locked.closed_on is not None:
            return None
        locked.closed_on, locked.evidence = timezone.localdate(), given.words.strip()
        locked.save(update_fields=["closed_on", "evidence"])
        report = write_report(locked, given, things, by=by)
        told = {"step": locked.pk, "title": locked.title, "report": report.pk}
        note(project, "report", by=by, data=told)
    return report
