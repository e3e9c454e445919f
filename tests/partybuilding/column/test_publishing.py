"""What the clock publishes, what it keeps back, and what editors hear of a page that came back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from partybuilding.column import publishing
from partybuilding.column.publishing import keep_schedule
from partybuilding.column.services import start_page
from partybuilding.core.machine.refusals import ConditionUnmet, Overtaken
from partybuilding.core.models import Notice
from tests.factories import Cast, make_cast, make_project
from tests.factories.column import make_page
from tests.factories.screens import client_of
from tests.partybuilding.column.test_overlap import RETURN, edit
from tests.partybuilding.column.test_unchanged import posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return make_cast()


def due(page: Page) -> Page:
    """Let the time of a page's newest revision have come."""
    past = timezone.now() - timedelta(minutes=1)
    Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=past)
    return page


def handed_in(cast: Cast) -> Any:
    """Make a page that waits for approval."""
    page = start_page(make_project("approved", cast), by=cast["editor"])
    page.get_workflow().start(page, cast["editor"])
    return page


def test_a_refused_page_tells_its_editor_and_the_others_go_out(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = start_page(make_project("approved", cast), by=cast["editor"])
    kept.summary = "联系13812345678。"
    kept.save_revision(user=cast["editor"])
    out = due(start_page(make_project("approved", cast), by=cast["editor"]))
    due(kept)
    with pytest.raises(CommandError, match=r"1 due page\(s\).*手机号") as failed:
        call_command("publish_scheduled")
    assert "\n" not in str(failed.value)
    assert capsys.readouterr().out == "Published 1, taken offline 0.\n"
    assert Page.objects.get(pk=out.pk).live
    assert not Page.objects.get(pk=kept.pk).live
    notice = Notice.objects.get(subject__startswith="定时发布未成功")
    assert notice.recipient == cast["editor"]
    assert "手机号" in notice.body
    assert notice.url == edit(kept)
    call_command("publish_scheduled")
    assert Notice.objects.filter(subject__startswith="定时发布未成功").count() == 1


def test_what_fails_otherwise_stays_due_and_is_named(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = due(start_page(make_project("approved", cast), by=cast["editor"]))
    monkeypatch.setattr(publishing, "_in_turn", lambda pages: 1 / 0)
    assert keep_schedule().faults == ["ZeroDivisionError: division by zero"]
    monkeypatch.undo()
    assert keep_schedule().published == 1
    assert Page.objects.get(pk=page.pk).live


def test_a_page_goes_offline_at_its_hour_once(cast: Cast) -> None:
    page = make_page("approved", cast)
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    assert keep_schedule().taken_offline == 1
    assert keep_schedule().taken_offline == 0
    now = Page.objects.get(pk=page.pk)
    assert (now.live, now.expired) == (False, True)


def test_a_dry_run_changes_nothing(cast: Cast) -> None:
    page = due(start_page(make_project("approved", cast), by=cast["editor"]))
    call_command("publish_scheduled", dryrun=True)
    assert not Page.objects.get(pk=page.pk).live


def test_a_returned_page_shows_the_remark_and_reaches_its_editor(cast: Cast) -> None:
    page = handed_in(cast)
    publisher = client_of(cast["publisher"])
    form = posted(page, cast["publisher"])
    said = publisher.post(edit(page), form | RETURN, follow=True).content.decode()
    assert "已退回编辑修改" in said
    assert "已更新" not in said
    notice = Notice.objects.get(subject__startswith="页面被退回")
    assert (notice.recipient, notice.body) == (cast["editor"], "请补充数据。")
    above = client_of(cast["editor"]).get(edit(page)).content.decode()
    assert f"{cast['publisher'].get_full_name()}于" in above
    assert "请补充数据。" in above


@pytest.mark.parametrize("screen", ["workflow_action", "collect_workflow_action_data"])
def test_returning_asks_for_a_remark_beside_its_field(cast: Cast, screen: str) -> None:
    page = handed_in(cast)
    task = page.current_workflow_task_state
    address = reverse(f"wagtailadmin_pages:{screen}", args=[page.pk, "reject", task.pk])
    headers = {"X-Requested-With": "XMLHttpRequest"}
    answer = client_of(cast["publisher"]).post(address, {"comment": " "}, headers=headers)
    assert "请填写退回意见" in answer.json()["html"]
    assert Page.objects.get(pk=page.pk).workflow_in_progress


def test_no_road_returns_a_page_without_a_remark(cast: Cast) -> None:
    page = handed_in(cast)
    task = page.current_workflow_task_state
    with pytest.raises(ConditionUnmet):
        task.task.specific.on_action(task, cast["publisher"], "reject", comment=" ")
    task.task.specific.on_action(task, cast["publisher"], "reject", comment="请补充。")
    with pytest.raises(Overtaken, match="退回"):
        task.task.specific.on_action(task, cast["publisher"], "approve")


def test_the_gate_names_everything_it_finds_at_once(cast: Cast) -> None:
    page = handed_in(cast)
    page.current_workflow_state.cancel(user=cast["editor"])
    form = posted(page, cast["editor"]) | {
        "summary": "联系13812345678或13912345678。",
        "title": "",
        "body-0-value": "电话13712345678",
        "action-submit": "1",
    }
    said = client_of(cast["editor"]).post(edit(page), form).content.decode()
    for number in ("138****5678", "139****5678", "137****5678"):
        assert number in said
