"""Every step has a way back: who may go it, until when, what is left of it, and who is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from partybuilding.core.calendar import add_working_days
from partybuilding.core.machine.offers import may_take, unmet
from partybuilding.core.machine.refusals import ConditionUnmet, WrongState
from partybuilding.core.models import Notice
from partybuilding.core.selectors import last_entry, trail_of
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import Project
from partybuilding.projects.services import (
    appoint_four_ones,
    assign_experts,
    close_session,
    note_decision,
    open_review,
    open_session,
    rate,
    save_application,
    submit_application,
)
from tests.factories import Cast, make_cast, make_person, make_project, open_cycle
from tests.factories.column import make_page
from tests.factories.notices import publish_notice
from tests.factories.projects import FOUR_ONES, assess, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def fresh(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def told(user: Any) -> list[str]:
    return list(Notice.objects.to(user).order_by("-pk").values_list("subject", flat=True))


def close_window(cast: Cast, days: int = 1) -> None:
    closed = timezone.localdate() - timedelta(days=days)
    Cycle.objects.filter(pk=cast.cycle.pk).update(applications_close=closed)


# recall -----------------------------------------------------------------------------------------


def test_what_nobody_has_opened_is_taken_back_changed_and_handed_in_again(cast: Cast) -> None:
    project = make_project("submitted", cast)
    number = project.code
    draft = move(project, "recall", by=cast["applicant"])
    assert (draft.state, draft.code, draft.due_on) == (
        "draft",
        number,
        cast.cycle.applications_close,
    )
    assert told(cast["unit"])[0].startswith("已撤回修改")
    save_application(draft, by=cast["applicant"], title="改过的题目")
    again = submit_application(fresh(draft), by=cast["applicant"])
    assert (again.code, again.title) == (number, "改过的题目")


def test_once_the_unit_has_opened_it_the_way_back_is_to_be_returned(cast: Cast) -> None:
    project = make_project("submitted", cast)
    open_review(project, by=cast["unit"])
    with pytest.raises(ConditionUnmet, match="归口单位已开始初审"):
        move(fresh(project), "recall", by=cast["applicant"])
    returned = move(fresh(project), "send_back", by=cast["unit"], reason="请补充。")
    again = submit_application(returned, by=cast["applicant"])
    assert again.review_opened_at is None
    assert move(again, "recall", by=cast["applicant"]).state == "draft"


def test_only_a_reviewer_of_the_unit_begins_the_review_and_it_begins_once(cast: Cast) -> None:
    project = make_project("submitted", cast)
    for role in ("applicant", "department", "auditor", "editor"):
        open_review(fresh(project), by=cast[role])
    assert fresh(project).review_opened_at is None
    open_review(fresh(project), by=cast["unit"])
    first = fresh(project).review_opened_at
    open_review(project, by=make_person(Role.UNIT, cast.organization.unit))
    assert (fresh(project).review_opened_at, first is not None) == (first, True)
    assert trail_of(project).filter(step="open_review").count() == 1


@pytest.mark.parametrize("state", ["draft", "first_passed", "not_recommended"])
def test_a_review_begins_with_what_awaits_it_alone(state: str, cast: Cast) -> None:
    project = make_project(state, cast)
    assert open_review(project, by=cast["unit"]).review_opened_at is None


def test_what_could_not_be_handed_in_again_is_not_taken_back(cast: Cast) -> None:
    project = make_project("submitted", cast)
    close_window(cast)
    with pytest.raises(ConditionUnmet, match="截止"):
        move(fresh(project), "recall", by=cast["applicant"])


def test_a_withdrawn_application_that_is_reopened_can_be_changed_after_the_window(
    cast: Cast,
) -> None:
    project = make_project("submitted", cast)
    open_review(project, by=cast["unit"])
    withdrawn = move(fresh(project), "withdraw", by=cast["applicant"], reason="误操作。")
    close_window(cast)
    reopened = move(fresh(withdrawn), "reopen", by=cast["department"], reason="误撤，予以恢复。")
    draft = move(reopened, "recall", by=cast["applicant"])
    today = timezone.localdate()
    assert draft.due_on == add_working_days(today, cast.cycle.return_days)
    save_application(draft, by=cast["applicant"], title="改过的题目")
    assert submit_application(fresh(draft), by=cast["applicant"]).state == "submitted"


def test_a_draft_that_was_let_back_in_has_a_last_day(cast: Cast) -> None:
    draft = move(
        make_project("submitted", cast), "withdraw", by=cast["applicant"], reason="误操作。"
    )
    close_window(cast, days=30)
    back = move(fresh(draft), "reopen", by=cast["department"], reason="恢复。")
    project = move(back, "recall", by=cast["applicant"])
    today = timezone.localdate()
    Project.objects.filter(pk=project.pk).update(due_on=today)
    assert submit_application(fresh(project), by=cast["applicant"]).state == "submitted"


def test_a_draft_that_was_let_back_in_is_late_the_day_after(cast: Cast) -> None:
    draft = move(
        make_project("submitted", cast), "withdraw", by=cast["applicant"], reason="误操作。"
    )
    close_window(cast, days=30)
    back = move(fresh(draft), "reopen", by=cast["department"], reason="恢复。")
    project = move(back, "recall", by=cast["applicant"])
    yesterday = timezone.localdate() - timedelta(days=1)
    Project.objects.filter(pk=project.pk).update(due_on=yesterday)
    with pytest.raises(ConditionUnmet, match="提交期限已过"):
        submit_application(fresh(project), by=cast["applicant"])


# recall in a year without a first review --------------------------------------------------------


@pytest.fixture
def unreviewed() -> Cast:
    return make_cast(open_cycle(first_review=False))


def test_without_a_first_review_it_is_taken_back_from_the_department(unreviewed: Cast) -> None:
    cast = unreviewed
    project = make_project("submitted", cast)
    draft = move(project, "recall", by=cast["applicant"])
    assert (draft.state, draft.code, draft.due_on) == (
        "draft",
        project.code,
        cast.cycle.applications_close,
    )
    assert told(cast["department"])[0].startswith("已撤回修改")
    assert not told(cast["unit"])
    assert last_entry(draft, "recall").from_state == "first_passed"
    save_application(draft, by=cast["applicant"], title="改过的题目")
    again = submit_application(fresh(draft), by=cast["applicant"])
    assert (again.state, again.code, again.title) == ("first_passed", project.code, "改过的题目")


def test_with_a_first_review_nothing_is_taken_back_from_the_department(cast: Cast) -> None:
    project = make_project("first_passed", cast)
    with pytest.raises(WrongState):
        move(project, "recall", by=cast["applicant"])
    assert not may_take(project, cast["applicant"], "recall")


def test_only_who_decides_begins_the_review_of_the_department(unreviewed: Cast) -> None:
    cast = unreviewed
    project = make_project("submitted", cast)
    own = make_person(Role.DEPARTMENT, cast.organization)
    for user in (own, *(cast[role] for role in ("applicant", "unit", "taskforce", "auditor"))):
        open_review(fresh(project), by=user)
    assert fresh(project).review_opened_at is None
    for _time in range(2):
        open_review(fresh(project), by=cast["department"])
    assert trail_of(project).filter(step="open_review").count() == 1
    with pytest.raises(ConditionUnmet, match="组织部已着手办理；如需修改"):
        move(fresh(project), "recall", by=cast["applicant"])
    returned = move(fresh(project), "send_back", by=cast["department"], reason="请补充。")
    again = submit_application(returned, by=cast["applicant"])
    assert again.review_opened_at is None
    assert move(again, "recall", by=cast["applicant"]).state == "draft"


def act_open(project: Project, cast: Cast) -> None:
    open_review(project, by=cast["department"])


def act_name(project: Project, cast: Cast) -> None:
    appoint_four_ones(project, FOUR_ONES, by=cast["department"])


def act_sit_and_put_off(project: Project, cast: Cast) -> None:
    session = open_session(cast.cycle, "立项评审会", by=cast["department"])
    note_decision(session.items.get(), "defer", by=cast["department"])
    close_session(session, by=cast["department"])


def act_approve_and_revoke(project: Project, cast: Cast) -> None:
    take(take(project, "approve", cast), "revoke_approval", cast)


def act_decline_and_reopen(project: Project, cast: Cast) -> None:
    take(take(project, "decline", cast), "reopen", cast)


# the unit's opinion -----------------------------------------------------------------------------


def test_a_unit_does_not_recommend_and_the_department_decides(cast: Cast) -> None:
    project = make_project("not_recommended", cast)
    assert (project.state_row.holders, project.due_on is not None) == (("department",), True)
    assert told(cast["department"])[0].startswith("初审不予推荐，待审定")
    notice = Notice.objects.to(cast["applicant"]).order_by("-pk").first()
    assert notice.subject.startswith("初审已办结")
    assert "方案不完善" not in notice.body
    assert "不够具体" not in notice.body
    declined = take(project, "decline", cast)
    assert (declined.state, told(cast["applicant"])[0][:4]) == ("declined", "不予立项")


def test_what_was_not_recommended_is_taken_up_and_approved(cast: Cast) -> None:
    project = take(make_project("not_recommended", cast), "take_up", cast)
    assert project.state == "first_passed"
    assert told(cast["unit"])[0].startswith("已转入立项评审")
    assert take(project, "approve", cast).state == "approved"


@pytest.mark.parametrize("state", ["first_passed", "not_recommended"])
def test_a_unit_takes_its_opinion_back_and_says_why(state: str, cast: Cast) -> None:
    project = make_project(state, cast)
    back = move(project, "take_back", by=cast["unit"], reason="意见填写有误。")
    assert (back.state, last_entry(back, "take_back").reason) == ("submitted", "意见填写有误。")
    assert told(cast["department"])[0].startswith("已撤回初审意见")
    notice = Notice.objects.to(cast["applicant"]).order_by("-pk").first()
    assert (notice.subject[:7], notice.body) == ("已撤回初审意见", "")


def act_assess(project: Project, cast: Cast) -> None:
    assess(project, cast)


def act_rate(project: Project, cast: Cast) -> None:
    criterion = cast.cycle.criteria.first()
    rate(project, {criterion.pk: 1}, by=cast["department"])


def act_assign(project: Project, cast: Cast) -> None:
    assign_experts(project, cast["group"], by=cast["department"])


def act_sit(project: Project, cast: Cast) -> None:
    open_session(cast.cycle, "立项评审会", by=cast["department"])


ACTS = [act_assess, act_rate, act_assign, act_sit]
LATER_ACTS = [
    act_open,
    act_name,
    act_sit_and_put_off,
    act_approve_and_revoke,
    act_decline_and_reopen,
]


@pytest.mark.parametrize("act", [*ACTS, *LATER_ACTS])
def test_what_the_department_has_begun_with_is_not_taken_back(act: Any, unreviewed: Cast) -> None:
    cast = unreviewed
    project = make_project("submitted", cast)
    act(project, cast)
    assert fresh(project).state == "first_passed"
    with pytest.raises(ConditionUnmet, match="组织部已着手办理；如需修改"):
        move(fresh(project), "recall", by=cast["applicant"])


def test_what_was_prepared_before_is_no_beginning_with_what_came_in_anew(unreviewed: Cast) -> None:
    cast = unreviewed
    project = make_project("submitted", cast)
    act_assess(project, cast)
    act_sit_and_put_off(project, cast)
    returned = move(fresh(project), "send_back", by=cast["department"], reason="请补充。")
    again = submit_application(returned, by=cast["applicant"])
    assert move(again, "recall", by=cast["applicant"]).state == "draft"


@pytest.mark.parametrize("prepared", [False, True])
def test_what_was_withdrawn_and_reopened_is_changed_unless_it_was_prepared(
    prepared: bool, unreviewed: Cast
) -> None:
    cast = unreviewed
    project = make_project("submitted", cast)
    open_review(project, by=cast["department"])
    if prepared:
        act_rate(project, cast)
    withdrawn = move(fresh(project), "withdraw", by=cast["applicant"], reason="误操作。")
    close_window(cast)
    reopened = move(withdrawn, "reopen", by=cast["department"], reason="误撤，予以恢复。")
    assert bool(unmet(reopened, "recall")) == prepared


@pytest.mark.parametrize(("closes_in", "is_open"), [(-1, False), (0, True), (1, True)])
@pytest.mark.parametrize("first_review", [True, False])
def test_the_last_day_of_taking_back_is_that_of_the_window(
    first_review: bool, closes_in: int, is_open: bool
) -> None:
    cast = make_cast(open_cycle(first_review=first_review))
    project = make_project("submitted", cast)
    close_window(cast, days=-closes_in)
    assert (unmet(fresh(project), "recall") == ()) == is_open
    if not is_open:
        with pytest.raises(ConditionUnmet, match="截止"):
            move(fresh(project), "recall", by=cast["applicant"])
        return
    draft = move(fresh(project), "recall", by=cast["applicant"])
    assert draft.due_on == timezone.localdate() + timedelta(days=closes_in)
    assert submit_application(draft, by=cast["applicant"]).state == project.state


@pytest.mark.parametrize("act", ACTS)
def test_once_the_department_has_acted_the_opinion_stands(act: Any, cast: Cast) -> None:
    project = make_project("first_passed", cast)
    act(project, cast)
    with pytest.raises(ConditionUnmet, match="组织部已着手办理"):
        move(fresh(project), "take_back", by=cast["unit"], reason="意见填写有误。")


def test_what_the_department_took_up_is_not_taken_back_by_the_unit(cast: Cast) -> None:
    project = take(make_project("not_recommended", cast), "take_up", cast)
    with pytest.raises(ConditionUnmet, match="组织部已着手办理"):
        move(project, "take_back", by=cast["unit"], reason="意见填写有误。")


# the decision -----------------------------------------------------------------------------------


def test_an_approval_that_nobody_outside_has_read_is_revoked_and_everybody_hears(
    cast: Cast,
) -> None:
    project = make_project("approved", cast)
    back = move(project, "revoke_approval", by=cast["department"], reason="名单核对有误。")
    assert (back.state, back.approved_at) == ("first_passed", None)
    assert last_entry(back, "revoke_approval").reason == "名单核对有误。"
    for role in ("applicant", "unit", "editor"):
        assert told(cast[role])[0].startswith("已撤销立项"), role
    assert take(back, "approve", cast).approved_at is not None


def test_an_approval_whose_page_was_live_is_not_revoked(cast: Cast) -> None:
    page = make_page("approved", cast)
    with pytest.raises(ConditionUnmet, match="已对外公开"):
        move(fresh(page.project), "revoke_approval", by=cast["department"], reason="有误。")


def test_a_page_that_is_only_drafted_keeps_no_approval(cast: Cast) -> None:
    page = make_page("approved", cast, live=False)
    back = move(fresh(page.project), "revoke_approval", by=cast["department"], reason="有误。")
    assert back.state == "first_passed"


def test_an_approval_that_a_public_notice_names_is_not_revoked(cast: Cast) -> None:
    project = make_project("approved", cast)
    publish_notice(cast)
    with pytest.raises(ConditionUnmet, match="已对外公开"):
        move(fresh(project), "revoke_approval", by=cast["department"], reason="有误。")


@pytest.mark.parametrize(
    ("step", "roles"),
    [("decline", ("applicant", "unit")), ("terminate", ("applicant", "unit"))],
)
def test_a_reopened_decision_is_told_to_everybody_who_was_told_the_first(
    step: str, roles: tuple[str, ...], cast: Cast
) -> None:
    state = {"decline": "first_passed", "terminate": "approved"}[step]
    ended = take(make_project(state, cast), step, cast)
    move(ended, "reopen", by=cast["department"], reason="材料已补齐。")
    for role in roles:
        notice = Notice.objects.to(cast[role]).order_by("-pk").first()
        assert notice.body == "材料已补齐。", role


def test_who_undoes_it_is_not_told_of_it(cast: Cast) -> None:
    ended = take(make_project("first_passed", cast), "decline", cast)
    before = Notice.objects.to(cast["department"]).count()
    move(ended, "reopen", by=cast["department"], reason="材料已补齐。")
    assert Notice.objects.to(cast["department"]).count() == before


# results ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "state"), [(0, "results_submitted"), (1, None)])
def test_results_wait_for_the_first_day_of_the_implementation(
    days: int, state: str | None, cast: Cast
) -> None:
    project = make_project("implementing", cast)
    begins = timezone.localdate() + timedelta(days=days)
    Cycle.objects.filter(pk=cast.cycle.pk).update(starts_on=begins)
    if state:
        assert take(fresh(project), "submit_results", cast).state == state
        return
    with pytest.raises(ConditionUnmet, match="起实施"):
        take(fresh(project), "submit_results", cast)
