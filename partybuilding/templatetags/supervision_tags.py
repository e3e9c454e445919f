"""Words of supervision for the staff's templates, and what the editor's panel of a bulletin asks."""

from typing import Any

from django import template

from partybuilding.supervision.bulletins.presentation import Figures
from partybuilding.supervision.wording import quarter_words, when_words

register = template.Library()


register.filter("quarter_of", when_words)
register.filter("quarter_words", quarter_words)


@register.simple_tag
def bulletin_figures(page: Any) -> Figures:
    """Return the figures of a bulletin, arranged for reading."""
    return Figures(page.figures)
