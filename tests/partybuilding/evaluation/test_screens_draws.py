"""The screens of draws: announced, held the next day, repeated, exchanged by hand, put into force, void."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.evaluation.models import Conflict, Draw, ScoreSheet
from partybuilding.evaluation.selectors.repeating import repeated
from partybuilding.evaluation.services import announce_draw, draw_lots, swap
from partybuilding.evaluation.states import DrawKind, DrawState
from tests.factories.evaluation import Judged, add_project, hold_draw, make_year, score, tomorrow
from tests.factories.people import make_group, make_person
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Judged:
    return make_year(projects=6, groups=2, experts=3)


@pytest.fixture
def browser(year: Judged) -> Client:
    return client_of(year.department)


def at(name: str, *args: Any) -> str:
    return reverse(f"partybuilding:{name}", args=args)


def drawn(year: Judged, kind: str = DrawKind.GROUPS) -> Draw:
    """Announce a draw yesterday and hold it today."""
    with time_machine.travel(tomorrow(-1), tick=False):
        draw = announce_draw(year.cycle, kind, by=year.department)
    return draw_lots(draw, witness_name="李公证", witness_words="七月流火", by=year.department)


def test_a_draw_is_announced_with_its_digest_and_keeps_its_secret(
    year: Judged, browser: Client
) -> None:
    address = at("draw_announce", year.cycle.year, "groups")
    assert "6" in browser.get(address).text
    page = browser.post(address, follow=True).text
    draw = Draw.objects.get()
    assert draw.commitment in page
    assert draw.secret not in page
    assert browser.post(address).status_code == 200, "a second one is refused in the form"
    assert Draw.objects.count() == 1


@pytest.mark.parametrize(("days", "status"), [(0, 409), (1, 200), (2, 200)])
def test_a_draw_is_held_on_a_later_day(
    year: Judged, browser: Client, days: int, status: int
) -> None:
    with time_machine.travel(tomorrow(-days), tick=False):
        draw = announce_draw(year.cycle, DrawKind.GROUPS, by=year.department)
    assert browser.get(at("draw_step", draw.pk, "hold")).status_code == status


def test_the_witness_is_named_and_the_words_are_shown_as_they_were_said(
    year: Judged, browser: Client
) -> None:
    with time_machine.travel(tomorrow(-1), tick=False):
        draw = announce_draw(year.cycle, DrawKind.GROUPS, by=year.department)
    address = at("draw_step", draw.pk, "hold")
    given = {"seen": draw.version, "witness_name": "李公证", "witness_words": ""}
    answer = browser.post(address, given)
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"witness_words"}
    browser.post(address, {**given, "witness_words": "七月流火"})
    draw.refresh_from_db()
    assert draw.state == DrawState.DRAWN
    page = browser.get(at("draw", draw.pk)).text
    for part in ("李公证", "七月流火", draw.seed, draw.secret, draw.commitment):
        assert part in page


def test_a_draw_comes_out_the_same_again_with_the_exchanges_by_hand(
    year: Judged, browser: Client
) -> None:
    draw = drawn(year)
    code, group = next(iter(draw.result["groups"].items()))
    target = next(key for key in draw.participants["groups"] if key != group)
    draw = swap(draw, code, target, "专业更为对口", by=year.department)
    assert repeated(draw).is_same
    page = browser.get(at("draw", draw.pk) + "?again=1").text
    assert "party-verdict" in page
    assert "party-verdict party-late" not in page


@pytest.mark.parametrize("part", ["secret", "witness_words", "seed", "commitment", "result"])
def test_a_change_behind_its_back_is_said(year: Judged, browser: Client, part: str) -> None:
    draw = drawn(year)
    changed = {**draw.result, "links": draw.result["links"][1:]} if part == "result" else "x"
    Draw.objects.filter(pk=draw.pk).update(**{part: changed})
    draw.refresh_from_db()
    assert not repeated(draw).is_same
    assert "party-verdict party-late" in browser.get(at("draw", draw.pk) + "?again=1").text


def test_circles_and_lots_come_out_the_same_again_too(year: Judged, browser: Client) -> None:
    for kind in (DrawKind.PEERS, DrawKind.LOT):
        draw = drawn(year, kind)
        assert repeated(draw).is_same
        page = browser.get(at("draw", draw.pk)).text
        assert all(project.title in page for project in year.projects)


def test_an_exchange_is_refused_with_whom_and_why(year: Judged, browser: Client) -> None:
    draw = drawn(year)
    code, group = next(iter(draw.result["groups"].items()))
    target = next(key for key in draw.participants["groups"] if key != group)
    project = next(one for one in year.projects if one.code == code)
    expert = next(one for one in year.experts if str(one.pk) in draw.participants["groups"][target])
    Conflict.objects.create(project=project, user=expert, reason="亲属", declared_by=None)
    address, reason = at("draw_swap", draw.pk), "专业更为对口"
    given = {"project": code, "group": target, "reason": reason}
    answer = browser.post(address, given)
    said = " ".join(answer.context["form"].non_field_errors())
    assert expert.get_full_name() in said
    assert "利害关系" in said
    Conflict.objects.all().delete()
    assert browser.post(address, {**given, "reason": ""}).context["form"].errors.keys() == {
        "reason"
    }
    assert browser.post(address, {**given, "group": group}).context["form"].errors.keys() == {
        "group"
    }
    wrong = {**given, "other": code}
    assert browser.post(address, wrong).context["form"].errors.keys() == {"other"}
    page = browser.post(address, given, follow=True).text
    assert reason in page
    draw.refresh_from_db()
    assert draw.result["groups"][code] == target


def test_exclusions_name_the_expert_and_the_reason(year: Judged, browser: Client) -> None:
    expert = year.experts[0]
    Conflict.objects.create(project=year.projects[0], user=expert, reason="亲属", declared_by=None)
    page = browser.get(at("draw", drawn(year).pk)).context["holds"]
    assert [one.expert for one in page["exclusions"]] == [expert.get_full_name()]
    assert page["exclusions"][0].reasons


def test_the_map_and_the_table_beside_say_the_same(year: Judged, browser: Client) -> None:
    holds = browser.get(at("draw", drawn(year).pk)).context["holds"]
    assert [curve.sheets for curve in holds["map"].curves] == [
        one["sheets"] for one in holds["between"]
    ]
    assert len(holds["map"].nodes) == 2
    assert sum(len(one["projects"]) for one in holds["by_expert"]) == sum(
        one["sheets"] for one in holds["between"]
    )


def test_putting_into_force_lays_the_sheets_out(year: Judged, browser: Client) -> None:
    draw = drawn(year)
    browser.post(at("draw_step", draw.pk, "apply"), {"seen": draw.version})
    assert ScoreSheet.objects.count() == 6 * 3 + 6


@pytest.mark.parametrize("reason", ["", "。"])
def test_a_draw_is_void_only_with_a_reason_for_all(
    year: Judged, browser: Client, reason: str
) -> None:
    draw = hold_draw(year)
    address = at("draw_step", draw.pk, "void")
    answer = browser.post(address, {"seen": draw.version, "reason": reason})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    reason = "一名专家临时退出，须重新抽取"
    browser.post(address, {"seen": draw.version, "reason": reason})
    draw.refresh_from_db()
    assert draw.state == DrawState.VOID
    assert not ScoreSheet.objects.exists()


def test_a_draw_by_which_somebody_scored_stands(year: Judged, browser: Client) -> None:
    draw = hold_draw(year)
    score(ScoreSheet.objects.of_experts().first(), "90")
    assert browser.get(at("draw_step", draw.pk, "void")).status_code == 409


def test_the_list_of_draws_asks_as_much_for_many_as_for_few(year: Judged, browser: Client) -> None:
    address = at("draws", year.cycle.year)
    draw = drawn(year)
    browser.get(address)
    before = queries_of(browser, address)
    for _again in range(3):
        move(draw, "void", by=year.department, reason="名单有误，须重新抽取")
        draw = drawn(year)
    assert queries_of(browser, address) == before


@pytest.mark.parametrize("kind", [DrawKind.GROUPS, DrawKind.PEERS])
def test_a_draw_of_many_asks_no_more_than_one_of_few(kind: str) -> None:
    year = make_year(projects=4, groups=2, experts=3)
    browser, first = client_of(year.department), drawn(year, kind)
    browser.get(at("draw", first.pk))
    few = queries_of(browser, at("draw", first.pk))
    move(first, "void", by=year.department, reason="名单有误，须重新抽取")
    for number in range(4):
        add_project(year, f"又一个项目{number}")
    year.groups.append(make_group(*(make_person(Role.EXPERT) for _one in range(4))))
    assert queries_of(browser, at("draw", drawn(year, kind).pk)) == few
