"""Who may open the pictures of a visit, and the evidence of a rectification."""

from typing import Any

from partybuilding.core.models import Attachment, Purpose
from partybuilding.organizations.permissions import standing_of
from partybuilding.supervision.models import Activity, Rectification


def user_can_open_file_of_visit(file: Attachment, user: Any) -> bool:
    """Let in the staff who see the activity; a visit's pictures stay on the staff side."""
    seen = Activity.objects.visible_to(user).filter(visit=file.object_id)
    return standing_of(user).is_staff and seen.exists()


def user_can_open_file_of_rectification(file: Attachment, user: Any) -> bool:
    """Let in who sees the rectification; the task force's own files are for staff alone."""
    seen = Rectification.objects.visible_to(user).filter(pk=file.object_id)
    own_side = file.purpose == Purpose.APPLICATION or standing_of(user).is_staff
    return own_side and seen.exists()
