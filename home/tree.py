"""The least a column needs to stand: front page, its parts, groups' rights, the workflow.

Run after every migration; it adds what is missing and changes nothing that is there.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from home.models import ColumnSettings, HomePage
from home.news.index import NewsIndexPage
from home.news.models import NewsCategory
from home.pages import SiteMapPage, TextPage
from home.starting_texts import CATEGORIES, TEXTS, body_of
from home.stock import clear_stock
from partybuilding.brands.index import BrandIndexPage
from partybuilding.cases.index import CaseIndexPage
from partybuilding.column.doing.pages import OverdueIndexPage, ProgressIndexPage
from partybuilding.column.models import FourEyesTask
from partybuilding.column.notices.index import NoticeIndexPage
from partybuilding.column.pages import ProjectIndexPage
from partybuilding.core.states import STAFF_ROLES, Role
from partybuilding.opinions.pages import OpinionIndexPage
from partybuilding.organizations.services import group_name
from partybuilding.supervision.index import SupervisionIndexPage

#: Rights on every page below the front page, by role.
PAGE_RIGHTS = {
    Role.EDITOR: ("change_page",),
    Role.PUBLISHER: ("change_page", "publish_page"),
}
#: Who adds pages by hand, below the parts that are written.
WRITERS = (Role.EDITOR, Role.PUBLISHER)
#: Who writes a part of its own besides them, which is published through the same workflow.
OWN_PARTS = {Role.TASK_FORCE: SupervisionIndexPage}
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
SITE_TITLE = "基层党建创新项目公开栏"
#: The parts below the front page, in the order of the navigation: page type, title, address, and
#: whether pages are added to it by hand.
PARTS = (
    (ProjectIndexPage, "创新项目", "projects", False),
    (ProgressIndexPage, "落实进展", "progress", False),
    (OverdueIndexPage, "逾期与临期", "overdue", False),
    (SupervisionIndexPage, "督导整改", "supervision", False),
    (NoticeIndexPage, "公示公告", "notices", True),
    (NewsIndexPage, "新闻动态", "news", True),
    (CaseIndexPage, "典型案例", "cases", True),
    (BrandIndexPage, "党建品牌", "brands", True),
    (OpinionIndexPage, "群众意见", "opinions", False),
)
MAP_TITLE = "网站地图"
WORKFLOW_NAME = "公开栏发布审核"
LEAD = "一地创新、全区共享：看各级党组织承诺了什么、干得怎么样。"


def plant(**kwargs: Any) -> None:
    """Make what is missing of tree, groups and workflow, in one transaction."""
    with transaction.atomic():
        home = plant_home()
        plant_settings()
        groups = {role: plant_group(role) for role in STAFF_ROLES}
        grant_pages(home, groups)
        writers = [groups[role] for role in WRITERS]
        plant_parts(home, writers)
        grant_own_parts(groups)
        plant_texts(home)
        plant_categories(writers)
        grant_library(groups)
        plant_workflow(home, groups[Role.PUBLISHER])
        clear_stock()


def plant_home() -> HomePage:
    """Return the front page, in the place of Wagtail's welcome page."""
    home = HomePage.objects.first()
    if home is None:
        locale = (
            Locale.get_default()
            if Locale.objects.exists()
            else Locale.objects.create(language_code="zh-hans")
        )
        root = Page.get_first_root_node() or Page.add_root(
            instance=Page(title="Root", slug="root", locale=locale)
        )
        for welcome in root.get_children().filter(slug="home", content_type__model="page"):
            welcome.delete()
        home = HomePage(title=SITE_TITLE, slug="home", lead=LEAD, locale=locale)
        Page.objects.get(pk=root.pk).add_child(instance=home)
    if not Site.objects.filter(is_default_site=True).exists():
        Site.objects.create(
            hostname="localhost", root_page=home, is_default_site=True, site_name=SITE_TITLE
        )
    return home


def plant_settings() -> None:
    """Make the row that holds what head and foot say, so that no reader's visit has to."""
    for site in Site.objects.filter(columnsettings=None):
        ColumnSettings.objects.create(site=site)


def plant_parts(home: HomePage, writers: list[Group]) -> None:
    """Make the parts of the column below the front page, each with the right to add to it."""
    for model, title, slug, is_written in PARTS:
        if model.objects.exists():
            continue
        page = add_below(home, model(title=title, slug=slug, show_in_menus=True))
        for group in writers if is_written else ():
            allow(group, page, "add_page")


def plant_texts(home: HomePage) -> None:
    """Make the plain pages that the foot of every page leads to, and the site map."""
    now = timezone.now()
    dates = {"first_published_at": now, "last_published_at": now}
    for text in TEXTS:
        if not home.get_children().filter(slug=text.slug).exists():
            page = TextPage(title=text.title, slug=text.slug, lead=text.lead, body=body_of(text))
            for name, value in dates.items():
                setattr(page, name, value)
            add_below(home, page)
    if not SiteMapPage.objects.exists():
        add_below(home, SiteMapPage(title=MAP_TITLE, slug="sitemap", **dates))


def plant_categories(writers: list[Group]) -> None:
    """Make the first categories of the news, with the right to keep them; none once there are any."""
    if NewsCategory.objects.exists():
        return
    NewsCategory.objects.bulk_create(
        NewsCategory(code=code, name=name, order=10 * place)
        for place, (code, name) in enumerate(CATEGORIES, start=1)
    )
    rights = Permission.objects.filter(
        content_type__app_label="home", codename__in=("add_newscategory", "change_newscategory")
    )
    for group in writers:
        group.permissions.add(*rights)


def add_below(home: HomePage, page: Page) -> Page:
    """Add a page as the last one below the front page."""
    return HomePage.objects.get(pk=home.pk).add_child(instance=page)


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


def grant_pages(home: HomePage, groups: dict[str, Group]) -> None:
    """Let editors change pages, and publishers publish them, unless they have rights already."""
    for role, codenames in PAGE_RIGHTS.items():
        if not GroupPagePermission.objects.filter(group=groups[role]).exists():
            for codename in codenames:
                allow(groups[role], home, codename)


def grant_own_parts(groups: dict[str, Group]) -> None:
    """Let those who write a part of their own change its pages, unless they have rights already."""
    for role, model in OWN_PARTS.items():
        part = model.objects.first()
        if part and not GroupPagePermission.objects.filter(group=groups[role]).exists():
            allow(groups[role], part, "change_page")


def grant_library(groups: dict[str, Group]) -> None:
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


def plant_workflow(home: HomePage, publishers: Group) -> None:
    """Send what editors submit to the publishers, of whom none approves what they wrote last."""
    workflow, created = Workflow.objects.get_or_create(
        name=WORKFLOW_NAME, defaults={"active": True}
    )
    if created:
        WorkflowPage.objects.create(workflow=workflow, page=Page.objects.get(pk=home.pk))
    if FourEyesTask.objects.filter(name=WORKFLOW_NAME).exists():
        return
    task = FourEyesTask.objects.create(name=WORKFLOW_NAME, active=True)
    task.groups.add(publishers)
    workflow.workflow_tasks.filter(task__name=WORKFLOW_NAME).delete()
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
