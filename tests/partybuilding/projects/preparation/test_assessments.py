"""The screens that prepare a decision: who has them, what they save, what they say is missing."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from itertools import product
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from partybuilding.projects.casefile.contents import actions_of, sections_of
from partybuilding.projects.models import Project
from partybuilding.projects.preparation import views as screens
from partybuilding.projects.preparation.rules import four_ones_named, is_assessed
from partybuilding.projects.preparation.selectors import LACKS, requirements, with_preparation
from partybuilding.projects.selectors import case_file
from partybuilding.projects.services import (
    appoint_four_ones,
    assign_experts,
    rate,
    record_assessment,
)
from partybuilding.projects.states import Method
from tests.factories import (
    Cast,
    make_cast,
    make_group,
    make_organization,
    make_person,
    make_project,
    make_user,
)
from tests.factories.projects import FOUR_ONES, assess
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db
PROGRESS = "/admin/party/projects/preparation/"
STAFF = ("department", "taskforce", "auditor", "unit", "editor", "publisher")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    return make_project("first_passed", cast)


def address(name: str, project: Project) -> str:
    return reverse(f"partybuilding:{name}", args=[project.pk])


def held(**changes: Any) -> dict[str, Any]:
    given = {
        "method": "visit",
        "held_on": f"{timezone.localdate():%Y-%m-%d}",
        "participants": "组织部一行3人",
        "findings": "基础扎实。",
    }
    return {**given, **changes}


def fresh(user: Any) -> Any:
    return type(user).objects.get(pk=user.pk)


# Who has which screen


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("assess", {"department", "taskforce"}),
        ("rate", {"department"}),
        ("four_ones", {"department"}),
        ("experts", {"department"}),
    ],
)
def test_each_screen_is_there_for_those_whose_task_it_is(
    cast: Cast, project: Project, name: str, roles: set[str]
) -> None:
    answers = {
        role: client_of(cast[role]).get(address(name, project)).status_code for role in STAFF
    }
    assert answers == {role: 200 if role in roles else 404 for role in STAFF}


@pytest.mark.parametrize("name", ["assess", "rate", "four_ones", "experts"])
def test_there_is_none_for_the_own_organization(cast: Cast, project: Project, name: str) -> None:
    appoint(cast["department"], Role.APPLICANT, cast.organization, by=None)
    assert client_of(fresh(cast["department"])).get(address(name, project)).status_code == 404


@pytest.mark.parametrize(
    ("state", "there"),
    [("submitted", set()), ("approved", {"four_ones", "experts"}), ("declined", set())],
)
def test_there_is_none_when_it_is_not_the_time(cast: Cast, state: str, there: set[str]) -> None:
    moved = make_project(state, cast)
    client = client_of(cast["department"])
    names = ("assess", "rate", "four_ones", "experts")
    found = {n for n in names if client.get(address(n, moved)).status_code == 200}
    assert found == there


@pytest.mark.parametrize("role", STAFF)
def test_the_progress_is_for_those_who_oversee(cast: Cast, project: Project, role: str) -> None:
    expected = 200 if role in {"department", "taskforce", "auditor"} else 404
    assert client_of(cast[role]).get(PROGRESS).status_code == expected


@pytest.mark.parametrize("role", STAFF)
def test_experts_are_given_to_many_by_the_department(cast: Cast, role: str) -> None:
    expected = 200 if role == "department" else 404
    assert client_of(cast[role]).get(f"{PROGRESS}experts/").status_code == expected


# Recording


def test_an_assessment_is_recorded_with_its_files(cast: Cast, project: Project) -> None:
    client = client_of(cast["taskforce"])
    picture = SimpleUploadedFile("现场.png", png())
    answer = client.post(address("assess", project), {**held(), "files": picture})
    assert answer.status_code == 302
    assert answer["Location"] == address("case", project)
    assert project.assessments.get().method == "visit"
    assert project.attachments.get().name == "现场.png"


def png() -> bytes:
    written = BytesIO()
    Image.new("RGB", (40, 30), "#b3000c").save(written, "PNG")
    return written.getvalue()


def test_the_form_takes_method_and_day_from_link_and_calendar(cast: Cast, project: Project) -> None:
    client = client_of(cast["department"])
    form = client.get(address("assess", project), {"method": "hearing"}).context["form"]
    assert (form["method"].value(), form["held_on"].value()) == ("hearing", timezone.localdate())
    form = client.get(address("assess", project), {"method": "<script>"}).context["form"]
    assert form["method"].value() == ""


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"method": ""}, "method", "请选择预评估方式"),
        ({"participants": ""}, "participants", "必填"),
        ({"findings": ""}, "findings", "此项必填"),
        ({"held_on": "2099-01-01"}, "held_on", "不能晚于今天"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(
    cast: Cast, project: Project, change: dict[str, Any], field: str, said: str
) -> None:
    answer = client_of(cast["department"]).post(address("assess", project), held(**change))
    assert said in answer.context["form"].errors[field][0]
    assert not project.assessments.exists()


def test_a_refused_file_leaves_what_was_typed(cast: Cast, project: Project) -> None:
    bad = SimpleUploadedFile("表格.pdf", b"MZ\x90\x00")
    answer = client_of(cast["department"]).post(
        address("assess", project), {**held(), "files": bad}
    )
    assert answer.context["form"].errors["files"]
    assert "基础扎实。" in answer.content.decode()


def test_a_refusal_of_the_service_is_said_in_the_form(
    cast: Cast, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise ConditionUnmet(["此刻不能登记。"])

    monkeypatch.setattr(screens, "record_assessment", refuse)
    answer = client_of(cast["department"]).post(address("assess", project), held())
    assert answer.context["form"].non_field_errors() == ["此刻不能登记。"]


def test_one_comes_back_to_where_one_came_from(cast: Cast, project: Project) -> None:
    client = client_of(cast["department"])
    answer = client.post(address("assess", project), {**held(), "next": PROGRESS})
    assert answer["Location"] == PROGRESS
    answer = client.post(address("assess", project), {**held(), "next": "https://evil.example/"})
    assert answer["Location"] == address("case", project)


def test_the_rating_says_the_total_and_keeps_what_was_typed(cast: Cast, project: Project) -> None:
    client = client_of(cast["department"])
    first, second = cast.cycle.criteria.order_by("sort_order")
    assert "满分100分，当前" in client.get(address("rate", project)).content.decode()
    wrong = {f"points_{first.pk}": "41", f"points_{second.pk}": "50.5"}
    answer = client.post(address("rate", project), wrong)
    assert answer.context["form"].total == Decimal("50.5")
    assert 'value="41"' in answer.content.decode()
    right = {f"points_{first.pk}": "35.5", f"points_{second.pk}": "50.5"}
    assert client.post(address("rate", project), right).status_code == 302
    assert Project.objects.get(pk=project.pk).rated_points() == Decimal(86)
    form = client.get(address("rate", project)).context["form"]
    assert (form.total, form.rows[0][1].value()) == (Decimal(86), Decimal("35.5"))


def test_the_secretary_is_proposed_from_the_organization(cast: Cast, project: Project) -> None:
    client = client_of(cast["department"])
    page = client.get(address("four_ones", project))
    form = page.context["form"]
    assert (form["secretary_name"].value(), form["leader_name"].value()) == ("李示例", "")
    given = {
        f"{d}_{part}": text
        for d, pair in FOUR_ONES.items()
        for part, text in zip(("name", "post"), pair, strict=True)
    }
    with time_machine.travel(timezone.now() - timedelta(days=1), tick=False):
        assert client.post(address("four_ones", project), given).status_code == 302
    assert Project.objects.get(pk=project.pk).duties_missing() == []
    changed = client.post(address("four_ones", project), {**given, "leader_name": "赵示例"})
    assert changed.status_code == 302
    page = client.get(address("four_ones", project)).content.decode()
    assert "历任人员" in page
    assert "王示例" in page


def test_a_duty_is_handed_on_and_not_emptied(cast: Cast, project: Project) -> None:
    client = client_of(cast["department"])
    appoint_four_ones(project, {"leader": ("王示例", "主任")}, by=cast["department"])
    answer = client.post(address("four_ones", project), {"leader_name": "", "team_post": "社区"})
    assert set(answer.context["form"].errors) == {"leader_name", "team_name"}


def test_groups_are_assigned_prolonged_and_ended(cast: Cast, project: Project) -> None:
    client, group, other = client_of(cast["department"]), cast["group"], make_group(make_user())
    until = timezone.localdate() + timedelta(days=9)
    given = {
        f"group_{group.pk}": "on",
        f"until_{group.pk}": f"{until:%Y-%m-%d}",
        f"group_{other.pk}": "on",
    }
    assert client.post(address("experts", project), given).status_code == 302
    assert {(a.group, a.until) for a in project.assignments.all()} == {
        (group, until),
        (other, None),
    }
    form = client.get(address("experts", project)).context["form"]
    assert form[f"until_{group.pk}"].value() == until
    assert client.post(address("experts", project), {f"group_{group.pk}": "on"}).status_code == 302
    assert project.assignments.get(group=group).until is None
    assert project.assignments.get(group=other).until < timezone.localdate()
    form = client.get(address("experts", project)).context["form"]
    assert form[f"group_{other.pk}"].value() is False
    past = {f"group_{group.pk}": "on", f"until_{group.pk}": "2020-01-01"}
    answer = client.post(address("experts", project), past)
    assert "不能早于今天" in answer.context["form"].errors[f"until_{group.pk}"][0]


# What approving still needs


def test_marks_and_rules_say_the_same_of_every_mixture(cast: Cast) -> None:
    for method, rated, named in product((None, *Method), (0, 1, 2), (0, 3, 4)):
        project = make_project("first_passed", cast)
        by = cast["department"]
        if method:
            record_assessment(project, method, by=by, participants="组织部", findings="基础好。")
        criteria = list(cast.cycle.criteria.all())[:rated]
        if criteria:
            rate(project, {one.pk: Decimal(10) for one in criteria}, by=by)
        appoint_four_ones(project, dict(list(FOUR_ONES.items())[:named]), by=by)
    marked = with_preparation(Project.objects.filter(cycle=cast.cycle))
    for project in marked:
        by_rules = bool(is_assessed(project)) and bool(four_ones_named(project))
        assert project.is_ready is by_rules
        assert all(one.is_met for one in requirements(project)) is by_rules
        assert project.is_named is bool(four_ones_named(project))
        marks = {m.value for m in Method if getattr(project, f"has_{m}")}
        assert marks == {one.method for one in project.assessments.all()}
        assert (project.total_points or 0) == project.rated_points()
    assert marked.filter(is_ready=True).count() == 3


def test_the_case_file_shows_what_was_found_and_leads_to_what_is_missing(
    cast: Cast, project: Project
) -> None:
    client = client_of(cast["department"])
    page = client.get(address("case", project)).content.decode()
    assert "决定前须完成" in page
    seen = case_file(cast["department"], project.pk)
    assert [str(a.label) for a in actions_of(seen, cast["department"])] == [
        "登记预评估",
        "立项初评",
        "明确“四个一”",
    ]
    assert [str(a.label) for a in actions_of(seen, cast["taskforce"])] == ["登记预评估"]
    assess(project, cast)
    assign_experts(project, cast["group"], by=cast["department"])
    page = client.get(address("case", project)).content.decode()
    assert "基础扎实。" in page
    assert cast["group"].name in page
    assert list(actions_of(case_file(cast["department"], project.pk), cast["department"])) == []


def test_after_the_decision_the_case_file_leads_nowhere_and_keeps_what_was_found(
    cast: Cast,
) -> None:
    approved = make_project("approved", cast)
    seen = case_file(cast["department"], approved.pk)
    assert list(actions_of(seen, cast["department"])) == []
    codes = {part.section.code for part in sections_of(seen, cast["department"])}
    assert {"reviews", "four_ones", "letter"} <= codes
    seen = case_file(cast["editor"], approved.pk)
    codes = {part.section.code for part in sections_of(seen, cast["editor"])}
    assert {"four_ones", "letter"} <= codes
    assert "reviews" not in codes


def test_a_case_that_was_never_prepared_shows_no_empty_parts(cast: Cast) -> None:
    seen = case_file(cast["department"], make_project("submitted", cast).pk)
    codes = {part.section.code for part in sections_of(seen, cast["department"])}
    assert not {"reviews", "four_ones", "letter"} & codes


# The list of progress


@pytest.fixture
def two(cast: Cast, project: Project) -> tuple[Project, Project]:
    """One project ready, another of another field and unit with nothing done."""
    assess(project, cast)
    other = make_cast(cast.cycle, make_organization(sector="rural"))
    second = make_project("first_passed", other)
    Project.objects.filter(pk=second.pk).update(sector="rural")
    return project, second


def listed(cast: Cast, **asked: Any) -> list[Project]:
    return list(client_of(cast["department"]).get(PROGRESS, asked).context["page_obj"].object_list)


def test_the_list_is_narrowed_by_field_unit_year_and_lack(
    cast: Cast, two: tuple[Project, Project]
) -> None:
    ready, bare = two
    assert set(listed(cast)) == {ready, bare}
    assert listed(cast, sector="rural") == [bare]
    assert listed(cast, unit=cast.organization.unit_id) == [ready]
    assert len(listed(cast, cycle=cast.cycle.pk)) == 2
    assert {lack: bare in listed(cast, lack=lack) for lack in LACKS} == dict.fromkeys(LACKS, True)
    assert {lack for lack in LACKS if ready in listed(cast, lack=lack)} == {"documents", "hearing"}
    assert len(listed(cast, sector="moon", unit="x", cycle="'", lack="all", p="last")) == 2
    assert listed(cast, unit="0") == []


def test_ticks_and_links_say_what_is_done(cast: Cast, two: tuple[Project, Project]) -> None:
    ready, bare = two
    page = client_of(cast["department"]).get(PROGRESS).content.decode()
    assert f"{address('assess', bare)}?method=visit&amp;next=" in page
    assert "待立项评审2项，其中具备上会条件1项。" in page
    page = client_of(cast["taskforce"]).get(PROGRESS).content.decode()
    assert address("assess", bare) in page
    assert address("rate", bare) not in page
    page = client_of(cast["auditor"]).get(PROGRESS).content.decode()
    assert address("assess", bare) not in page
    assert address("case", ready) in page


def test_the_list_takes_the_same_queries_for_any_number(cast: Cast, project: Project) -> None:
    client = client_of(cast["department"])
    client.get(PROGRESS)
    few = queries_of(client, PROGRESS)
    for _turn in range(9):
        assess(make_project("first_passed", cast), cast)
    assert queries_of(client, PROGRESS) == few


def test_many_get_their_groups_with_a_result_each(cast: Cast, two: tuple[Project, Project]) -> None:
    client, url = client_of(cast["department"]), f"{PROGRESS}experts/"
    ids = [project.pk for project in two]
    page = client.get(url, {"id": [*ids, "x"], "next": f"{PROGRESS}?sector=rural"})
    assert {one.pk for one in page.context["projects"]} == set(ids)
    appoint(cast["department"], Role.APPLICANT, cast.organization, by=None)
    client = client_of(fresh(cast["department"]))
    until = f"{timezone.localdate() + timedelta(days=3):%Y-%m-%d}"
    given = {"id": ids, "groups": [cast["group"].pk], "until": until, "next": PROGRESS}
    done = client.post(url, given)
    assert (done.context["done"], done.context["refused"]) == (1, 1)
    assert [project.assignments.count() for project in two] == [0, 1]


def test_nothing_ticked_no_group_and_a_past_day_are_said(cast: Cast, project: Project) -> None:
    client, url = client_of(cast["department"]), f"{PROGRESS}experts/"
    assert "没有勾选项目" in client.get(url).content.decode()
    answer = client.post(url, {"id": [project.pk], "until": "2020-01-01"})
    assert set(answer.context["form"].errors) == {"groups", "until"}


def test_a_colleague_of_another_department_sees_the_same_list(cast: Cast, project: Project) -> None:
    colleague = make_person(Role.TASK_FORCE)
    page = client_of(colleague).get(PROGRESS)
    assert list(page.context["page_obj"].object_list) == [project]
