"""What is told of a brand beside its text: whose it is, since when, and the projects that it grew from."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.brands.models import Brand
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.models import Project


def origins_of(brand: Brand) -> list[Project]:
    """Return the projects that a brand grew from; those that its new page brings along before it is saved."""
    if brand.pk is None:
        return list(brand.begun_from)  # type: ignore[unreachable]
    found = Project.objects.filter(brand_origins__brand=brand).order_by("brand_origins__order")
    return list(
        found.select_related("cycle", "organization", "grade_class").prefetch_related(
            "partners__organization"
        )
    )


def facts_of(brand: Brand, projects: list[Project]) -> list[dict[str, Any]]:
    """Return the facts beside a brand's text."""
    owners = dict.fromkeys(name for project in projects for name in project.told.organizations)
    unit = brand.organization.unit
    return [
        {"label": pgettext("brand", "Owner"), "value": "、".join(owners)},
        {"label": pgettext("column", "Reporting unit"), "value": unit and unit.name},
        {"label": pgettext("column", "Field"), "value": brand.get_sector_display()},
        {"label": pgettext("brand", "Recognised on"), "value": _day(brand.recognised_at)},
        {"label": pgettext("brand", "Promoted since"), "value": _day(brand.promoted_at)},
    ]


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT") if moment else ""


def card_of(page: Any, request: HttpRequest, *, pictured: bool = True) -> dict[str, Any]:
    """Return what a brand's card shows, in pictures and in words alike."""
    brand = page.brand
    unit, recognised = brand.organization.unit, timezone.localtime(brand.recognised_at)
    return {
        "href": page.get_url(request),
        "title": page.title,
        "organization": brand.organization.name,
        "unit": unit.name if unit else "",
        "sector": brand.get_sector_display(),
        "since": _("recognised in %(year)s") % {"year": recognised.year},
        "state": brand.state_row.public,
        "tone": brand.state_row.tone,
        "summary": page.slogan or page.summary,
        "image": page.card_picture if pictured else None,
        "sign": SECTORS.sign(brand.sector),
        "is_plain": not pictured,
    }
