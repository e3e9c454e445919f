"""Every condition of a project's steps, one by one: what it asks, and the sentence it answers."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from partybuilding.projects import rules
from partybuilding.projects.preparation import rules as deciding
from partybuilding.projects.sheet import APPLICATION

TODAY = timezone.localdate()


class Rows(list):
    """What `related.all()` gives."""

    def all(self) -> "Rows":
        return self


def thing(**facts: Any) -> SimpleNamespace:
    return SimpleNamespace(**facts)


def cycle(**facts: Any) -> SimpleNamespace:
    given = {
        "state": "applying",
        "applications_open": TODAY - timedelta(days=5),
        "applications_close": TODAY + timedelta(days=5),
        "ends_on": TODAY + timedelta(days=300),
        "criteria": Rows([thing(pk=1), thing(pk=2)]),
        "grades": Rows([thing(code="first")]),
        "first_review": True,
        "pre_assessment": "any",
        "decided_by": "either",
    }
    return thing(**{**given, **facts})


def step(**facts: Any) -> SimpleNamespace:
    return thing(**{"is_complete": True, "deadline": TODAY, **facts})


def project(**facts: Any) -> SimpleNamespace:
    given = {
        "sheet": APPLICATION,
        "results": APPLICATION.of("results"),
        "state": "draft",
        "code": None,
        "due_on": None,
        "cycle": cycle(),
        "cycle_id": None,
        "title": "红色驿站",
        "sector": "urban",
        "topic_id": 1,
        "contact_name": "周示例",
        "contact_phone": "023-79220000",
        "problem": "问题",
        "distinctiveness": "特色",
        "highlights": "亮点",
        "plan_steps": Rows([step()]),
        "organization": thing(unit_id=9, secretary_name="李示例"),
        "partners": Rows(),
        "assessments": Rows([thing(method="visit")]),
        "ratings": Rows([thing(criterion_id=1), thing(criterion_id=2)]),
        "duties_missing": list,
        "quota_left": lambda: 1,
        "places_left": lambda grade: 1,
        "commitments": Rows(
            [
                thing(
                    is_complete=True,
                    deadline=TODAY,
                    is_accounted_for=True,
                    explanation="",
                    steps=Rows(),
                )
            ]
        ),
        "results_summary": "办结66件。",
    }
    return thing(**{**given, **facts})


def attempt(reason: str = "", **data: Any) -> SimpleNamespace:
    return thing(reason=reason, data=data)


def test_a_complete_application_passes_every_rule() -> None:
    whole = project()
    assert APPLICATION.missing(whole) == {}
    for rule in (
        rules.in_time,
        rules.form_complete,
        rules.organization_ready,
        deciding.is_assessed,
        deciding.four_ones_named,
        rules.commitments_complete,
        rules.results_complete,
        rules.not_announced,
    ):
        assert rule(whole), rule.__name__


@pytest.mark.parametrize(
    ("change", "section"),
    [
        ({"title": " "}, "basics"),
        ({"sector": ""}, "basics"),
        ({"topic_id": None}, "basics"),
        ({"contact_phone": " "}, "basics"),
        ({"contact_name": ""}, "basics"),
        ({"problem": ""}, "problem"),
        ({"distinctiveness": " "}, "distinctiveness"),
        ({"highlights": ""}, "highlights"),
        ({"plan_steps": Rows()}, "plan"),
        ({"plan_steps": Rows([step(is_complete=False)])}, "plan"),
        ({"plan_steps": Rows([step(deadline=TODAY + timedelta(days=301))])}, "plan"),
        ({"plan_steps": Rows([step(deadline=TODAY - timedelta(days=6))])}, "plan"),
    ],
)
def test_each_gap_is_named_in_its_section(change: dict[str, Any], section: str) -> None:
    missing = APPLICATION.missing(project(**change))
    assert list(missing) == [section]
    assert not rules.form_complete(project(**change))


@pytest.mark.parametrize(("days", "ok"), [(None, True), (0, True), (1, True), (-1, False)])
def test_a_returned_application_has_its_own_deadline(days: int | None, ok: bool) -> None:
    due = None if days is None else TODAY + timedelta(days=days)
    closed = cycle(applications_close=TODAY - timedelta(days=1))
    assert bool(rules.in_time(project(state="returned", due_on=due, cycle=closed))) is ok


@pytest.mark.parametrize(
    ("due", "closes", "year", "ok"),
    [
        # Let back after the window: its own last day holds, and is the last one.
        (0, -1, "selecting", True),
        (-1, -2, "selecting", False),
        (1, 0, "selecting", True),
        # Not later than the window: the window alone decides, and it is open in its own stage only.
        (0, 0, "applying", True),
        (0, 0, "selecting", False),
        (0, 1, "selecting", False),
        (-1, 1, "applying", True),
    ],
)
def test_what_was_let_back_has_a_last_day_after_the_window(
    due: int, closes: int, year: str, ok: bool
) -> None:
    facts = {"state": year, "applications_close": TODAY + timedelta(days=closes)}
    let_back = project(code="2025-007", due_on=TODAY + timedelta(days=due), cycle=cycle(**facts))
    assert bool(rules.in_time(let_back)) is ok


#: The year runs from five days ago to 300 days ahead; both days belong to it.
ENDS_OF_THE_YEAR = [(-6, False), (-5, True), (-4, True), (299, True), (300, True), (301, False)]


@pytest.mark.parametrize(("days", "ok"), ENDS_OF_THE_YEAR)
def test_both_ends_of_the_year_count_for_plan_and_commitment(days: int, ok: bool) -> None:
    day = TODAY + timedelta(days=days)
    promise = thing(is_complete=True, deadline=day, steps=Rows())
    assert bool(rules.commitments_complete(project(commitments=Rows([promise])))) is ok
    assert (APPLICATION.missing(project(plan_steps=Rows([step(deadline=day)]))) == {}) is ok


@pytest.mark.parametrize(
    ("days", "ok"),
    [(-6, False), (-5, True), (9, True), (10, True), (11, False), (None, True)],
)
def test_a_step_of_a_commitment_ends_inside_the_year_and_by_its_commitments_last_day(
    days: int | None, ok: bool
) -> None:
    day = None if days is None else TODAY + timedelta(days=days)
    steps = Rows([step(deadline=TODAY), step(deadline=day)])
    promise = thing(is_complete=True, deadline=TODAY + timedelta(days=10), steps=steps)
    assert bool(rules.commitments_complete(project(commitments=Rows([promise])))) is ok


@pytest.mark.parametrize(("begins", "ok"), [(-1, True), (0, True), (1, False)])
def test_there_are_results_from_the_first_day_of_the_implementation(begins: int, ok: bool) -> None:
    year = cycle(starts_on=TODAY + timedelta(days=begins))
    assert bool(rules.implementation_begun(project(cycle=year))) is ok


def test_a_draft_is_held_to_the_window() -> None:
    assert not rules.in_time(project(cycle=cycle(applications_close=TODAY - timedelta(days=1))))


@pytest.mark.parametrize(
    "change",
    [
        {"organization": thing(unit_id=None, secretary_name="李示例")},
        {"organization": thing(unit_id=9, secretary_name=" ")},
        {"partners": Rows([thing(organization_id=9)])},
    ],
)
def test_an_organization_needs_unit_and_secretary_and_another_reviewer(change: Any) -> None:
    assert len(rules.organization_ready(project(**change)).reasons) == 1


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ({"assessments": Rows()}, 1),
        ({"ratings": Rows([thing(criterion_id=1)])}, 1),
        ({"assessments": Rows(), "ratings": Rows()}, 2),
    ],
)
def test_approval_needs_pre_assessment_and_every_criterion(change: Any, number: int) -> None:
    assert len(deciding.is_assessed(project(**change)).reasons) == number


def test_approval_needs_the_four_ones() -> None:
    assert not deciding.four_ones_named(project(duties_missing=lambda: ["leader"]))


def test_passing_on_needs_an_opinion() -> None:
    assert rules.asks_opinion(project(), attempt("同意推荐。"))
    assert not rules.asks_opinion(project(), attempt())


@pytest.mark.parametrize(
    ("given", "ok"),
    [
        (attempt(grounds=["no_highlight"]), True),
        (attempt("重复申报。", grounds=["other"]), True),
        (attempt(grounds=["other"]), False),
        (attempt(grounds=["invented"]), False),
        (attempt(grounds=[]), False),
        (attempt("有话说"), False),
    ],
)
def test_declining_needs_a_known_ground(given: Any, ok: bool) -> None:
    assert bool(rules.asks_ground(project(), given)) is ok


@pytest.mark.parametrize(
    ("left", "reason", "ok"),
    [(1, "", True), (0, "", False), (0, " ", False), (-1, "同意增加", True)],
)
def test_a_full_quota_needs_a_reason(left: int, reason: str, ok: bool) -> None:
    full = project(quota_left=lambda: left)
    assert bool(deciding.asks_room_in_quota(full, attempt(quota_reason=reason))) is ok


@pytest.mark.parametrize(
    "commitments",
    [
        Rows(),
        Rows([thing(is_complete=False, deadline=TODAY)]),
        Rows([thing(is_complete=True, deadline=None)]),
    ],
)
def test_commitments_are_complete_and_inside_the_year(commitments: Any) -> None:
    assert not rules.commitments_complete(project(commitments=commitments))


@pytest.mark.parametrize(
    "change",
    [
        {"commitments": Rows([thing(is_accounted_for=False)])},
        {"commitments": Rows([thing(is_accounted_for=True, explanation="可电13812345678")])},
        {"results_summary": "全部完成。"},
        {"results_summary": "办结66件，联系13812345678。"},
    ],
)
def test_results_account_for_each_commitment_have_figures_and_no_numbers_of_persons(
    change: Any,
) -> None:
    assert len(rules.results_complete(project(**change)).reasons) == 1


@pytest.mark.parametrize(
    ("given", "left", "ok"),
    [
        (attempt(grade="first"), 1, True),
        (attempt(grade="fifth"), 1, False),
        (attempt(), 1, False),
        (attempt(grade="first"), 0, False),
        (attempt("综合考虑。", grade="first"), 0, True),
    ],
)
def test_a_grade_has_a_place_or_a_reason(given: Any, left: int, ok: bool) -> None:
    graded = project(places_left=lambda grade: left)
    assert bool(rules.asks_grade(graded, given)) is ok


@pytest.mark.parametrize(
    ("state", "year", "archive", "reopen"),
    [
        ("graded", "evaluating", False, True),
        ("graded", "announced", True, False),
        ("graded", "closed", True, False),
        ("declined", "announced", True, True),
    ],
)
def test_the_announcement_ends_reopening_and_lets_archive(
    state: str, year: str, archive: bool, reopen: bool
) -> None:
    done = project(state=state, cycle=cycle(state=year))
    assert bool(rules.results_announced(done)) is archive
    assert bool(rules.not_announced(done)) is reopen
