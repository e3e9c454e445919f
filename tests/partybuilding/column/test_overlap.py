"""Two requests for the same page at once: one acts, the other hears who was faster, nothing is torn.

More rounds than the suite takes the time for, on either database:

    ROUNDS=100 pytest tests/partybuilding/column/test_overlap.py
"""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision, WorkflowState

from home.news.pages import NewsPage
from partybuilding.column.publishing import keep_schedule
from partybuilding.column.services import start_page
from partybuilding.core.models import TransitionRecord
from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.projects.pages import ProjectPage
from tests.factories import Cast, make_cast, make_project
from tests.factories.news import write_news
from tests.factories.people import make_person
from tests.factories.processes import at_once
from tests.partybuilding.column.test_unchanged import posted
from tests.partybuilding.projects.test_publication import fresh, signed_in, state_of, steps_of

ROUNDS = int(os.environ.get("ROUNDS", "2"))
pytestmark = pytest.mark.django_db(transaction=True)
JSON = {"Accept": "application/json"}
APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}
RETURN = {
    "action-workflow-action": "true",
    "workflow-action-name": "reject",
    "workflow-action-extra-data": '{"comment": "请补充数据。"}',
}
SUBMIT = {"action-submit": "true"}
CANCEL = {"action-cancel-workflow": "true"}


def draft(cast: Cast) -> ProjectPage:
    """Make the draft page of a project whose promises wait."""
    return start_page(make_project("commitments_submitted", cast), by=cast["editor"])


def handed_in(cast: Cast) -> ProjectPage:
    """Make such a page, waiting for approval."""
    page = draft(cast)
    page.get_workflow().start(page, cast["editor"])
    return page


def news_handed_in(cast: Cast) -> NewsPage:
    """Make a news item, waiting for approval."""
    page = write_news()
    page.save_revision(user=cast["editor"])
    page.get_workflow().start(page, cast["editor"])
    return page


def edit(page: Page) -> str:
    """Return the address of the editor."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def sending(browser: Client, page: Page, form: dict[str, Any], **headers: str) -> Any:
    """Return the request with which a browser sends the editor's form."""
    return lambda: browser.post(edit(page), form, headers={"Referer": edit(page), **headers})


def said(browser: Client, answer: HttpResponse) -> str:
    """Return what a browser shows after an answer."""
    if answer.status_code == 302:
        return browser.get(answer["Location"]).content.decode()
    return answer.content.decode()


def logged(page: Page, action: str) -> int:
    """Count what was noted in a page's history."""
    return PageLogEntry.objects.filter(page=page.pk, action=action).count()


def whole(page: Page) -> bool:
    """Tell whether page, record, workflow and history say the same: published, once."""
    now = Page.objects.get(pk=page.pk)
    flows = WorkflowState.objects.for_instance(page).values_list("status", flat=True)
    newest = Revision.page_revisions.filter(object_id=str(page.pk)).order_by("-created_at").first()
    return (
        (now.live, now.live_revision_id, now.has_unpublished_changes) == (True, newest.pk, False)
        and now.first_published_at is not None
        and list(flows) == [WorkflowState.STATUS_APPROVED]
        and logged(page, "wagtail.publish") == 1
        and (
            not isinstance(page, ProjectPage)
            or (state_of(page) == "implementing" and len(steps_of(page)) == 1)
        )
    )


@pytest.mark.parametrize("made", [handed_in, news_handed_in])
def test_a_page_approved_twice_at_once_is_published_once(made: Callable[[Cast], Page]) -> None:
    cast = make_cast()
    Cycle.objects.update(approval_quota=10 * ROUNDS)
    publishers = [cast["publisher"], make_person(Role.PUBLISHER)]
    one, other = map(signed_in, publishers)
    for round_ in range(ROUNDS):
        page = made(cast)
        form = {**posted(page, cast["publisher"]), **APPROVE}
        autosaves = round_ % 2
        headers = JSON if autosaves else {}
        answers = at_once(sending(one, page, form), sending(other, page, form, **headers))
        assert whole(page), f"round {round_}"
        told = [said(one, answers[0]), said(other, answers[1])]
        if autosaves:
            assert answers[1].status_code == 200
            assert answers[1].json()["success"]
        else:
            faster = "已审核通过并发布"
            assert sorted(faster in text for text in told) == [False, True]
            slower = next(text for text in told if faster not in text)
            assert "目前状态为“已发布”" in slower


def dialog(browser: Client, page: ProjectPage) -> Any:
    """Return the request with which the dialog of the first screen approves."""
    task = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    return lambda: browser.post(address, {}, headers={"Referer": edit(page)})


#: Who does what with a page at once, and what the history counts of it.
PAIRS = {
    "approve and return": ("publisher", [APPROVE, RETURN], ("approve", "reject")),
    "approve in dialogs": ("publisher", [None, None], ("approve",)),
    "hand in": ("editor", [SUBMIT, SUBMIT], ("start",)),
    "call back": ("editor", [CANCEL, CANCEL], ("cancel",)),
}


@pytest.mark.parametrize("pair", PAIRS)
def test_of_two_actions_at_once_one_is_taken(pair: str) -> None:
    cast = make_cast()
    role, actions, counted = PAIRS[pair]
    browsers = [signed_in(cast[role]), signed_in(make_person(Role(role)))]
    if role == "editor":
        browsers[1] = signed_in(cast["editor"])
    for round_ in range(ROUNDS):
        page = draft(cast) if pair == "hand in" else handed_in(cast)
        form = posted(page, cast["editor"])
        answers = at_once(
            *(
                dialog(browser, page) if action is None else sending(browser, page, form | action)
                for browser, action in zip(browsers, actions, strict=True)
            )
        )
        told = [said(browser, answer) for browser, answer in zip(browsers, answers, strict=True)]
        assert {answer.status_code for answer in answers} <= {200, 302}, f"round {round_}"
        assert sum("目前状态为“" in text for text in told) == 1, f"round {round_}"
        assert sum(logged(page, f"wagtail.workflow.{one}") for one in counted) == 1, f"{round_}"
        if fresh(page).live:
            assert whole(page), f"round {round_}"


def test_two_runs_of_the_schedule_publish_every_page_once() -> None:
    cast = make_cast()
    for _round in range(ROUNDS):
        pages = [handed_in(cast) for _page in range(2)]
        for page in pages:
            page.go_live_at = timezone.now() + timedelta(hours=1)
            page.save_revision(user=cast["editor"])
            page.current_workflow_task_state.approve(user=cast["publisher"])
        Revision.objects.exclude(approved_go_live_at=None).update(
            approved_go_live_at=timezone.now() - timedelta(minutes=1)
        )
        for page in pages:
            revision = page.get_latest_revision()
            past = (timezone.now() - timedelta(minutes=1)).isoformat()
            revision.content["go_live_at"] = past
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)
        runs = at_once(keep_schedule, keep_schedule)
        assert sum(run.published for run in runs) == len(pages)
        assert [run.faults for run in runs] == [[], []]
        for page in pages:
            assert fresh(page).live
            assert logged(page, "wagtail.publish.scheduled") == 1
            assert len(steps_of(page)) == 1
    trail = TransitionRecord.objects.filter(step="publish_commitments")
    assert trail.count() == 2 * ROUNDS
