"""What the register of feedback notices can be narrowed to; every choice is of the user's own scope."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partybuilding.core.registers.filters import AnyOf, OneOf, RecordFilters
from partybuilding.organizations.states import Sector
from partybuilding.projects.filters import UnitFilter, YearFilter
from partybuilding.supervision.filters import QuarterFilter


def by_open(queryset: QuerySet, name: str, value: str) -> QuerySet:
    """Keep the notices with findings that are open, those whose findings are all closed, or those without any."""
    conditions = {
        "open": {"n_open__gt": 0},
        "closed": {"n_findings__gt": 0, "n_open": 0},
        "none": {"n_findings": 0},
    }
    return queryset.filter(**conditions[value]) if value else queryset


class FeedbackFilters(RecordFilters):
    """The filters of the register of feedback notices."""

    findings = OneOf(
        label=_("Findings"),
        method=by_open,
        choices=[
            ("open", _("With open findings")),
            ("closed", _("All findings closed")),
            ("none", _("Without findings")),
        ],
    )
    quarter = QuarterFilter("activity__")
    cycle = YearFilter()
    unit = UnitFilter()
    sector = AnyOf(label=_("field"), field_name="project__sector", choices=Sector.choices)
