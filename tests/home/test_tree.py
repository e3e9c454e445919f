"""The column stands by itself after a migration, and what people changed there stays."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Page, Site, Workflow, WorkflowPage

from home.models import HomePage
from home.tree import plant
from partybuilding.column.pages import ProjectIndexPage
from partybuilding.planting import WORKFLOW_NAME

pytestmark = pytest.mark.django_db


def rights(group: str) -> set[str]:
    """Return what a group may do with every page."""
    found = GroupPagePermission.objects.filter(group__name=group, page=HomePage.objects.get())
    return set(found.values_list("permission__codename", flat=True))


def writes_below(group: str) -> set[str]:
    """Return the parts to which a group adds pages."""
    found = GroupPagePermission.objects.filter(group__name=group, permission__codename="add_page")
    return set(found.values_list("page__slug", flat=True))


def test_front_page_index_site_rights_and_workflow_are_there() -> None:
    home = HomePage.objects.get()
    assert Site.objects.get(is_default_site=True).root_page.specific == home
    assert ProjectIndexPage.objects.get().get_parent().specific == home
    assert rights("编辑") == {"change_page"}
    assert rights("发布") == {"change_page", "publish_page"}
    for group in ("编辑", "发布"):
        assert writes_below(group) == {"notices", "news", "cases", "brands"}
    own = GroupPagePermission.objects.get(group__name="督导人员")
    assert (own.page.slug, own.permission.codename) == ("supervision", "change_page")
    workflow = home.get_workflow()
    assert workflow.name == WORKFLOW_NAME
    task = workflow.tasks.get().specific
    assert list(task.groups.values_list("name", flat=True)) == ["发布"]


def test_the_parts_and_the_plain_pages_stand_in_their_order() -> None:
    below = Page.objects.child_of(HomePage.objects.get())
    parts, plain = below.filter(show_in_menus=True), below.filter(show_in_menus=False)
    doing = ["projects", "progress", "overdue", "supervision"]
    telling = ["notices", "news", "cases", "brands", "opinions"]
    assert [page.slug for page in parts] == [*doing, *telling]
    assert [page.slug for page in plain] == ["data", "about", "accessibility", "privacy", "sitemap"]
    assert all(below.values_list("live", flat=True))


def test_planting_again_changes_nothing() -> None:
    before = (Page.objects.count(), Workflow.objects.count(), GroupPagePermission.objects.count())
    plant()
    after = (Page.objects.count(), Workflow.objects.count(), GroupPagePermission.objects.count())
    assert before == after


def test_what_administrators_changed_stays() -> None:
    HomePage.objects.update(lead="另一句")
    group = Group.objects.get(name="发布")
    GroupPagePermission.objects.get(group=group, permission__codename="publish_page").delete()
    GroupPagePermission.objects.filter(page__slug="news").delete()
    WorkflowPage.objects.all().delete()
    plant()
    assert "news" not in writes_below("编辑")
    assert HomePage.objects.get().lead == "另一句"
    assert rights("发布") == {"change_page"}
    assert not WorkflowPage.objects.filter(workflow__name=WORKFLOW_NAME).exists()
