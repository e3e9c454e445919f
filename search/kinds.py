"""Kinds of pages that a reader tells apart, and how a page type says which it is (docs/search.md)."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.organizations.states import SECTORS


class PageKind(models.TextChoices):
    """What a result is; groups stand in this order when nothing else orders them."""

    PROJECT = "project", pgettext_lazy("search", "Projects")
    NEWS = "news", pgettext_lazy("search", "News")
    NOTICE = "notice", pgettext_lazy("search", "Notices")
    BULLETIN = "bulletin", pgettext_lazy("search", "Bulletins of supervision")
    CASE = "case", pgettext_lazy("search", "Case studies")
    BRAND = "brand", pgettext_lazy("search", "Brands")
    OTHER = "page", _("Other pages")


def kind_of(page: Any) -> str:
    """Return the kind that a page type declares as `search_kind`; other pages otherwise."""
    said = getattr(page, "search_kind", PageKind.OTHER)
    return said if said in PageKind.values else PageKind.OTHER


def year_of(page: Any) -> int | None:
    """Return the year that a page declares as `search_year`; that of its publication otherwise."""
    said = getattr(page, "search_year", None)
    day = date_of(page)
    return int(said) if said else (day.year if day else None)


def date_of(page: Any) -> Any:
    """Return the day that a page declares as `search_date`; that of its publication otherwise."""
    said = getattr(page, "search_date", None)
    if said is None and page.first_published_at:
        said = timezone.localdate(page.first_published_at)
    return said


def sector_of(page: Any) -> str:
    """Return the field of work that a page declares as `search_sector`, if any."""
    said = getattr(page, "search_sector", "")
    return said if said in SECTORS else ""


def names_of(page: Any) -> list[str]:
    """Return what a page may be called while it is being typed: its title and its `search_names`."""
    names = [page.title, *getattr(page, "search_names", [])]
    return list(dict.fromkeys(name.strip() for name in names if name and name.strip()))


def projects_of(page: Any) -> set[int]:
    """Return the keys of the projects that a page declares as `search_projects`."""
    return set(getattr(page, "search_projects", ()))


def note_of(page: Any) -> str:
    """Return the line that a page declares as `search_note`, such as who carries a project out."""
    return str(getattr(page, "search_note", ""))
