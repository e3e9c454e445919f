"""The registers of organisations, people and expert groups."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import HeaderButton

from partybuilding.core.registers.admin import RegisterAdmin, RegisterView
from partybuilding.core.registers.cells import Column, TitleColumn
from partybuilding.core.types import User
from partybuilding.organizations.filters import OrganizationFilters, PeopleFilters
from partybuilding.organizations.journal import account_words, held_words
from partybuilding.organizations.models import ExpertGroup, Membership, Organization
from partybuilding.organizations.permissions import (
    user_can_keep_registers,
    user_can_see_expert_groups,
    user_can_see_organizations,
)
from partybuilding.organizations.selectors import (
    expert_groups,
    people_of,
    register_of,
    telephone_of,
)


class KeptRegisterView(RegisterView):
    """A register that the department keeps: with ways to add for those who keep it."""

    template_name = "partybuilding/organizations/register/index.html"

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer what the register's admin offers, then the list as XLSX."""
        offered = self.model_admin.get_buttons(user_can_keep_registers(self.request.user))
        return [*offered, *super().header_buttons]


class KeptRegisterAdmin(RegisterAdmin):
    """A register that the department keeps."""

    index_view_class = KeptRegisterView

    def get_buttons(self, keeper: bool) -> list[HeaderButton]:
        """Return the ways to other screens; those that write, for a keeper only."""
        raise NotImplementedError


class CountColumn(Column):
    """A number; on a phone, where columns have no headings, with its heading beside it."""

    cell_template_name = "partybuilding/organizations/register/count.html"


class SecretaryColumn(Column):
    """The secretary; a missing one is marked."""

    cell_template_name = "partybuilding/organizations/register/secretary.html"


class UseColumn(Column):
    """Whether it is in use."""

    cell_template_name = "partybuilding/organizations/register/use.html"


class HeldColumn(Column):
    """What a person holds today, and that there was something before."""

    cell_template_name = "partybuilding/organizations/register/held.html"


class AccountColumn(Column):
    """Whether a person can sign in."""

    cell_template_name = "partybuilding/organizations/register/account.html"


def unit_name(organization: Organization) -> str:
    """Return the unit it reports through; what is a unit itself says so."""
    return str(_("Itself")) if organization.is_reporting_unit else str(organization.unit or "")


class OrganizationAdmin(KeptRegisterAdmin):
    """The register of organisations."""

    model = Organization
    shown_to = staticmethod(user_can_see_organizations)
    rows_of = staticmethod(register_of)
    opened_as = "partybuilding:organization"
    menu_label = _("Party organizations")
    menu_icon = "group"
    base_url_path = "party/organizations"
    filterset_class = OrganizationFilters
    search_fields = ("name", "code", "secretary_name")
    default_ordering = ("code_key",)
    export_columns = (
        (_("organization code"), lambda one: one.code),
        (_("organization name"), lambda one: one.name),
        (_("kind"), lambda one: one.get_kind_display()),
        (_("sector"), lambda one: one.get_sector_display()),
        (_("superior organization"), lambda one: one.parent),
        (_("is a reporting unit"), lambda one: _("yes") if one.is_reporting_unit else ""),
        (_("reporting unit"), lambda one: one.unit),
        (_("secretary"), lambda one: one.secretary_name),
        (_("secretary's post"), lambda one: one.secretary_post),
        (_("Number of people"), lambda one: one.people),
        (
            _("Use of the organization"),
            lambda one: _("In use") if one.is_active else _("Out of use"),
        ),
    )

    def get_buttons(self, keeper: bool) -> list[HeaderButton]:
        """Offer the tree, and to keepers adding one or many."""
        tree = HeaderButton(
            _("Tree of organizations"),
            reverse("partybuilding:organization_tree"),
            icon_name="list-ul",
        )
        if not keeper:
            return [tree]
        add = reverse("partybuilding:organization_add")
        many = reverse("partybuilding:import")
        return [
            HeaderButton(_("Add a Party organization"), add, icon_name="plus", priority=-20),
            HeaderButton(_("Import from Excel"), many, icon_name="upload", priority=-10),
            tree,
        ]

    def get_columns(self, request: HttpRequest) -> Iterator[Any]:
        """Yield the columns of the list."""
        yield Column(
            "code", label=_("organization code"), sort_key="code", classname="party-number"
        )
        yield TitleColumn(
            "name", label=_("organization name"), sort_key="name_key", get_url=self.opened_at
        )
        yield Column("kind", label=_("kind"), accessor="get_kind_display", sort_key="kind")
        yield Column("sector", label=_("sector"), accessor="get_sector_display", sort_key="sector")
        yield Column(
            "unit",
            label=_("reporting unit"),
            accessor=unit_name,
            sort_key="unit__code_key",
            classname="party-unit",
        )
        yield SecretaryColumn(
            "secretary_name",
            label=_("secretary"),
            sort_key="secretary_name",
            accessor="secretary_name",
        )
        yield CountColumn("people", label=_("Number of people"), sort_key="people")
        yield UseColumn("is_active", label=_("Use of the organization"), sort_key="is_active")


