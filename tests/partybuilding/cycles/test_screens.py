"""The screens of programme years: who sees which, the rules to read and to write, stages, next year."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from partybuilding.core.services import move
from partybuilding.core.states import STAFF_ROLES, Role
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.services import save_rules
from partybuilding.cycles.states import TABLE
from partybuilding.evaluation.models import EvaluationRules
from tests.factories import (
    make_cast,
    make_cycle,
    make_person,
    make_project,
    make_user,
    open_cycle,
)
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db
REGISTER = reverse("party_cycles_modeladmin_index")
KEPT = ("cycle_add", "cycle_rules", "cycle_extend", "cycle_next", "cycle_step")


@pytest.fixture
def officer() -> Any:
    return make_person(Role.DEPARTMENT)


@pytest.fixture
def cycle() -> Cycle:
    return make_cycle()


def at(name: str, cycle: Cycle, *args: str) -> str:
    """Return the address of a year's screen."""
    return reverse(f"partybuilding:{name}", args=[cycle.pk, *args])


@pytest.mark.parametrize("role", [*Role.values, "admin"])
def test_staff_read_the_years_and_the_department_and_administrators_write_them(role: str) -> None:
    cycle = open_cycle()
    user = make_user(is_superuser=True) if role == "admin" else make_person(Role(role))
    client = client_of(user)
    reads = role == "admin" or role in STAFF_ROLES
    writes = role in ("admin", "department")
    for address in (REGISTER, at("cycle", cycle)):
        assert (client.get(address).status_code == 200) == reads
    for name in ("cycle_extend", "cycle_next"):
        assert (client.get(at(name, cycle)).status_code == 200) == writes
    assert (client.get(reverse("partybuilding:cycle_add")).status_code == 200) == writes
    assert (client.get(at("cycle_rules", cycle)).status_code == 409) == writes
    assert (client.get(at("cycle_step", cycle, "start_selection")).status_code == 409) == writes
    if reads:
        page = client.get(at("cycle", cycle)).text
        assert (at("cycle_next", cycle) in page) == writes
        assert (reverse("partybuilding:cycle_add") in client.get(REGISTER).text) == writes


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DEPARTMENT])
def test_what_another_posts_does_nothing(cycle: Cycle, role: Role) -> None:
    client = client_of(make_person(role))
    addresses = [
        reverse("partybuilding:cycle_add"),
        at("cycle_rules", cycle),
        at("cycle_next", cycle),
        at("cycle_step", cycle, "open_applications"),
    ]
    for address in addresses:
        assert client.post(address, {"seen": cycle.version}).status_code in (302, 404)
    assert Cycle.objects.count() == 1
    cycle.refresh_from_db()
    assert cycle.state == "preparing"


# The register


def test_the_register_counts_applications_and_approvals(officer: Any) -> None:
    cast = make_cast()
    for state in ("draft", "submitted", "approved", "terminated"):
        make_project(state, cast)
    make_cycle()
    first, second = client_of(officer).get(REGISTER).context["object_list"]
    assert first.year > second.year
    assert (second.application_count, second.approved_count) == (3, 2)
    assert (first.application_count, first.approved_count) == (0, 0)


def test_the_register_is_narrowed_searched_and_exported(officer: Any) -> None:
    opened, preparing = open_cycle(), make_cycle()
    client = client_of(officer)
    found = client.get(REGISTER, {"state": "applying"}).context["object_list"]
    assert list(found) == [opened]
    found = client.get(REGISTER, {"q": str(preparing.year)}).context["object_list"]
    assert list(found) == [preparing]
    content = client.get(REGISTER, {"export": "xlsx"}).getvalue()
    rows = list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))
    assert rows[1][:3] == (preparing.year, preparing.name, "筹备中")


def test_the_register_and_a_year_take_as_many_queries_for_much_as_for_little(officer: Any) -> None:
    cast = make_cast()
    client = client_of(officer)
    addresses = (REGISTER, at("cycle", cast.cycle))
    for address in addresses:
        client.get(address)
    little = [queries_of(client, address) for address in addresses]
    for _number in range(5):
        make_cycle()
        make_project("submitted", cast)
    assert [queries_of(client, address) for address in addresses] == little
    assert max(little) < 25


# The rules to read


def test_every_rule_is_read_on_one_screen(officer: Any) -> None:
    cycle = make_cycle(approval_quota=64, weight_expert=40, weight_initial=20)
    page = client_of(officer).get(at("cycle", cycle)).text
    for words in (
        cycle.name,
        "筹备中",
        f"{cycle.applications_close:%Y-%m-%d}",
        "20个工作日",
        "基层治理",
        "选题精准度",
        "特色辨识度",
        "40 %",
        "一等",
        "18000",
        "奖补资金合计1.8万元",
        "每季度调度次数",
    ):
        assert words in page


