"""When the index must be told: a page shows what other rows say, and these change without it."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.search.backends import get_search_backends

from partybuilding.brands.pages import BrandPage
from partybuilding.cases.pages import CaseStudyPage
from partybuilding.core.machine.registry import machine_of
from partybuilding.core.models import TransitionRecord
from partybuilding.core.pages import record_page_models
from partybuilding.organizations.models import Organization
from partybuilding.projects.pages import ProjectPage
from search.services import refresh_pages

#: Where pages take the names of organisations from.
ORGANIZATIONS: dict[Any, str] = {
    ProjectPage: "project",
    CaseStudyPage: "case__project",
    BrandPage: "brand__projects",
}
WAYS = ("organization", "organization__unit", "partners__organization")


@receiver(post_save, sender=TransitionRecord, dispatch_uid="search.record_moved")
def record_moved(instance: TransitionRecord, **kwargs: Any) -> None:
    """Tell the index what a record's page shows after a step, once the step is certain."""
    for model in record_page_models():
        name = model.record_name
        if machine_of(model._meta.get_field(name).related_model).code == instance.machine:
            _refresh_later(model.objects.filter(**{f"{name}_id": instance.record_id}))


@receiver(post_save, sender=Organization, dispatch_uid="search.organization_saved")
def organization_saved(instance: Organization, created: bool, **kwargs: Any) -> None:
    """Tell the index the name of an organisation wherever it stands."""
    if created:
        return
    for model, way in ORGANIZATIONS.items():
        named = Q()
        for step in WAYS:
            named |= Q(**{f"{way}__{step}": instance.pk})
        _refresh_later(model.objects.filter(named).order_by().distinct())
    _refresh_later(BrandPage.objects.filter(brand__organization=instance.pk))


def _refresh_later(pages: Any) -> None:
    if any(get_search_backends(with_auto_update=True)):
        transaction.on_commit(partial(_refresh, pages), robust=True)


def _refresh(pages: Any) -> None:
    refresh_pages(list(pages.values_list("pk", flat=True)))
