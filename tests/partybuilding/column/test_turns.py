"""What the second comer hears, on every screen of the CMS that does something with a page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, Revision

from home.pages import TextPage
from partybuilding.column.services import start_page
from partybuilding.column.turns import chosen, overtaken, standing, take_turns
from partybuilding.core.states import Role
from partybuilding.projects.pages import ProjectPage
from tests.factories import Cast, make_cast, make_project
from tests.factories.column import make_page
from tests.factories.news import write_news
from tests.factories.notices import make_notice
from tests.factories.people import make_person
from tests.factories.screens import client_of
from tests.factories.spread import make_brand, make_case, write_brand_page
from tests.partybuilding.column.test_overlap import APPROVE, CANCEL, JSON, RETURN, SUBMIT, edit
from tests.partybuilding.column.test_unchanged import posted

pytestmark = pytest.mark.django_db
NOW = "目前状态为“{}”"


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return make_cast()


def handed_in(cast: Cast) -> ProjectPage:
    """Make a page that announces a project, waiting for approval."""
    page = start_page(make_project("approved", cast), by=cast["editor"])
    page.get_workflow().start(page, cast["editor"])
    return page


def sent(browser: Client, page: Page, form: dict[str, Any], **headers: str) -> str:
    """Send the editor's form and return what the person reads then."""
    headers = {"Referer": edit(page), **headers}
    return browser.post(edit(page), form, headers=headers, follow=True).content.decode()


def test_every_action_of_the_editor_is_taken_once(cast: Cast) -> None:
    page = start_page(make_project("approved", cast), by=cast["editor"])
    editor, publisher = client_of(cast["editor"]), client_of(cast["publisher"])
    form = posted(page, cast["editor"])
    steps = [
        (editor, SUBMIT, "待审核"),
        (editor, CANCEL, "草稿"),
        (editor, SUBMIT, "待审核"),
        (publisher, RETURN, "被退回"),
        (editor, SUBMIT, "待审核"),
        (publisher, APPROVE, "已发布"),
    ]
    for browser, action, state in steps:
        assert NOW.format(state) not in sent(browser, page, form | action), action
        log = PageLogEntry.objects.filter(page=page.pk).count()
        assert NOW.format(state) in sent(browser, page, form | action), action
        assert PageLogEntry.objects.filter(page=page.pk).count() == log
        assert standing(Page.objects.get(pk=page.pk)) == state
    assert Revision.page_revisions.filter(object_id=str(page.pk)).count() == 1


def test_a_page_of_every_kind_is_approved_once(cast: Cast) -> None:
    about = TextPage.objects.first()
    about.lead = "本栏目公开项目的承诺和进展。"
    about.save_revision(user=cast["editor"])
    pages = [
        about,
        write_news(),
        make_notice(cast),
        write_brand_page(make_brand("recognised", cast), cast),
        make_case("selected", cast).page,
    ]
    publisher = client_of(cast["publisher"])
    pages[1].save_revision(user=cast["editor"])
    for page in pages:
        page.get_workflow().start(page, cast["editor"])
        form = posted(page.get_latest_revision_as_object(), cast["publisher"]) | APPROVE
        assert "已审核通过并发布" in sent(publisher, page, form)
        assert NOW.format("已发布") in sent(publisher, page, form)
        assert Page.objects.get(pk=page.pk).live
        assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").count() == 1


def test_an_action_never_rides_on_an_autosave(cast: Cast) -> None:
    page = handed_in(cast)
    form = posted(page, cast["publisher"])
    for action in (APPROVE, RETURN, CANCEL, {"action-publish": "1"}):
        answer = client_of(cast["publisher"]).post(edit(page), form | action, headers=JSON)
        assert answer.json()["success"]
    now = ProjectPage.objects.get(pk=page.pk)
    assert (now.live, now.workflow_in_progress) == (False, True)


