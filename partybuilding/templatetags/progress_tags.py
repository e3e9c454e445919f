"""Words of reports for the staff's templates."""

from django import template

from partybuilding.progress import words

register = template.Library()
register.filter("figures_words", words.figures_words)
