"""What Wagtail brings along in English is renamed or removed, once and without harm to what is in use."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.admin.forms.auth import LoginForm
from wagtail.models import (
    Collection,
    Page,
    PageLogEntry,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from home.models import HomePage
from home.tree import plant
from home.wagtail_defaults import ROOT_NAME, remove_wagtail_defaults
from partybuilding.organizations.services.memberships import GROUP_NAMES
from tests.factories import make_user
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db


def test_after_the_migrations_nothing_english_is_left() -> None:
    assert Page.get_first_root_node().title == ROOT_NAME
    assert Collection.get_first_root_node().name == ROOT_NAME
    assert set(Group.objects.values_list("name", flat=True)) == set(GROUP_NAMES.values())
    assert [workflow.name for workflow in Workflow.objects.all()] == ["公开栏发布审核"]
    assert [task.name for task in Task.objects.all()] == ["公开栏发布审核"]
    assert not PageLogEntry.objects.filter(label__startswith="Welcome").exists()


def test_planting_again_changes_nothing() -> None:
    before = [Page.objects.count(), Group.objects.count(), Task.objects.count()]
    plant()
    assert [Page.objects.count(), Group.objects.count(), Task.objects.count()] == before


def test_what_is_in_use_or_was_renamed_stays() -> None:
    root = Page.get_first_root_node()
    Page.objects.filter(pk=root.pk).update(title="另起的名字")
    used = Group.objects.create(name="Editors")
    make_user().groups.add(used)
    Group.objects.create(name="Moderators")
    workflow = Workflow.objects.create(name="Moderators approval", active=True)
    task = Task.objects.create(name="Moderators approval", active=True)
    WorkflowTask.objects.create(workflow=workflow, task=task)
    home = HomePage.objects.get()
    home.save_revision()
    workflow.start(home, make_user())
    remove_wagtail_defaults()
    assert Page.objects.get(pk=root.pk).title == "另起的名字"
    assert set(Group.objects.filter(name__in=["Editors", "Moderators"])) == {used}
    assert Workflow.objects.filter(pk=workflow.pk).exists()


def test_a_workflow_that_nobody_uses_goes_with_its_task() -> None:
    workflow = Workflow.objects.create(name="Moderators approval", active=True)
    WorkflowPage.objects.create(workflow=workflow, page=Page.get_first_root_node())
    Task.objects.create(name="Moderators approval", active=True)
    remove_wagtail_defaults()
    assert not Workflow.objects.filter(name="Moderators approval").exists()
    assert not Task.objects.filter(name="Moderators approval").exists()


def test_the_help_menu_leads_to_no_site_in_english() -> None:
    page = client_of(make_user(is_superuser=True)).get(reverse("wagtailadmin_home")).text
    assert "guide.wagtail.org" not in page
    assert "releases.wagtail.org" not in page
    assert "keyboard-shortcuts-trigger" in page


def test_labels_that_wagtail_writes_in_english_are_chinese() -> None:
    assert str(LoginForm.base_fields["password"].label) == "密码"
    columns = client_of(make_user(is_superuser=True)).get(reverse("wagtailsites:index")).text
    for words in ("端口号", "站点名称", "根页面"):
        assert words in columns
