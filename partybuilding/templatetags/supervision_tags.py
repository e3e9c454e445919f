"""Words of supervision for the staff's templates."""

from typing import Any

from django import template

from partybuilding.supervision.wording import when_words

register = template.Library()


@register.filter
def quarter_of(activity: Any) -> str:
    """Name the quarter that an activity belongs to."""
    return when_words(activity)