def test_what_is_still_missing_is_said_where_the_year_is_opened(officer: Any) -> None:
    cycle = make_cycle(weight_expert=49)
    address = at("cycle", cycle)
    page = client_of(officer).get(address).text
    assert "年终考评四项权重之和须为100。" in page
    assert "disabled" in page
    assert at("cycle_step", cycle, "open_applications") not in page
    page = client_of(make_user(is_superuser=True)).get(address).text
    assert "年终考评四项权重之和须为100。" in page
    answer = client_of(officer).get(at("cycle_step", cycle, "open_applications"))
    assert (answer.status_code, "权重之和须为100" in answer.text) == (409, True)


def test_provisional_days_say_so_and_arranged_ones_do_not(officer: Any) -> None:
    note = "次年放假安排尚未公布，按法定节假日推算"
    arranged = timezone.localdate().replace(year=2022)
    known = make_cycle(applications_open=arranged, applications_close=arranged)
    later = arranged.replace(year=2060)
    unknown = make_cycle(applications_open=later, applications_close=later)
    client = client_of(officer)
    if arranged.month < 11:
        assert note not in client.get(at("cycle", known)).text
    assert note in client.get(at("cycle", unknown)).text


def test_the_course_of_the_year_is_told_newest_first(officer: Any) -> None:
    cycle = open_cycle()
    client = client_of(officer)
    until = cycle.applications_close + timedelta(days=5)
    client.post(at("cycle_extend", cycle), {"until": until, "reason": "受汛期影响"})
    page = client.get(at("cycle", cycle)).text
    story = page[page.index("party-story") :]
    assert story.index("延长申报时间") < story.index("启动申报")
    assert f"{cycle.applications_close} → {until}" in story
    assert "受汛期影响" in story
    assert officer.get_full_name() in story


# The rules to write


def sent(client: Any, address: str, **changed: Any) -> dict[str, Any]:
    """Return what the form of the rules sends when a browser changes these fields."""
    form = client.get(address).context["form"]
    data = {"seen": form["seen"].value() or ""}
    data |= {field.html_name: field.value() for field in form if field.value() is not None}
    for formset in form.formsets.values():
        for hidden in formset.management_form:
            data[hidden.html_name] = hidden.value()
        for row in formset.forms:
            data |= {f.html_name: f.value() for f in row if f.value() is not None}
    for name in list(data):
        if name.endswith("-DELETE") and not data[name]:
            del data[name]
    return {**data, **changed}


def row_of(relation: str, number: int, **facts: Any) -> dict[str, Any]:
    """Return a new row of a list, as a browser sends it."""
    name = f"{relation}-{number}"
    facts = {f"{name}-{key}": value for key, value in facts.items()}
    return {f"{relation}-TOTAL_FORMS": number + 1, f"{name}-ORDER": number + 1, **facts}


def test_the_rules_are_changed_with_their_lists_and_nobody_types_a_code(
    officer: Any, cycle: Cycle
) -> None:
    client, address = client_of(officer), at("cycle_rules", cycle)
    page = client.get(address).text
    assert "选题名称" in page
    assert not re.search(r'name="topics-\d+-code"', page)
    fresh = row_of("topics", 1, title="乡村振兴", sector="rural", description="")
    answer = client.post(address, sent(client, address, approval_quota=70, **fresh))
    assert answer["Location"] == at("cycle", cycle)
    cycle.refresh_from_db()
    assert cycle.approval_quota == 70
    assert [(t.title, t.code) for t in Cycle.objects.get(pk=cycle.pk).topics.all()] == [
        ("基层治理", "governance"),
        ("乡村振兴", "t1"),
    ]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"applications_close": "2000-01-01"}, "申报截止日期不能早于开始日期"),
        ({"ends_on": "2000-01-01"}, "实施结束日期应晚于开始日期"),
        ({"midterm_review_on": "2000-01-01"}, "中期互评日期应在实施期内"),
        ({"review_on": "2000-01-01"}, "年终考评日期不能早于成果提交截止日期"),
        ({"weight_peer": "101"}, "100"),
        ({"approval_quota": ""}, "必填"),
        ({"year": "taken"}, "该年度已存在"),
        ({"starts_on": "nonsense"}, "日期"),
        (row_of("topics", 1, title="基层治理", sector=""), "选题参考中重复：基层治理"),
        (row_of("criteria", 2, name="", points="5"), "必填"),
    ],
)
def test_each_fault_of_the_rules_is_said_in_chinese_and_nothing_typed_is_lost(
    officer: Any, cycle: Cycle, changed: dict[str, Any], words: str
) -> None:
    if changed.get("year") == "taken":
        changed = {"year": make_cycle().year}
    client, address = client_of(officer), at("cycle_rules", cycle)
    answer = client.post(address, sent(client, address, name="改过的名称", **changed))
    assert answer.status_code == 200
    assert words in answer.text
    assert "改过的名称" in answer.text
    cycle.refresh_from_db()
    assert cycle.name != "改过的名称"


