"""Decision sessions: what is noted changes nothing until closing; then each takes effect on its own."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.models import Notice
from partybuilding.core.selectors import faults_of_trail, last_entry, trail_of
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from partybuilding.projects.models import DecisionSession, Project, SessionItem
from partybuilding.projects.selectors import session_tally
from partybuilding.projects.services import (
    close_session,
    note_decision,
    open_session,
    undo_decision,
)
from partybuilding.projects.sessions.selectors import agenda, agenda_stamp, closed_with
from tests.factories import Cast, make_cast, make_person, make_project, open_cycle
from tests.factories.processes import start
from tests.factories.projects import assess, fill

pytestmark = pytest.mark.django_db
TITLE = "2026年度立项评审会"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def waiting(cast: Cast, number: int = 1, *, ready: bool = True, **fields: Any) -> list[Project]:
    projects = []
    for _turn in range(number):
        project = make_project("first_passed", cast)
        if ready:
            assess(project, cast)
        if fields:
            Project.objects.filter(pk=project.pk).update(**fields)
        projects.append(Project.objects.get(pk=project.pk))
    return projects


def opened(cast: Cast, projects: Iterable[Project] | None = None) -> DecisionSession:
    return open_session(cast.cycle, TITLE, by=cast["department"], projects=projects)


def state(project: Any) -> str:
    return Project.objects.get(pk=project.pk).state


def fresh(user: Any) -> Any:
    return type(user).objects.get(pk=user.pk)


# Opening


def test_a_session_lists_what_awaits_decision_by_field_and_number(cast: Cast) -> None:
    city, village, school = (waiting(cast, sector=one)[0] for one in ("urban", "rural", "school"))
    make_project("submitted", cast)
    second = waiting(cast, sector="rural")[0]
    session = opened(cast)
    assert [item.project for item in session.items.all()] == [village, second, city, school]
    told = trail_of(cast.cycle).last()
    assert (told.step, told.data["projects"]) == ("session_open", 4)


def test_what_does_not_wait_or_is_of_another_year_is_passed_over(cast: Cast) -> None:
    (mine,) = waiting(cast)
    other = waiting(make_cast(open_cycle()))[0]
    session = opened(cast, [make_project("draft", cast), other, mine])
    assert [item.project for item in session.items.all()] == [mine]


def test_one_session_a_year_is_open_at_a_time(cast: Cast) -> None:
    waiting(cast)
    opened(cast)
    with pytest.raises(ConditionUnmet):
        opened(cast)


def test_nothing_to_decide_and_no_title_open_no_session(cast: Cast) -> None:
    with pytest.raises(ConditionUnmet):
        opened(cast)
    waiting(cast)
    with pytest.raises(ConditionUnmet):
        open_session(cast.cycle, "  ", by=cast["department"])
    assert not DecisionSession.objects.exists()


@pytest.mark.parametrize("role", ["unit", "taskforce", "auditor", "editor", "applicant", "expert"])
def test_sessions_are_held_by_the_department_alone(cast: Cast, role: str) -> None:
    waiting(cast)
    with pytest.raises(NotYours):
        open_session(cast.cycle, TITLE, by=cast[role])
    session = opened(cast)
    item = session.items.get()
    for act in (
        lambda: note_decision(item, "approve", by=cast[role]),
        lambda: undo_decision(item, by=cast[role]),
        lambda: close_session(session, by=cast[role]),
    ):
        with pytest.raises(NotYours):
            act()


# Noting and undoing


def test_a_noted_decision_changes_nothing_else(cast: Cast) -> None:
    (project,) = waiting(cast)
    told = Notice.objects.count()
    item = note_decision(opened(cast).items.get(), "approve", by=cast["department"])
    assert (item.decision, item.decided_by) == ("approve", cast["department"])
    assert state(project) == "first_passed"
    assert Notice.objects.count() == told


@pytest.mark.parametrize(
    ("decision", "given"),
    [
        ("decline", {}),
        ("decline", {"grounds": ["no_highlight", "invented"]}),
        ("decline", {"grounds": ["other"], "reason": " "}),
        ("send_back", {"reason": " "}),
        ("postpone", {}),
        ("", {}),
    ],
)
def test_what_is_incomplete_or_unknown_is_not_noted(
    cast: Cast, decision: str, given: dict[str, Any]
) -> None:
    waiting(cast)
    item = opened(cast).items.get()
    with pytest.raises(ConditionUnmet):
        note_decision(item, decision, by=cast["department"], **given)
    item.refresh_from_db()
    assert item.decision == ""


def test_the_last_note_wins_and_says_whose_it_is(cast: Cast) -> None:
    waiting(cast)
    item = opened(cast).items.get()
    note_decision(item, "approve", by=cast["department"])
    colleague = make_person(Role.DEPARTMENT)
    grounds = {"grounds": ["no_highlight"], "reason": "亮点不够。"}
    item = note_decision(item, "decline", by=colleague, **grounds)
    assert (item.decision, item.decided_by, item.grounds) == (
        "decline",
        colleague,
        ["no_highlight"],
    )
    item = note_decision(item, "defer", by=cast["department"], grounds=["no_highlight"])
    assert (item.grounds, item.reason) == ([], "")


def test_undoing_leaves_nothing_behind(cast: Cast) -> None:
    waiting(cast)
    item = opened(cast).items.get()
    note_decision(item, "decline", by=cast["department"], grounds=["other"], reason="重复申报。")
    item = undo_decision(item, by=cast["department"])
    item.refresh_from_db()
    left = (item.decision, item.grounds, item.reason, item.decided_at, item.decided_by)
    assert left == ("", [], "", None, None)


def test_nobody_notes_for_the_own_organization(cast: Cast) -> None:
    waiting(cast)
    item = opened(cast).items.get()
    appoint(cast["department"], Role.APPLICANT, cast.organization, by=cast["department"])
    for act in (note_decision, undo_decision):
        given = {"decision": "approve"} if act is note_decision else {}
        with pytest.raises(NotYours):
            act(item, by=fresh(cast["department"]), **given)


def test_what_was_withdrawn_meanwhile_is_not_decided(cast: Cast) -> None:
    (project,) = waiting(cast)
    item = opened(cast).items.get()
    note_decision(item, "approve", by=cast["department"])
    move(project, "withdraw", by=cast["applicant"], reason="条件不成熟。")
    with pytest.raises(ConditionUnmet, match="已撤回"):
        note_decision(item, "decline", by=cast["department"], grounds=["no_highlight"])
    assert undo_decision(item, by=cast["department"]).decision == ""


def test_beyond_the_quota_a_reason_is_asked_for_and_kept_only_then() -> None:
    cast = make_cast(open_cycle(approval_quota=3))
    first, second = waiting(cast, 2)
    session = opened(cast)
    one, two = session.items.all()
    cast.cycle.approval_quota = 1
    cast.cycle.save()
    one, two = SessionItem.objects.order_by("pk")
    note_decision(one, "approve", by=cast["department"], quota_reason="不需要")
    with pytest.raises(ConditionUnmet):
        note_decision(two, "approve", by=cast["department"], quota_reason=" ")
    note_decision(two, "approve", by=cast["department"], quota_reason="区委专题会议同意增加。")
    note_decision(two, "approve", by=cast["department"], quota_reason="区委专题会议同意增加。")
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.quota_reason, two.quota_reason) == ("", "区委专题会议同意增加。")
    assert [state(p) for p in (first, second)] == ["first_passed", "first_passed"]


# Closing


def decide(session: DecisionSession, by: Any, *decisions: str) -> list[SessionItem]:
    given = {
        "decline": {"grounds": ["no_highlight"], "reason": "亮点不够。"},
        "send_back": {"reason": "请补充责任人。"},
    }
    items = list(session.items.all())
    for item, decision in zip(items, decisions, strict=True):
        if decision:
            note_decision(item, decision, by=by, **given.get(decision, {}))
    return items


def test_closing_lets_each_decision_take_effect_in_one_batch(cast: Cast) -> None:
    projects = waiting(cast, 5)
    session = opened(cast)
    decide(session, cast["department"], "approve", "decline", "send_back", "defer", "")
    close_session(session, by=cast["department"])
    assert [state(project) for project in projects] == [
        "approved",
        "declined",
        "returned",
        "first_passed",
        "first_passed",
    ]
    rows = [last_entry(projects[0], "approve"), last_entry(projects[1], "decline")]
    assert len({row.batch for row in rows}) == 1
    told = {name: rows[1].data[name] for name in ("session", "grounds")}
    assert told == {"session": session.pk, "grounds": ["no_highlight"]}
    assert Notice.objects.filter(recipient=cast["applicant"], subject__contains="不予立项").exists()
    assert closed_with(DecisionSession.objects.get(pk=session.pk)).by == cast["department"]
    assert list(faults_of_trail()) == []


def test_closing_twice_does_it_once(cast: Cast) -> None:
    (project,) = waiting(cast)
    session = opened(cast)
    decide(session, cast["department"], "approve")
    first = close_session(session, by=cast["department"])
    told, rows = Notice.objects.count(), trail_of(project).count()
    closed_at = DecisionSession.objects.get(pk=session.pk).closed_at
    second = close_session(session, by=cast["department"])
    assert [item.pk for item in first] == [item.pk for item in second]
    assert (Notice.objects.count(), trail_of(project).count()) == (told, rows)
    assert DecisionSession.objects.get(pk=session.pk).closed_at == closed_at


def test_after_closing_nothing_is_noted_or_undone(cast: Cast) -> None:
    waiting(cast)
    session = opened(cast)
    close_session(session, by=cast["department"])
    item = session.items.get()
    for act in (
        lambda: note_decision(item, "defer", by=cast["department"]),
        lambda: undo_decision(item, by=cast["department"]),
    ):
        with pytest.raises(ConditionUnmet):
            act()
    assert opened(cast).pk != session.pk


def test_what_is_refused_says_why_and_stops_nobody_else(cast: Cast) -> None:
    (bare,) = waiting(cast, ready=False)
    (ready,) = waiting(cast)
    session = opened(cast)
    decide(session, cast["department"], "approve", "approve")
    items = close_session(session, by=cast["department"])
    assert "请先登记预评估" in items[0].refusal
    assert [state(bare), state(ready)] == ["first_passed", "approved"]
    assert SessionItem.objects.get(pk=items[1].pk).refusal == ""


def test_a_withdrawn_project_is_refused_at_closing(cast: Cast) -> None:
    (project,) = waiting(cast)
    session = opened(cast)
    decide(session, cast["department"], "approve")
    move(project, "withdraw", by=cast["applicant"], reason="条件不成熟。")
    (item,) = close_session(session, by=cast["department"])
    assert "已撤回" in item.refusal
    assert state(project) == "withdrawn"


def test_a_decision_does_not_fall_on_an_application_handed_in_anew(cast: Cast) -> None:
    (project,) = waiting(cast)
    session = opened(cast)
    decide(session, cast["department"], "decline")
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=True):
        move(project, "send_back", by=cast["department"], reason="请补充。")
        project = fill(Project.objects.get(pk=project.pk), cast)
        project = move(project, "submit", by=cast["applicant"])
        move(project, "pass_first", by=cast["unit"], reason="同意推荐。")
        (item,) = close_session(session, by=cast["department"])
    assert "重新提交" in item.refusal
    assert state(project) == "first_passed"


def test_approvals_with_a_reason_for_the_quota_come_last() -> None:
    cast = make_cast(open_cycle(approval_quota=3))
    projects = waiting(cast, 2)
    session = opened(cast)
    cast.cycle.approval_quota = 1
    cast.cycle.save()
    first, second = SessionItem.objects.order_by("order")
    note_decision(second, "approve", by=cast["department"])
    note_decision(first, "approve", by=cast["department"], quota_reason="区委专题会议同意增加。")
    items = close_session(session, by=cast["department"])
    assert [item.refusal for item in items] == ["", ""]
    assert [state(project) for project in projects] == ["approved", "approved"]
    assert last_entry(projects[0], "approve").data["quota_reason"] == "区委专题会议同意增加。"


def test_who_closes_does_not_decide_on_the_own_organization(cast: Cast) -> None:
    (project,) = waiting(cast)
    colleague = make_person(Role.DEPARTMENT)
    session = opened(cast)
    note_decision(session.items.get(), "approve", by=colleague)
    appoint(cast["department"], Role.APPLICANT, cast.organization, by=cast["department"])
    (item,) = close_session(session, by=fresh(cast["department"]))
    assert item.refusal == ""
    assert last_entry(project, "approve").by == colleague


def test_without_its_noter_a_conflict_is_refused(cast: Cast) -> None:
    (project,) = waiting(cast)
    session = opened(cast)
    note_decision(session.items.get(), "approve", by=cast["department"])
    session.items.update(decided_by=None)
    appoint(cast["department"], Role.APPLICANT, cast.organization, by=cast["department"])
    (item,) = close_session(session, by=fresh(cast["department"]))
    assert item.refusal
    assert state(project) == "first_passed"


# Counting


def test_the_tally_counts_noted_approvals_against_the_quota(cast: Cast) -> None:
    make_project("approved", cast)
    one, two, *_rest = waiting(cast, 4)
    session = opened(cast)
    decide(session, cast["department"], "approve", "approve", "decline", "")
    tally = session_tally(session)
    kept = {key: tally[key] for key in ("approve", "decline", "undecided", "total", "quota")}
    assert kept == {"approve": 2, "decline": 1, "undecided": 1, "total": 4, "quota": 64}
    assert (tally["before"], tally["used"], tally["left"], tally["over"]) == (1, 3, 61, 0)
    move(two, "withdraw", by=cast["applicant"], reason="条件不成熟。")
    assert session_tally(session)["left"] == 62
    close_session(session, by=cast["department"])
    tally = session_tally(DecisionSession.objects.get(pk=session.pk))
    assert (tally["before"], tally["used"], tally["left"]) == (1, 2, 62)
    assert state(one) == "approved"


def test_the_stamp_changes_with_every_note_undo_and_closing(cast: Cast) -> None:
    waiting(cast, 2)
    session = opened(cast)
    first, second = session.items.all()
    by = cast["department"]
    stamps = [agenda_stamp(session)]
    note_decision(first, "approve", by=by)
    stamps.append(agenda_stamp(session))
    note_decision(first, "defer", by=by)
    stamps.append(agenda_stamp(session))
    undo_decision(first, by=by)
    note_decision(second, "defer", by=by)
    stamps.append(agenda_stamp(session))
    close_session(session, by=by)
    stamps.append(agenda_stamp(DecisionSession.objects.get(pk=session.pk)))
    assert len(set(stamps)) == len(stamps)


def test_an_agenda_takes_the_same_queries_for_any_number(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    waiting(cast, 4, ready=False)
    session = opened(cast)
    with django_assert_num_queries(3):
        assert len([item.project.organization.unit.name for item in agenda(session)]) == 4


# Two at once

CLOSER = """
import sys, django
django.setup()
from django.contrib.auth import get_user_model
from partybuilding.projects.models import DecisionSession
from partybuilding.projects.services import close_session
session = DecisionSession.objects.get(pk=int(sys.argv[1]))
user = get_user_model().objects.get(pk=int(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
print(len(close_session(session, by=user)), flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_close_at_once_close_it_once() -> None:
    cast = make_cast()
    projects = waiting(cast, 3)
    session = opened(cast)
    decide(session, cast["department"], "approve", "decline", "send_back")
    closers = [
        start(CLOSER, session.pk, officer.pk)
        for officer in (cast["department"], make_person(Role.DEPARTMENT))
    ]
    for closer in closers:
        assert closer.stdout.readline() == "ready\n"
    for closer in closers:
        closer.stdin.write("go\n")
        closer.stdin.flush()
    assert [closer.communicate(timeout=60)[0].strip() for closer in closers] == ["3", "3"]
    assert [state(project) for project in projects] == ["approved", "declined", "returned"]
    assert [
        trail_of(p).filter(from_state="first_passed").exclude(to_state="first_passed").count()
        for p in projects
    ] == [1, 1, 1]
    assert trail_of(cast.cycle).filter(step="session_close").count() == 1
    assert list(faults_of_trail()) == []


def test_what_was_not_recommended_is_declined_or_waits_in_the_session(cast: Cast) -> None:
    project = make_project("not_recommended", cast)
    session = opened(cast)
    item = session.items.get(project=project)
    by = cast["department"]
    for decision in ("approve", "send_back"):
        with pytest.raises(ConditionUnmet, match="不予推荐"):
            note_decision(item, decision, by=by, reason="请补充。")
    assert note_decision(item, "defer", by=by).decision == "defer"
    note_decision(item, "decline", by=by, grounds=["no_highlight"])
    close_session(session, by=by)
    assert state(project) == "declined"


def test_what_is_taken_up_during_the_session_is_noted_anew(cast: Cast) -> None:
    project = make_project("not_recommended", cast)
    session, by = opened(cast), cast["department"]
    item = session.items.get(project=project)
    note_decision(item, "decline", by=by, grounds=["no_highlight"])
    taken = move(project, "take_up", by=by)
    close_session(session, by=by)
    assert state(project) == "first_passed"
    assert session.items.get().refusal
    assert taken.state == "first_passed"
