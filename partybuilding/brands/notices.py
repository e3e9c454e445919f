"""Who is told what after a step of a brand."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from partybuilding.brands.models import Brand
from partybuilding.core.machine.attempts import Attempt, NoticeDraft
from partybuilding.core.states import Role
from partybuilding.organizations.selectors import people_with


def notices_for(brand: Brand, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell those who have it now, and those whose brand it is what was decided."""
    yield from _WRITERS[attempt.step](brand, attempt)


def brand_url(brand: Brand) -> str:
    """Return where staff see the brand."""
    return reverse("partybuilding:brand", args=[brand.pk])


def owners(brand: Brand) -> Iterable[Any]:
    """Return the applicants of the organisation whose brand it is."""
    return people_with(Role.APPLICANT, [brand.organization_id])


def nominators(brand: Brand) -> Iterator[Any]:
    """Return those who may have nominated it: editors, and reviewers of the unit."""
    yield from people_with(Role.EDITOR)
    if brand.organization.unit_id:
        yield from people_with(Role.UNIT, [brand.organization.unit_id])


def _nominated(brand: Brand, attempt: Attempt) -> Iterator[NoticeDraft]:
    yield NoticeDraft(
        people_with(Role.DEPARTMENT),
        _("Brand awaiting recognition: %(name)s") % {"name": brand},
        attempt.reason,
        brand_url(brand),
    )


def _recognised(brand: Brand, attempt: Attempt) -> Iterator[NoticeDraft]:
    words = {"name": brand}
    yield NoticeDraft(
        nominators(brand),
        _("Brand recognised: %(name)s") % words,
        _("Its page can now be submitted for publication."),
        brand_url(brand),
    )
    yield NoticeDraft(
        owners(brand),
        _("Brand recognised: %(name)s") % words,
        _("The Organization Department recognised the brand."),
        reverse("portal:home"),
    )


def _told_all(subject: str, *roles: Role) -> Callable[[Brand, Attempt], Iterator[NoticeDraft]]:
    def write(brand: Brand, attempt: Attempt) -> Iterator[NoticeDraft]:
        title = _(subject) % {"name": brand}
        staff = [*nominators(brand), *(one for role in roles for one in people_with(role))]
        yield NoticeDraft(staff, title, attempt.reason, brand_url(brand))
        yield NoticeDraft(owners(brand), title, attempt.reason, reverse("portal:home"))

    return write


def _recalled(brand: Brand, attempt: Attempt) -> Iterator[NoticeDraft]:
    subject = _("Nomination taken back: %(name)s") % {"name": brand}
    yield NoticeDraft(people_with(Role.DEPARTMENT), subject, attempt.reason, brand_url(brand))


_WRITERS: dict[str, Callable[[Brand, Attempt], Iterator[NoticeDraft]]] = {
    "nominate": _nominated,
    "recall": _recalled,
    "recognise": _recognised,
    "decline": _told_all(gettext_noop("Brand not recognised: %(name)s")),
    "take_back": _told_all(gettext_noop("Decision on the brand taken back: %(name)s")),
    "stop_promoting": _told_all(gettext_noop("Brand no longer promoted: %(name)s")),
    "reopen": _told_all(gettext_noop("Recognition holds again: %(name)s"), Role.PUBLISHER),
    "promote": _told_all(gettext_noop("Brand being promoted: %(name)s")),
    "revoke": _told_all(gettext_noop("Recognition revoked: %(name)s"), Role.PUBLISHER),
}
