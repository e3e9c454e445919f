"""The rules of an evaluation on the screen: to read, to lay down, to supplement once; and the expert groups' leader."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import escape

from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.forms.rules import SPARE
from partybuilding.evaluation.models import EvaluationRules
from partybuilding.evaluation.services import delivered_rules
from partybuilding.evaluation.states import Method
from partybuilding.evaluation.year_rules import (
    METHODS_EXPLAINED,
    OPTIONS_EXPLAINED,
    warnings_of,
)
from tests.factories import make_cycle, make_person, open_cycle
from tests.factories.people import make_group
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
REASON = "首次按新办法评审，经部务会研究补充"


def at(name: str, cycle: Cycle) -> str:
    return reverse(f"partybuilding:{name}", args=[cycle.year])


@pytest.fixture
def officer() -> Any:
    return make_person(Role.DEPARTMENT)


def filled(cycle: Cycle, **changes: Any) -> dict[str, Any]:
    """Return the form as it is delivered, with changes."""
    rules = delivered_rules(cycle)
    data: dict[str, Any] = {
        "method": rules.method,
        "step": "0.5",
        "sheets_needed": rules.sheets_needed,
        "cross_sheets": rules.cross_sheets,
        "spread_fields": "on",
        "peer_reviews": rules.peer_reviews,
        "disagreement": rules.disagreement,
        "notice_days": rules.notice_days,
        "objection_days": rules.objection_days,
        "budget_yuan": "",
        **{f"tie_{place}": tie for place, tie in enumerate(rules.ties, start=1)},
    }
    for prefix, peers in (("experts", False), ("peers", True)):
        rows = rules.criteria_of(peers=peers)
        data |= {
            f"{prefix}-TOTAL_FORMS": len(rows) + SPARE,
            f"{prefix}-INITIAL_FORMS": len(rows),
            f"{prefix}-MIN_NUM_FORMS": 0,
            f"{prefix}-MAX_NUM_FORMS": 20,
        }
        for place, row in enumerate(rows):
            data |= {
                f"{prefix}-{place}-name": row.name,
                f"{prefix}-{place}-points": row.points,
                f"{prefix}-{place}-description": row.description,
            }
    return {**data, **changes}


def test_every_option_says_what_it_does(officer: Any) -> None:
    cycle = make_cycle()
    page = client_of(officer).get(at("evaluation_rules_edit", cycle)).text
    for said in (*METHODS_EXPLAINED.values(), *OPTIONS_EXPLAINED.values()):
        assert escape(str(said)) in page


def test_rules_are_laid_down_while_the_year_is_prepared(officer: Any) -> None:
    cycle, browser = make_cycle(), client_of(officer)
    assert browser.get(at("evaluation_rules", cycle)).context["is_delivered"]
    given = filled(
        cycle,
        method=Method.TRIMMED,
        step="1.0",
        sheets_needed=7,
        tie_1="daily",
        tie_2="",
        tie_3="expert",
        tie_4="",
        tie_5="lot",
        **{
            "experts-0-DELETE": "on",
            "experts-1-points": "35",
            "experts-2-points": "40",
            "experts-3-name": "群众满意度",
            "experts-3-points": "25",
            "experts-3-description": "",
        },
    )
    browser.post(at("evaluation_rules_edit", cycle), given)
    rules = EvaluationRules.objects.get(cycle=cycle)
    assert (rules.method, rules.sheets_needed, rules.step) == (Method.TRIMMED, 7, 1)
    assert rules.ties == ["daily", "expert", "lot"]
    assert [one.points for one in rules.criteria_of(peers=False)] == [35, 40, 25]
    assert [one.points for one in rules.criteria_of(peers=True)] == [40, 60]
    assert not rules.is_frozen
    assert "群众满意度" in browser.get(at("evaluation_rules", cycle)).text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"experts-0-points": "31"}, "101"),
        ({"tie_4": "lot", "tie_5": "peer"}, "抽签"),
        ({"tie_2": "expert"}, "顺序"),
        ({"cross_sheets": "0"}, "交叉评分"),
    ],
)
def test_rules_that_do_not_fit_are_refused_in_words(
    officer: Any, changes: dict[str, str], said: str
) -> None:
    cycle = make_cycle()
    answer = client_of(officer).post(at("evaluation_rules_edit", cycle), filled(cycle, **changes))
    assert answer.status_code == 200
    assert said in " ".join(answer.context["form"].non_field_errors())
    assert not EvaluationRules.objects.filter(cycle=cycle).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sheets_needed", "0"),
        ("cross_sheets", "11"),
        ("peer_reviews", "0"),
        ("notice_days", "0"),
        ("step", "0.3"),
        ("method", "guess"),
        ("tie_1", "luck"),
        ("experts-0-points", "0"),
        ("experts-0-name", ""),
    ],
)
def test_a_field_that_is_wrong_says_so_beside_it(officer: Any, field: str, value: str) -> None:
    cycle = make_cycle()
    answer = client_of(officer).post(
        at("evaluation_rules_edit", cycle), filled(cycle, **{field: value})
    )
    form = answer.context["form"]
    if field.startswith("experts"):
        assert form.experts.forms[0].errors.keys() == {field.rpartition("-")[2]}
    else:
        assert form.errors.keys() == {field}
    assert not EvaluationRules.objects.filter(cycle=cycle).exists()


def test_a_year_in_use_without_rules_is_supplemented_once_with_a_reason(officer: Any) -> None:
    cycle, browser = open_cycle(is_judged=False), client_of(officer)
    address = at("evaluation_rules_edit", cycle)
    assert browser.post(address, filled(cycle)).context["form"].errors.keys() == {"reason"}
    browser.post(address, filled(cycle, reason=REASON))
    rules = EvaluationRules.objects.get(cycle=cycle)
    assert rules.is_frozen
    assert rules.supplemented == REASON
    assert REASON in browser.get(at("evaluation_rules", cycle)).text
    assert browser.get(address).status_code == 409
    answer = browser.post(address, filled(cycle, reason=REASON, sheets_needed=3))
    assert answer.context["form"].non_field_errors()
    rules.refresh_from_db()
    assert rules.sheets_needed == 5


def test_who_was_overtaken_hears_it(officer: Any) -> None:
    cycle, browser = make_cycle(), client_of(officer)
    address = at("evaluation_rules_edit", cycle)
    browser.post(address, filled(cycle))
    seen = browser.get(address).context["form"]["seen"].value()
    browser.post(address, filled(cycle, seen=seen, sheets_needed=7))
    answer = browser.post(address, filled(cycle, seen=seen, sheets_needed=9))
    assert answer.context["form"].non_field_errors()
    assert EvaluationRules.objects.get(cycle=cycle).sheets_needed == 7


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({}, 0),
        ({"method": Method.Z_GROUPS}, 1),
        ({"sheets_needed": 4}, 1),
        ({"sheets_needed": 5}, 0),
        ({"method": Method.RAW, "cross_sheets": 0}, 1),
        ({"spread_fields": False, "cross_sheets": 1}, 1),
        ({"spread_fields": False, "cross_sheets": 2}, 0),
        ({"ties": ["expert"]}, 1),
    ],
)
def test_what_should_be_known_is_warned_of(changes: dict[str, Any], warned: int) -> None:
    rules = EvaluationRules(**changes)
    assert len(list(warnings_of(rules))) == warned


def test_a_years_own_screen_leads_to_its_evaluation(officer: Any) -> None:
    cycle = make_cycle()
    own = reverse("partybuilding:cycle", args=[cycle.pk])
    assert at("evaluation_rules", cycle) in client_of(officer).get(own).text
    auditor = client_of(make_person(Role.AUDITOR)).get(own)
    assert auditor.status_code == 200
    assert at("evaluation_rules", cycle) not in auditor.text


def test_a_group_is_led_by_one_of_its_members(officer: Any) -> None:
    members = [make_person(Role.EXPERT) for _one in range(3)]
    stranger, browser = make_person(Role.EXPERT), client_of(officer)
    group = make_group(*members)
    address = reverse("partybuilding:expert_group_edit", args=[group.pk])
    given = {"name": group.name, "members": [one.pk for one in members]}
    answer = browser.post(address, {**given, "leader": stranger.pk})
    assert answer.context["form"].errors.keys() == {"leader"}
    browser.post(address, {**given, "leader": members[1].pk})
    group.refresh_from_db()
    assert group.leader == members[1]
    page = browser.get(reverse("partybuilding:expert_group", args=[group.pk])).text
    assert members[1].get_full_name() in page
    answer = browser.post(
        address, {"name": group.name, "members": [members[0].pk], "leader": members[1].pk}
    )
    assert answer.context["form"].errors.keys() == {"leader"}
    browser.post(address, {**given, "leader": ""})
    group.refresh_from_db()
    assert group.leader is None
