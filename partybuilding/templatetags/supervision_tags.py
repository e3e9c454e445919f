"""What the editor's panel of a bulletin asks."""

from typing import Any

from django import template

from partybuilding.supervision.bulletins.presentation import Figures

register = template.Library()


@register.simple_tag
def bulletin_figures(page: Any) -> Figures:
    """Return the figures of a bulletin, arranged for reading."""
    return Figures(page.figures)
