"""Feedback notices: what they are assembled from, how they are frozen, numbered, issued together and revoked."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours, WrongState
from partybuilding.core.models import Notice
from partybuilding.core.selectors import faults_of_trail, trail_of
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.organizations.models import IssuingBody, NumberSeries
from partybuilding.organizations.services import appoint
from partybuilding.projects.models import Project
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Activity, Rectification, Visit
from partybuilding.supervision.notices.documents import EDITIONS
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.services import draft_notice, issue_many, save_words
from partybuilding.supervision.wording import when_words
from tests.factories import make_cast, make_organization, make_person, make_project
from tests.factories.feedback import (
    make_activity,
    make_draft,
    make_issued,
    make_rectification,
    make_visit,
    set_office,
    this_quarter,
)
from tests.factories.projects import Cast

pytestmark = pytest.mark.django_db
FINDINGS = (("议事记录不全", "补齐记录"), ("公示栏未更新", "七日内更新"))


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return make_cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    """Make a project that is carried out, with one commitment."""
    return make_project("implementing", cast)


def fresh(notice: FeedbackNotice) -> FeedbackNotice:
    """Read a notice as it stands."""
    return FeedbackNotice.objects.get(pk=notice.pk)


# What it is assembled from


def test_a_draft_tells_what_was_recorded_in_its_quarter_and_nothing_else(
    cast: Cast, project: Project
) -> None:
    other = 1 if timezone.localdate().month > 3 else 2
    make_visit(project, other, ("别的季度的问题", "改"), good_practice="别的季度的做法")
    neighbour = make_project("implementing", cast)
    make_visit(neighbour, None, ("别的项目的问题", "改"))
    notice = make_draft(project, cast, None, *FINDINGS)
    told = notice.told
    assert [one.finding for one in told.findings] == ["议事记录不全", "公示栏未更新"]
    assert [(one.number, one.goal, one.found) for one in told.checked] == [
        (1, "办结议题60件", "on_track")
    ]
    assert told.good_practice == ("党员认领楼栋，问题不过夜。",)
    assert told.organizations == (cast.organization.name,)
    assert told.unit == cast.organization.unit.name


def test_the_same_quarter_a_year_later_is_not_mixed_in(cast: Cast, project: Project) -> None:
    now = this_quarter()
    later = Quarter(now.year + 1, now.number)
    make_visit(project, later, ("来年的问题", "改"), good_practice="来年的做法")
    notice = make_draft(project, cast, None, FINDINGS[0])
    assert notice.told.period == now
    assert [one.finding for one in notice.told.findings] == ["议事记录不全"]
    assert notice.told.good_practice == ("党员认领楼栋，问题不过夜。",)
    assert len(notice.told.held) == 1
    told = draft_notice(make_activity(project, "notice", later), by=cast["taskforce"]).told
    assert told.period == later
    assert [one.finding for one in told.findings] == ["来年的问题"]
    assert told.good_practice == ("来年的做法",)


def test_who_went_there_is_not_told(cast: Cast, project: Project) -> None:
    notice = make_issued(project, cast, None, *FINDINGS)
    assert "查看、" not in str(fresh(notice).content)


def test_the_last_check_of_a_commitment_counts(cast: Cast, project: Project) -> None:
    first = make_visit(project, kind="dispatch", held_on=timezone.localdate() - timedelta(days=9))
    first.checks.update(found="problem")
    assert [check.found for check in make_draft(project, cast).told.checked] == ["on_track"]


def test_a_draft_follows_the_rows_until_it_is_issued(cast: Cast, project: Project) -> None:
    notice = make_draft(project, cast)
    make_rectification(make_activity(project, "site"))
    assert len(fresh(notice).told.findings) == 1


# Drafting


def test_a_second_click_leads_to_the_notice_that_there_is(cast: Cast, project: Project) -> None:
    notice = make_draft(project, cast)
    assert draft_notice(notice.activity, by=cast["taskforce"]).pk == notice.pk


def test_only_the_task_force_drafts_and_not_on_its_own_project(
    cast: Cast, project: Project
) -> None:
    activity = make_activity(project)
    for role in ("department", "unit", "applicant", "auditor", "editor", "publisher", "expert"):
        with pytest.raises(NotYours):
            draft_notice(activity, by=cast[role])
    torn = make_person(Role.TASK_FORCE)
    appoint(torn, Role.APPLICANT, cast.organization, by=None)
    with pytest.raises(NotYours):
        draft_notice(activity, by=torn)


def test_an_activity_that_is_held_asks_for_no_notice(cast: Cast, project: Project) -> None:
    with pytest.raises(ConditionUnmet, match="不需要反馈通报"):
        draft_notice(make_activity(project, "dispatch"), by=cast["taskforce"])


def test_words_are_changed_until_it_is_issued(cast: Cast, project: Project) -> None:
    notice = make_draft(project, cast)
    saved = save_words(notice, by=cast["taskforce"], opening="总体较好。", closing="望再接再厉。")
    assert (saved.opening, saved.closing) == ("总体较好。", "望再接再厉。")
    rows = trail_of(notice).count()
    save_words(notice, by=cast["department"], opening="总体较好。", closing="望再接再厉。")
    assert trail_of(notice).count() == rows
    with pytest.raises(Frozen):
        save_words(notice, by=cast["department"], opening="改", closing="")
    move(fresh(notice), "issue", by=cast["taskforce"])
    with pytest.raises(Frozen):
        save_words(notice, by=cast["taskforce"], opening="改", closing="")


# Issuing


@time_machine.travel("2022-06-30 09:00:00+08:00", tick=False)
def test_an_issued_notice_has_its_number_and_marks_the_activity_done() -> None:
    cast = make_cast()
    notice = make_issued(make_project("implementing", cast), cast, 2, *FINDINGS)
    assert notice.number == "区委组督〔2022〕1号"
    assert notice.issuer == "区委组织部"
    assert notice.activity.done_on == date(2022, 6, 30)
    assert [row.finding for row in notice.findings.all()] == ["议事记录不全", "公示栏未更新"]
    assert list(faults_of_trail()) == []


def test_what_was_issued_never_changes(cast: Cast, project: Project) -> None:
    notice = make_issued(project, cast, None, *FINDINGS)
    before = fresh(notice).told
    Rectification.objects.update(finding="改了的问题")
    Visit.objects.update(good_practice="改了的做法")
    Project.objects.update(title="改了的题目")
    make_rectification(make_activity(project, "site"))
    after = fresh(notice)
    assert after.told == before
    assert [row.finding for row in after.findings.all()] == ["议事记录不全", "公示栏未更新"]
    with pytest.raises(WrongState):
        move(after, "issue", by=cast["taskforce"])


def test_those_who_carry_it_out_and_their_unit_are_told_once(cast: Cast, project: Project) -> None:
    partner = make_organization()
    project.partners.create(organization=partner, consent="agreed")
    other = make_person(Role.APPLICANT, partner)
    notice = make_issued(project, cast, None, *FINDINGS)
    told = Notice.objects.filter(subject__startswith="《").order_by("recipient")
    assert {one.recipient for one in told} == {cast["applicant"], cast["unit"], other}
    first = told.get(recipient=cast["applicant"])
    assert notice.number in first.body
    assert "2个问题" in first.body
    assert first.url == f"/portal/projects/{project.pk}/feedback/{notice.pk}/"


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda: set_office(code=""), "机关代字"),
        (lambda: IssuingBody.objects.all().delete(), "机关代字"),
        (lambda: Visit.objects.all().delete(), "尚无督导记录"),
        (lambda: Visit.objects.update(summary="联系13800138000"), "手机号码"),
        (lambda: FeedbackNotice.objects.update(closing="联系13800138000"), "手机号码"),
    ],
    ids=["no code", "no issuing body", "no visit", "number in a visit", "number in the words"],
)
def test_a_notice_that_is_not_fit_is_refused_and_takes_no_number(
    cast: Cast, project: Project, spoil: Any, sentence: str
) -> None:
    notice = make_draft(project, cast, None, *FINDINGS)
    spoil()
    with pytest.raises(ConditionUnmet, match=sentence):
        move(fresh(notice), "issue", by=cast["taskforce"])
    assert not NumberSeries.objects.exists()
    assert fresh(notice).content == {}


def test_many_are_issued_each_on_its_own_without_a_gap(cast: Cast) -> None:
    set_office()
    activities = []
    for at in range(3):
        project = make_project("implementing", cast)
        if at != 1:
            make_visit(project)
        activities.append(make_activity(project))
    outcomes = issue_many(activities, by=cast["taskforce"])
    assert [outcome.ok for outcome in outcomes] == [True, False, True]
    assert "尚无督导记录" in outcomes[1].refusal
    numbers = FeedbackNotice.objects.order_by("pk").values_list("number", flat=True)
    year = timezone.localdate().year
    assert list(numbers) == [f"区委组督〔{year}〕{n}号" for n in (1, 2)]
    again = issue_many(activities, by=cast["taskforce"])
    assert [outcome.ok for outcome in again] == [False, False, False]
    assert FeedbackNotice.objects.count() == 2


def test_numbers_begin_anew_with_the_year_and_the_code() -> None:
    assert [NumberSeries.take("甲", 2022) for _ in range(2)] == [1, 2]
    assert NumberSeries.take("甲", 2023) == 1
    assert NumberSeries.take("乙", 2022) == 1
    assert NumberSeries.take("甲", 2022) == 3


# Revoking


def test_a_revoked_notice_gives_its_reason_and_its_quarter_awaits_another(
    cast: Cast, project: Project
) -> None:
    notice = make_issued(project, cast, None, *FINDINGS)
    with pytest.raises(ConditionUnmet):
        move(notice, "revoke", by=cast["taskforce"])
    with pytest.raises(ConditionUnmet, match="手机号码"):
        move(notice, "revoke", by=cast["taskforce"], reason="见13800138000")
    revoked = move(notice, "revoke", by=cast["taskforce"], reason="整改期限写错。")
    assert revoked.revocation == "整改期限写错。"
    assert Activity.objects.get(pk=notice.activity_id).done_on is None
    later = issue_many([notice.activity], by=cast["taskforce"])[0]
    assert later.ok
    assert later.notice.number.endswith("〕2号")
    assert revoked.number.endswith("〕1号")
    assert Notice.objects.filter(recipient=cast["applicant"], body="整改期限写错。").exists()


# Papers


def words_of_docx(content: bytes) -> str:
    """Return the text of a Word file, tables included, without white space."""
    document = Document(io.BytesIO(content))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "".join("".join([*(p.text for p in document.paragraphs), *cells]).split())


def words_of_pdf(content: bytes) -> str:
    """Return the text of a PDF without white space."""
    reader = PdfReader(io.BytesIO(content))
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


@pytest.mark.parametrize(
    ("edition", "read"), [("docx", words_of_docx), ("pdf", words_of_pdf)], ids=["docx", "pdf"]
)
def test_the_paper_says_all_of_it(cast: Cast, project: Project, edition: str, read: Any) -> None:
    notice = make_issued(project, cast, None, *FINDINGS)
    Rectification.objects.update(finding="改了的问题")
    text = read(EDITIONS[edition](fresh(notice)))
    assert notice.told.period == notice.activity.period
    for words in (
        "区委组织部",
        notice.number,
        f"{when_words(notice.activity)}基层党建创新项目督导情况反馈通报",
        f"{cast.organization.name}：",
        "办结议题60件",
        "进展正常",
        "议事记录不全",
        "七日内更新",
        "党员认领楼栋",
        "特此通报。",
        f"抄送：{cast.organization.unit.name}。",
    ):
        assert "".join(words.split()) in text, words
    assert "改了的问题" not in text
    assert "查看、李" not in text


def test_a_draft_says_that_it_is_one_and_a_quarter_without_findings_too(
    cast: Cast, project: Project
) -> None:
    text = words_of_docx(EDITIONS["docx"](make_draft(project, cast)))
    assert "尚未编号" in text
    assert "未发现需要整改的问题" in text