class PeopleAdmin(KeptRegisterAdmin):
    """The register of people: who holds what today, and whether they can sign in."""

    model = get_user_model()
    menu_label = _("People")
    menu_icon = "user"
    base_url_path = "party/people"
    filterset_class = PeopleFilters
    search_fields = ("first_name", "last_name", "username")
    default_ordering = ("written__key", "username")
    shown_to = staticmethod(user_can_see_organizations)
    opened_as = "partybuilding:person"
    export_columns = (
        (_("name in full"), lambda person: person.get_full_name()),
        (_("login name"), lambda person: person.get_username()),
        (_("Holds today"), lambda person: "；".join(held_words(person))),
        (_("Email address"), lambda person: person.email),
        (_("telephone"), telephone_of),
        (_("Account"), account_words),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return whom the user may see, with what they hold."""
        return people_of(request.user).select_related("written")

    def search_extra(self, word: str) -> Q:
        """Find people by where they are, and by their posts."""
        found = Membership.objects.filter(
            Q(organization__name__icontains=word) | Q(post__icontains=word)
        )
        return Q(pk__in=found.values("user"))

    def register_admin_url_finders(self) -> None:
        """Leave Wagtail's own way to accounts, which system administrators use, as it is."""

    def get_buttons(self, keeper: bool) -> list[HeaderButton]:
        """Offer keepers to add one or many."""
        if not keeper:
            return []
        add, many = reverse("partybuilding:person_add"), reverse("partybuilding:import")
        return [
            HeaderButton(_("Add a person"), add, icon_name="plus", priority=-20),
            HeaderButton(_("Import from Excel"), many, icon_name="upload", priority=-10),
        ]

    def get_columns(self, request: HttpRequest) -> Iterator[Any]:
        """Yield the columns of the list."""
        yield TitleColumn(
            "first_name",
            label=_("name in full"),
            accessor=lambda person: person.get_full_name() or person.get_username(),
            sort_key="written__key",
            get_url=self.opened_at,
        )
        yield Column("username", label=_("login name"), sort_key="username")
        yield HeldColumn(
            "held", label=_("Holds today"), accessor=held_words, classname="party-posts"
        )
        yield AccountColumn("is_active", label=_("Account"), sort_key="is_active")
        yield Column(
            "last_login",
            label=_("last signed in"),
            accessor=last_seen,
            sort_key="last_login",
            classname="party-number",
        )


def last_seen(person: User) -> str:
    """Return the day on which a person signed in last."""
    return f"{timezone.localdate(person.last_login):%Y-%m-%d}" if person.last_login else ""


class ExpertGroupAdmin(KeptRegisterAdmin):
    """The register of expert groups."""

    model = ExpertGroup
    shown_to = staticmethod(user_can_see_expert_groups)
    opened_as = "partybuilding:expert_group"
    menu_label = _("Expert groups")
    menu_icon = "tasks"
    base_url_path = "party/groups"
    search_fields = ("name",)
    default_ordering = ("name_key",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExpertGroup]:
        """Return every group with its numbers."""
        return expert_groups()

    def search_extra(self, word: str) -> Q:
        """Find groups by their members, too."""
        return Q(
            pk__in=ExpertGroup.objects.filter(members__first_name__icontains=word).values("pk")
        )

    def get_buttons(self, keeper: bool) -> list[HeaderButton]:
        """Offer keepers to form one."""
        add = reverse("partybuilding:expert_group_add")
        return (
            [HeaderButton(_("Form a group"), add, icon_name="plus", priority=-20)] if keeper else []
        )

    def get_columns(self, request: HttpRequest) -> list[Any]:
        """Return the columns of the list."""
        return [
            TitleColumn("name", label=_("group name"), sort_key="name_key", get_url=self.opened_at),
            CountColumn("member_count", label=_("Number of experts"), sort_key="member_count"),
            CountColumn(
                "project_count", label=_("Projects assigned now"), sort_key="project_count"
            ),
        ]
