"""The fixed words of organisations: sectors and kinds."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sector(TextChoices):
    """The seven fields of the programme (domain.md, "The programme year")."""

    RURAL = "rural", _("Rural")
    URBAN = "urban", _("Urban")
    GOVERNMENT = "government", _("Government bodies")
    STATE_OWNED = "state_owned", _("State-owned enterprises")
    SCHOOL = "school", _("Primary and secondary schools")
    HOSPITAL = "hospital", _("Public hospitals")
    NON_PUBLIC = "non_public", _("Non-public enterprises")


class OrganizationKind(TextChoices):
    """What kind of Party organisation it is."""

    DISTRICT = "district", _("District department")
    WORKING_COMMITTEE = "working_committee", _("Party working committee")
    LEADING_GROUP = "leading_group", _("Party leading group")
    COMMITTEE = "party_committee", _("Party committee")
    GENERAL_BRANCH = "general_branch", _("General Party branch")
    BRANCH = "branch", _("Party branch")
