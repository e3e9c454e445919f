"""Documents of the CMS's library: public when a page that residents may read leads to them."""

from typing import Any

from django.http import Http404, HttpRequest
from wagtail.models import Page, ReferenceIndex

from partybuilding.core.pages import RecordPage


def keep_unpublished_private(document: Any, request: HttpRequest) -> None:
    """Say 404 to readers for a document that no public page leads to; staff open all of them.

    Raises:
        Http404: nothing that the reader may see leads here.
    """
    if request.user.has_perm("wagtailadmin.access_admin"):
        return
    if not any(_is_public(source) for source in _sources(document)):
        raise Http404


def _sources(document: Any) -> list[Any]:
    """Return what refers to a document: pages, as they were last saved or published."""
    grouped = ReferenceIndex.get_grouped_references_to(document)
    return [source for source, _references in grouped]


def _is_public(source: Any) -> bool:
    if not isinstance(source, Page):
        return False
    page = source.specific
    kept_back = isinstance(page, RecordPage) and not page.record_allows_live()
    return page.live and not kept_back and not page.get_view_restrictions().exists()
