"""The fixed words of organisations: sectors and kinds."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.words.lists import WordList


class Sector(TextChoices):
    """The seven fields of the programme (domain.md, "The programme year")."""

    RURAL = "rural", _("Rural")
    URBAN = "urban", _("Urban")
    GOVERNMENT = "government", _("Government bodies")
    STATE_OWNED = "state_owned", _("State-owned enterprises")
    SCHOOL = "school", _("Primary and secondary schools")
    HOSPITAL = "hospital", _("Public hospitals")
    NON_PUBLIC = "non_public", _("Non-public enterprises")


#: The fields as the district calls them, with the seal of each on the public pages.
SECTORS = WordList(
    "sector",
    pgettext_lazy("programme", "Fields"),
    Sector,
    explained=_(
        "What projects, organizations and topics are sorted by, here and in the public column."
    ),
    grows=True,
    seals={
        Sector.RURAL: "农",
        Sector.URBAN: "城",
        Sector.GOVERNMENT: "机",
        Sector.STATE_OWNED: "企",
        Sector.SCHOOL: "校",
        Sector.HOSPITAL: "医",
        Sector.NON_PUBLIC: "商",
    },
)


class OrganizationKind(TextChoices):
    """What kind of Party organisation it is."""

    DISTRICT = "district", _("District department")
    WORKING_COMMITTEE = "working_committee", _("Party working committee")
    LEADING_GROUP = "leading_group", _("Party leading group")
    COMMITTEE = "party_committee", _("Party committee")
    GENERAL_BRANCH = "general_branch", _("General Party branch")
    BRANCH = "branch", _("Party branch")


#: The kinds as the district calls them; its own departments are dealt with in another way.
KINDS = WordList(
    "kind",
    _("Kinds of organizations"),
    OrganizationKind,
    explained=_("What an organization is; the register, imports and conditions of forms know it."),
    reserved=[OrganizationKind.DISTRICT],
    grows=True,
)