def test_frozen_rules_have_no_form_and_take_none(officer: Any) -> None:
    cycle = make_cycle()
    client, address = client_of(officer), at("cycle_rules", cycle)
    data = sent(client, address, approval_quota=1)
    client.post(at("cycle_step", cycle, "open_applications"), {"seen": cycle.version})
    answer = client.get(address)
    assert answer.status_code == 409
    assert "本年度规则已启用，不能再修改。" in answer.text
    assert "本年度规则已启用，不能再修改。" in client.post(address, data).text
    page = client.get(at("cycle", cycle)).text
    assert address not in page
    assert "规则已冻结" in page
    cycle.refresh_from_db()
    assert cycle.approval_quota == 64


def test_who_was_overtaken_is_told_in_the_form(officer: Any, cycle: Cycle) -> None:
    client, address = client_of(officer), at("cycle_rules", cycle)
    data = sent(client, address, approval_quota=5)
    save_rules(Cycle.objects.get(pk=cycle.pk), by=officer)
    answer = client.post(address, data)
    assert "刚被他人修改" in answer.text
    cycle.refresh_from_db()
    assert cycle.approval_quota == 64


# Stages


def test_each_stage_says_what_it_means_and_is_taken_once(
    officer: Any, cycle: Cycle, time_machine: Any
) -> None:
    client = client_of(officer)
    for step in TABLE.steps:
        if step.code == "take_back_opening":
            continue  # it leads back; see below
        if step.code == "announce":  # by hand, as before there were runs of the evaluation
            EvaluationRules.objects.filter(cycle=cycle).delete()
        address = at("cycle_step", cycle, step.code)
        page = client.get(address)
        assert page.status_code == 200
        assert page.context["meaning"]
        seen = page.context["form"]["seen"].value()
        answer = client.post(address, {"seen": seen, "reason": "按计划推进"})
        assert answer["Location"] == at("cycle", cycle)
        cycle.refresh_from_db()
        assert cycle.state == step.target
        again = client.post(address, {"seen": seen})
        assert "目前状态为" in again.text
        time_machine.move_to(timezone.now() + timedelta(days=400), tick=False)
        client = client_of(officer)
    assert "按计划推进" in client.get(at("cycle", cycle)).text


def test_a_year_opened_by_mistake_is_closed_again_with_a_reason(officer: Any, cycle: Cycle) -> None:
    cycle = move(cycle, "open_applications", by=officer)
    client, address = client_of(officer), at("cycle_step", cycle, "take_back_opening")
    assert address in client.get(at("cycle", cycle)).text
    page = client.get(address)
    assert "规则可以重新修改" in page.text
    seen = page.context["form"]["seen"].value()
    assert client.post(address, {"seen": seen}).context["form"].errors["reason"]
    client.post(address, {"seen": seen, "reason": "误操作，窗口日期有误。"})
    cycle.refresh_from_db()
    assert (cycle.state, cycle.is_frozen) == ("preparing", False)
    assert "误操作，窗口日期有误。" in client.get(at("cycle", cycle)).text
    assert client.get(at("cycle_rules", cycle)).status_code == 200


def test_a_step_out_of_turn_or_of_somebody_else_is_said_and_an_unknown_one_has_no_address(
    officer: Any, cycle: Cycle
) -> None:
    client = client_of(officer)
    answer = client.get(at("cycle_step", cycle, "announce"))
    assert (answer.status_code, "不能办理“公布结果”" in answer.text) == (409, True)
    admin = client_of(make_user(is_superuser=True))
    answer = admin.get(at("cycle_step", cycle, "open_applications"))
    assert (answer.status_code, "须由组织部办理" in answer.text) == (409, True)
    assert client.get(at("cycle_step", cycle, "explode")).status_code == 404


# A longer window, the next year


def test_a_window_is_extended_with_a_reason_and_only_while_it_is_open(
    officer: Any, cycle: Cycle
) -> None:
    client = client_of(officer)
    assert client.get(at("cycle_extend", cycle)).status_code == 404
    opened = open_cycle()
    address = at("cycle_extend", opened)
    until = opened.applications_close + timedelta(days=3)
    assert "必填" in client.post(address, {"until": until, "reason": ""}).text
    answer = client.post(address, {"until": opened.applications_close, "reason": "防汛顺延"})
    assert "晚于现截止日" in answer.text
    assert client.post(address, {"until": until, "reason": "汛期"}).status_code == 302
    opened.refresh_from_db()
    assert opened.applications_close == until


def test_the_next_year_is_prepared_once_after_asking_back(officer: Any, cycle: Cycle) -> None:
    client, address = client_of(officer), at("cycle_next", cycle)
    assert "各项日期顺延一年" in client.get(address).text
    assert Cycle.objects.count() == 1
    answer = client.post(address)
    fresh = Cycle.objects.get(year=cycle.year + 1)
    assert answer["Location"] == at("cycle", fresh)
    assert at("cycle_rules", fresh) in client.get(answer["Location"]).text
    assert "已存在" in client.post(address).text
    assert Cycle.objects.count() == 2
