"""What the head of a public page tells, for the site's frame."""

from django import template
from django.template.context import RequestContext
from django.utils.safestring import SafeString

from partybuilding.core.pages import ColumnPage, PageMeta
from partybuilding.core.pages.meta import script_of, things_of

register = template.Library()


@register.simple_tag(takes_context=True)
def page_meta(context: RequestContext) -> PageMeta | None:
    """Return what the page of a template says of itself; nothing for what is no page of the column.

    A view that says something else in a page's place gives `page_meta`.
    """
    if "page_meta" in context:
        return context["page_meta"]
    page, request = context.get("page"), context.get("request")
    return page.meta(request) if request and isinstance(page, ColumnPage) else None


@register.simple_tag(takes_context=True)
def linked_data(context: RequestContext, meta: PageMeta) -> list[SafeString]:
    """Return the texts of the script elements that say what a page is; who runs the site publishes it."""
    chrome = context.get("chrome") or {}
    publisher = chrome.get("organizer") or chrome.get("host") or chrome.get("name") or ""
    return [script_of(thing) for thing in things_of(meta, publisher)]
