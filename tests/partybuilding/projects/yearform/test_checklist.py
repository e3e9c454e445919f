"""The year's checklist of supervision: filled in with the record of a visit, read by the staff alone."""

import html
import json
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.models import Notice
from partybuilding.core.states import Role
from partybuilding.projects.models import Project
from partybuilding.projects.yearform.content import Reading
from partybuilding.projects.yearform.correcting import confirm, propose
from partybuilding.projects.yearform.services import save_form
from partybuilding.supervision.models import Visit
from partybuilding.supervision.services import correct_visit, record_meeting, record_visit
from tests.factories import Cast, make_cast, make_cycle, make_person
from tests.factories.column import make_page
from tests.factories.screens import client_of
from tests.factories.supervision import checks_of, make_activity, make_visit, visit_note
from tests.factories.yearform import Block, block, code, delivered_with, key, part_for, when
from tests.partybuilding.projects.yearform.conftest import open_it

pytestmark = pytest.mark.django_db

SEEN = block("choice", "台账是否规范", options=("规范", "基本规范", "不规范"), required=True)
WHY = block("text", "不规范之处", required=True, when=[when("台账是否规范", "不规范")])
CAME = block("number", "现场走访群众", unit="人", required=True)
SAID = block("long", "群众反映")


def checklist(*fields: Block) -> Block:
    return part_for("visit", *(fields or (SEEN, WHY, CAME, SAID)), explanation="逐项查看。")


@pytest.fixture
def cast() -> Cast:
    cast = make_cast(cycle=make_cycle())
    save_form(cast.cycle, [*delivered_with(), checklist()], by=cast["department"])
    cast.cycle = open_it(cast.cycle, cast)
    return cast


@pytest.fixture
def project(cast: Cast) -> Project:
    return Project.objects.get(pk=make_page("implementing", cast).project_id)


def said(**changes: Any) -> dict[str, Any]:
    answers = {key(SEEN): code(SEEN, 0), key(CAME): 12, key(SAID): "盼着早点装路灯。"}
    return {**answers, **changes}


def recorded(project: Project, cast: Cast, kind: str = "site", **changes: Any) -> Visit:
    note = visit_note(checks=checks_of(project), answers=said(**changes))
    return record_visit(make_activity(project, kind), note, by=cast["taskforce"])


