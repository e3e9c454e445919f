"""Who is reminded of open score sheets and until when, and who is told when they are laid out or come back."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from partybuilding.core.calendar import add_working_days
from partybuilding.core.desk.deadlines import HORIZON, Deadline, Fault
from partybuilding.core.models import Notice
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.evaluation.deadlines import sheet_deadlines
from partybuilding.evaluation.models import ScoreSheet
from partybuilding.evaluation.states import DrawKind
from tests.factories.evaluation import Judged, hold_draw, make_year, score
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Judged:
    return make_year()


def due(today: Any = None) -> list[Deadline]:
    found = list(sheet_deadlines(today or timezone.localdate()))
    assert not [one for one in found if isinstance(one, Fault)]
    return found  # type: ignore[return-value]


def set_due(days: int = 3) -> Any:
    day = timezone.localdate() + timedelta(days=days)
    ScoreSheet.objects.update(due_on=day)
    return day


def test_an_experts_open_sheet_is_with_its_judge_and_then_with_the_department(year: Judged) -> None:
    hold_draw(year)
    set_due()
    sheet = ScoreSheet.objects.first()
    assert sheet is not None
    item = next(one for one in due() if one.item.startswith(f"score_sheet:{sheet.pk}:"))
    assert item.holders == (sheet.judge,)
    assert year.department in item.above[0]
    assert item.url == f"/portal/sheets/{sheet.pk}/"
    assert len(due()) == ScoreSheet.objects.count()


def test_a_peers_open_sheet_is_with_the_applicants_of_the_reviewing_organization(
    year: Judged,
) -> None:
    hold_draw(year, DrawKind.PEERS)
    set_due()
    sheet = ScoreSheet.objects.first()
    assert sheet is not None
    colleague = make_person(Role.APPLICANT, sheet.reviewer)
    cast = next(one for one in year.casts if one.organization == sheet.reviewer)
    item = next(one for one in due() if one.item.startswith(f"score_sheet:{sheet.pk}:"))
    assert set(item.holders) == {colleague, cast["applicant"]}


def test_what_is_handed_in_or_excused_is_due_no_more_and_what_comes_back_counts_anew(
    year: Judged,
) -> None:
    hold_draw(year)
    set_due()
    one, two = ScoreSheet.objects.all()[:2]
    before = {item.item for item in due()}
    one = score(one, "80")
    move(two, "excuse", by=year.department, reason="生病。")
    assert len(due()) == len(before) - 2
    move(one, "reopen", by=year.department, reason="漏看现场。")
    set_due()
    assert len({item.item for item in due()} - before) == 1


@pytest.mark.parametrize(("days", "is_asked"), [(0, True), (1, False)])
def test_sheets_are_asked_for_up_to_the_horizon(days: int, is_asked: bool, year: Judged) -> None:
    hold_draw(year)
    last = add_working_days(timezone.localdate(), HORIZON)
    ScoreSheet.objects.update(due_on=last + timedelta(days=days))
    assert bool(due()) is is_asked


def test_an_account_that_is_closed_is_told_nothing(year: Judged) -> None:
    hold_draw(year)
    set_due()
    sheet = ScoreSheet.objects.first()
    assert sheet is not None
    sheet.judge.is_active = False
    sheet.judge.save()
    item = next(one for one in due() if one.item.startswith(f"score_sheet:{sheet.pk}:"))
    assert item.holders == ()
    assert year.department in item.above[0]


def test_the_deadlines_cost_the_same_for_many(year: Judged, django_assert_num_queries: Any) -> None:
    hold_draw(year)
    set_due()
    with django_assert_num_queries(2):
        due()


def told(user: Any) -> list[str]:
    return list(Notice.objects.to(user).order_by("pk").values_list("subject", flat=True))


def test_everybody_is_told_once_of_the_sheets_that_a_draw_laid_out(year: Judged) -> None:
    hold_draw(year)
    hold_draw(year, DrawKind.PEERS)
    for expert in year.experts:
        assert told(expert) == ["您有新的评分任务"]
        count = ScoreSheet.objects.filter(judge=expert).count()
        assert f"{count}个项目" in Notice.objects.to(expert).get().body
    for cast in year.casts:
        assert told(cast["applicant"])[-1] == "互评开始"
    assert told(year.task_force)[-1:] not in (["互评开始"], ["您有新的评分任务"])


def test_a_lot_tells_nobody_of_sheets(year: Judged) -> None:
    hold_draw(year, DrawKind.LOT)
    assert not any(told(expert) for expert in year.experts)


@pytest.mark.parametrize(
    ("steps", "last"),
    [
        (("ask_recusal", "grant_recusal"), "回避申请已同意："),
        (("ask_recusal", "refuse_recusal"), "回避申请未获同意，请继续评分："),
        (("excuse", "restore"), "请恢复评分："),
        (("lock", "reopen"), "评分表已退回修改："),
    ],
)
def test_what_the_department_decides_is_told_to_whose_sheet_it_is(
    steps: tuple[str, str], last: str, year: Judged
) -> None:
    hold_draw(year)
    sheet = ScoreSheet.objects.first()
    assert sheet is not None
    first, second = steps
    if first == "lock":
        sheet = score(sheet, "80")
    else:
        by = sheet.judge if first == "ask_recusal" else year.department
        sheet = move(sheet, first, by=by, reason="配偶在该社区工作。")
    assert len(told(sheet.judge)) == 1, "nothing is told of the first step"
    move(sheet, second, by=year.department, reason="情况已核实。")
    assert told(sheet.judge)[-1] == f"{last}{sheet.project}"
    assert Notice.objects.to(sheet.judge).latest("pk").body == "情况已核实。"
    others = [expert for expert in year.experts if expert != sheet.judge]
    assert all(len(told(one)) == 1 for one in others)


def test_a_peers_sheet_that_comes_back_is_told_to_the_reviewing_organization(year: Judged) -> None:
    hold_draw(year, DrawKind.PEERS)
    sheet = ScoreSheet.objects.first()
    assert sheet is not None
    move(sheet, "excuse", by=year.department, reason="项目终止。")
    sheet.refresh_from_db()
    move(sheet, "restore", by=year.department, reason="项目恢复。")
    cast = next(one for one in year.casts if one.organization == sheet.reviewer)
    assert told(cast["applicant"])[-1] == f"请恢复评分：{sheet.project}"
