"""The task of the editorial workflow: four eyes see what residents read."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState

from partybuilding.core.pages import PublicationRefused
from partybuilding.core.pages.review import wrote_last

APPROVE = "approve"


class FourEyesTask(AbstractGroupApprovalTask):
    """Approval by a member of the groups who is not the last one to have changed the text."""

    class Meta:
        verbose_name = _("four-eyes approval")
        verbose_name_plural = _("four-eyes approvals")

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        """Leave out the approval for who wrote last."""
        actions = super().get_actions(obj, user)
        if not wrote_last(obj, user):
            return actions
        return [action for action in actions if action[0] != APPROVE]

    def on_action(
        self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any
    ) -> TaskState | None:
        """Refuse the approval of one's own text, also when it was changed in the same breath.

        Raises:
            PublicationRefused: the user wrote last.
        """
        page = task_state.workflow_state.content_object
        if action_name == APPROVE and wrote_last(page, user):
            raise PublicationRefused(
                [_("You changed this text last; somebody else has to approve it.")]
            )
        return super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        """Say what the task is in the CMS's list of tasks."""
        return _("Members of the chosen groups approve what somebody else wrote last.")
