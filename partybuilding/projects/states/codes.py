"""Where a project can stand, as ASCII codes, and the groups of states that have a name."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
