"""Who may open the pictures of a visit, and the evidence of a rectification."""

from typing import TYPE_CHECKING

from partybuilding.core.models import Attachment, Purpose
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.projects.permissions import is_of_applicants
from partybuilding.supervision.models import Activity, Rectification

if TYPE_CHECKING:
    from partybuilding.projects.models import Project


def user_can_open_file_of_visit(file: Attachment, user: AnyUser) -> bool:
    """Let in the staff who see the activity; a visit's pictures stay on the staff side."""
    seen = Activity.objects.visible_to(user).filter(visit=file.object_id).first()
    return seen is not None and _stands_on_staff_side(seen.project, user)


def user_can_open_file_of_rectification(file: Attachment, user: AnyUser) -> bool:
    """Let in who sees the rectification; the task force's own files are for staff alone."""
    seen = Rectification.objects.visible_to(user).filter(pk=file.object_id).first()
    own = file.purpose == Purpose.APPLICATION
    return seen is not None and (own or _stands_on_staff_side(seen.project, user))


def _stands_on_staff_side(project: "Project", user: AnyUser) -> bool:
    """Tell whether a user meets a project as staff: whoever belongs to its organisations does not."""
    return roles_of_user(user).is_staff and not is_of_applicants(project, user)
