"""What the first screen says of brands, and what the file of a project offers of them."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from partybuilding.brands.kind import KIND
from partybuilding.brands.permissions import user_can_begin_brand
from partybuilding.brands.selectors import pages_to_publish
from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.projects.casefile.contents import CaseAction
from partybuilding.projects.models import Project
from partybuilding.projects.states import CHOSEN
from partybuilding.spreading.shown import desk_lines


def brand_lines(user: AnyUser) -> Iterator[DeskLine]:
    """Return the lines of a user's own desk, and the pages that recognised brands still lack."""
    yield from desk_lines(KIND, user)
    if roles_of_user(user).has(Role.EDITOR, Role.PUBLISHER):
        label, url = _("Recognised brands without a public page"), KIND.register_url(page="hidden")
        yield DeskLine(label, pages_to_publish(user), 0, url)


def brand_ways(project: Project, user: AnyUser) -> Iterator[CaseAction]:
    """Offer to draft a brand from a project that was approved."""
    if project.state in CHOSEN and user_can_begin_brand(project, user):
        url = reverse("partybuilding:brand_start", args=[project.pk])
        yield CaseAction(_("Draft a brand"), url, "pick")
