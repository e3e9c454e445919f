"""The screens of expert groups: one with members and projects, and its form."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from partybuilding.organizations import services
from partybuilding.organizations.forms import ExpertGroupForm
from partybuilding.organizations.journal import entries_of
from partybuilding.organizations.models import ExpertGroup
from partybuilding.organizations.permissions import user_can_see_expert_groups
from partybuilding.organizations.selectors import people_of
from partybuilding.organizations.views.frame import KeeperForm, Screen
from partybuilding.organizations.views.people import RECENT

REGISTER = "party_groups_modeladmin_index"


class GroupFrame(Screen):
    """A screen of one expert group."""

    header_icon = "tasks"
    group: ExpertGroup | None = None

    def find(self) -> None:
        """Find the group."""
        if "pk" in self.kwargs:
            self.group = get_object_or_404(ExpertGroup, pk=self.kwargs["pk"])

    def crumbs(self) -> list[tuple[str, Any]]:
        """Lead back to the register, and from the form to the group."""
        found: list[tuple[str, Any]] = [(reverse(REGISTER), _("Expert groups"))]
        if self.group and self.get_page_title() != str(self.group):
            address = reverse("partybuilding:expert_group", args=[self.group.pk])
            found.append((address, self.group))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the group."""
        return super().get_context_data(group=self.group, **kwargs)


class GroupView(GroupFrame, TemplateView):
    """A group's members and the projects that were assigned to it."""

    group: ExpertGroup
    template_name = "partybuilding/organizations/expert_group.html"

    def allowed(self) -> bool:
        """Let in who sees the register."""
        return user_can_see_expert_groups(self.request.user)

    def get_page_title(self) -> str:
        """Return the group's name."""
        return str(self.group)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect members and projects."""
        assigned = self.group.assignments.select_related(
            "project__cycle", "project__organization"
        ).order_by("-project__cycle__year", "project__code")
        members = people_of(self.request.user).filter(expert_groups=self.group)
        return super().get_context_data(
            leader=self.group.leader,
            members=members.order_by("written__key", "username"),
            assignments=assigned,
            today=timezone.localdate(),
            entries=entries_of(self.group)[:RECENT],
            **kwargs,
        )


class GroupFormView(GroupFrame, KeeperForm):
    """Form a group, or form it anew."""

    form_class = ExpertGroupForm
    done_label = gettext_lazy("The group was saved.")

    def get_page_title(self) -> str:
        """Name the screen."""
        return _("Change the group") if self.group else _("Form a group")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the group."""
        return {**super().get_form_kwargs(), "instance": self.group}

    def write(self, form: ExpertGroupForm) -> ExpertGroup:
        """Save name and members."""
        group, members = form.save(commit=False), form.cleaned_data["members"]
        return services.save_expert_group(group, members, by=self.request.user)

    def done_url(self, written: ExpertGroup) -> str:
        """Go to the group."""
        return reverse("partybuilding:expert_group", args=[written.pk])
