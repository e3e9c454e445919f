"""The staff screens: registers, files, steps, the form that asks, the case file, the desk."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from partybuilding.core.desk.deadlines import deadlines_on
from partybuilding.core.desk.lines import desk_of
from partybuilding.core.states import Role
from partybuilding.progress.models import CommitmentChange, StepQuestion
from partybuilding.progress.services import ask_about
from partybuilding.projects.models import CommitmentStep
from tests.factories import Cast, make_cast, make_organization, make_person
from tests.factories.progress import (
    jpeg,
    make_change,
    make_kept,
    make_question,
    report,
    step_of,
    take_question,
)
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db
REPORTS = "/admin/party/reports/"
REGISTERS = ("/admin/party/questions/", "/admin/party/changes/", REPORTS)
NASTY = "<script>alert(1)</script>"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def at(name: str, *args: Any) -> str:
    return reverse(f"partybuilding:{name}", args=args)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("unit", 200),
        ("department", 200),
        ("taskforce", 200),
        ("auditor", 200),
        ("editor", 302),
        ("applicant", 302),
        ("expert", 302),
    ],
)
def test_each_role_opens_the_registers_as_it_may(cast: Cast, role: str, status: int) -> None:
    question, change = make_question("open", cast), make_change("proposed", cast)
    client = client_of(cast[role])
    for url in (*REGISTERS, *(f"{url}results/" for url in REGISTERS)):
        assert client.get(url).status_code == status
    found = {200: 200, 302: 404 if role == "editor" else 302}[status]
    for url in (at("question", question.pk), at("change", change.pk)):
        assert client.get(url).status_code == found


def test_what_is_of_another_unit_does_not_exist(cast: Cast) -> None:
    question, change = make_question("answered", cast), make_change("proposed", cast)
    stranger = client_of(make_person(Role.UNIT, make_organization().unit))
    for url in (
        at("question", question.pk),
        at("question_step", question.pk, "settle"),
        at("change", change.pk),
        at("change_step", change.pk, "approve"),
        at("ask", question.project_id, question.step_id),
    ):
        assert stranger.get(url).status_code == 404
    assert str(question.step) not in stranger.get(REGISTERS[0]).text


def test_a_report_is_questioned_from_the_case_file(cast: Cast) -> None:
    project = make_kept(cast)
    report(step_of(project), cast, figures=(("议事", "12", "次"),), pictures=((jpeg(), "议事"),))
    client, ask = client_of(cast["taskforce"]), at("ask", project.pk, step_of(project).pk)
    case = client.get(at("case", project.pk)).text
    assert f'href="{ask}"' in case
    assert "议事12次" in case
    assert client_of(cast["department"]).get(ask).status_code == 404
    assert ask not in client_of(cast["department"]).get(at("case", project.pk)).text
    assert "此项必填。" in client.post(ask, {"words": ""}).text
    done = client.post(ask, {"words": f"记录在哪里？{NASTY}"}, follow=True)
    assert NASTY not in done.text
    assert "待说明" in done.text
    assert StepQuestion.objects.get().asked_as == "taskforce"
    again = client.post(ask, {"words": "再问一次。"})
    assert "正在核实" in again.text


def test_the_register_of_reports_leads_to_each_and_tells_what_became_of_it(cast: Cast) -> None:
    project = make_kept(cast, steps=3)
    ways = {0: (), 1: ("answer", "settle"), 2: ("answer", "uphold")}
    for place, steps in ways.items():
        report(step_of(project, place), cast, words=f"第{place}份佐证。")
        question = steps and ask_about(step_of(project, place), by=cast["unit"], words="记录呢？")
        for step in steps:
            question = take_question(question, step, cast)
    client = client_of(cast["unit"])
    fresh = next(line for line in desk_of(cast["unit"]) if line.label == "近7日新报告")
    assert fresh.count == 1
    assert "第0份佐证。" in client.get(fresh.url).text
    text = client.get(REPORTS).text
    for said in ("第0份佐证。", "未核实", "经核实认可", "已撤销完成"):
        assert said in text
    assert f"{at('case', project.pk)}#commitments" in text
    assert "第2份佐证。" not in client.get(f"{REPORTS}?standing=accepted").text
    assert "第1份佐证。" in client.get(f"{REPORTS}?standing=accepted&since=7").text
    stranger = client_of(make_person(Role.UNIT, make_organization().unit))
    assert "份佐证。" not in stranger.get(REPORTS).text


@pytest.mark.parametrize("step", ["settle", "uphold"])
def test_an_answer_is_judged_by_its_form(cast: Cast, step: str) -> None:
    question = make_question("answered", cast)
    client = client_of(cast["unit"])
    url = at("question_step", question.pk, step)
    page = client.get(url)
    seen = page.context["form"]["seen"].value()
    client.post(url, {"seen": seen, "reason": "现场未见记录。"})
    assert StepQuestion.objects.get().state == {"settle": "settled", "uphold": "upheld"}[step]
    assert "现场未见记录。" in client.get(at("question", question.pk)).text


@pytest.mark.parametrize("step", ["approve", "refuse"])
def test_a_change_is_decided_by_its_form(cast: Cast, step: str) -> None:
    change = make_change("proposed", cast)
    client = client_of(cast["department"])
    url = at("change_step", change.pk, step)
    seen = client.get(url).context["form"]["seen"].value()
    client.post(url, {"seen": seen, "reason": "经研究。", "and_next": "1"})
    assert (
        CommitmentChange.objects.get().state == {"approve": "approved", "refuse": "refused"}[step]
    )
    assert "办理历程" in client.get(at("change", change.pk)).text
    assert client.get(at("change_step", change.pk, "withdraw")).status_code == 404


def test_the_next_one_follows(cast: Cast) -> None:
    first, second = make_question("answered", cast), make_question("answered", cast)
    client, url = client_of(cast["unit"]), at("question_step", first.pk, "settle")
    seen = client.get(url).context["form"]["seen"].value()
    done = client.post(url, {"seen": seen, "reason": "", "and_next": "1"})
    assert done.url == at("question", second.pk)


def test_the_desk_counts_what_waits_and_leads_to_it(cast: Cast) -> None:
    make_question("answered", cast)
    make_change("proposed", cast)
    StepQuestion.objects.update(due_on=F("due_on") - timedelta(days=60))
    lines = {line.label: line for line in desk_of(cast["unit"])}
    line = lines["情况核实：待认定"]
    assert (line.count, line.overdue) == (1, 1)
    assert client_of(cast["unit"]).get(line.url).text.count("第1次议事") >= 1
    assert "承诺调整：待批准" in {line.label for line in desk_of(cast["department"])}
    assert "情况核实：待认定" not in {line.label for line in desk_of(cast["department"])}
    assert not any("情况核实" in str(line.label) for line in desk_of(cast["applicant"]))


@pytest.mark.parametrize(
    "query",
    ["desk=mine", "due=overdue", "due=soon", "state=answered", "asked_as=unit", "q=议事"],
)
def test_the_register_of_questions_is_narrowed(cast: Cast, query: str) -> None:
    make_question("answered", cast)
    page = client_of(cast["unit"]).get(f"{REGISTERS[0]}?{query}")
    found = "第1次议事" in page.text
    assert found == (query != "due=overdue")


@pytest.mark.parametrize(
    ("query", "found"),
    [("desk=mine", True), ("part=goal", False), ("part=deadline", True), ("state=approved", False)],
)
def test_the_register_of_changes_is_narrowed(cast: Cast, query: str, found: bool) -> None:
    make_change("proposed", cast)
    page = client_of(cast["department"]).get(f"{REGISTERS[1]}?{query}")
    assert ("场地" in page.text or "办结议题10件" in page.text) == found


@pytest.mark.parametrize("url", REGISTERS)
def test_the_registers_are_taken_along_as_xlsx(cast: Cast, url: str) -> None:
    make_question("answered", cast)
    make_change("proposed", cast)
    answer = client_of(cast["department"]).get(f"{url}?export=xlsx")
    assert answer["Content-Type"].startswith("application/vnd.openxmlformats")


def test_the_registers_ask_no_more_for_many_rows(cast: Cast) -> None:
    client = client_of(cast["department"])

    def asked() -> list[int]:
        return [queries_of(client, url) for url in REGISTERS]

    make_question("answered", cast)
    make_change("proposed", cast)
    asked()
    few = asked()
    for _at in range(4):
        make_question("answered", cast)
        make_change("approved", cast)
    assert asked() == few


def test_the_case_file_asks_no_more_for_many_promises(cast: Cast) -> None:
    client = client_of(cast["department"])

    def asked(*deadlines: int) -> int:
        project = make_kept(cast, *deadlines)
        for place in range(len(deadlines)):
            report(step_of(project, place), cast)
        client.get(at("case", project.pk))
        return queries_of(client, at("case", project.pk))

    assert asked(20, 30) == asked(20, 30, 40, 50, 60, 70)


def test_open_steps_are_reminded_of_with_the_deadline_that_holds(cast: Cast) -> None:
    project = make_kept(cast, 5, 400)
    make_kept(cast, 5)
    today = timezone.localdate()
    found = [one for one in deadlines_on(today) if one.item.startswith("step:")]
    assert len(found) == 2
    first = next(one for one in found if one.item == f"step:{step_of(project).pk}")
    assert first.holders == (cast["applicant"],)
    assert first.above[0] == (cast["unit"],)
    assert cast["department"] in first.above[1]
    assert first.due_on == step_of(project).deadline
    assert first.url == reverse("portal:progress", args=[project.pk])
    report(step_of(project), cast)
    assert len([one for one in deadlines_on(today) if one.item.startswith("step:")]) == 1
    CommitmentStep.objects.update(deadline=None)
    assert not any(one.item.startswith("step:") for one in deadlines_on(today))
