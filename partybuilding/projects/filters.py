"""What the register of projects can be narrowed to; every choice is of the user's own scope."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from partybuilding.core.registers.filters import AnyOf, OneOf, PlaceFilter, RecordFilters
from partybuilding.core.types import Rows
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.models import Organization
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.models import Assessment, Project, Rating
from partybuilding.projects.preparation.selectors import assessed
from partybuilding.projects.states import Method, ProjectState


def units_of(request: Any) -> QuerySet[Organization]:
    """Return the reporting units that stand in the user's register, and no other."""
    units = Organization.objects.reporting_units()
    if roles_of_user(request.user).oversees:
        return units
    seen = Project.objects.visible_to(request.user).order_by()
    return units.filter(pk__in=seen.values("organization__unit"))


def cycles_of(request: Any) -> QuerySet[Cycle]:
    """Return the years that the user may see."""
    return Cycle.objects.visible_to(request.user)


class UnitFilter(PlaceFilter):
    """The reporting units through which records came in."""

    def __init__(self, queryset: Any = units_of) -> None:
        super().__init__("unit", label=_("reporting unit"), queryset=queryset)


class YearFilter(PlaceFilter):
    """The programme years to which records belong."""

    def __init__(self) -> None:
        super().__init__("cycle", label=_("programme year"), queryset=cycles_of)


def by_joint(queryset: Rows, name: str, value: str) -> Rows:
    """Keep joint applications, or single ones."""
    return queryset.filter(is_joint=value == "joint") if value else queryset


def by_lack(queryset: Rows, name: str, value: str) -> Rows:
    """Keep what awaits the decision and lacks a step of its preparation."""
    return queryset.filter(lacks(value)) if value else queryset


def lacks(part: str) -> Q:
    """Return the condition for awaiting the decision without a part of the preparation."""
    of_project = {"project": OuterRef("pk")}
    visits = Assessment.objects.filter(**of_project, method=Method.VISIT)
    lacking = {
        "assessment": ~assessed(),
        "visit": Q(~Exists(visits)),
        "rating": Q(~Exists(Rating.objects.filter(**of_project))),
    }[part]
    return Q(lacking, state=ProjectState.FIRST_PASSED)


class ProjectFilters(RecordFilters):
    """The filters of the register of projects."""

    sector = AnyOf(label=_("field"), choices=SECTORS.pairs)
    unit = UnitFilter()
    cycle = YearFilter()
    joint = OneOf(
        label=_("Joint application"),
        method=by_joint,
        choices=[("joint", _("Joint")), ("single", _("Single"))],
    )
    lack = OneOf(
        label=_("Before the decision"),
        method=by_lack,
        choices=[
            ("assessment", _("Pre-assessment not recorded")),
            ("visit", _("Not visited yet")),
            ("rating", _("Not rated yet")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not roles_of_user(self.request.user).oversees:
            del self.filters["lack"]
