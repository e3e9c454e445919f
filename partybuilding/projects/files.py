"""Who may open the files of a project."""

from partybuilding.core.models import Attachment, Purpose
from partybuilding.core.types import AnyUser
from partybuilding.projects.models import Project
from partybuilding.projects.permissions import user_can_see_reviews


def user_can_open_file_of_project(file: Attachment, user: AnyUser) -> bool:
    """Let in who sees the project; reviewers' files are for reviewers alone."""
    project = Project.objects.visible_to(user).filter(pk=file.object_id).first()
    if project is None:
        return False
    return file.purpose != Purpose.REVIEW or user_can_see_reviews(project, user)
