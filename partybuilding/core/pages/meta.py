"""What the head of a public page tells: search engines, the state's list of sites, readers who share it; JSON-LD.

public.md, "What inland government pages carry". A page type says what it is in one place, `meta()`;
the site's frame writes it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Site

from partybuilding.core.pages.pictures import Picture

#: Something in the words of schema.org.
Thing = Mapping[str, Any]
#: A search result shows so many characters.
DESCRIPTION_LENGTH = 160


@dataclass(frozen=True)
class PageMeta:
    """What a page says of itself.

    Args:
        title: its name, without the site's.
        address: its one address, absolute, without what only changes its look.
        description: one or two sentences.
        column: the name of the part of the site that it belongs to, and what kind of part that is.
        published: when residents could first read it; the date that it shows. Articles only.
        source: who stands behind the text. Articles only.
        image: a picture of it, its source absolute.
        way_back: the pages above it, the front page first, itself last.
        things: what else it is, in the words of schema.org; `@context` is added.
        is_article: it has a date and a source, unlike a list.
    """

    title: str
    address: str
    description: str = ""
    column: str = ""
    column_type: str = ""
    published: datetime | date | None = None
    updated: datetime | None = None
    source: str = ""
    author: str = ""
    image: Picture | None = None
    way_back: tuple[Mapping[str, str], ...] = ()
    things: tuple[Thing, ...] = ()
    is_article: bool = False

    @classmethod
    def of(cls, page: Any, request: HttpRequest, **said: Any) -> "PageMeta":
        """Return what every page of the column can say of itself, and what else is said."""
        way_back = page.way_back(request)
        parts = [page] if page.column_type else [*page.pages_above(request), page]
        part = next(filter(_begins_part, parts), None)
        found = {
            "title": page.title,
            "address": own_address(page.get_url(request) or request.path, request),
            "description": page.search_description,
            "column": part.title if part else "",
            "column_type": str(part.specific_class.column_type) if part else "",
            "updated": page.changed_at,
            "way_back": tuple(way_back),
        }
        said = found | said
        return cls(**said | {"description": shortened(str(said["description"]))})

    @property
    def pub_date(self) -> str:
        """The date of publication as the state's list of sites wants it: 2022-03-04 09:30."""
        if isinstance(self.published, datetime):
            return f"{timezone.localtime(self.published):%Y-%m-%d %H:%M}"
        return self.published.isoformat() if self.published else ""


def absolute(picture: Picture | None, request: HttpRequest) -> Picture | None:
    """Return a picture whose source others can find."""
    return picture and replace(picture, src=request.build_absolute_uri(picture.src))


def shortened(text: str) -> str:
    """Return a text in one line, not longer than a search result shows."""
    line = " ".join(text.split())
    return line if len(line) <= DESCRIPTION_LENGTH else f"{line[: DESCRIPTION_LENGTH - 1]}…"


def iso(moment: datetime | date | None) -> str:
    """Return a moment as ISO 8601, in the zone of the site."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment).isoformat(timespec="seconds")
    return moment.isoformat() if moment else ""


def site_address() -> str:
    """Return where the site is found, without a path: as it is set, else as the CMS knows it."""
    known = getattr(settings, "WAGTAILADMIN_BASE_URL", "")
    if not known:
        site = Site.objects.filter(is_default_site=True).first()
        known = site.root_url if site else ""
    return str(known).rstrip("/")


def own_address(path: str, request: HttpRequest) -> str:
    """Return the one address of a page; a further page of a list has its own, a narrowed list has none."""
    address = request.build_absolute_uri(path)
    number = request.GET.get("page", "")
    further = number.isascii() and number.isdigit() and int(number[:9]) > 1
    return f"{address}?page={int(number[:9])}" if further else address


def _begins_part(page: Any) -> bool:
    return bool(getattr(page.specific_class, "column_type", ""))


CONTEXT = "https://schema.org"
LANGUAGE = "zh-CN"
#: What would end the element or begin another, written so that no parser of HTML sees it.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def script_of(thing: Thing) -> SafeString:
    """Return the text of a script element that holds data, safe whatever words are in it."""
    filled = {"@context": CONTEXT, **_filled(thing)}
    # safe: no <, > or & is left in it
    return mark_safe(json.dumps(filled, ensure_ascii=False).translate(ESCAPES))  # noqa: S308


def things_of(meta: PageMeta, publisher: str) -> list[Thing]:
    """Return everything that a page is, its way back first."""
    way = [breadcrumb(meta.way_back, meta.address)] if len(meta.way_back) > 1 else []
    named = {"publisher": office(publisher)} if publisher else {}
    return [
        *way,
        *({**thing, **(named if needs_publisher(thing) else {})} for thing in meta.things),
    ]


def needs_publisher(thing: Thing) -> bool:
    """Tell whether somebody stands behind such a thing and it does not say who."""
    return thing["@type"] in {"NewsArticle", "Article", "Dataset"} and "publisher" not in thing


def breadcrumb(way_back: Iterable[Mapping[str, str]], here: str) -> Thing:
    """Return the way back; its last entry is the page itself."""
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": str(entry["text"]),
            "item": urljoin(here, entry["href"]) if entry["href"] else here,
        }
        for position, entry in enumerate(way_back, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def office(name: str, **said: Any) -> Thing:
    """Return an office of the state."""
    return {"@type": "GovernmentOrganization", "name": name, **said}


def article(meta: PageMeta, kind: str = "Article") -> Thing:
    """Return an article; a kind of schema.org's articles."""
    return {
        "@type": kind,
        "headline": meta.title,
        "description": meta.description,
        "url": meta.address,
        "mainEntityOfPage": meta.address,
        "inLanguage": LANGUAGE,
        "datePublished": iso(meta.published),
        "dateModified": iso(meta.updated or meta.published),
        "image": [meta.image.src] if meta.image else [],
        "articleSection": meta.column,
        "author": office(meta.source) if meta.source else None,
    }


def dataset(meta: PageMeta, files: Iterable[tuple[str, str]], **said: Any) -> Thing:
    """Return a list that can be taken along.

    Args:
        meta: the page with the list.
        files: the media type and the absolute address of each file.
        said: more in the words of schema.org.
    """
    distribution = [
        {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": address}
        for kind, address in files
    ]
    return {
        "@type": "Dataset",
        "name": meta.title,
        "description": meta.description,
        "url": meta.address,
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": True,
        "distribution": distribution,
        **said,
    }


def _filled(thing: Thing) -> dict[str, Any]:
    """Leave out what has no value."""
    return {
        name: _filled(value) if isinstance(value, Mapping) else value
        for name, value in thing.items()
        if value not in (None, "", [], {})
    }
