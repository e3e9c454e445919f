"""What a page is, in the words of schema.org (JSON-LD): its way back, an article, a data set, an office."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

from django.utils.safestring import SafeString, mark_safe

from partybuilding.core.pages.meta import PageMeta, Thing, iso

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
