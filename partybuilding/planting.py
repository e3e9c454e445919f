"""The least that the column needs to stand below a page: its parts, the groups with their rights, the workflow.

It adds what is missing and changes nothing that is there, so it may run after every migration.
"""

from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    PageQuerySet,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from partybuilding.column.models import FourEyesTask
from partybuilding.conf import setting
from partybuilding.core import rooms
from partybuilding.core.states import STAFF_ROLES, Role
from partybuilding.core.words.actors import filled, said
from partybuilding.organizations.services import group_name
from partybuilding.terms.starting import plant_terms

#: Rights on every page of the column, by role.
PAGE_RIGHTS = {
    Role.EDITOR: ("change_page",),
    Role.PUBLISHER: ("change_page", "publish_page"),
}
#: Who adds pages by hand, below the parts that are written.
WRITERS = (Role.EDITOR, Role.PUBLISHER)
#: Rights on pictures and documents, by role.
LIBRARY_ROLES = (Role.EDITOR, Role.PUBLISHER)
LIBRARY_RIGHTS = (
    ("wagtailimages", "add_image"),
    ("wagtailimages", "change_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "change_document"),
    ("wagtaildocs", "choose_document"),
)
WORKFLOW_NAME = "公开栏发布审核"
#: Whose permissions the groups hold, beside the plugin's own.
RIGHTS_OF = ("wagtailcore", "wagtailadmin", "wagtailimages", "wagtaildocs")


def plant_where_asked(sender: AppConfig, **kwargs: Any) -> None:
    """Plant after a migration below the page that the setting PLANT_UNDER names, if it names one."""
    under = setting("PLANT_UNDER")
    table = FourEyesTask._meta.db_table
    if under is None or table not in connection.introspection.table_names():
        return
    for label in RIGHTS_OF:
        create_permissions(apps.get_app_config(label), verbosity=0)
    plant(top_of(under))


def top_of(slug: str) -> Page:
    """Return the page with a slug; the default site's front page when it is empty.

    Raises:
        LookupError: there is no such page, or more than one.
    """
    tops = Site.objects.filter(is_default_site=True).values("root_page")
    pages = Page.objects.filter(slug=slug) if slug else Page.objects.filter(pk__in=tops)
    try:
        return pages.get()
    except (Page.DoesNotExist, Page.MultipleObjectsReturned) as error:
        raise LookupError(f"There is not exactly one page to plant under: {slug}") from error


def plant(top: Page) -> None:
    """Make what is missing below the column's front page, in one transaction."""
    with transaction.atomic():
        groups = {role: plant_group(role) for role in STAFF_ROLES}
        grant_pages(top, groups)
        plant_parts(top, groups)
        plant_terms([groups[role] for role in WRITERS])
        grant_library(groups)
        plant_workflow(top, groups[Role.PUBLISHER])


def plant_parts(top: Page, groups: Mapping[Role, Group]) -> None:
    """Make the parts of the column, each with the rights of those who write it, in their order."""
    for part in sorted(rooms.collect("index_pages"), key=lambda part: part.order):
        page = part.model.objects.first()
        if page is None:
            page = part.model(
                title=said(part.title), slug=part.slug, show_in_menus=part.is_in_menus
            )
            page = add_below(top, page)
            for role in WRITERS if part.is_written else ():
                allow(groups[role], page, "add_page")
        writers = groups.get(part.writers)
        if writers and not GroupPagePermission.objects.filter(group=writers).exists():
            allow(writers, page, "change_page")


def follow_names(
    sender: Any, *, before: Mapping[str, str], after: Mapping[str, str], **_signal: Any
) -> None:
    """Let the titles of the parts that nobody has edited name the actors as they are called now."""
    for part in rooms.collect("index_pages"):
        old, new = filled(part.title, before), filled(part.title, after)
        if old != new:
            reword(part.model.objects.filter(title=old), title=new)


def reword(pages: PageQuerySet, **texts: Any) -> None:
    """Write other words on planted pages that no editor has saved since."""
    for page in pages.filter(latest_revision=None):
        for name, text in texts.items():
            setattr(page, name, text)
        page.draft_title = page.title
        page.save()


def add_below(top: Page, page: Page) -> Page:
    """Add a page as the last one below another."""
    return Page.objects.get(pk=top.pk).add_child(instance=page)


def allow(group: Group, page: Page, codename: str) -> None:
    """Give a group a right on a page and all below it."""
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
    GroupPagePermission.objects.get_or_create(
        group=group, page=Page.objects.get(pk=page.pk), permission=permission
    )


def plant_group(role: str) -> Group:
    """Return the CMS group of a role, which may enter the admin."""
    group, created = Group.objects.get_or_create(name=group_name(role))
    if created or not group.permissions.exists():
        group.permissions.add(
            Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
        )
    return group


def grant_pages(top: Page, groups: Mapping[Role, Group]) -> None:
    """Let editors change pages, and publishers publish them, unless they have rights already."""
    for role, codenames in PAGE_RIGHTS.items():
        if not GroupPagePermission.objects.filter(group=groups[role]).exists():
            for codename in codenames:
                allow(groups[role], top, codename)


def grant_library(groups: Mapping[Role, Group]) -> None:
    """Let editors and publishers use the library, unless they have rights there already."""
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for role in LIBRARY_ROLES:
        if GroupCollectionPermission.objects.filter(group=groups[role]).exists():
            continue
        for app, codename in LIBRARY_RIGHTS:
            GroupCollectionPermission.objects.create(
                group=groups[role],
                collection=root,
                permission=Permission.objects.get(content_type__app_label=app, codename=codename),
            )


def plant_workflow(top: Page, publishers: Group) -> None:
    """Send what editors submit to the publishers, of whom none approves what they wrote last."""
    workflow, created = Workflow.objects.get_or_create(
        name=WORKFLOW_NAME, defaults={"active": True}
    )
    if created:
        WorkflowPage.objects.create(workflow=workflow, page=Page.objects.get(pk=top.pk))
    if FourEyesTask.objects.filter(name=WORKFLOW_NAME).exists():
        return
    task = FourEyesTask.objects.create(name=WORKFLOW_NAME, active=True)
    task.groups.add(publishers)
    workflow.workflow_tasks.filter(task__name=WORKFLOW_NAME).delete()
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
