"""What stands between an empty database and an open year, each with the fact that tells it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from partybuilding.core.states import Role, Text
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.models import IssuingBody, Membership, Organization


@dataclass(frozen=True)
class Item:
    """One thing to set.

    Args:
        why: one sentence, what cannot be done before it.
        address: of the screen where it is done: a name, with what it needs.
        there: the rows of which one must exist.
        lacking: rows of which none may exist.
        of_review: only a year with first review needs it.
    """

    code: str
    label: Text
    why: Text
    address: Callable[[], str]
    there: Callable[[], QuerySet[Any]]
    lacking: Callable[[], QuerySet[Any]] | None = None
    of_review: bool = False


@dataclass(frozen=True)
class Told:
    """An item with what the database says of it."""

    number: int
    item: Item
    is_done: bool

    @property
    def url(self) -> str:
        """Where it is done."""
        return self.item.address()


def _holding(*roles: Role) -> QuerySet[Membership]:
    return Membership.objects.current().filter(role__in=roles, user__is_active=True)


def _units() -> QuerySet[Organization]:
    return Organization.objects.active().filter(is_reporting_unit=True)


def _without(organizations: QuerySet[Organization], role: Role) -> QuerySet[Organization]:
    held = _holding(role).filter(organization=OuterRef("pk"))
    return organizations.filter(~Exists(held))


def _second_publisher() -> QuerySet[Membership]:
    """Return publishers beside whom somebody else writes: whoever wrote last does not approve."""
    others = _holding(Role.EDITOR, Role.PUBLISHER).exclude(user=OuterRef("user"))
    return _holding(Role.PUBLISHER).filter(Exists(others))


def _below() -> QuerySet[Organization]:
    return Organization.objects.active().filter(is_reporting_unit=False, unit__isnull=False)


def _complete_years() -> QuerySet[Cycle]:
    return Cycle.objects.filter(topics__isnull=False, criteria__isnull=False, grades__isnull=False)


def _year_screen() -> str:
    cycle = Cycle.objects.order_by("-year").first()
    if cycle is None:
        return reverse("partybuilding:cycle_add")
    return reverse("partybuilding:cycle", args=[cycle.pk])


ITEMS = (
    Item(
        "body",
        _("Who issues papers"),
        _("Letters, certificates and the head of the public column carry its name."),
        lambda: reverse("issuing_bodies:index"),
        IssuingBody.objects.all,
    ),
    Item(
        "units",
        _("Reporting units"),
        _("Every organization reports through a unit; without units none can apply."),
        lambda: reverse("partybuilding:import"),
        _units,
    ),
    Item(
        "organizations",
        _("Party organizations below the units"),
        _("They apply; whoever is missing here cannot. A workbook brings them all at once."),
        lambda: reverse("partybuilding:import"),
        _below,
    ),
    Item(
        "department",
        _("A department officer"),
        _("Who keeps the rules of the year and decides; the administrator should not do it."),
        lambda: reverse("partybuilding:person_add"),
        lambda: _holding(Role.DEPARTMENT),
    ),
    Item(
        "reviewers",
        _("A reviewer in every unit"),
        _("Applications of a unit without one stay where they are."),
        lambda: reverse("party_people_modeladmin_index") + "?role=unit",
        lambda: _holding(Role.UNIT),
        lambda: _without(_units(), Role.UNIT),
        of_review=True,
    ),
    Item(
        "applicants",
        _("An applicant in every organization"),
        _("They alone can begin an application, with an account of their own."),
        lambda: reverse("partybuilding:import"),
        lambda: _holding(Role.APPLICANT),
        lambda: _without(_below(), Role.APPLICANT),
    ),
    Item(
        "publishers",
        _("Two who publish"),
        _("Whoever wrote a page last does not approve it, so one person cannot publish alone."),
        lambda: reverse("partybuilding:person_add"),
        _second_publisher,
    ),
    Item(
        "year",
        _("A year with its rules"),
        _("Dates, topics, points of the rating and grades; they can be changed until it opens."),
        _year_screen,
        _complete_years,
    ),
    Item(
        "opening",
        _("Applications opened"),
        _("From here on organizations apply, and the rules of the year no longer change."),
        _year_screen,
        lambda: Cycle.objects.exclude(rules_frozen_at=None),
    ),
)


def told() -> list[Told]:
    """Return the items of the newest year with what is done, in one query."""
    facts: dict[str, Any] = {}
    for item in ITEMS:
        facts[f"there_{item.code}"] = Exists(item.there())
        if item.lacking is not None:
            facts[f"lacking_{item.code}"] = Exists(item.lacking())
    facts["is_reviewed"] = Subquery(Cycle.objects.order_by("-year").values("first_review")[:1])
    row = Site.objects.order_by().annotate(**facts).values(*facts).first() or {}
    is_reviewed = row.get("is_reviewed") is not False
    asked = [item for item in ITEMS if is_reviewed or not item.of_review]
    return [Told(number, item, _is_done(item, row)) for number, item in enumerate(asked, start=1)]


def _is_done(item: Item, row: dict[str, Any]) -> bool:
    return bool(row.get(f"there_{item.code}")) and not row.get(f"lacking_{item.code}")
