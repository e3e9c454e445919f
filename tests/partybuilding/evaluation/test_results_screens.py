"""Runs, objections and awards in the CMS, and results for residents: who opens what, and what they read."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.evaluation import recompute
from partybuilding.evaluation.models import Award, Objection, Run, ScoreSheet
from partybuilding.evaluation.selectors.results import Reading
from partybuilding.evaluation.services import announce_draw, compute, draw_lots, object_to
from partybuilding.evaluation.urls_results import urlpatterns
from partybuilding.projects.models import Project
from tests.factories import make_person, make_user
from tests.factories.announced import make_announced, make_noticed
from tests.factories.evaluation import judge, make_run, make_year, tomorrow
from tests.factories.screens import client_of, queries_of
from tests.factories.site import make_page_of

pytestmark = pytest.mark.django_db
SEES = {"admin": 200, "department": 200}
#: By the name of an address: what whom answers; everybody else finds nothing.
ANSWERS: dict[str, dict[str, int]] = {
    "run": SEES,
    "run_step": {"admin": 403, "department": 200},
    "run_override": {"admin": 200, "department": 200},  # the service asks who may
    "run_methods": SEES,
    "run_judges": SEES,
    "run_changes": SEES,
    "run_line": SEES,
    "run_bundle": SEES,
    "objection_add": {"department": 200},
    "objection": SEES,
    "objection_step": {"admin": 403, "department": 200},
    "award": {"admin": 200, "department": 200, "taskforce": 200, "auditor": 200, "unit": 200},
    "award_step": {
        "admin": 403,
        "department": 200,
        "taskforce": 403,
        "auditor": 403,
        "unit": 403,
    },
}


def addresses(run: Run, objection: Objection, award: Award) -> Iterator[tuple[str, str]]:
    """Yield every address of runs, objections and awards with its name."""
    args = {
        "run_step": [run.pk, "set_aside"],
        "run_line": [run.pk, run.rows[0]["project"]],
        "objection": [objection.pk],
        "objection_step": [objection.pk, "examine"],
        "award": [award.pk],
        "award_step": [award.pk, "pay"],
    }
    for pattern in urlpatterns:
        own = args.get(pattern.name, [run.pk])
        yield pattern.name, reverse(f"partybuilding:{pattern.name}", args=own)


def test_every_role_meets_every_address() -> None:
    year, run = make_noticed()
    words = {"name": "王示例", "contact": "电话", "text": "材料与现场情况不一致。"}
    objection = object_to(run, project=year.projects[0], **words)
    award = Award.objects.create(
        run=run,
        project=year.projects[0],
        organization=year.projects[0].organization,
        grade=year.cycle.grades.first(),
        points=2,
        yuan=8000,
    )
    found = list(addresses(run, objection, award))
    assert {name for name, _address in found} == set(ANSWERS)
    people: dict[str, Any] = {
        role.value: make_person(role) for role in Role if role not in (Role.UNIT, Role.TASK_FORCE)
    }
    people |= {
        "unit": year.casts[0]["unit"],
        "taskforce": year.task_force,
        "admin": make_user(is_superuser=True),
    }
    wrong = []
    for who, person in people.items():
        client = client_of(person)
        outside = who in (Role.APPLICANT, Role.EXPERT)
        for name, address in found:
            expected = 302 if outside else ANSWERS[name].get(who, 404)
            status = client.get(address).status_code
            if status != expected:
                wrong.append((who, name, status, expected))
    assert wrong == []


def test_the_department_computes_overrides_and_freezes_in_the_cms() -> None:
    year = make_year()
    client = client_of(year.department)
    runs = reverse("partybuilding:evaluation_runs", args=[year.cycle.year])
    assert "计算前还需完成" in client.get(runs).text
    assert "缺" in client.post(runs).text
    assert not Run.objects.exists()
    judge(year)
    assert client.post(runs, follow=True).status_code == 200
    run = Run.objects.get()
    first, second = (line.name for line in Reading(run).lines[:2])
    address = reverse("partybuilding:run_override", args=[run.pk])
    alone = {"project_1": second, "grade_1": "first", "reason": "群众反响好。"}
    assert "名额为1个" in client.post(address, alone).text
    twice = {**alone, "project_2": second, "grade_2": "second"}
    assert "重复填写" in client.post(address, twice).text
    both = {**alone, "project_2": first, "grade_2": "second"}
    page = client.post(address, both, follow=True)
    assert "群众反响好。" in page.text
    step = reverse("partybuilding:run_step", args=[run.pk, "fix"])
    seen = client.get(step).context["form"].initial["seen"]
    client.post(step, {"seen": seen})
    run.refresh_from_db()
    assert (run.state, run.digest) == ("frozen", run.digest_now())


def test_points_are_written_with_digits_behind_a_point() -> None:
    year = make_year()
    judge(year)
    sheets = ScoreSheet.objects.filter(cycle=year.cycle).exclude(judge=None)
    for number, sheet in enumerate(sheets.order_by("project", "pk")):
        ScoreSheet.objects.filter(pk=sheet.pk).update(total=f"{60 + 30 * (number % 2)}.5")
    run = compute(year.cycle, by=year.department)
    client = client_of(year.department)
    names = {"run": [], "run_judges": [], "run_line": [Reading(run).lines[0].name]}
    for name, more in names.items():
        page = client.get(reverse(f"partybuilding:{name}", args=[run.pk, *more])).text
        assert re.search(r"\d\.5\b", page), name
        assert not re.search(r"\d\d/2\b", page), name
    assert "分歧较大" in client.get(reverse("partybuilding:run", args=[run.pk])).text


def test_a_payment_is_recorded_with_day_and_receipt() -> None:
    year, run = make_announced()
    award = run.awards.order_by("pk").first()
    assert award is not None
    with time_machine.travel(run.state_since, tick=False):
        client = client_of(year.department)
        address = reverse("partybuilding:award_step", args=[award.pk, "pay"])
        form = client.get(address).context["form"]
        assert "paid_on" in form.fields
        given = {"seen": form.initial["seen"], "receipt": "2026-001"}
        late = {**given, "paid_on": f"{tomorrow():%Y-%m-%d}"}
        assert client.post(address, late).status_code == 200
        day = run.state_since.date()
        assert client.post(address, {**given, "paid_on": f"{day:%Y-%m-%d}"}).status_code == 302
    award.refresh_from_db()
    assert (award.state, award.receipt) == ("paid", "2026-001")


def test_residents_read_nothing_before_the_comment() -> None:
    year, run = make_run()
    client = Client()
    assert client.get(f"/results/{year.cycle.year}/").status_code == 404
    assert str(year.cycle) not in client.get("/results/").text
    move(run, "fix", by=year.department)
    assert client.get(f"/results/{year.cycle.year}/").status_code == 404


def test_the_index_leads_to_every_public_year_the_newest_first_with_its_grades() -> None:
    assert "尚未公布评审结果" in Client().get("/results/").text
    announced, _run = make_announced()
    make_page_of(announced.projects[0], announced.casts[0])
    open_to_comment, _run = make_noticed()
    page = Client().get("/results/")
    told = {row["href"]: row["meta"] for row in page.context["entries"]}
    years = sorted((announced.cycle.year, open_to_comment.cycle.year), reverse=True)
    assert list(told) == [f"/results/{year}/" for year in years]
    grade = Project.objects.get(pk=announced.projects[0].pk).grade_class
    assert told == {
        f"/results/{announced.cycle.year}/": f"{grade.name}1个",
        f"/results/{open_to_comment.cycle.year}/": "",
    }
    for address in (*told, "/results/draws/"):
        assert f'href="{address}"' in page.text
        assert Client().get(address).status_code == 200


def test_the_index_costs_the_same_for_many_years() -> None:
    make_noticed()
    Client().get("/results/")
    few = queries_of(Client(), "/results/")
    make_noticed()
    assert queries_of(Client(), "/results/") == few <= 25


def test_residents_read_grades_and_what_fixes_them_and_never_a_score() -> None:
    year, run = make_noticed()
    page = Client().get(f"/results/{year.cycle.year}/").text
    assert "公示期" in page
    for text in (run.digest, run.seals_root, *(project.title for project in year.projects)):
        assert text in page
    for person in year.experts:
        assert person.get_full_name() not in page
    for row in run.rows:
        assert row["project"] not in page
    totals = {str(sheet.total) for sheet in ScoreSheet.objects.all()}
    words = set(page.replace("<", " ").replace(">", " ").split())
    assert not totals & words
    within = [page.index(project.title) for project in year.projects[1:3]]
    assert within == sorted(within), "by number, not by rank"
    assert "每项奖补（元）" in page
    units = {project.organization.unit or project.organization for project in year.projects}
    table = page.split('id="by-unit"')[1].split("<tbody")[1].split("</tbody>")[0]
    places = [table.index(one.name) for one in sorted(units, key=lambda one: one.code_key)]
    assert places == sorted(places), "in the order of the register"


def test_the_answer_costs_the_same_for_many_projects() -> None:
    year, _run = make_noticed(4)
    Client().get("/results/")  # what every page shows is read once
    few = queries_of(Client(), f"/results/{year.cycle.year}/")
    more, _run = make_noticed(8)
    assert queries_of(Client(), f"/results/{more.cycle.year}/") == few <= 25


def test_a_resident_objects_and_has_a_receipt() -> None:
    year, run = make_noticed()
    address, client = f"/results/{year.cycle.year}/object/", Client()
    with time_machine.travel(run.state_since, tick=False) as clock:
        page = client.get(address)
        stamp = page.context["form"].initial["stamp"]
        token = client.cookies["csrftoken"].value
        clock.shift(30)
        given = {"stamp": stamp, "csrfmiddlewaretoken": token, "name": "王示例", "contact": "电话"}
        assert "异议内容" in client.post(address, {**given, "text": ""}).text
        done = client.post(address, {**given, "text": "材料与现场情况不一致。"})
    assert "异议已收到" in done.text
    objection = Objection.objects.get()
    assert objection.number in done.text
    assert (objection.name, objection.project, objection.entered_by) == ("王示例", None, None)


def test_after_the_last_day_nobody_objects() -> None:
    year, run = make_announced()
    assert Client().get(f"/results/{year.cycle.year}/object/").status_code == 404
    assert "公示期：" not in Client().get(f"/results/{year.cycle.year}/").text
    assert run.state == "announced"


def test_the_files_of_a_run_are_written_and_computed_again(tmp_path: Any) -> None:
    year, run = make_announced()
    call_command("export_run", year.cycle.year, out=tmp_path, verbosity=0)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "recompute.py",
        "run.json",
        "run.xlsx",
        "说明.txt",
    ]
    assert recompute.main(str(tmp_path / "run.json"), run.digest) == 0


def test_nothing_of_scores_reaches_others() -> None:
    """No score, judge or draft grade on any screen of those who look over the programme."""
    year, run = make_run()
    line = Reading(run).lines[0]
    secrets = {expert.get_full_name() for expert in year.experts} | {f"{float(line.composite):.2f}"}
    project = year.projects[0].pk
    for role in (Role.AUDITOR, Role.LEADER, Role.EDITOR, Role.PUBLISHER):
        client = client_of(make_person(role))
        for address in ("/admin/", "/admin/party/trail/", f"/admin/party/projects/{project}/"):
            page = client.get(address, follow=True)
            assert not {one for one in secrets if one in page.text}, (role, address)
    for by in (year.task_force, year.casts[0]["unit"]):
        client = client_of(by)
        for address in ("/admin/", "/admin/party/trail/", "/admin/party/evaluation/daily/"):
            page = client.get(address, follow=True)
            assert not {one for one in secrets if one in page.text}, (by, address)


def test_the_digest_of_a_draw_is_public_before_it_is_held_and_its_secret_only_afterwards() -> None:
    year = make_year()
    draw = announce_draw(year.cycle, "groups", by=year.department)
    page = Client().get("/results/draws/").text
    assert draw.commitment in page
    assert draw.secret not in page
    with time_machine.travel(tomorrow(), tick=False):
        draw_lots(draw, witness_name="李公证", witness_words="公平公正", by=year.department)
        page = Client().get("/results/draws/").text
    for text in (draw.commitment, draw.secret, "公平公正"):
        assert text in page
