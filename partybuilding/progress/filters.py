"""What the registers of questions and changes can be narrowed to."""

from django.utils.translation import gettext_lazy as _

from partybuilding.core.filters import AnyOf, RecordFilters
from partybuilding.core.states import Role
from partybuilding.progress.states import ASKING
from partybuilding.projects.filters import UnitFilter, YearFilter
from partybuilding.projects.states import ChangedPart


class KeepingFilters(RecordFilters):
    """What both registers can be narrowed to."""

    unit = UnitFilter()
    cycle = YearFilter()


class QuestionFilters(KeepingFilters):
    """The filters of the register of questions."""

    asked_as = AnyOf(
        label=_("asked by"), choices=[(role.value, role.label) for role in Role if role in ASKING]
    )


class ChangeFilters(KeepingFilters):
    """The filters of the register of changes."""

    part = AnyOf(label=_("what is changed"), choices=ChangedPart.choices)
