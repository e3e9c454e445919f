"""What the register of case studies can be narrowed to."""

from django.utils.translation import gettext_lazy as _

from partybuilding.core.registers.filters import AnyOf, RecordFilters
from partybuilding.organizations.states import Sector
from partybuilding.projects.filters import YearFilter


class CaseFilters(RecordFilters):
    """The filters of the register of case studies."""

    cycle = YearFilter()
    sector = AnyOf(label=_("field"), field_name="project__sector", choices=Sector.choices)
