"""Where a promise stands, as residents read it; computed from its steps, never stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.states import Tone
from partybuilding.projects.states.codes import ProjectState


class CommitmentState(TextChoices):
    """Where a commitment stands, in the order in which one state gives way to the next."""

    TERMINATED = "terminated", _("Commitment terminated")
    DONE = "done", _("Commitment kept")
    OVERDUE = "overdue", _("Commitment overdue")
    UNDER_WAY = "under_way", _("Commitment under way")
    NOT_STARTED = "not_started", _("Commitment not started")

    @property
    def tone(self) -> Tone:
        """How it looks."""
        return TONES[self]


class ChangedPart(TextChoices):
    """What of a published commitment, or of one of its steps, can be changed."""

    GOAL = "goal", _("Goal and task")
    DEADLINE = "deadline", pgettext_lazy("commitment", "Deadline")
    PERSON = "person", pgettext_lazy("commitment", "Responsible person")
    TITLE = "title", pgettext_lazy("commitment", "Words of the step")


TONES = {
    CommitmentState.TERMINATED: Tone.WITHDRAWN,
    CommitmentState.DONE: Tone.POSITIVE,
    CommitmentState.OVERDUE: Tone.NEGATIVE,
    CommitmentState.UNDER_WAY: Tone.ACTIVE,
    CommitmentState.NOT_STARTED: Tone.NEUTRAL,
}
#: The states of a project in which the commitments that were published stay public.
PROMISED = (
    ProjectState.IMPLEMENTING,
    ProjectState.RESULTS_SUBMITTED,
    ProjectState.GRADED,
    ProjectState.ARCHIVED,
    ProjectState.TERMINATED,
)
#: Those of them in which the promises are still to be kept.
KEEPING = (ProjectState.IMPLEMENTING, ProjectState.RESULTS_SUBMITTED)
#: Those in which the results are handed in, so that residents read them.
RESULTS_IN = (ProjectState.RESULTS_SUBMITTED, ProjectState.GRADED, ProjectState.ARCHIVED)
