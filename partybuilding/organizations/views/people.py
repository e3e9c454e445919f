"""The screens of people: one with all memberships, adding, appointing, another post, the end."""

from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from partybuilding.core.types import AnyUser, User
from partybuilding.organizations import forms, services
from partybuilding.organizations.journal import account_words, entries_of
from partybuilding.organizations.models import Membership
from partybuilding.organizations.permissions import (
    user_can_keep_person,
    user_can_see_organizations,
)
from partybuilding.organizations.selectors import people_of, register_of, telephone_of
from partybuilding.organizations.views.frame import KeeperForm, Screen

REGISTER = "party_people_modeladmin_index"
RECENT = 20


def address(person: User) -> str:
    """Return the address of a person's screen."""
    return reverse("partybuilding:person", args=[person.pk])


class PersonFrame(Screen):
    """A screen of one person whom the user may see."""

    header_icon = "user"
    person: Any = None

    def find(self) -> None:
        """Find the person in the register of the user."""
        if "pk" in self.kwargs:
            self.person = get_object_or_404(people_of(self.request.user), pk=self.kwargs["pk"])

    def allowed(self) -> bool:
        """Let in who may write this person."""
        may_write = self.person is None or user_can_keep_person(self.person, self.request.user)
        return super().allowed() and may_write

    @property
    def name(self) -> str:
        """The person's name."""
        return self.person.get_full_name() or self.person.get_username()

    def crumbs(self) -> list[tuple[str, Any]]:
        """Lead back to the register, and from a form to the person."""
        found = [(reverse(REGISTER), _("People"))]
        if self.person and self.get_page_title() != self.name:
            found.append((address(self.person), self.name))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the person."""
        name = self.name if self.person else ""
        return super().get_context_data(person=self.person, person_name=name, **kwargs)


class PersonView(PersonFrame, TemplateView):
    """Everything about a person: account, what is held and was held, what was done."""

    template_name = "partybuilding/organizations/person.html"

    def allowed(self) -> bool:
        """Let in who sees the register."""
        return user_can_see_organizations(self.request.user)

    def get_page_title(self) -> str:
        """Return the person's name."""
        return self.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect the parts."""
        user = self.request.user
        return super().get_context_data(
            current=[held for held in self.person.held if not held.is_past],
            former=[held for held in self.person.held if held.is_past],
            account=account_words(self.person),
            telephone=telephone_of(self.person),
            may_write=user_can_keep_person(self.person, user),
            in_sight=set(register_of(user).values_list("pk", flat=True)),
            entries=entries_of(self.person)[:RECENT],
            **kwargs,
        )


class AddPersonView(PersonFrame, KeeperForm):
    """A new person with an account and the first appointment."""

    form_class = forms.NewPersonForm
    page_title = gettext_lazy("Add a person")
    done_label = gettext_lazy("The person was added and appointed.")

    def get_initial(self) -> dict[str, Any]:
        """Start in the organisation that one came from."""
        return organization_asked(self.request)

    def write(self, form: Any) -> Any:
        """Add and appoint, both or neither."""
        given, by = form.cleaned_data, self.request.user
        with transaction.atomic():
            person = services.add_person(
                username=given["username"],
                name=given["name"],
                email=given["email"],
                telephone=given["telephone"],
                password=given["password"],
                by=by,
            )
            _appoint(person, given, by)
        return person

    def done_url(self, written: Any) -> str:
        """Go to the person."""
        return address(written)


class EditPersonView(PersonFrame, KeeperForm):
    """A person's name, mail address and telephone."""

    form_class = forms.PersonForm
    page_title = gettext_lazy("Change name, mail address or telephone")
    done_label = gettext_lazy("The person was saved.")

    def get_initial(self) -> dict[str, Any]:
        """Start with what is there."""
        telephone = telephone_of(self.person)
        name = self.person.get_full_name()
        return {"name": name, "email": self.person.email, "telephone": telephone}

    def write(self, form: Any) -> Any:
        """Write them."""
        return services.rename_person(self.person, **form.cleaned_data, by=self.request.user)


class AppointView(PersonFrame, KeeperForm):
    """A further role for a person."""

    form_class = forms.AppointForm
    page_title = gettext_lazy("Appoint")
    done_label = gettext_lazy("The person was appointed.")

    def get_initial(self) -> dict[str, Any]:
        """Start in the organisation that one came from."""
        return organization_asked(self.request)

    def write(self, form: Any) -> Membership:
        """Appoint."""
        return _appoint(self.person, form.cleaned_data, self.request.user)


class MembershipFrame(PersonFrame):
    """A screen of one membership that has not ended."""

    def find(self) -> None:
        """Find it and the person, who must be the user's to see."""
        open_ones = Membership.objects.open().select_related("organization")
        self.membership = get_object_or_404(open_ones, pk=self.kwargs["membership"])
        people = people_of(self.request.user)
        self.person = get_object_or_404(people, pk=self.membership.user_id)
        self.membership.user = self.person

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the membership."""
        return super().get_context_data(membership=self.membership, **kwargs)


class PostView(MembershipFrame, KeeperForm):
    """Another post; the one before stays as history."""

    form_class = forms.PostForm
    page_title = gettext_lazy("Change the post")
    done_label = gettext_lazy("The post was changed.")

    def write(self, form: Any) -> Membership:
        """Appoint to the new post in the same role and organisation."""
        held = self.membership
        facts = {"role": held.role, "organization": held.organization, **form.cleaned_data}
        return _appoint(self.person, facts, self.request.user)


class EndView(MembershipFrame, KeeperForm):
    """The end of a membership."""

    template_name = "partybuilding/organizations/membership_end.html"
    form_class = forms.EndForm
    page_title = gettext_lazy("End the membership")
    submit_label = gettext_lazy("Confirm the end")
    done_label = gettext_lazy("The membership was ended.")

    def write(self, form: Any) -> Membership:
        """End it."""
        until = form.cleaned_data["until"]
        return services.end_membership(self.membership, by=self.request.user, until=until)


def _appoint(person: User, given: dict[str, Any], by: AnyUser) -> Membership:
    return services.appoint(
        person,
        given["role"],
        given["organization"],
        by=by,
        post=given["post"],
        since=given["since"],
    )


def organization_asked(request: Any) -> dict[str, int]:
    """Return the organisation in the address as a form's first answer."""
    asked = request.GET.get("organization", "")
    return {"organization": int(asked)} if asked.isdecimal() else {}
