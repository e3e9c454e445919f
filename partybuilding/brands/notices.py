"""Who is told what after a step of a brand."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from partybuilding.brands import messages as words
from partybuilding.brands.kind import KIND
from partybuilding.brands.models import Brand
from partybuilding.core.states import Role
from partybuilding.core.texts import Wording
from partybuilding.organizations.selectors import people_with
from partybuilding.spreading.notices import Told, all_with, notices_from


def owners(brand: Brand) -> Any:
    """Return the applicants of the organisation whose brand it is."""
    return people_with(Role.APPLICANT, [brand.organization_id])


def nominators(brand: Brand) -> Iterator[Any]:
    """Return those who may have nominated it: editors, and reviewers of the unit."""
    yield from people_with(Role.EDITOR)
    if brand.organization.unit_id:
        yield from people_with(Role.UNIT, [brand.organization.unit_id])


def nominators_and_publishers(brand: Brand) -> Iterator[Any]:
    """Return those who may have nominated it, and who published its page."""
    yield from nominators(brand)
    yield from people_with(Role.PUBLISHER)


def _home(brand: Brand) -> str:
    return reverse("portal:home")


def _department(wording: Wording) -> tuple[Told, ...]:
    return (Told(all_with(Role.DEPARTMENT), wording, KIND.address),)


def _both(wording: Wording, staff: Any = nominators) -> tuple[Told, ...]:
    return (Told(staff, wording, KIND.address), Told(owners, wording, _home))


notices_for = notices_from(
    {
        "nominate": _department(words.NOMINATED),
        "recall": _department(words.RECALLED),
        "recognise": (
            Told(nominators, words.RECOGNISED_STAFF, KIND.address),
            Told(owners, words.RECOGNISED, _home),
        ),
        "decline": _both(words.DECLINED),
        "take_back": _both(words.TAKEN_BACK),
        "stop_promoting": _both(words.NOT_PROMOTED),
        "reopen": _both(words.REOPENED, nominators_and_publishers),
        "promote": _both(words.PROMOTED),
        "revoke": _both(words.REVOKED, nominators_and_publishers),
    },
    words.said_of,
)
