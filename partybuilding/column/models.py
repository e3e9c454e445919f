"""The task of the editorial workflow: four eyes see what residents read."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState

from partybuilding.column.turns import overtaken
from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.pages import PublicationRefused
from partybuilding.core.pages.permissions import is_for_others
from partybuilding.core.types import AnyUser

APPROVE = "approve"
RETURN = "reject"
OWN_TEXT = _("You changed this text last; somebody else has to approve it.")


class ReturnForm(TaskStateCommentForm):
    """What is asked of who returns a page: without a remark nobody knows what to mend."""

    comment = forms.CharField(
        label=_("What has to be changed"),
        error_messages={"required": _("Say what has to be changed; the editor reads it.")},
        widget=forms.Textarea({"rows": 3}),
    )


class FourEyesTask(AbstractGroupApprovalTask):
    """Approval by a member of the groups who is not the last one to have changed the text, where that is asked."""

    class Meta:
        verbose_name = _("four-eyes approval")
        verbose_name_plural = _("four-eyes approvals")

    def get_actions(self, obj: Page, user: AnyUser) -> list[tuple[str, Any, bool]]:
        """Leave out the approval for who wrote last, where others are to see it."""
        actions = super().get_actions(obj, user)
        if not is_for_others(obj, user):
            return actions
        return [action for action in actions if action[0] != APPROVE]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """Ask for a remark; without one a page is approved, but not returned."""
        return ReturnForm if action == RETURN else super().get_form_for_action(action)

    @transaction.atomic
    def on_action(
        self, task_state: TaskState, user: AnyUser, action_name: str, **kwargs: Any
    ) -> TaskState | None:
        """Decide on the page as it is now; refuse the approval of one's own text, and a bare return.

        Raises:
            Overtaken: somebody decided before.
            PublicationRefused: the user wrote last, if only in the same breath.
            ConditionUnmet: the page is returned without a remark.
        """
        page = task_state.workflow_state.content_object.specific
        page.take_turn()
        now = TaskState.objects.get(pk=task_state.pk)
        if now.status != TaskState.STATUS_IN_PROGRESS:
            raise overtaken(page)
        if action_name == APPROVE and is_for_others(page, user):
            raise PublicationRefused([OWN_TEXT])
        if action_name == RETURN and not kwargs.get("comment", "").strip():
            raise ConditionUnmet([_("Say what has to be changed; the editor reads it.")])
        return super().on_action(now.specific, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        """Say what the task is in the CMS's list of tasks."""
        return str(_("Members of the chosen groups approve what somebody else wrote last."))
