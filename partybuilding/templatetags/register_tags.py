"""Words that the screens of the registers show."""

from django import template

from partybuilding.organizations.journal import change_words, held_words

register = template.Library()

register.filter("change_words", change_words)
register.filter("held_words", held_words)
