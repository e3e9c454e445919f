"""Write brands: begin one from a project, change it while it is a draft, begin its page."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partybuilding.brands.kind import KIND
from partybuilding.brands.models import NAME_LENGTH, Brand, BrandOrigin
from partybuilding.brands.pages import BrandPage
from partybuilding.brands.permissions import (
    user_can_begin_brand,
    user_can_edit_brand,
)
from partybuilding.brands.states import BrandState
from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.pages.articles import blocks_from, first_sentence
from partybuilding.core.services import note
from partybuilding.core.types import AnyUser
from partybuilding.projects.models import Project
from partybuilding.projects.states import CHOSEN
from partybuilding.spreading import services as spreading


def start_brand(project: Project, *, by: AnyUser, name: str = "") -> Brand:
    """Begin the record of a brand that grew from a project; its page is written later.

    A second click leads to the draft that the first one made.

    Raises:
        NotYours: brands are begun by editors, publishers and the unit above the organisation.
        ConditionUnmet: the project was never approved.
    """
    if not user_can_begin_brand(project, by):
        raise NotYours([_("Brands are begun by editors and by the reporting unit.")])
    if project.state not in CHOSEN:
        raise ConditionUnmet([_("A brand grows out of approved projects only.")])
    name = name.strip() or project.title[:NAME_LENGTH]
    with transaction.atomic():
        Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        assert by.is_authenticated
        begun = Brand.objects.filter(
            projects=project, name=name, created_by=by, state=BrandState.DRAFT
        )
        if found := begun.first():
            return found
        brand = Brand(name=name, created_by=by)
        brand.take_after(project)
        brand.save()
        complete_brand(brand, [project], by=by)
    return brand


def complete_brand(brand: Brand, projects: Iterable[Project], *, by: AnyUser | None) -> None:
    """Write where a new brand comes from, and that it was begun."""
    BrandOrigin.objects.bulk_create(
        BrandOrigin(brand=brand, project=project, order=order)
        for order, project in enumerate(projects)
    )
    note(brand, "create", by=by)


def save_brand(
    brand: Brand, *, by: AnyUser, name: str | None = None, projects: Iterable[Project] | None = None
) -> Brand:
    """Change a brand's name or the projects it grew from; the first project lends it its owner.

    Raises:
        Frozen: it was nominated, or is not the user's to write.
        ConditionUnmet: the name or every project would be gone, or one was never approved.
    """
    with transaction.atomic():
        locked = Brand.objects.select_for_update(of=("self",)).get(pk=brand.pk)
        before = [origin.project for origin in locked.origins.select_related("project")]
        after = before if projects is None else list(dict.fromkeys(projects))
        title = locked.name if name is None else name.strip()
        if (title, after) == (locked.name, before):
            return locked
        if not user_can_edit_brand(locked, by):
            raise Frozen([_("A brand can be changed until it is nominated, by who drafts it.")])
        if not title or not after:
            raise ConditionUnmet([_("A brand needs a name and a project that it grew from.")])
        if any(project.state not in CHOSEN for project in after):
            raise ConditionUnmet([_("A brand grows out of approved projects only.")])
        locked.name = title
        locked.take_after(after[0])
        locked.save()
        if after != before:
            locked.origins.all().delete()
            BrandOrigin.objects.bulk_create(
                BrandOrigin(brand=locked, project=project, order=order)
                for order, project in enumerate(after)
            )
        told = {"name": title, "projects": [project.code for project in after]}
        note(locked, "edit", by=by, data=told)
    return locked


def begin_page(brand: Brand, *, by: AnyUser) -> BrandPage:
    """Make the draft page of a brand, filled from its first project; once only.

    Raises:
        NotYours: pages are written by editors and publishers.
        ConditionUnmet: the brand was declined or revoked, or the column has no index of brands.
    """
    return spreading.begin_page(KIND, brand, by=by, material=material_from)


def material_from(brand: Brand) -> dict[str, Any]:
    """Return what the file of a brand's first project gives for its page, to be edited."""
    first = brand.origins.select_related("project").first()
    assert first, "a brand grows from a project"
    project = first.project
    parts = (
        (_("How the brand came about"), project.problem),
        (_("How it is done"), project.distinctiveness),
    )
    return {"summary": first_sentence(project.highlights), "story": blocks_from(parts)}


def begin_brand_of_page(*, page: BrandPage, record: Brand, **kwargs: Any) -> None:
    """Complete the brand that was made with its page."""
    complete_brand(record, record.begun_from, by=record.created_by)


def write_brand_of_page(
    *, page: BrandPage, material: dict[str, Any], by: AnyUser, **kw: Any
) -> None:
    """Write what the editor of a page gave of its brand: the name, and the first project.

    Raises:
        Frozen: the brand was nominated meanwhile.
    """
    brand = Brand.objects.get(pk=page.brand_id)
    projects = None
    if project := material.get("project"):
        known = [origin.project for origin in brand.origins.select_related("project")]
        projects = [project, *(other for other in known[1:] if other != project)]
    save_brand(brand, by=by, name=material.get("title"), projects=projects)
