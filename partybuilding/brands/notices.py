"""Who is told what after a step of a brand."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from partybuilding.brands.kind import KIND
from partybuilding.brands.models import Brand
from partybuilding.core.states import Role
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


def _department(subject: str) -> tuple[Told, ...]:
    return (Told(all_with(Role.DEPARTMENT), subject, KIND.address),)


def _both(subject: str, staff: Any = nominators) -> tuple[Told, ...]:
    return (Told(staff, subject, KIND.address), Told(owners, subject, _home))


_RECOGNISED = gettext_noop("Brand recognised: %(name)s")
notices_for = notices_from(
    {
        "nominate": _department(gettext_noop("Brand awaiting recognition: %(name)s")),
        "recall": _department(gettext_noop("Nomination taken back: %(name)s")),
        "recognise": (
            Told(
                nominators,
                _RECOGNISED,
                KIND.address,
                gettext_noop("Its page can now be submitted for publication."),
            ),
            Told(
                owners,
                _RECOGNISED,
                _home,
                gettext_noop("The Organization Department recognised the brand."),
            ),
        ),
        "decline": _both(gettext_noop("Brand not recognised: %(name)s")),
        "take_back": _both(gettext_noop("Decision on the brand taken back: %(name)s")),
        "stop_promoting": _both(gettext_noop("Brand no longer promoted: %(name)s")),
        "reopen": _both(
            gettext_noop("Recognition holds again: %(name)s"), nominators_and_publishers
        ),
        "promote": _both(gettext_noop("Brand being promoted: %(name)s")),
        "revoke": _both(gettext_noop("Recognition revoked: %(name)s"), nominators_and_publishers),
    }
)
