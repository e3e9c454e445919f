"""Approving a page publishes it and moves its record, or neither; four eyes, the gate, the schedule."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, WorkflowState
from wagtail.test.utils.form_data import nested_form_data, streamfield

from partybuilding.column.services import start_page
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.models import TransitionRecord
from partybuilding.core.pages import PublicationRefused, approval_of
from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from partybuilding.projects.models import Commitment, Project
from partybuilding.projects.pages import ProjectPage
from tests.factories import Cast, make_cast, make_project
from tests.factories.column import make_page
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
PHONE = "13812345678"


@pytest.fixture
def cast() -> Cast:
    """Make everybody whom a page meets."""
    return make_cast()


@pytest.fixture
def draft(cast: Cast) -> ProjectPage:
    """Make the draft page of a project whose commitments were handed in."""
    return start_page(make_project("commitments_submitted", cast), by=cast["editor"])


def submitted(page: ProjectPage, cast: Cast) -> Any:
    """Hand the page in, and return the task that waits."""
    page.get_workflow().start(page, cast["editor"])
    return fresh(page).current_workflow_task_state


def fresh(page: Page) -> ProjectPage:
    """Read the page again."""
    return ProjectPage.objects.get(pk=page.pk)


def state_of(page: ProjectPage) -> str:
    """Return the state of the page's record."""
    return Project.objects.values_list("state", flat=True).get(pk=page.project_id)


def steps_of(page: ProjectPage) -> list[tuple[str, int]]:
    """Return who took the steps of publication."""
    trail = TransitionRecord.objects.filter(machine="project", record_id=page.project_id)
    return list(trail.filter(step="publish_commitments").values_list("step", "by"))


def nothing_happened(page: ProjectPage) -> bool:
    """Tell whether page, record and workflow stand where they stood."""
    running = WorkflowState.objects.filter(
        object_id=str(page.pk), status=WorkflowState.STATUS_IN_PROGRESS
    )
    now = fresh(page)
    unmoved = state_of(page) == "commitments_submitted" and not steps_of(page)
    return unmoved and not now.live and running.exists()


def form_of(page: ProjectPage, **fields: Any) -> dict[str, Any]:
    """Return what the editor's form sends."""
    sent = {
        "title": page.title,
        "summary": page.summary or "一句话",
        "lead_image": "",
        "lead_image_alt": "",
        "body": streamfield([("heading", "正文")]),
        "attachments": streamfield([]),
        "go_live_at": "",
        "expire_at": "",
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
    }
    return nested_form_data({**sent, **fields})


def signed_in(user: Any) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_approval_publishes_the_page_and_moves_the_record(cast: Cast, draft: ProjectPage) -> None:
    submitted(draft, cast).approve(user=cast["publisher"])
    assert fresh(draft).live
    assert state_of(draft) == "implementing"
    assert steps_of(draft) == [("publish_commitments", cast["publisher"].pk)]


def test_what_the_machine_refuses_is_not_published(cast: Cast, draft: ProjectPage) -> None:
    task = submitted(draft, cast)
    Commitment.objects.filter(project=draft.project_id).update(person="")
    with pytest.raises(Refusal):
        task.approve(user=cast["publisher"])
    assert nothing_happened(draft)


def test_a_publisher_of_the_applying_organization_cannot_publish_its_promises(
    cast: Cast, draft: ProjectPage
) -> None:
    task = submitted(draft, cast)
    appoint(
        cast["publisher"],
        Role.APPLICANT,
        cast.organization,
        by=None,
        post="宣传委员",
        since=date(2020, 1, 1),
    )
    with pytest.raises(Refusal):
        task.approve(user=cast["publisher"])
    assert nothing_happened(draft)


def test_the_reviewer_reads_why_an_approval_was_refused(cast: Cast, draft: ProjectPage) -> None:
    task = submitted(draft, cast)
    Commitment.objects.filter(project=draft.project_id).update(person="")
    address = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", task.pk])
    reviewer = signed_in(cast["publisher"])
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    headers = {"X-Requested-With": "XMLHttpRequest", "Referer": f"http://testserver{edit}"}
    answer = reviewer.post(address, {"comment": ""}, headers=headers)
    assert answer.json() == {"step": "success", "redirect": f"http://testserver{edit}"}
    assert "责任人" in reviewer.get(edit).content.decode()
    assert nothing_happened(draft)


@pytest.mark.parametrize("what", ["summary", "commitment"])
def test_a_persons_number_keeps_everything_back_and_its_place_is_named(
    cast: Cast, draft: ProjectPage, what: str
) -> None:
    task = submitted(draft, cast)
    if what == "summary":
        draft.summary = f"联系人手机：{PHONE}"
        draft.save_revision(user=cast["editor"])
    else:
        Commitment.objects.filter(project=draft.project_id).update(person=f"周示例{PHONE}")
    with pytest.raises(PublicationRefused) as refused:
        task.approve(user=cast["publisher"])
    sentence = refused.value.sentences[0]
    assert ("摘要" if what == "summary" else "承诺") in sentence
    assert PHONE not in sentence
    assert nothing_happened(draft)