def sent(project: Project, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends of the record."""
    found = {f"found_{one.pk}": "on_track" for one in project.commitments.all()}
    return {
        "held_on": f"{timezone.localdate():%Y-%m-%d}",
        "participants": "工作专班郝示例",
        "summary": "现场查看台账，分工上墙。",
        "finding-TOTAL_FORMS": "0",
        "finding-INITIAL_FORMS": "0",
        key(SEEN): code(SEEN, 0),
        key(CAME): "12",
        key(SAID): "盼着早点装路灯。",
        **found,
        **changes,
    }


@pytest.fixture
def officer(cast: Cast) -> Client:
    return client_of(cast["taskforce"])


def test_the_record_asks_for_it_and_keeps_it(project: Project, officer: Client) -> None:
    activity = make_activity(project)
    place = reverse("partybuilding:visit", args=[activity.pk])
    page = officer.get(place).text
    for words in ("督导查看清单", "台账是否规范", "不规范之处", "现场走访群众（人）", "asked.js"):
        assert words in page
    officer.post(place, sent(project))
    visit = Visit.objects.get()
    assert visit.answers == said()
    read = officer.get(reverse("partybuilding:activity", args=[activity.pk])).text
    for words in ("督导查看清单", "规范", "12人", "盼着早点装路灯。"):
        assert words in read
    assert "不规范之处" not in read


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({key(SEEN): ""}, "“台账是否规范”尚未填写"),
        ({key(SEEN): code(SEEN, 2)}, "“不规范之处”尚未填写"),
        ({key(CAME): "很多"}, "数字"),
        ({key(SAID): "联系11010519491231002X"}, "群众反映"),
    ],
)
def test_what_is_missing_or_wrong_is_told_and_nothing_is_lost(
    changes: dict[str, str], words: str, project: Project, officer: Client
) -> None:
    place = reverse("partybuilding:visit", args=[make_activity(project).pk])
    page = officer.post(place, sent(project, **changes)).text
    assert words in page
    assert "现场查看台账" in page
    assert not Visit.objects.exists()


def test_the_service_asks_the_same(project: Project, cast: Cast) -> None:
    with pytest.raises(ConditionUnmet, match="“现场走访群众”尚未填写"):
        recorded(project, cast, **{key(CAME): None})
    assert not Visit.objects.exists()


def test_what_is_not_asked_is_not_kept(project: Project, cast: Cast) -> None:
    visit = recorded(project, cast, **{key(WHY): "无", "q0000000000": "无此问题"})
    assert Visit.objects.get(pk=visit.pk).answers == said()


def test_a_dispatch_has_no_checklist(project: Project, cast: Cast, officer: Client) -> None:
    activity = make_activity(project, "dispatch")
    page = officer.get(reverse("partybuilding:visit", args=[activity.pk])).text
    assert "督导查看清单" not in page
    (outcome,) = record_meeting(
        [activity],
        by=cast["taskforce"],
        held_on=timezone.localdate(),
        participants="各项目负责人",
        summary="逐项调度。",
    )
    assert not outcome.refusal
    assert Visit.objects.get().answers == {}


def test_it_is_corrected_with_the_record_and_only_the_staff_read_what_it_said(
    project: Project, cast: Cast, officer: Client, client: Client
) -> None:
    visit = recorded(project, cast)
    place = reverse("partybuilding:visit_correct", args=[visit.activity_id])
    page = officer.get(place).text
    assert "仅“台账是否规范”为不规范时填写" in page
    assert 'value="12"' in page
    changes = {key(SEEN): code(SEEN, 2), key(WHY): "缺签字", "reason": "记错。"}
    officer.post(place, sent(project, **changes))
    now = Visit.objects.get()
    assert now.answers == said(**{key(SEEN): code(SEEN, 2), key(WHY): "缺签字"})
    assert {one["part"] for one in now.corrections} >= {"checklist"}
    read = officer.get(reverse("partybuilding:activity", args=[visit.activity_id])).text
    assert "台账是否规范：规范" in read
    assert "不规范之处：缺签字" in read
    assert not Notice.objects.filter(body__contains="缺签字").exists()
    portal = client_of(cast["applicant"]).get(reverse("portal:supervision", args=[project.pk])).text
    for shown in (portal, client.get(project.page.url).text):
        for words in ("缺签字", "台账是否规范", "盼着早点装路灯"):
            assert words not in shown


def test_a_correction_that_leaves_something_out_is_refused(project: Project, cast: Cast) -> None:
    visit = recorded(project, cast)
    note = visit_note(checks=checks_of(project), answers={})
    with pytest.raises(ConditionUnmet, match="尚未填写"):
        correct_visit(visit, note, by=cast["taskforce"], reason="记错。")
    assert Visit.objects.get().answers == said()


def test_the_register_has_a_column_for_each_question(
    project: Project, cast: Cast, officer: Client
) -> None:
    recorded(project, cast)
    register = reverse("party_activities_modeladmin_index")
    sheet = load_workbook(BytesIO(officer.get(register, {"export": "xlsx"}).getvalue())).active
    head, *rows = ([cell.value for cell in line] for line in sheet.iter_rows())
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["现场走访群众"] for row in told if row["现场走访群众"]] == [12]
    assert "规范" in {row["台账是否规范"] for row in told}


def test_words_put_right_hold_from_then_on(project: Project, cast: Cast) -> None:
    before = recorded(project, cast)
    words = {(key(CAME), "label"): "现场走访居民"}
    proposed = propose(cast.cycle, words, by=cast["department"], reason="用语更准确。")
    before_it = Notice.objects.count()
    confirm(proposed, by=make_person(Role.DEPARTMENT))
    told = Notice.objects.order_by("pk")[before_it:]
    assert {(one.recipient, one.subject) for one in told} == {
        (cast["taskforce"], f"“督导查看清单”勘误：{cast.cycle}")
    }, "whoever goes on visits, and no applicant"
    after = recorded(project, cast, "observation")
    labels = [
        str(one.checklist.questions[key(CAME)].label)
        for one in (Visit.objects.get(pk=before.pk), Visit.objects.get(pk=after.pk))
    ]
    assert labels == ["现场走访群众", "现场走访居民"]


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        (lambda: [*delivered_with(), checklist(block("table", "设备", columns=("名",)))], "设备"),
        (
            lambda: [
                *delivered_with(),
                checklist(block("text", "农村特色", when=[when("所属领域", "农村")])),
            ],
            "所属领域",
        ),
        (
            lambda: [
                *delivered_with(),
                checklist(),
                part_for("results", block("text", "整改", when=[when("台账是否规范", "规范")])),
            ],
            "台账是否规范",
        ),
    ],
)
def test_what_is_wrong_with_it_is_said(blocks: Any, words: str) -> None:
    faults = [str(fault) for fault in Reading(blocks()).faults]
    assert any(words in fault for fault in faults), faults


def test_whoever_writes_the_form_sees_it(cast: Cast) -> None:
    editor = client_of(cast["department"])
    following = make_cycle()
    save_form(following, [*delivered_with(), checklist()], by=cast["department"])
    page = editor.get(reverse("partybuilding:year_form", args=[following.pk])).text
    assert json.dumps("督导查看清单") in html.unescape(page)
    preview = editor.get(reverse("partybuilding:year_form_preview", args=[following.pk])).text
    assert "台账是否规范" in preview


def test_a_year_without_one_records_as_before(db: None) -> None:
    cast = make_cast()
    project = Project.objects.get(pk=make_page("implementing", cast).project_id)
    visit = make_visit(project, cast)
    assert (visit.sheet_version_id, visit.answers) == (None, {})
