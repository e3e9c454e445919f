"""What a project's case file shows of how its promises are kept, with the way to question a report."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.progress.models import CommitmentChange, StepQuestion
from partybuilding.progress.permissions import side_that_asks, visible_to
from partybuilding.progress.rules import can_be_questioned
from partybuilding.progress.selectors import kept_by
from partybuilding.projects.casefile.contents import CaseSection
from partybuilding.projects.models import Commitment, Project
from partybuilding.projects.promises.cards import standing_words


def keeping(project: Project, user: Any) -> Mapping[str, Any] | None:
    """Show commitments with their reports, questions and changes, and the results, once there are any."""
    found = kept_by(project)
    if not (found or project.results_summary):
        return None
    return {
        "promises": list(_promises(project, found, user)),
        "changes": visible_to(
            CommitmentChange.objects.filter(project=project).select_related("step", "commitment"),
            user,
        ),
    }


def _promises(project: Project, found: list[Commitment], user: Any) -> Iterator[Mapping[str, Any]]:
    """Yield each commitment with its steps as this user may see and question them."""
    today = timezone.localdate()
    asks = side_that_asks(project, user) is not None
    seen = set(
        visible_to(StepQuestion.objects.filter(project=project), user).values_list("pk", flat=True)
    )
    for commitment in found:
        steps = [
            {
                "step": step,
                "standing": standing_words(step.promise, today) if project.has_promised else None,
                "questions": [one for one in step.questions.all() if one.pk in seen],
                "ask": reverse("partybuilding:ask", args=[project.pk, step.pk])
                if asks and can_be_questioned(step)
                else "",
            }
            for step in commitment.steps.all()
        ]
        standing = standing_words(commitment.promise, today) if project.has_promised else None
        yield {"promise": commitment, "standing": standing, "steps": steps}


SECTION = CaseSection(
    "commitments",
    _("commitments"),
    "partybuilding/progress/section.html",
    keeping,
    order=130,
)