def test_promises_are_published_by_the_workflow_and_by_nothing_else(
    cast: Cast, draft: ProjectPage
) -> None:
    with pytest.raises(PublicationRefused):
        draft.get_latest_revision().publish(user=cast["publisher"])
    assert not fresh(draft).live
    assert state_of(draft) == "commitments_submitted"


def test_the_page_of_an_approved_project_needs_no_promises(cast: Cast) -> None:
    page = start_page(make_project("approved", cast), by=cast["editor"])
    page.get_workflow().start(page, cast["editor"])
    fresh(page).current_workflow_task_state.approve(user=cast["publisher"])
    assert fresh(page).live
    assert state_of(page) == "approved"


def test_a_page_that_is_already_live_carries_its_promises_by_its_next_approval(cast: Cast) -> None:
    page = make_page("commitments_submitted", cast)
    assert page.live
    page.save_revision(user=cast["editor"])
    with pytest.raises(PublicationRefused):
        page.get_latest_revision().publish(user=cast["publisher"])
    page.get_workflow().start(page, cast["editor"])
    fresh(page).current_workflow_task_state.approve(user=cast["publisher"])
    assert state_of(page) == "implementing"


def test_the_last_editor_is_not_offered_the_approval_and_cannot_take_it(
    cast: Cast, draft: ProjectPage
) -> None:
    draft.summary = "发布人改了一句"
    draft.save_revision(user=cast["publisher"])
    task = submitted(draft, cast)
    offered = [name for name, *_rest in task.task.specific.get_actions(draft, cast["publisher"])]
    assert offered == ["reject"]
    with pytest.raises(PublicationRefused):
        task.task.specific.on_action(task, cast["publisher"], "approve")
    assert nothing_happened(draft)
    other = make_person(Role.PUBLISHER)
    task.task.specific.on_action(task, other, "approve")
    assert state_of(draft) == "implementing"


def test_changing_and_approving_in_one_breath_is_refused(cast: Cast, draft: ProjectPage) -> None:
    submitted(draft, cast)
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    sent = form_of(fresh(draft), summary="审核人改了一句")
    buttons = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    response = signed_in(cast["publisher"]).post(address, {**sent, **buttons}, follow=True)
    assert response.status_code in (200, 409)
    assert nothing_happened(draft)


def test_whoever_wrote_last_cannot_publish_by_any_button(cast: Cast) -> None:
    page = start_page(make_project("approved", cast), by=cast["editor"])
    publisher = cast["publisher"]
    assert page.permissions_for_user(publisher).can_publish()
    page.summary = "发布人改了一句"
    page.save_revision(user=publisher)
    assert not fresh(page).permissions_for_user(publisher).can_publish()
    with pytest.raises(PermissionDenied):
        page.get_latest_revision().publish(user=publisher)
    root = make_person(Role.PUBLISHER)
    root.is_superuser = True
    root.save()
    fresh(page).save_revision(user=root)
    assert fresh(page).permissions_for_user(root).can_publish()


def test_an_approved_revision_with_a_date_moves_the_record_when_its_time_comes(
    cast: Cast, draft: ProjectPage
) -> None:
    draft.go_live_at = timezone.now() + timedelta(days=2)
    draft.save_revision(user=cast["editor"])
    submitted(draft, cast).approve(user=cast["publisher"])
    assert not fresh(draft).live
    assert state_of(draft) == "commitments_submitted"
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=True):
        call_command("publish_scheduled")
    assert fresh(draft).live
    assert steps_of(draft) == [("publish_commitments", cast["publisher"].pk)]


def test_a_schedule_whose_record_has_gone_back_publishes_nothing(
    cast: Cast, draft: ProjectPage
) -> None:
    draft.go_live_at = timezone.now() + timedelta(days=2)
    draft.save_revision(user=cast["editor"])
    submitted(draft, cast).approve(user=cast["publisher"])
    Commitment.objects.filter(project=draft.project_id).update(person="")
    with (
        time_machine.travel(timezone.now() + timedelta(days=3), tick=True),
        pytest.raises(CommandError, match="责任人"),
    ):
        call_command("publish_scheduled")
    assert not fresh(draft).live
    assert state_of(draft) == "commitments_submitted"
    assert not fresh(draft).scheduled_revision


def test_an_approval_holds_for_no_later_text(cast: Cast, draft: ProjectPage) -> None:
    first = draft.get_latest_revision()
    submitted(draft, cast).approve(user=cast["publisher"])
    assert approval_of(first).finished_by == cast["publisher"]
    changed = fresh(draft)
    changed.summary = "编辑又改了一句"
    later = changed.save_revision(user=cast["editor"])
    assert approval_of(later) is None


def test_a_draft_may_hold_anything_and_what_is_handed_in_is_held_to_the_gate(
    cast: Cast, draft: ProjectPage
) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    editor = signed_in(cast["editor"])
    sent = form_of(draft, body=streamfield([("heading", "请拨打 138 1234 5678")]))
    assert editor.post(address, sent).status_code == 302
    response = editor.post(address, {**sent, "action-submit": "true"})
    said = response.content.decode()
    assert response.status_code == 200
    assert "第1部分" in said
    assert "手机号" in said
    assert not fresh(draft).workflow_in_progress
