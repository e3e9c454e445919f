"""Feedback notices know the state of their findings; later findings get a supplement, mistakes a correction."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.services import move
from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import Project
from partybuilding.supervision.models import Rectification
from partybuilding.supervision.notices.desk import feedback_lines
from partybuilding.supervision.notices.documents import outline_notice
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.presentation import corrected_words, kind_words
from partybuilding.supervision.notices.selectors import (
    quarter_notices,
    still_to_supplement,
    to_supplement,
    untold,
)
from partybuilding.supervision.notices.services import (
    draft_correction,
    draft_notice,
    issue_many,
)
from partybuilding.supervision.notices.states import FeedbackState
from partybuilding.supervision.states import RectificationState
from tests.factories import make_cast, make_project
from tests.factories.feedback import (
    make_activity,
    make_issued,
    make_rectification,
    make_visit,
    set_office,
    this_quarter,
)
from tests.factories.projects import Cast
from tests.factories.screens import client_of, misled

pytestmark = pytest.mark.django_db
FOUND = ("台账缺页", "补齐台账")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    return make_project("implementing", cast)


@pytest.fixture
def issued(cast: Cast, project: Project) -> FeedbackNotice:
    return make_issued(project, cast, None, FOUND)


def later_finding(project: Project, **fields: Any) -> Rectification:
    """Record one more finding of this quarter."""
    return make_rectification(make_activity(project, "site"), finding="公示牌破损", **fields)


def reread(notice: FeedbackNotice) -> FeedbackNotice:
    return FeedbackNotice.objects.get(pk=notice.pk)


def test_a_notice_says_where_each_finding_stood_and_asks_only_for_what_is_open(
    cast: Cast, project: Project
) -> None:
    set_office()
    make_visit(project, None, FOUND)
    today = timezone.localdate()
    site = make_activity(project, "site", done_on=today)
    make_rectification(site, finding="已报", state="reported", reported_on=today)
    make_rectification(site, finding="已销", state="verified", verified_on=today)
    make_rectification(site, finding="误记", state="withdrawn")
    notice = issue_many([make_activity(project)], by=cast["taskforce"])[0].notice
    told = reread(notice).told
    assert told.day == today
    assert [(one.finding, one.state) for one in told.findings] == [
        ("台账缺页", "issued"),
        ("已报", "reported"),
        ("已销", "verified"),
    ]
    [asked] = told.asked_for
    assert asked.finding == "台账缺页"
    item = next(one for one in outline_notice(notice).items if "发现的问题" in one.heading)
    assert "共3个问题" in item.text
    assert "待整改1个、已报告待核查1个、已整改销号1个" in item.text
    assert "请对待整改的1个问题逐项整改" in item.text
    assert [row[3] for row in item.table[1:]][1:] == ["—", "—"]


def test_the_state_in_a_notice_is_that_of_its_day_for_ever(
    issued: FeedbackNotice, cast: Cast
) -> None:
    Rectification.objects.update(state="verified", verified_on=timezone.localdate())
    page = client_of(cast["taskforce"]).get(reverse("partybuilding:feedback", args=[issued.pk]))
    [finding] = page.context["holds"]["reading"].findings
    assert finding["then"] == "待整改"
    assert finding["state"] == str(RectificationState.VERIFIED.label)


def test_an_older_notice_without_states_reads_as_it_did(issued: FeedbackNotice) -> None:
    content = {**issued.content}
    content["findings"] = [
        {key: value for key, value in row.items() if key not in ("state", "since")}
        for row in content["findings"]
    ]
    content.pop("day")
    FeedbackNotice.objects.filter(pk=issued.pk).update(content=content)
    told = reread(issued).told
    assert (told.day, len(told.asked_for)) == (None, 1)


def test_findings_after_the_notice_get_a_numbered_supplement(
    issued: FeedbackNotice, cast: Cast, project: Project
) -> None:
    make_issued(make_project("implementing", cast), cast)
    activity = issued.activity
    assert draft_notice(activity, by=cast["taskforce"]) == issued
    later_finding(project)
    assert untold().count() == 1
    [row] = to_supplement()
    assert (row["findings"], row["n"]) == (1, 1)
    assert still_to_supplement() == [row]
    Cycle.objects.filter(pk=project.cycle_id).update(state="closed")
    assert (still_to_supplement(), to_supplement()) == ([], [row])
    Cycle.objects.filter(pk=project.cycle_id).update(state="implementing")
    line = next(one for one in feedback_lines(cast["taskforce"]) if "补充" in one.label)
    assert (line.count, misled(cast["taskforce"], [line])) == (1, [])
    rows = quarter_notices(project.cycle, this_quarter(), cast["taskforce"])
    due = next(one for one in rows if one.activity.project == project)
    assert (due.untold, due.blocked) == (1, ())
    [outcome] = issue_many([activity], by=cast["taskforce"])
    supplement = outcome.notice
    assert (supplement.supplement, supplement.number != issued.number) == (1, True)
    assert [one.finding for one in supplement.told.findings] == ["公示牌破损"]
    assert kind_words(supplement) == "补充通报（第1号）"
    assert "补充通报（第1号）" in outline_notice(supplement).title
    assert issued.number in supplement.opening
    assert not untold().exists()
    assert not issue_many([activity], by=cast["taskforce"])[0].ok
    later_finding(project)
    assert issue_many([activity], by=cast["taskforce"])[0].notice.supplement == 2


def test_a_supplement_leaves_the_day_of_the_quarters_notice(
    issued: FeedbackNotice, cast: Cast, project: Project, time_machine: Any
) -> None:
    day = issued.issued_on
    time_machine.move_to(timezone.now() + timedelta(days=1), tick=False)
    later_finding(project)
    issue_many([issued.activity], by=cast["taskforce"])
    issued.activity.refresh_from_db()
    assert issued.activity.done_on == day


def test_an_issued_notice_is_corrected_by_another_and_both_name_each_other(
    issued: FeedbackNotice, cast: Cast, project: Project
) -> None:
    one = Rectification.objects.get()
    Rectification.objects.update(requirement="补齐台账并上墙")
    by = cast["taskforce"]
    draft = draft_correction(issued, by=by, reason="整改要求漏写一项")
    assert draft_correction(issued, by=by, reason="整改要求漏写一项") == draft
    assert reread(issued).state == FeedbackState.ISSUED
    done = move(reread(draft), "issue", by=by)
    old = reread(issued)
    assert (old.state, done.number != old.number) == (FeedbackState.CORRECTED, True)
    assert corrected_words(old) == f"已由{done.number}更正，理由：整改要求漏写一项"
    assert corrected_words(done) == f"更正{old.number}，理由：整改要求漏写一项"
    assert done.told.findings[0].requirement == "补齐台账并上墙"
    assert done.told.findings[0].rectification == one.pk
    assert f"本通报已由{done.number}更正" in "".join(outline_notice(old).opening)
    assert f"{old.number}有误" in "".join(outline_notice(done).opening)
    assert "（更正）" in outline_notice(done).title
    assert not untold().exists()
    issued.activity.refresh_from_db()
    assert issued.activity.done_on == old.issued_on
    with pytest.raises(Frozen):
        draft_correction(old, by=by, reason="再改")


def test_a_correction_can_be_corrected_and_is_not_revoked(
    issued: FeedbackNotice, cast: Cast
) -> None:
    by = cast["taskforce"]
    done = move(draft_correction(issued, by=by, reason="一误"), "issue", by=by)
    with pytest.raises(ConditionUnmet, match="再次更正"):
        move(done, "revoke", by=by, reason="不要了")
    again = move(draft_correction(done, by=by, reason="二误"), "issue", by=by)
    assert [reread(one).state for one in (issued, done, again)] == [
        "corrected",
        "corrected",
        "issued",
    ]


def test_a_notice_that_a_supplement_follows_is_not_revoked(
    issued: FeedbackNotice, cast: Cast, project: Project
) -> None:
    later_finding(project)
    issue_many([issued.activity], by=cast["taskforce"])
    with pytest.raises(ConditionUnmet, match="补充通报"):
        move(reread(issued), "revoke", by=cast["taskforce"], reason="写错。")


def test_a_notice_gives_place_only_to_an_issued_correction(
    issued: FeedbackNotice, cast: Cast
) -> None:
    by = cast["taskforce"]
    with pytest.raises(ConditionUnmet, match="起草并印发更正通报"):
        move(issued, "correct", by=by)
    for reason, error in (("", ConditionUnmet), ("电话13896000000", ConditionUnmet)):
        with pytest.raises(error):
            draft_correction(issued, by=by, reason=reason)
    with pytest.raises(NotYours):
        draft_correction(issued, by=cast["department"], reason="有误")


def test_the_correction_begins_on_a_screen(issued: FeedbackNotice, cast: Cast) -> None:
    client = client_of(cast["taskforce"])
    page = client.get(reverse("partybuilding:feedback", args=[issued.pk]))
    address = reverse("partybuilding:feedback_correct", args=[issued.pk])
    assert address in page.text
    answer = client.post(address, {"reason": "有误"}, follow=True)
    assert "反馈通报（更正）" in answer.text
    draft = FeedbackNotice.objects.get(corrects=issued)
    move(draft, "issue", by=cast["taskforce"])
    page = client.get(reverse("partybuilding:feedback", args=[issued.pk])).text
    assert "已由" in page
    assert address not in page
    portal = client_of(cast["applicant"]).get(
        reverse("portal:feedback", args=[issued.project_id, issued.pk])
    )
    assert reread(draft).number in portal.text
