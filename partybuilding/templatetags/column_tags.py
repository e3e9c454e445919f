"""What the page editor shows of the record behind a page."""

from typing import Any

from django import template

from partybuilding.core.wording import strip_of
from partybuilding.projects.states import STRIP

register = template.Library()


@register.filter("strip_of")
def strip_of_project(project: Any) -> list[dict[str, Any]]:
    """Return the steps of a project's strip."""
    return strip_of(project, STRIP)
