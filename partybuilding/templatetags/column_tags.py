"""What the page editor shows of the record behind a page."""

from django import template

from partybuilding.projects.views.case import strip_of

register = template.Library()

register.filter("strip_of", strip_of)
