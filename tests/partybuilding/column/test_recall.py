"""A review holds for the record as it was handed in: when the record moves, the page is called back."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, WorkflowState

from partybuilding.core.machine.history import RECALLED
from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.models import Notice
from partybuilding.core.pages.remarks import remarks_of
from partybuilding.core.services import move
from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage
from tests.factories import make_cast
from tests.factories.column import make_page
from tests.factories.projects import Cast, take
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return make_cast()


def submitted(state: str, cast: Cast) -> ProjectPage:
    """Make a page of a project in this state, and hand it in."""
    page = make_page(state, cast, live=False)
    page.get_workflow().start(page, cast["editor"])
    return page


def project_of(page: ProjectPage) -> Project:
    """Read the record of a page as it stands."""
    return Project.objects.get(pk=page.project_id)


def fresh(page: ProjectPage) -> Page:
    """Read the page as it stands."""
    return Page.objects.get(pk=page.pk)


def words_of(page: ProjectPage, user: Any) -> str:
    """Return everything that the editor says above a page."""
    draft = fresh(page).get_latest_revision_as_object()
    remarks = remarks_of(draft, user)
    return "\n".join(str(text) for one in remarks for text in (one.text, *one.items))


def test_a_page_of_which_nobody_is_known_as_author_is_called_back_all_the_same(cast: Cast) -> None:
    page = submitted("commitments_submitted", cast)
    WorkflowState.objects.for_instance(page).update(requested_by=None)
    take(project_of(page), "return_commitments", cast)
    assert not fresh(page).workflow_in_progress
    assert not Notice.objects.filter(subject__startswith="审核已撤回").exists()


def test_returned_commitments_call_their_page_back(cast: Cast) -> None:
    page = submitted("commitments_submitted", cast)
    take(project_of(page), "return_commitments", cast)
    assert not fresh(page).workflow_in_progress
    flow = WorkflowState.objects.for_instance(page).get()
    assert flow.status == WorkflowState.STATUS_CANCELLED
    assert flow.current_task_state.status == "cancelled"
    entry = PageLogEntry.objects.get(page=page.pk, action=RECALLED)
    assert (entry.user, entry.data["reason"]) == (cast["editor"], "请补充时限。")
    told = Notice.objects.get(subject__startswith="审核已撤回")
    assert told.recipient == cast["editor"]
    assert "请补充时限。" in told.body
    history = client_of(cast["editor"]).get(reverse("wagtailadmin_pages:history", args=[page.pk]))
    assert "因办理“退回承诺”撤回审核" in history.content.decode()


def test_promises_that_come_in_call_an_announcement_back(cast: Cast) -> None:
    page = submitted("approved", cast)
    take(project_of(page), "submit_commitments", cast)
    assert not fresh(page).workflow_in_progress
    assert project_of(page).state == "commitments_submitted"
    assert not fresh(page).live


def test_a_terminated_project_calls_its_page_back(cast: Cast) -> None:
    page = submitted("commitments_submitted", cast)
    take(project_of(page), "terminate", cast)
    assert not fresh(page).workflow_in_progress


def test_the_publication_itself_calls_nothing_back(cast: Cast) -> None:
    page = submitted("commitments_submitted", cast)
    page.current_workflow_task_state.approve(user=cast["publisher"])
    assert (fresh(page).live, project_of(page).state) == (True, "implementing")
    assert not PageLogEntry.objects.filter(action=RECALLED).exists()


def test_a_step_that_publishing_has_nothing_to_do_with_leaves_the_review(cast: Cast) -> None:
    page = submitted("implementing", cast)
    take(project_of(page), "submit_results", cast)
    assert fresh(page).workflow_in_progress


def test_a_page_that_is_not_in_review_is_left_alone(cast: Cast) -> None:
    page = make_page("commitments_submitted", cast, live=False)
    state = page.get_workflow().start(page, cast["editor"])
    state.current_task_state.reject(user=cast["publisher"], comment="请补充。")
    take(project_of(page), "return_commitments", cast)
    assert WorkflowState.objects.for_instance(page).get().status == "needs_changes"
    assert not PageLogEntry.objects.filter(action=RECALLED).exists()


def test_a_scheduled_publication_is_called_back_too(cast: Cast) -> None:
    page = make_page("commitments_submitted", cast, live=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=cast["editor"])
    page.get_workflow().start(page, cast["editor"])
    page.current_workflow_task_state.approve(user=cast["publisher"])
    assert page.approved_schedule
    take(project_of(page), "return_commitments", cast)
    assert not ProjectPage.objects.get(pk=page.pk).approved_schedule
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        call_command("publish_scheduled")
    assert not fresh(page).live
    assert Notice.objects.get(subject__startswith="审核已撤回").recipient == cast["editor"]


def test_a_refused_step_leaves_the_review_as_it_was(cast: Cast) -> None:
    page = submitted("commitments_submitted", cast)
    with pytest.raises(ConditionUnmet):
        move(project_of(page), "return_commitments", by=cast["editor"], reason="")
    assert fresh(page).workflow_in_progress


# What the editor reads above the page


def test_the_editor_reads_that_the_page_was_called_back_until_it_is_handed_in_again(
    cast: Cast,
) -> None:
    page = submitted("commitments_submitted", cast)
    take(project_of(page), "return_commitments", cast)
    said = words_of(page, cast["editor"])
    assert "因办理“退回承诺”，本页的审核已于" in said
    assert "请补充时限。" in said
    assert "重新提交之前发布本页，只公布项目，不含承诺" in said
    take(project_of(page), "submit_commitments", cast)
    said = words_of(page, cast["editor"])
    assert "只公布项目" not in said
    assert "审核通过后，本页即行发布，同时办理“公开承诺”，状态转为“实施中”" in said
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        page.get_workflow().start(page, cast["editor"])
        assert "撤回" not in words_of(page, cast["editor"])
        assert "正在审核" in words_of(page, cast["publisher"])


def test_the_editor_reads_who_wrote_last_and_who_has_to_approve(cast: Cast) -> None:
    page = submitted("commitments_submitted", cast)
    name = cast["editor"].get_full_name()
    assert f"{name}于" in words_of(page, cast["publisher"])
    assert "发布前须由他人审核" in words_of(page, cast["publisher"])
    page.summary = "发布人改了一句"
    page.save_revision(user=cast["publisher"])
    assert "您是最后修改人，须由他人审核" in words_of(page, cast["publisher"])
    page.summary = "编辑又改了一句"
    page.save_revision(user=cast["editor"])
    page.current_workflow_task_state.approve(user=cast["publisher"])
    assert words_of(page, cast["publisher"]) == ""


def test_the_editor_reads_what_the_gate_finds_with_its_place(cast: Cast) -> None:
    page = make_page("approved", cast, live=False)
    page.summary = "联系13812345678。"
    page.save_revision(user=cast["editor"])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    text = client_of(cast["editor"]).get(edit).content.decode()
    assert "页面含有下列内容，不能送审" in text
    assert "13812345678" in text
    assert "同时办理" not in text


def test_a_page_that_does_not_exist_yet_has_no_remarks(cast: Cast) -> None:
    assert remarks_of(ProjectPage(title="新"), cast["editor"]) == []
