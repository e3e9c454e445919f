"""Of any form: the browser asks what the server asks, and what was answered reads the same everywhere."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import partybuilding
from partybuilding.core.sheets import Condition, Field, Part, Sheet
from partybuilding.organizations.models import Organization
from partybuilding.portal.forms import ApplicationPart
from partybuilding.portal.presenters.content import answers
from partybuilding.projects.documents import application_form
from partybuilding.projects.models import Project, SheetVersion
from partybuilding.projects.models.sheets import sheet_of
from partybuilding.projects.services import create_draft, save_application
from partybuilding.projects.yearform.compose import sheet_from
from partybuilding.projects.yearform.content import Reading
from partybuilding.projects.yearform.kinds import KINDS, question_of
from tests.factories import make_cast, make_cycle, make_organization
from tests.factories.yearform import Block, block, delivered_with, own_part, when

SCRIPT = Path(partybuilding.__file__).parent / "static/partybuilding/portal/asked.js"
CODES = {
    "yes_no": [True, False],
    "choice": ["a1", "a2", "a3"],
    "choices": [["a1"], ["a2", "a3"], ["a1", "a2", "a3"]],
    "text": ["有"],
}
WORDS = st.text("甲乙丙人民群众区县0123，。、；：“”（）%#*_=<>&{}", min_size=1, max_size=12)
NOT_APART = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@st.composite
def chains(draw: Any) -> tuple[Sheet, dict[str, Any]]:
    """Draw a part whose questions hang on earlier ones, and answers, also to what nobody is asked."""
    asked: list[tuple[str, list[str]]] = []
    fields: list[dict[str, Any]] = []
    said: dict[str, Any] = {}
    for place in range(draw(st.integers(2, 8))):
        kind, name = draw(st.sampled_from(list(CODES))), f"q{place}"
        field: dict[str, Any] = {"key": name, "kind": kind, "label": name}
        if kind in ("choice", "choices"):
            field["options"] = [{"code": one, "label": one} for one in ("a1", "a2", "a3")]
        hangs = draw(st.lists(st.sampled_from(asked), max_size=2)) if asked else []
        field["when"] = [
            {"of": of, "any": draw(st.lists(st.sampled_from(codes), min_size=1))}
            for of, codes in hangs
        ]
        fields.append(field)
        if kind != "text":
            asked.append((name, ["yes", "no"] if kind == "yes_no" else ["a1", "a2", "a3"]))
        if draw(st.booleans()):
            said[name] = draw(st.sampled_from(CODES[kind]))
    return Sheet((Part("p1", "部分", tuple(map(question_of, fields))),)), said


def page_of(sheet: Sheet, project: Project) -> str:
    """Render the questions as the portal does."""
    rows = ApplicationPart(project, sheet.parts[0]).marked()
    asked = (
        f'<div data-key="{row["field"].name}">'
        + render_to_string("partybuilding/portal/includes/asked.html", {"row": row})
        + "</div>"
        for row in rows
    )
    return f"<form>{''.join(asked)}</form>"


SHOWN = """() => [...document.querySelectorAll("[data-key]")]
    .filter((box) => !box.querySelector("[data-when][hidden]")).map((box) => box.dataset.key)"""
#: Taken back by the browser's own hand: whatever is chosen is cleared, and then typed anew.
RETYPE = """() => {
  const chosen = [...document.querySelectorAll("input:checked, option:checked")];
  const change = (on) => {
    for (const one of chosen) one[one.tagName === "OPTION" ? "selected" : "checked"] = on;
    document.querySelector("input, select, textarea")
      ?.dispatchEvent(new Event("change", { bubbles: true }));
  };
  change(false);
  change(true);
}"""


@pytest.fixture
def sheet_page(open_page: Any) -> Any:
    return open_page(390, 844)


@settings(max_examples=60, **NOT_APART)
@given(drawn=chains())
def test_the_browser_shows_what_the_server_asks(sheet_page: Any, drawn: Any) -> None:
    sheet, said = drawn
    project = Project(answers=said)
    project.whole_sheet = sheet
    sheet_page.set_content(page_of(sheet, project))
    sheet_page.add_script_tag(content=SCRIPT.read_text("utf-8"), type="module")
    sheet_page.wait_for_function("!document.querySelector('[data-when] > p')")
    asked = [field.key for field in project.sheet.fields]
    assert sheet_page.evaluate(SHOWN) == asked
    sheet_page.evaluate(RETYPE)
    assert sheet_page.evaluate(SHOWN) == asked
    assert sheet_page.errors == []


@st.composite
def forms(draw: Any) -> list[Block]:
    """Draw a form with questions of every kind, in words of all sorts."""
    made = []
    for kind in draw(st.lists(st.sampled_from(list(KINDS)), min_size=1, max_size=9)):
        rows: dict[str, Any] = {}
        if kind in ("choice", "choices"):
            rows["options"] = tuple(draw(st.lists(WORDS, min_size=2, max_size=9, unique=True)))
        if kind == "table":
            rows["columns"] = tuple(draw(st.lists(WORDS, min_size=1, max_size=3, unique=True)))
        if kind == "number":
            rows |= {"unit": draw(st.sampled_from(["", "人", "km"])), "places": 2}
        made.append(block(kind, draw(WORDS), **rows))
    first = block("yes_no", "先问一句")
    for one in made[::2]:
        one["value"]["when"] = [when("先问一句", "是")]
    return [*delivered_with(first), own_part("自设部分", *made)]


def answer(draw: Any, question: Any) -> Any:
    """Draw what somebody may answer to a question."""
    if question.kind in ("choice", "choices"):
        codes = [code for code, _label in question.options]
        one = st.sampled_from(codes)
        return draw(one if question.kind == "choice" else st.lists(one, min_size=1, unique=True))
    if question.kind in ("table", "person"):
        columns = st.sampled_from([code for code, _label in question.columns])
        return draw(st.lists(st.dictionaries(columns, WORDS, min_size=1), min_size=1, max_size=4))
    if question.kind == "organization":
        one = Organization.objects.order_by("pk")[0]
        return {"id": one.pk, "name": one.name}
    return draw(
        {
            "yes_no": st.booleans(),
            "number": st.decimals(0, 10**9, places=2),
            "date": st.dates().map(str),
        }.get(question.kind, WORDS)
    )


@pytest.mark.django_db
@settings(max_examples=25, **NOT_APART)
@given(data=st.data())
def test_a_form_comes_back_as_it_was_kept_and_every_surface_says_the_same(data: Any) -> None:
    if not Organization.objects.exists():
        make_organization(name="石城社区党委")
    reading = Reading(data.draw(forms()))
    kept = SheetVersion.keep(json.loads(json.dumps(reading.content, sort_keys=True)))
    sheet = sheet_of(kept.digest)
    assert SheetVersion.keep(SheetVersion.objects.get(digest=kept.digest).content) == kept
    assert list(map(asks, sheet_from(reading.content).fields)) == list(map(asks, sheet.fields))
    said = {one.key: answer(data.draw, one) for one in sheet.questions.values()}
    project = save(said, kept)
    questions = list(project.sheet.questions.values())
    shown = {row["label"]: str(row["value"]) for row in answers(project, change=False)}
    paper = application_form(project)
    printed = {one.label: one.value for one in (*paper.answers, *paper.texts)}
    snapshot = json.loads(json.dumps(project.sheet.snapshot(project)))
    for question in questions:
        words = question.words(project)
        assert question.snapshot_words(snapshot, {}) == words
        if [one.label for one in project.sheet.fields].count(question.label) == 1:
            assert printed[str(question.label)] == words
            assert shown[str(question.label)] == words or not words
        stored = question.value(project)
        assert question.canonical(stored) == stored
        retyped = question.input().clean(question.input().prepare_value(question.initial(stored)))
        assert question.canonical(retyped) == stored


def asks(field: Field) -> tuple[Any, ...]:
    """Return all that a field asks."""
    conditions: list[Condition] = list(field.when)
    limits = {name: value for name, value in vars(field).items() if name != "when"}
    return type(field), str(field.label), limits, conditions


def save(said: dict[str, Any], version: SheetVersion) -> Project:
    """Write answers on an application of this version, through the service."""
    cast = make_cast(cycle=make_cycle(state="applying"))
    project = create_draft(cast.cycle, cast.organization, by=cast["applicant"])
    Project.objects.filter(pk=project.pk).update(sheet_version=version)
    return save_application(Project.objects.get(pk=project.pk), by=cast["applicant"], answers=said)
