"""The screens of organisations: one with all that belongs to it, the tree, the form, out of use."""

from typing import Any

from django.contrib.auth import get_user_model
from django.forms import Form
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from partybuilding.organizations import services
from partybuilding.organizations.forms import OrganizationForm
from partybuilding.organizations.journal import entries_of
from partybuilding.organizations.models import Organization
from partybuilding.organizations.permissions import people_visible_to, user_can_see_organizations
from partybuilding.organizations.selectors import (
    branches,
    memberships_in,
    register_of,
    superiors_of,
)
from partybuilding.organizations.views.frame import KeeperForm, Screen

REGISTER = "party_organizations_modeladmin_index"
#: Entries of the journal that a screen shows.
RECENT = 20


def address(organization: Organization) -> str:
    """Return the address of an organisation's screen."""
    return reverse("partybuilding:organization", args=[organization.pk])


class OrganizationFrame(Screen):
    """A screen of one organisation that the user may see, or of all of them."""

    header_icon = "group"
    organization: Organization | None = None

    def find(self) -> None:
        """Find the organisation in the register of the user."""
        if "pk" in self.kwargs:
            self.organization = get_object_or_404(
                register_of(self.request.user), pk=self.kwargs["pk"]
            )

    def crumbs(self) -> list[tuple[str, Any]]:
        """Lead back to the register, and from a form to the organisation."""
        found: list[tuple[str, Any]] = [(reverse(REGISTER), _("Party organizations"))]
        if self.organization and self.get_page_title() != str(self.organization):
            found.append((address(self.organization), self.organization))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the organisation."""
        return super().get_context_data(organization=self.organization, **kwargs)


class OrganizationView(OrganizationFrame, TemplateView):
    """Everything about an organisation: facts, superiors, people, projects, what stands below."""

    organization: Organization
    template_name = "partybuilding/organizations/organization.html"

    def allowed(self) -> bool:
        """Let in who sees the register."""
        return user_can_see_organizations(self.request.user)

    def get_page_title(self) -> str:
        """Return the organisation's name."""
        return str(self.organization)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect the parts."""
        user, organization = self.request.user, self.organization
        held = list(memberships_in(organization))
        people = people_visible_to(get_user_model()._default_manager.all(), user)
        known = set(
            people.filter(memberships__organization=organization).values_list("pk", flat=True)
        )
        return super().get_context_data(
            superiors=superiors_of(organization),
            in_sight=set(register_of(user).values_list("pk", flat=True)),
            current=[one for one in held if not one.is_past],
            former=[one for one in held if one.is_past],
            known=known,
            projects=self._projects(),
            below=register_of(user).filter(parent=organization),
            entries=entries_of(organization)[:RECENT],
            **kwargs,
        )

    def _projects(self) -> Any:
        visible = self.organization.projects.visible_to(self.request.user)
        return visible.select_related("cycle", "organization").order_by("-cycle__year", "-pk")


class TreeView(OrganizationFrame, TemplateView):
    """The organisations that the user may see, as a tree."""

    template_name = "partybuilding/organizations/tree.html"
    page_title = gettext_lazy("Tree of organizations")

    def allowed(self) -> bool:
        """Let in who sees the register."""
        return user_can_see_organizations(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Grow the tree."""
        found = register_of(self.request.user).order_by("code_key")
        if not self.with_closed:
            found = found.filter(is_active=True)
        lines = branches(found)
        return super().get_context_data(branches=lines, with_closed=self.with_closed, **kwargs)

    @property
    def with_closed(self) -> bool:
        """Whether what is out of use was asked for, too."""
        return self.request.GET.get("use") == "all"


class OrganizationFormView(OrganizationFrame, KeeperForm):
    """Add an organisation, or change one."""

    form_class = OrganizationForm

    def get_page_title(self) -> str:
        """Name the screen."""
        return _("Change the organization") if self.organization else _("Add a Party organization")

    @property
    def done_label(self) -> str:
        """Say what was done."""
        return _("The organization was saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the organisation, read anew without the register's columns."""
        found = Organization.objects.filter(pk=self.kwargs.get("pk")).first()
        return {**super().get_form_kwargs(), "instance": found}

    def get_initial(self) -> dict[str, Any]:
        """Start a new one below the organisation that one came from."""
        asked = self.request.GET.get("parent", "")
        below = asked.isdecimal() and not self.organization
        return {"parent": int(asked)} if below else {}

    def write(self, form: OrganizationForm) -> Organization:
        """Save it."""
        return services.save_organization(form.save(commit=False), by=self.request.user)

    def done_url(self, written: Organization) -> str:
        """Go to the organisation."""
        return address(written)


class OrganizationStepView(OrganizationFrame, KeeperForm):
    """Take an organisation out of use or back, or remove one that was never used; asked back first."""

    organization: Organization
    template_name = "partybuilding/organizations/organization_step.html"
    form_class = Form
    STEPS = {
        "deactivate": (gettext_lazy("Take out of use"), services.deactivate_organization),
        "reactivate": (gettext_lazy("Take into use again"), services.reactivate_organization),
        "remove": (gettext_lazy("Remove from the register"), services.remove_organization),
    }

    def find(self) -> None:
        """Find the organisation, and whether the step fits how it stands."""
        super().find()
        self.step = self.kwargs["step"]
        if (
            self.step not in self.STEPS
            or (self.step == "reactivate") == self.organization.is_active
        ):
            raise Http404

    def get_page_title(self) -> str:
        """Name the step."""
        return str(self.STEPS[self.step][0])

    @property
    def submit_label(self) -> str:
        """Repeat the step on its button."""
        return _("Confirm: %(step)s") % {"step": self.get_page_title()}

    @property
    def done_label(self) -> str:
        """Say what was done."""
        names = {"step": self.get_page_title(), "name": self.organization}
        return _("“%(step)s” done: %(name)s.") % names

    def write(self, form: Form) -> Any:
        """Take the step."""
        return self.STEPS[self.step][1](self.organization, by=self.request.user)

    def done_url(self, written: Any) -> str:
        """Go back to the organisation; when it was removed, to the register."""
        return reverse(REGISTER) if self.step == "remove" else address(self.organization)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who ceases to hold something here."""
        held = memberships_in(self.organization).open()
        return super().get_context_data(step=self.step, held=held, **kwargs)
