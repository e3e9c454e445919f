"""Words of supervision for the staff's templates, and what the editor's panel of a bulletin asks."""

from typing import Any

from django import template

from partybuilding.supervision.bulletins.presentation import Figures
from partybuilding.supervision.wording import when_words

register = template.Library()


@register.filter
def quarter_of(activity: Any) -> str:
    """Name the quarter that an activity belongs to."""
    return when_words(activity)


@register.simple_tag
def bulletin_figures(page: Any) -> Figures:
    """Return the figures of a bulletin, arranged for reading."""
    return Figures(page.figures)