def test_what_was_typed_comes_back_to_who_was_late(cast: Cast) -> None:
    page = handed_in(cast)
    form = posted(page, cast["publisher"])
    page.current_workflow_task_state.approve(user=make_person(Role.PUBLISHER))
    typed = form | APPROVE | {"summary": "这句话不能丢"}
    said = sent(client_of(cast["publisher"]), page, typed)
    assert NOW.format("已发布") in said
    assert "这句话不能丢" in said
    assert Revision.page_revisions.filter(object_id=str(page.pk)).count() == 1


def test_a_text_that_changed_since_it_was_opened_is_not_approved(cast: Cast) -> None:
    page = handed_in(cast)
    opened = {
        "loaded_revision_id": str(page.latest_revision_id),
        "loaded_revision_created_at": page.latest_revision.created_at.isoformat(),
    }
    form = posted(page, cast["publisher"]) | APPROVE | opened
    page.summary = "编辑又改了一句"
    page.save_revision(user=cast["editor"], log_action=True)
    said = sent(client_of(cast["publisher"]), page, form)
    assert "修改页面" in said
    assert not ProjectPage.objects.get(pk=page.pk).live


def test_a_page_is_published_by_the_button_once(cast: Cast) -> None:
    page = start_page(make_project("approved", cast), by=cast["editor"])
    root = make_person(Role.PUBLISHER)
    root.is_superuser = True
    root.save()
    browser, form = client_of(root), posted(page, root) | {"action-publish": "1"}
    assert NOW.format("已发布") not in sent(browser, page, form)
    assert NOW.format("已发布") in sent(browser, page, form)
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").count() == 1
    assert NOW.format("已发布") not in sent(browser, page, form | {"summary": "管理员改了一句"})
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").count() == 2


def test_dialogs_of_the_first_screen_say_who_was_faster(cast: Cast) -> None:
    page = handed_in(cast)
    task = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    browser = client_of(make_person(Role.PUBLISHER))
    task.task.specific.on_action(task, cast["publisher"], "approve")
    headers = {"X-Requested-With": "XMLHttpRequest", "Referer": "http://testserver/admin/"}
    answer = browser.post(address, {"comment": ""}, headers=headers)
    assert answer.json() == {"step": "success", "redirect": "http://testserver/admin/"}
    said = browser.get("/admin/").content.decode()
    assert f"{cast['publisher'].get_full_name()}已于" in said
    assert NOW.format("已发布") in said


def test_taking_offline_and_publishing_in_bulk_are_done_once(cast: Cast) -> None:
    page = make_page("approved", cast)
    publisher = client_of(cast["publisher"])
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    queries = (f"id={page.pk}", f"id=all&childOf={page.get_parent().pk}")
    for address in (f"{bulk}?{query}" for query in queries):
        said = publisher.post(address, headers={"Referer": "/admin/"}, follow=True)
        assert NOW.format("已发布") in said.content.decode()
    page.unpublish(user=cast["publisher"])
    off = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    said = publisher.post(off, {}, headers={"Referer": "/admin/"}, follow=True).content.decode()
    assert NOW.format("已撤下") in said


@pytest.mark.parametrize("key", [str(2**64), "x", "²", "-1"])
def test_odd_keys_are_nobodys_page(key: str) -> None:
    assert chosen([key], "") == []
    assert chosen(["all"], key) == []
    assert take_turns([2**64]) == []


def test_what_the_schedule_or_nobody_did_is_told_too(cast: Cast) -> None:
    page = make_page("approved", cast)
    assert cast["publisher"].get_full_name() in str(overtaken(page))
    PageLogEntry.objects.filter(page=page.pk).update(user=None)
    assert "定时发布程序" in str(overtaken(page))
    PageLogEntry.objects.filter(page=page.pk).delete()
    assert str(overtaken(page)) == "该页面目前状态为“已发布”。"
    page.revisions.update(approved_go_live_at="2099-01-01T00:00:00Z")
    assert "已定时" in str(overtaken(page)) or "定时" in str(overtaken(page))
