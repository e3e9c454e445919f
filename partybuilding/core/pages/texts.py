"""Everything that a page would publish, in words, each with the place where an editor finds it."""

import re
from collections.abc import Iterable, Iterator
from functools import singledispatch
from html import unescape
from typing import Any

from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext
from wagtail import blocks
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.rich_text import RichText, extract_references_from_rich_text

#: What a link dials and a picture's description stand in attributes.
UNSEEN = re.compile(r'\b(?:href|alt|title)="([^"]*)"')
#: A word in its place.
Placed = tuple[str, Any]


def own_fields(page: Page) -> Iterator[models.Field]:
    """Yield the fields with words or pictures that a page's type adds to Wagtail's own, and the title."""
    wagtails = {field.name for field in Page._meta.get_fields()} - {"title", "search_description"}
    for field in page._meta.concrete_fields:
        if field.name not in wagtails:
            yield field


def texts_of(page: Page) -> Iterator[tuple[str, str]]:
    """Yield every text of a page's own fields with its place."""
    for field in own_fields(page):
        value = getattr(page, field.attname)
        label = str(field.verbose_name)
        if isinstance(field, StreamField):
            yield from _texts(_words(value, label))
        elif isinstance(field, RichTextField):
            yield label, plain(value)
        elif isinstance(field, models.CharField | models.TextField) and not field.choices:
            yield label, value or ""


def pictures_of(page: Page) -> Iterator[tuple[str, Any]]:
    """Yield every picture of a page's own fields with its place."""
    image_model = get_image_model()
    for field in own_fields(page):
        label = str(field.verbose_name)
        if isinstance(field, StreamField):
            found = _words(getattr(page, field.attname), label)
            yield from ((place, image) for place, image in found if isinstance(image, image_model))
        elif isinstance(field, models.ForeignKey) and field.related_model is image_model:
            image = getattr(page, field.name)
            if image is not None:
                yield label, image


def documents_of(page: Page) -> Iterator[tuple[str, Any]]:
    """Yield every document of the library that a page's own fields lead to, with its place."""
    for field in own_fields(page):
        label = str(field.verbose_name)
        yield from _documents(_value_of(page, field), label)


def documents_by_part(page: Page) -> dict[str, set[Any]]:
    """Return the documents that each field, and each part of a field in parts, leads to."""
    found: dict[str, set[Any]] = {}
    for field in own_fields(page):
        value = _value_of(page, field)
        parts = {child.id: child.value for child in value} if _is_stream(field) else {"": value}
        for key, part in parts.items():
            found[f"{field.name}:{key}"] = {document for _place, document in _documents(part, "")}
    return found


def lead_on(before: Page, after: Page) -> None:
    """Write the redirects for the publication of `after` in the place of `before`.

    A document follows another when a part of the page that led to the one alone of those it lost now
    leads to the other alone of those it won. The redirect is looked up only once the old address
    answers 404, that is: when no other public page leads to the old document.
    """
    now = documents_by_part(after)
    for part, old in documents_by_part(before).items():
        lost, won = old - now.get(part, set()), now.get(part, set()) - old
        if len(lost) == len(won) == 1:
            _redirect(lost.pop(), won.pop())


def _redirect(old: Any, new: Any) -> None:
    facts = {"redirect_link": new.url, "is_permanent": True, "automatically_created": True}
    path = Redirect.normalise_path(old.url)
    Redirect.objects.update_or_create(old_path=path, site=None, defaults=facts)
    # The new one may have been an old one before; nothing leads in a circle.
    Redirect.objects.filter(old_path=Redirect.normalise_path(new.url), site=None).delete()


def _is_stream(field: models.Field) -> bool:
    return isinstance(field, StreamField)


def _value_of(page: Page, field: models.Field) -> Any:
    value = getattr(page, field.attname)
    return RichText(value) if isinstance(field, RichTextField) else value


def _documents(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    model = get_document_model()
    return ((where, found) for where, found in _words(value, place) if isinstance(found, model))


def plain(html: str) -> str:
    """Return the words of rich text, one paragraph a line, then what its links and pictures say."""
    for end in ("</p>", "</li>", "</h2>", "</h3>", "</h4>", "<br/>", "<br>", "</blockquote>"):
        html = html.replace(end, f"{end}\n")
    return "\n".join(unescape(part) for part in (strip_tags(html), *UNSEEN.findall(html)))


def _texts(placed: Iterator[Placed]) -> Iterator[tuple[str, str]]:
    return ((place, value) for place, value in placed if isinstance(value, str))


@singledispatch
def _words(value: Any, place: str) -> Iterator[Placed]:
    """Walk a block's value; a place reads like 正文第3部分（表格）第2行."""
    if isinstance(value, get_image_model() | get_document_model()):
        yield place, value
    elif hasattr(value, "rows"):
        yield from _rows(value, place)


@_words.register
def _(value: str, place: str) -> Iterator[Placed]:
    yield place, value


@_words.register
def _(value: RichText, place: str) -> Iterator[Placed]:
    yield place, plain(value.source)
    model = get_document_model()
    links = extract_references_from_rich_text(value.source)
    ids = [key for linked, key, *_path in links if linked is model]
    yield from ((place, document) for document in model.objects.filter(pk__in=ids) if ids)


@_words.register
def _(value: blocks.StreamValue, place: str) -> Iterator[Placed]:
    for number, child in enumerate(value, start=1):
        names = {"place": place, "number": number, "kind": child.block.label}
        here = gettext("%(place)s, part %(number)s (%(kind)s)") % names
        yield from _words(child.value, here)


@_words.register
def _(value: blocks.StructValue, place: str) -> Iterator[Placed]:
    for name, child in value.items():
        yield from _words(child, f"{place} · {value.block.child_blocks[name].label}")


@_words.register(list)
@_words.register(blocks.list_block.ListValue)
def _(value: Iterable[Any], place: str) -> Iterator[Placed]:
    for number, child in enumerate(value, start=1):
        here = gettext("%(place)s, no. %(number)s") % {"place": place, "number": number}
        yield from _words(child, here)


def _rows(table: Any, place: str) -> Iterator[Placed]:
    """Walk a table, row by row."""
    yield place, str(getattr(table, "caption", "") or "")
    yield from ((place, str(column["heading"])) for column in getattr(table, "columns", ()))
    for number, row in enumerate(table.rows, start=1):
        here = gettext("%(place)s, row %(number)s") % {"place": place, "number": number}
        for cell in row:
            yield from _words(cell.value, here)
