"""The form of a year: saved while it may change, frozen with the opening, kept as it was, copied."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours, Overtaken
from partybuilding.core.services import move
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.services import start_next_year
from partybuilding.projects.models import Project, SheetDraft, SheetVersion
from partybuilding.projects.models.sheets import digest_of
from partybuilding.projects.services import (
    begin_from,
    create_draft,
    save_application,
    submit_application,
)
from partybuilding.projects.sheet import APPLICATION
from partybuilding.projects.yearform.services import save_form
from tests.factories import Cast, fill, make_cast, make_cycle
from tests.factories.screens import client_of
from tests.factories.yearform import block, delivered_with, key, when
from tests.partybuilding.projects.yearform.conftest import Asked, open_it

pytestmark = pytest.mark.django_db


def anew(project: Project) -> Project:
    return Project.objects.get(pk=project.pk)


@pytest.mark.parametrize("role", ["applicant", "unit", "expert", "taskforce", "leader", "editor"])
def test_only_the_department_writes_it(role: str) -> None:
    cast = make_cast(cycle=make_cycle())
    with pytest.raises(NotYours):
        save_form(cast.cycle, delivered_with(block("text", "题")), by=cast[role])
    assert not SheetDraft.objects.exists()


def test_nobody_overwrites_what_another_saved_meanwhile() -> None:
    cast = make_cast(cycle=make_cycle())
    by = cast["department"]
    saved = save_form(cast.cycle, delivered_with(block("text", "题")), by=by)
    early = saved.updated_at - timedelta(seconds=1)
    with pytest.raises(Overtaken):
        save_form(cast.cycle, delivered_with(), by=by, seen=early)
    save_form(cast.cycle, delivered_with(), by=by, seen=saved.updated_at)


def test_a_form_with_a_fault_is_not_saved() -> None:
    cast = make_cast(cycle=make_cycle())
    with pytest.raises(ConditionUnmet):
        save_form(cast.cycle, delivered_with(block("text", "")), by=cast["department"])
    lost = {**block("text", "题"), "id": None}
    with pytest.raises(ConditionUnmet, match="不完整"):
        save_form(cast.cycle, delivered_with(lost), by=cast["department"])
    assert not SheetDraft.objects.exists()


def test_the_delivered_form_makes_no_version() -> None:
    cast = make_cast(cycle=make_cycle())
    save_form(cast.cycle, delivered_with(), by=cast["department"])
    cycle = open_it(cast.cycle, cast)
    project = create_draft(cycle, cast.organization, by=cast["applicant"])
    assert (project.sheet_version_id, project.sheet) == (None, APPLICATION)
    assert not SheetVersion.objects.exists()


def test_opening_keeps_the_form_and_refuses_every_change(cast: Cast, asked: Asked) -> None:
    version = SheetVersion.objects.get()
    assert version.digest == digest_of(version.content)
    assert cast.cycle.form.version == version
    with pytest.raises(Frozen):
        save_form(cast.cycle, delivered_with(), by=cast["department"])
    version.content["parts"].pop()
    with pytest.raises(TypeError):
        version.save()


def test_what_was_answered_on_is_never_deleted(draft: Project, cast: Cast) -> None:
    with pytest.raises(ProtectedError):
        SheetVersion.objects.get().delete()
    assert anew(draft).answers


def test_an_opening_taken_back_lets_the_form_change_and_drafts_follow(
    draft: Project, cast: Cast, asked: Asked
) -> None:
    cycle = move(cast.cycle, "take_back_opening", by=cast["department"], reason="少问了一项。")
    blocks = delivered_with(asked.named["wish"], block("text", "新增一题"))
    save_form(cycle, blocks, by=cast["department"])
    open_it(cycle, cast)
    now = anew(draft)
    assert [one.label for one in now.sheet.questions.values()] == ["群众的主要意见", "新增一题"]
    assert now.sheet.questions[asked.key("wish")].words(now) == "盼楼下有一盏长明灯。"
    assert now.answers == draft.answers  # nothing is thrown away before it is handed in


def test_two_parts_saved_at_once_both_stay(draft: Project, cast: Cast, asked: Asked) -> None:
    one, two = anew(draft), anew(draft)
    save_application(one, by=cast["applicant"], answers={asked.key("clerk"): "楼栋长"})
    save_application(two, by=cast["applicant"], answers={asked.key("sum"): 20})
    now = anew(draft).answers
    assert (now[asked.key("clerk")], now[asked.key("sum")]) == ("楼栋长", 20)


def test_unknown_keys_are_dropped_and_forged_answers_are_none(
    draft: Project, cast: Cast, asked: Asked
) -> None:
    forged: dict[str, Any] = {
        "qffffffffff": "x",
        "title": "x",
        "0": "x",
        "a__b": "x",
        asked.key("group"): "a0000000000",
        asked.key("clerk"): {"deep": [[[]]]},
    }
    said = save_application(draft, by=cast["applicant"], answers=forged)
    known = {key: value for key, value in draft.answers.items() if key not in forged}
    assert anew(said).answers == known
    assert anew(said).title == draft.title


def test_what_is_not_asked_is_kept_in_the_draft_and_left_out_when_it_is_handed_in(
    draft: Project, cast: Cast, asked: Asked
) -> None:
    by, ready, money = cast["applicant"], asked.key("ready"), asked.key("sum")
    save_application(draft, by=by, answers={ready: False})
    assert money not in anew(draft).sheet.questions
    assert anew(draft).answers[money] == 12.5
    save_application(draft, by=by, answers={ready: True})
    assert anew(draft).sheet.questions[money].words(anew(draft)) == "12.5万元"
    save_application(draft, by=by, answers={ready: False})
    handed_in = submit_application(anew(draft), by=by)
    assert money not in handed_in.answers
    assert money not in handed_in.sheet.snapshot(handed_in)


def test_the_next_year_begins_with_the_same_questions_under_the_same_keys(
    cast: Cast, asked: Asked
) -> None:
    Cycle.objects.filter(year=cast.cycle.year + 1).delete()
    following = start_next_year(cast.cycle, by=cast["department"])
    form = following.form
    assert (form.content, form.version) == (cast.cycle.form.content, None)
    # the stored stream reads as the same content, conditions included
    saved = save_form(following, form.parts.get_prep_value(), by=cast["department"])
    assert saved.content == cast.cycle.form.content
    assert asked.key("sum") in str(saved.content)


def test_old_papers_keep_old_words(draft: Project, cast: Cast, asked: Asked) -> None:
    handed_in = submit_application(draft, by=cast["applicant"])
    following = start_next_year(cast.cycle, by=cast["department"])
    blocks = following.form.parts.get_prep_value()
    wish = next(one for one in blocks[2]["value"]["fields"] if one["type"] == "long")
    wish["value"]["label"] = "群众最盼的一件事"
    form = save_form(following, blocks, by=cast["department"])
    later = {field["key"]: field for part in form.content["parts"] for field in part["fields"]}
    assert later[asked.key("wish")]["label"] == "群众最盼的一件事"
    assert str(anew(handed_in).sheet.questions[asked.key("wish")].label) == "群众的主要意见"


def test_a_retyped_question_is_another_and_the_old_answer_stays_readable(
    draft: Project, cast: Cast, asked: Asked
) -> None:
    cycle = move(cast.cycle, "take_back_opening", by=cast["department"], reason="改题型。")
    number = block("number", "群众的主要意见")
    save_form(cycle, delivered_with(number), by=cast["department"])
    open_it(cycle, cast)
    now = anew(draft)
    assert key(number) != asked.key("wish")
    assert now.sheet.questions[key(number)].words(now) == ""
    assert now.answers[asked.key("wish")] == "盼楼下有一盏长明灯。"


def test_a_condition_on_the_field_holds_against_the_column() -> None:
    cast = make_cast(cycle=make_cycle())
    rural = block("text", "院坝数", required=True, when=[when("所属领域", "农村")])
    save_form(cast.cycle, delivered_with(rural), by=cast["department"])
    cast.cycle = open_it(cast.cycle, cast)
    draft = fill(create_draft(cast.cycle, cast.organization, by=cast["applicant"]), cast)
    assert key(rural) not in draft.sheet.questions  # its field is urban
    assert submit_application(draft, by=cast["applicant"]).state == "submitted"
    other = fill(create_draft(cast.cycle, cast.organization, by=cast["applicant"]), cast)
    other = save_application(other, by=cast["applicant"], sector="rural")
    with pytest.raises(ConditionUnmet, match="“院坝数”尚未填写"):
        submit_application(other, by=cast["applicant"])


def test_own_answers_are_taken_over_under_the_same_key_and_not_from_others(
    draft: Project, asked: Asked, cast: Cast
) -> None:
    origin = submit_application(draft, by=cast["applicant"])
    following = start_next_year(cast.cycle, by=cast["department"])
    blocks = following.form.parts.get_prep_value()
    own = blocks[2]["value"]["fields"]
    gone = own.pop(3)  # the day is asked no longer
    del own[0]["value"]["options"][2]
    save_form(following, blocks, by=cast["department"])
    window = {"applications_open": cast.cycle.applications_open}
    type(following).objects.filter(pk=following.pk).update(**window)
    following = open_it(following, cast)
    shown = client_of(cast["applicant"]).get(reverse("portal:start_from")).text
    assert "群众的主要意见" in shown
    begun = begin_from(
        origin, "copy", cycle=following, organization=cast.organization, by=cast["applicant"]
    )
    expected = asked.answers()
    del expected[key(gone)]
    expected[asked.key("ways")] = expected[asked.key("ways")][:1]
    assert begun.answers == expected
    assert begun.whole_sheet.carried("adopt", origin, begun).keys().isdisjoint(expected)
