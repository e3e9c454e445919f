"""What the column tells of some pages: news, notices and other articles that lead to one of them."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from wagtail.models import Page, ReferenceIndex, get_page_models

from partybuilding.core.pages import Article, RecordPage, open_to_all


def articles_about(
    pages: Iterable[int], request: HttpRequest, *, most: int
) -> list[dict[str, Any]]:
    """Return the newest articles that lead to one of these pages, as entries of a list of links.

    Args:
        pages: the keys of pages.
        most: so many at most.
    """
    page_type = ContentType.objects.get_for_model(Page)
    led = ReferenceIndex.objects.filter(
        base_content_type=page_type,
        to_content_type=page_type,
        to_object_id__in=[str(pk) for pk in pages],
    )
    told = map(int, led.values_list("object_id", flat=True).distinct())
    kinds = (
        kind
        for kind in get_page_models()
        if issubclass(kind, Article) and not issubclass(kind, RecordPage)
    )
    found = open_to_all(Page.objects.filter(pk__in=list(told))).exact_type(*kinds)
    return [
        {"title": page.title, "href": page.get_url(request), "date": page.first_published_at}
        for page in found.order_by("-first_published_at", "-pk")[:most]
    ]
