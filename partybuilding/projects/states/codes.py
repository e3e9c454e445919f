"""Where projects and promises can stand, as ASCII codes with named groups, and the fixed words of a case file."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.states import Tone
from partybuilding.core.words.lists import WordList


class ProjectState(TextChoices):
    """Where a project stands."""

    DRAFT = "draft", _("Being drafted")
    SUBMITTED = "submitted", _("Awaiting first review")
    RETURNED = "returned", _("Returned for changes")
    NOT_RECOMMENDED = "not_recommended", _("Not recommended by the unit")
    FIRST_PASSED = "first_passed", _("Awaiting decision")
    APPROVED = "approved", _("Project approved")
    COMMITMENTS_SUBMITTED = "commitments_submitted", _("Commitments awaiting publication")
    IMPLEMENTING = "implementing", _("Implementing")
    RESULTS_SUBMITTED = "results_submitted", _("Awaiting evaluation")
    GRADED = "graded", _("Graded")
    ARCHIVED = "archived", _("Archived")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    TERMINATED = "terminated", _("Terminated")


S = ProjectState
#: The states from which "reopen" may lead back to.
REOPENED = (
    S.DRAFT,
    S.SUBMITTED,
    S.RETURNED,
    S.NOT_RECOMMENDED,
    S.FIRST_PASSED,
    S.APPROVED,
    S.COMMITMENTS_SUBMITTED,
    S.IMPLEMENTING,
    S.RESULTS_SUBMITTED,
)
#: Approved at some time: what editors see, and what counts against the quota.
CHOSEN = (
    S.APPROVED,
    S.COMMITMENTS_SUBMITTED,
    S.IMPLEMENTING,
    S.RESULTS_SUBMITTED,
    S.GRADED,
    S.ARCHIVED,
    S.TERMINATED,
)
#: What awaits the department's decision, whatever the unit's opinion was.
UNDECIDED = (S.NOT_RECOMMENDED, S.FIRST_PASSED)
#: Where nothing more happens.
ENDED = (S.DECLINED, S.WITHDRAWN, S.TERMINATED, S.ARCHIVED)


class Ground(TextChoices):
    """The grounds for not approving (domain.md, section 1)."""

    NOT_DISTINCTIVE = "not_distinctive", _("Not distinctive")
    NO_HIGHLIGHT = "no_highlight", _("No clear highlight")
    PLAN_INCOMPLETE = "plan_incomplete", _("Plan incomplete")
    OTHER = "other", _("Other")


class Method(TextChoices):
    """How the department pre-assesses (domain.md, section 1)."""

    DOCUMENTS = "documents", _("Reading documents")
    HEARING = "hearing", _("Hearing a report")
    VISIT = "visit", _("Visiting")


class Duty(TextChoices):
    """The four ones (domain.md, section 2)."""

    LEADER = "leader", _("Leader in charge")
    SECRETARY = "secretary", _("Lead secretary")
    LIAISON = "liaison", _("Liaison officer")
    TEAM = "team", _("Work team")


GROUNDS = WordList(
    "ground",
    _("Grounds for not approving"),
    Ground,
    explained=_("What the department and the units choose from; letters to applicants name them."),
    reserved=[Ground.OTHER],
    needs_text=[Ground.OTHER],
    grows=True,
)
#: Decisions count each of them, and the session shows what was heard: none can go.
METHODS = WordList(
    "method",
    _("Ways of pre-assessing"),
    Method,
    explained=_(
        "How a project is looked at before the decision; each has its column on the board."
    ),
    reserved=list(Method),
)
#: Four, each with a task in the program.
DUTIES = WordList(
    "duty",
    _("The four ones"),
    Duty,
    explained=_(
        "Who answers for a project; named on its public page, in letters and in the appraisal."
    ),
    reserved=list(Duty),
)


class Consent(TextChoices):
    """What a partner answered when it was asked to take part."""

    ASKED = "asked", _("Awaiting the partner's answer")
    AGREED = "agreed", _("Agreed to take part")
    REFUSED = "refused", _("Does not take part")


class SourceKind(TextChoices):
    """What an application was begun from."""

    ADOPT = "adopt", _("Learning from a case")
    CONTINUE = "continue", _("Continuing a project")
    COPY = "copy", _("Copying an earlier application")


class Decision(TextChoices):
    """What a decision session notes for a project until the session is closed."""

    APPROVE = "approve", _("Approve project")
    DECLINE = "decline", _("Decline")
    SEND_BACK = "send_back", _("Return for changes")
    DEFER = "defer", _("Decide later")


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


class Mark(TextChoices):
    """How a promise is told to residents: its state, and whether it was in time or is left undone for ever.

    The one scale of meaning of the public pages (docs/look.md): each code has a word, a shape and a
    colour. Computed by `promises.progress.mark_of`, never stored; the order is that of bars and keys.
    """

    DONE = "done", _("Kept in time")
    DONE_LATE = "done_late", _("Kept late")
    UNDER_WAY = "run", _("Commitment under way")
    LATE = "late", _("Commitment overdue")
    MISSED = "miss", _("Not kept")
    NOT_STARTED = "none", _("Commitment not started")
    STOPPED = "stop", _("Commitment terminated")


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
#: Graded: nobody can keep a promise of it any more.
OVER = (ProjectState.GRADED, ProjectState.ARCHIVED)
