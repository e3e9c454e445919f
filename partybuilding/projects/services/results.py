"""Write what came of a project's promises, until it is handed in."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import Frozen
from partybuilding.core.types import AnyUser
from partybuilding.projects.models import Project
from partybuilding.projects.permissions import (
    user_can_write_results,
)
from partybuilding.projects.yearform.compose import RESULTS


def save_results(
    project: Project,
    *,
    by: AnyUser,
    summary: str,
    explanations: Mapping[int, str] | None = None,
    answers: Mapping[str, Any] | None = None,
) -> Project:
    """Save the summary of results, and why commitments were not kept; incomplete ones are welcome.

    Nobody but the applicant and the staff reads them before the results are handed in.

    Args:
        explanations: words by the key of the commitment; others stay as they are.
        answers: to what the year asks of the results, by the keys of the questions; others stay as they are.

    Raises:
        Frozen: the project is not being implemented, or the user is not of its leading organisation.
    """
    with transaction.atomic():
        locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        if not user_can_write_results(locked, by):
            raise Frozen([_("Results are written while the project is being implemented.")])
        for key, words in (explanations or {}).items():
            locked.commitments.filter(pk=key).update(explanation=words)
        locked.results_summary = summary
        locked.answers = locked.year_sheet.of(RESULTS).merged(locked.answers, answers or {})
        locked.save(update_fields=["results_summary", "answers", "updated_at"])
    return locked
