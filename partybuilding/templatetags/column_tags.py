"""What the page editor shows of the record behind a page."""

from typing import TYPE_CHECKING, Any

from django import template

from partybuilding.brands.states import STRIP as BRAND_STRIP
from partybuilding.cases.states import STRIP as CASE_STRIP
from partybuilding.core.machine.wording import strip_of

if TYPE_CHECKING:
    from partybuilding.brands.models import Brand
    from partybuilding.cases.models import CaseStudy
    from partybuilding.projects.models import Project

register = template.Library()


@register.filter("strip_of")
def strip_of_project(project: "Project") -> list[dict[str, Any]]:
    """Return the steps of a project's strip."""
    return strip_of(project, project.strip)


@register.filter("brand_strip")
def strip_of_brand(brand: "Brand") -> list[dict[str, Any]]:
    """Return the steps of a brand's strip."""
    return strip_of(brand, BRAND_STRIP)


@register.filter("case_strip")
def strip_of_case(case: "CaseStudy") -> list[dict[str, Any]]:
    """Return the steps of a case study's strip."""
    return strip_of(case, CASE_STRIP)
