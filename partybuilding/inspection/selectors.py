"""The public pages as they are inspected, and the addresses that lead somewhere; a few queries a kind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import models
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page, Site, get_page_models

from partybuilding.core.pages import ColumnPage
from partybuilding.core.pages.texts import own_fields
from partybuilding.inspection.models import OutsideLink, WatchedWord
from partybuilding.inspection.reading import Contents
from partybuilding.projects.models import Commitment

#: The fields in which a page names who stands behind its text.
SOURCES = ("source", "issuer")


@dataclass(frozen=True)
class Sheet:
    """One public page as it is inspected.

    Args:
        source: who stands behind the text; None for kinds of pages that name nobody in a field.
        is_text: whether it is a text, which has a date, and not a list.
    """

    pk: int
    title: str
    kind: str
    published: datetime | None
    source: str | None
    is_text: bool
    contents: Contents


def sheets() -> Iterator[Sheet]:
    """Yield every public page with what stands in it."""
    promised = promises_by_page()
    for model in get_page_models():
        if issubclass(model, ColumnPage):
            yield from _sheets_of(model, promised)


def _sheets_of(
    model: type[ColumnPage], promised: dict[int, list[tuple[str, str]]]
) -> Iterator[Sheet]:
    fields = list(own_fields(model))
    source = next((one.name for one in fields if one.name in SOURCES), None)
    is_text = model.manuscript is not ColumnPage.manuscript
    names = [one.attname for one in fields if _is_read(one)]
    rows = model._base_manager.filter(live=True).order_by("path")
    for row in rows.only("title", "first_published_at", "content_type", *names):
        contents = Contents()
        for one in fields:
            if _is_read(one):
                _read(row, one, contents)
        contents.words += promised.get(row.pk, [])
        yield Sheet(
            pk=row.pk,
            title=row.title,
            kind=str(model._meta.verbose_name),
            published=row.first_published_at,
            source=getattr(row, source).strip() if source else None,
            is_text=is_text,
            contents=contents,
        )


def _is_read(one: models.Field) -> bool:
    if isinstance(one, models.ForeignKey):
        return one.related_model is get_image_model()
    is_text = isinstance(one, models.CharField | models.TextField | StreamField)
    return is_text and not one.choices


def _read(row: Any, one: models.Field, contents: Contents) -> None:
    value, place = getattr(row, one.attname), str(one.verbose_name)
    if isinstance(one, StreamField):
        contents.read_block(value.stream_block, list(value.raw_data), place)
    elif isinstance(one, models.ForeignKey):
        if value and hasattr(row, f"{one.name}_alt"):
            contents.read_picture(getattr(row, f"{one.name}_alt"), place)
    elif isinstance(one, RichTextField):
        contents.read_text(value or "", place)
    else:
        contents.words.append((place, value or ""))


def promises_by_page() -> dict[int, list[tuple[str, str]]]:
    """Return the words of the public promises by the page on which they stand."""
    found: dict[int, list[tuple[str, str]]] = {}
    rows = Commitment.objects.published().filter(project__page__live=True)
    rows = rows.order_by("project", "order", "pk").prefetch_related("steps")
    for row in rows.annotate(page=models.F("project__page")):
        told = found.setdefault(row.page, [])
        place = _("Commitments")
        told.append((place, f"{row.goal}\n{row.person}\n{row.post}"))
        told += [(place, f"{step.title}\n{step.evidence}") for step in row.steps.all()]
    return found


def tried_of(addresses: Iterable[str]) -> tuple[int, datetime | None]:
    """Return how many of the addresses of other sites were tried, and when the first of them was."""
    rows = OutsideLink.objects.filter(address__in=list(addresses))
    found = rows.aggregate(n=models.Count("pk"), first=models.Min("checked_at"))
    return found["n"], found["first"]


def number_of_words() -> int:
    """Count the watched words."""
    return WatchedWord.objects.count()


class Addresses:
    """Everything within the site to which a link may lead, read once."""

    def __init__(self, hosts: Iterable[str] = ()) -> None:
        self.hosts = {*hosts, *self._known_hosts()}

    @staticmethod
    def _known_hosts() -> Iterator[str]:
        yield from Site.objects.values_list("hostname", flat=True)
        yield urlsplit(getattr(settings, "WAGTAILADMIN_BASE_URL", None) or "").hostname or ""

    @cached_property
    def pages(self) -> dict[int, str]:
        """The paths of the public pages below their site's front page, by their keys."""
        roots = list(Site.objects.values_list("root_page__url_path", flat=True))
        rows = Page.objects.filter(live=True).values_list("pk", "url_path")
        return {pk: _below(path, roots) for pk, path in rows}

    @cached_property
    def paths(self) -> set[str]:
        """The paths of the public pages."""
        return set(self.pages.values())

    @cached_property
    def documents(self) -> set[int]:
        """The keys of the documents of the library."""
        return set(get_document_model().objects.values_list("pk", flat=True))

    @cached_property
    def redirects(self) -> set[str]:
        """The old paths that lead on."""
        return set(Redirect.objects.values_list("old_path", flat=True))

    def is_outside(self, address: str) -> bool:
        """Tell whether an address is another site's."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return False
        return parts.scheme in {"http", "https"} and parts.hostname not in self.hosts

    def leads_somewhere(self, kind: str, target: str) -> bool:
        """Tell whether a link within the site leads somewhere; other sites are not asked here."""
        if kind in {"page", "document"}:
            known = self.pages if kind == "page" else self.documents
            return target.isascii() and target.isdigit() and int(target) in known
        if self.is_outside(target) or target.startswith(("#", "mailto:", "tel:")):
            return True
        try:
            return self._has(unquote(urlsplit(target).path))
        except ValueError:
            return False

    def _has(self, path: str) -> bool:
        prefix = get_script_prefix()
        if prefix != "/" and path.startswith(prefix):
            path = f"/{path.removeprefix(prefix)}"
        whole = path if path.endswith("/") else f"{path}/"
        if whole in self.paths or Redirect.normalise_path(path) in self.redirects:
            return True
        return any(self._is_fixed(one) for one in (path, whole))

    def _is_fixed(self, path: str) -> bool:
        """Tell whether an address is one of the programme's own, beside the pages."""
        try:
            match = resolve(path)
        except Resolver404:
            return False
        if match.url_name == "wagtaildocs_serve":
            return int(match.args[0]) in self.documents
        return match.url_name != "wagtail_serve"


def _below(path: str, roots: Iterable[str]) -> str:
    root = next((one for one in roots if path.startswith(one)), "/")
    return f"/{path.removeprefix(root)}"
