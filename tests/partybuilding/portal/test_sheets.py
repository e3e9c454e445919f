"""The lists of one's own score sheets: rights, the statement, recusals, places of peers, explanations."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.evaluation.models import Conflict, Disagreement, RecusalStatement, ScoreSheet
from partybuilding.evaluation.services import give_statement
from partybuilding.evaluation.states import DrawKind, SheetKind, SheetState
from partybuilding.organizations.services import end_membership
from tests.factories.evaluation import Judged, first_sheet, hold_draw, make_year, score
from tests.factories.people import make_person
from tests.partybuilding.portal.test_home import queries

SHEETS, PEERS = "/portal/sheets/", "/portal/sheets/peers/"
ASKED, GONE, SHOWN, LED = 302, 404, 200, 302


@pytest.fixture
def year(db: None) -> Judged:
    """Return a year whose sheets are laid out, of experts and of peers."""
    made = make_year()
    hold_draw(made)
    hold_draw(made, DrawKind.PEERS)
    return made


def sheets_of(user: Any, **more: Any) -> Any:
    return ScoreSheet.objects.filter(judge=user, **more).order_by("pk")


def people_of(year: Judged, sheet: ScoreSheet) -> dict[str, Any]:
    """Return everybody who might try the sheet of an expert."""
    cast = next(cast for cast in year.casts if cast.organization == sheet.project.organization)
    own = list(sheet.group.members.all())
    return {
        "anonymous": None,
        "judge": sheet.judge,
        "same group": next(one for one in own if one != sheet.judge),
        "other group": next(one for one in year.experts if one not in own),
        "applicant": cast["applicant"],
        "peer": next(one["applicant"] for one in year.casts if one is not cast),
        "unit": cast["unit"],
        "editor": cast["editor"],
        "task force": year.task_force,
        "department": year.department,
    }


#: What is answered to anonymous, whose sheet it is, others of the portal, and staff.
OWN = {"anonymous": ASKED, "judge": SHOWN}
STAFF = ("unit", "editor", "task force", "department")
ADDRESSES = ("sheet", "sheet_save", "hand_in", "recusal")
WHO = ("anonymous", "judge", "same group", "other group", "applicant", "peer", *STAFF)


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("who", WHO)
def test_a_sheet_is_for_whose_it_is_alone(name: str, who: str, year: Judged, browse: Any) -> None:
    sheet = first_sheet()
    give_statement(year.cycle, by=sheet.judge)
    client = browse(people_of(year, sheet)[who])
    answer = client.get(reverse(f"portal:{name}", args=[sheet.pk]))
    expected = OWN.get(who, LED if who in STAFF else GONE)
    assert answer.status_code == expected
    if who in STAFF:
        assert answer["Location"] == reverse("wagtailadmin_home")


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("who", [one for one in WHO if one != "judge"])
def test_nobody_else_writes_on_a_sheet(name: str, who: str, year: Judged, browse: Any) -> None:
    sheet = first_sheet()
    give_statement(year.cycle, by=sheet.judge)
    data = {f"points-{one.code}": "1" for one in sheet.criteria} | {
        "reason": "捣乱",
        "revision": "0",
    }
    browse(people_of(year, sheet)[who]).post(reverse(f"portal:{name}", args=[sheet.pk]), data)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.points, sheet.revision) == (SheetState.OPEN, {}, 0)


@pytest.mark.parametrize("who", WHO)
def test_the_leader_of_a_group_sees_no_sheet_of_its_experts(
    who: str, year: Judged, browse: Any
) -> None:
    sheet = first_sheet()
    leader = people_of(year, sheet)["same group"]
    sheet.group.leader = leader
    sheet.group.save()
    assert browse(leader).get(reverse("portal:sheet", args=[sheet.pk])).status_code == 404


def test_a_peer_sheet_is_for_any_applicant_of_the_reviewing_organization(
    year: Judged, browse: Any
) -> None:
    sheet = ScoreSheet.objects.of_peers().order_by("pk").first()
    assert sheet is not None
    colleague = make_person(Role.APPLICANT, sheet.reviewer)
    address = reverse("portal:sheet", args=[sheet.pk])
    assert browse(colleague).get(address).status_code == 200
    reviewed = next(c for c in year.casts if c.organization == sheet.project.organization)
    assert browse(reviewed["applicant"]).get(address).status_code == 404
    assert browse(year.experts[0]).get(address).status_code == 404


def test_an_expert_whose_term_ended_finds_no_sheet(year: Judged, browse: Any) -> None:
    sheet = first_sheet()
    end_membership(sheet.judge.memberships.get(), by=year.department)
    answer = browse(sheet.judge).get(reverse("portal:sheet", args=[sheet.pk]))
    assert "nobody" in "".join(t.name for t in answer.templates) or answer.status_code in (302, 404)


def test_the_statement_comes_before_everything_else(year: Judged, browse: Any) -> None:
    sheet = first_sheet()
    client = browse(sheet.judge)
    page = client.get(SHEETS).content.decode()
    assert "回避承诺" in page
    assert str(sheet.project) in page
    assert reverse("portal:sheet", args=[sheet.pk]) + '"' not in page
    assert client.get(reverse("portal:sheet", args=[sheet.pk]))["Location"] == SHEETS
    assert client.get(reverse("portal:hand_in", args=[sheet.pk])).status_code == 302
    for _twice in range(2):
        client.post(reverse("portal:statement"), {"cycle": year.cycle.pk})
    assert RecusalStatement.objects.get().user == sheet.judge
    page = client.get(SHEETS).content.decode()
    assert reverse("portal:sheet", args=[sheet.pk]) in page


def test_a_conflict_is_stated_from_the_statement_and_the_department_decides(
    year: Judged, browse: Any
) -> None:
    sheet = first_sheet()
    client = browse(sheet.judge)
    address = reverse("portal:recusal", args=[sheet.pk])
    assert address in client.get(SHEETS).content.decode()
    assert "error-summary" in client.post(address, {"reason": " "}).content.decode()
    assert client.post(address, {"reason": "配偶在该社区工作。"})["Location"] == SHEETS
    sheet.refresh_from_db()
    assert sheet.state == SheetState.RECUSAL
    assert "回避申请待定" in client.get(SHEETS).content.decode()
    assert client.post(address, {"reason": "再申请一次。"})["Location"] == SHEETS
    move(sheet, "refuse_recusal", by=year.department, reason="不属于利害关系。")
    give_statement(year.cycle, by=sheet.judge)
    page = client.get(reverse("portal:sheet", args=[sheet.pk])).content.decode()
    assert "不属于利害关系。" in page
    assert not Conflict.objects.exists()
    score(ScoreSheet.objects.get(pk=sheet.pk), "80")


def test_what_is_to_be_scored_stands_first(year: Judged, browse: Any) -> None:
    judge = first_sheet().judge
    done, *others = sheets_of(judge)
    score(done, "80")
    excused = others[0]
    move(excused, "excuse", by=year.department, reason="生病。")
    page = browse(judge).get(SHEETS).content.decode()
    words = ["待评分", "已提交", "不评分"] if len(others) > 1 else ["已提交", "不评分"]
    places = [page.index(f">{word}</h2>") for word in words]
    assert places == sorted(places)
    assert "生病" not in page
    assert "80分" in page


def test_the_navigation_counts_open_sheets_of_ones_own(year: Judged, browse: Any) -> None:
    judge = first_sheet().judge
    count = sheets_of(judge).count()
    page = browse(judge).get("/portal/messages/").content.decode()
    assert re.search(rf'评分\s*<span class="count">{count}<', page)
    assert "互评" not in page
    applicant = year.casts[0]["applicant"]
    page = browse(applicant).get("/portal/messages/").content.decode()
    assert re.search(r'互评\s*<span class="count">1<', page)
    assert not re.search(r">\s*评分\s*<", page)


def test_without_peer_sheets_there_is_no_peer_review(year: Judged, browse: Any) -> None:
    page = browse(make_person(Role.APPLICANT)).get("/portal/messages/").content.decode()
    assert "互评" not in page
    assert browse(make_person(Role.APPLICANT)).get(PEERS).status_code == 200


@pytest.fixture
def reviewing(db: None) -> Judged:
    """Return a year in which each organisation reviews two projects."""
    made = make_year(projects=6)
    made.cycle.evaluation.peer_reviews = 2
    made.cycle.evaluation.save()
    hold_draw(made, DrawKind.PEERS)
    return made


def peers_of(year: Judged) -> tuple[Any, ScoreSheet, ScoreSheet]:
    cast = year.casts[0]
    one, two = ScoreSheet.objects.filter(reviewer=cast.organization).order_by("pk")
    return cast["applicant"], one, two


def test_each_project_takes_another_place_and_places_can_be_exchanged(
    reviewing: Judged, browse: Any
) -> None:
    applicant, one, two = peers_of(reviewing)
    client = browse(applicant)

    def give(first: str, second: str) -> str:
        answer = client.post(PEERS, {f"place-{one.pk}": first, f"place-{two.pk}": second})
        one.refresh_from_db()
        two.refresh_from_db()
        return answer.content.decode()

    give("1", "2")
    assert (one.place, two.place) == (1, 2)
    give("2", "1")
    assert (one.place, two.place) == (2, 1)
    assert "error-summary" in give("1", "1")
    assert (one.place, two.place) == (2, 1)
    for wrong in ("3", "0", "²", "-1", "一"):
        assert "error-summary" in give(wrong, "1")
    client.post(PEERS, {f"place-{one.pk}": ""})
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.place, two.place) == (None, 1)


def test_nobody_gives_places_for_others(reviewing: Judged, browse: Any) -> None:
    _applicant, one, _two = peers_of(reviewing)
    browse(reviewing.casts[1]["applicant"]).post(PEERS, {f"place-{one.pk}": "1"})
    one.refresh_from_db()
    assert one.place is None


def led(year: Judged) -> tuple[Any, Any, list[ScoreSheet]]:
    """Return a project, the leader of its group, and the group's sheets with the leader's last."""
    group = year.groups[0]
    leader = group.members.order_by("pk").first()
    group.leader = leader
    group.save()
    own = ScoreSheet.objects.filter(group=group, kind=SheetKind.SITE, judge=leader).first()
    assert own is not None
    all_ = list(ScoreSheet.objects.filter(project=own.project, kind=SheetKind.SITE))
    return own.project, leader, sorted(all_, key=lambda sheet: sheet.judge_id == leader.pk)


@pytest.mark.parametrize(("lowest", "is_asked"), [("70", False), ("69.5", True)])
def test_a_leader_is_asked_beyond_the_limit_once_everybody_handed_in(
    lowest: str, is_asked: bool, year: Judged, browse: Any
) -> None:
    project, leader, (first, second, own) = led(year)
    for sheet, points in ((first, "90"), (own, "80")):
        exact(sheet, points)
    client, address = browse(leader), reverse("portal:explain", args=[project.pk])
    for other in sheets_of(leader):
        give_statement(other.cycle, by=leader)
    before = client.get(SHEETS).content.decode()
    assert address not in before
    exact(second, lowest)
    page = client.get(SHEETS).content.decode()
    assert (address in page) is is_asked
    assert client.get(address).status_code == (200 if is_asked else 404)
    if is_asked:
        assert "20.5分" in page
        assert "90分" not in page
        assert "error-summary" in client.post(address, {"words": ""}).content.decode()
        client.post(address, {"words": "对成效的看法不同。"})
        assert Disagreement.objects.get().words == "对成效的看法不同。"
        assert "已说明" in client.get(SHEETS).content.decode()


def exact(sheet: ScoreSheet, total: str) -> None:
    """Hand a sheet in with exactly this total."""
    from partybuilding.evaluation.services import save_sheet

    left = Decimal(total)
    given = {}
    for one in sheet.criteria:
        given[one.code] = str(min(left, Decimal(one.points)))
        left -= Decimal(given[one.code])
    give_statement(sheet.cycle, by=sheet.judge)
    move(save_sheet(sheet, given, by=sheet.judge), "lock", by=sheet.judge)


def test_a_leader_whose_own_sheet_is_open_is_asked_nothing(year: Judged, browse: Any) -> None:
    project, leader, (first, second, _own) = led(year)
    exact(first, "95")
    exact(second, "20")
    give_statement(year.cycle, by=leader)
    client = browse(leader)
    assert "相差" not in client.get(SHEETS).content.decode()
    assert client.get(reverse("portal:explain", args=[project.pk])).status_code == 404


def test_only_the_leader_explains(year: Judged, browse: Any) -> None:
    project, _leader, sheets = led(year)
    for sheet, points in zip(sheets, ("95", "20", "90"), strict=True):
        exact(sheet, points)
    address = reverse("portal:explain", args=[project.pk])
    assert browse(sheets[0].judge).get(address).status_code == 404
    assert browse(sheets[0].judge).post(address, {"words": "越权说明"}).status_code == 404
    assert not Disagreement.objects.exists()


def test_the_lists_cost_the_same_for_many(browse: Any, db: None) -> None:
    def cost(projects: int) -> tuple[int, int]:
        year = make_year(projects=projects)
        year.cycle.evaluation.peer_reviews = 1 if projects < 6 else 2
        year.cycle.evaluation.save()
        hold_draw(year)
        hold_draw(year, DrawKind.PEERS)
        expert: Client = browse(first_sheet().judge)
        give_statement(year.cycle, by=first_sheet().judge)
        costs = queries(expert, SHEETS), queries(browse(year.casts[0]["applicant"]), PEERS)
        ScoreSheet.objects.all().delete()
        return costs

    assert cost(4) == cost(12)
