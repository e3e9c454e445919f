"""When the index must be told: a page shows what other rows say, and these change without it.

Whatever a service writes stands in a trail, so the trail is listened to, and not each table. What a page
takes from which trail is said by its room (`projects.page.words.PageWords`).
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.search.backends import get_search_backends

from partybuilding.brands.pages import BrandPage
from partybuilding.cases.pages import CaseStudyPage
from partybuilding.core.machine.registry import machine_named, machine_of
from partybuilding.core.models import TransitionRecord
from partybuilding.core.pages import record_page_models
from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Project
from partybuilding.projects.page.words import moves_of
from partybuilding.projects.pages import ProjectPage
from search.services import refresh_pages, refresh_record

#: The way from a page to the projects whose words and organisations it takes.
PROJECTS: dict[Any, str] = {
    ProjectPage: "project",
    CaseStudyPage: "case__project",
    BrandPage: "brand__projects",
}
WAYS = ("organization", "organization__unit", "partners__organization")


@receiver(post_save, sender=TransitionRecord, dispatch_uid="search.record_moved")
def record_moved(instance: TransitionRecord, **kwargs: Any) -> None:
    """Tell the index what pages show after an entry in a trail, once the entry is certain."""
    machine = machine_named(instance.machine)
    if machine is None:
        return
    for pages in _pages_telling_of(machine.model, instance):
        _later(partial(_refresh, pages))
    if instance.step in getattr(machine.model, "search_steps", ()):
        _later(partial(refresh_record, machine.model, instance.record_id))


def _pages_telling_of(model: type[Model], entry: TransitionRecord) -> Iterator[QuerySet]:
    """Yield the pages that show what a record says: its own, and those of its project."""
    key = entry.record_id
    for page in record_page_models():
        name = page.record_name
        if machine_of(page._meta.get_field(name).related_model).model is model:
            yield page.objects.filter(**{f"{name}_id": key})
    if model is Project:
        for page, way in PROJECTS.items():
            if page is not ProjectPage:
                yield page.objects.filter(**{way: key}).order_by().distinct()
    elif entry.step in moves_of(model):
        projects = model._base_manager.filter(pk=key).values("project")
        yield ProjectPage.objects.filter(project__in=projects)


@receiver(post_save, sender=Organization, dispatch_uid="search.organization_saved")
def organization_saved(instance: Organization, created: bool, **kwargs: Any) -> None:
    """Tell the index the name of an organisation wherever it stands."""
    if created:
        return
    for page, way in PROJECTS.items():
        named = Q()
        for step in WAYS:
            named |= Q(**{f"{way}__{step}": instance.pk})
        _later(partial(_refresh, page.objects.filter(named).order_by().distinct()))
    _later(partial(_refresh, BrandPage.objects.filter(brand__organization=instance.pk)))


def _later(told: partial[None]) -> None:
    if any(get_search_backends(with_auto_update=True)):
        transaction.on_commit(told, robust=True)


def _refresh(pages: QuerySet) -> None:
    refresh_pages(list(pages.values_list("pk", flat=True)))
