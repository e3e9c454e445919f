"""Texts are saved as versions that stay, and papers keep the one that they were written in."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, Overtaken
from partybuilding.core.papers.result_letters import APPROVAL
from partybuilding.core.selectors import last_entry
from partybuilding.projects.documents import result_letter
from partybuilding.texts.desk import text_lines
from partybuilding.texts.models import Text
from partybuilding.texts.register import EditedText, texts
from partybuilding.texts.selectors import body_of, standing_of, standing_of_all
from partybuilding.texts.services import reset_text, save_text, version_in_use
from tests.factories import Cast, make_cast, make_project
from tests.factories.screens import misled

pytestmark = pytest.mark.django_db
OWN = "立项通知\n{{称呼}}申报的《{{项目名称}}》已列入年度计划。\n{{人员名单}}\n特此通知。"
OTHER = OWN.replace("已列入", "已经列入")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def approval() -> EditedText:
    return texts()[APPROVAL.code]


def spoilt(text: EditedText, body: str = "标题\n{{不再有的}}") -> None:
    """Store what an older release still allowed."""
    Text.objects.create(code=text.wording.code, version=9, body=body, delivered="以前的")


def test_every_saving_is_a_version_and_none_is_overwritten(
    cast: Cast, approval: EditedText
) -> None:
    officer = cast["department"]
    first = save_text(approval, OWN, by=officer, seen=0)
    second = save_text(approval, OTHER, by=officer, seen=1)
    assert [first.version, second.version] == [1, 2]
    assert [row.body for row in Text.objects.order_by("version")] == [OWN, OTHER]
    assert second.by_name == officer.get_full_name()
    assert body_of(APPROVAL) == OTHER
    assert save_text(approval, f" {OTHER}\n\n", by=officer) == second  # changes nothing


def test_who_comes_second_is_told(cast: Cast, approval: EditedText) -> None:
    save_text(approval, OWN, by=cast["department"], seen=0)
    with pytest.raises(Overtaken):
        save_text(approval, OTHER, by=cast["department"], seen=0)
    with pytest.raises(Overtaken):
        reset_text(approval, by=cast["department"], seen=0)


@pytest.mark.parametrize(
    "body",
    [
        OWN + "{{密码}}",
        "标题\n没有名称",
        OWN + "\ue123",
        OWN + "联系电话13812345678。",
        OWN.replace("{{项目名称}}", "{项目名称}"),
    ],
)
def test_what_cannot_be_used_is_not_saved(cast: Cast, approval: EditedText, body: str) -> None:
    with pytest.raises(ConditionUnmet) as refused:
        save_text(approval, body, by=cast["department"])
    assert refused.value.sentences
    assert not Text.objects.exists()


@pytest.mark.parametrize(
    "role", ["unit", "taskforce", "editor", "publisher", "applicant", "leader"]
)
def test_only_the_department_words_them(cast: Cast, approval: EditedText, role: str) -> None:
    with pytest.raises(NotYours):
        save_text(approval, OWN, by=cast[role])
    with pytest.raises(NotYours):
        reset_text(approval, by=AnonymousUser())


def test_back_to_the_delivered_text_is_a_version_of_its_own(
    cast: Cast, approval: EditedText
) -> None:
    save_text(approval, OWN, by=cast["department"])
    reset_text(approval, by=cast["department"])
    assert Text.objects.count() == 2
    assert body_of(APPROVAL) == APPROVAL.delivered
    assert not standing_of(approval).is_own


def test_a_letter_keeps_the_words_in_which_it_was_issued(cast: Cast, approval: EditedText) -> None:
    first = make_project("approved", cast)
    save_text(approval, OWN, by=cast["department"])
    second = make_project("approved", cast)
    save_text(approval, OTHER, by=cast["department"])
    third = make_project("approved", cast)
    bodies, kept = [], []
    for project in (first, second, third):
        entry = last_entry(project, "approve")
        assert entry is not None
        bodies.append(result_letter(project, entry).text)
        kept.append(entry.data["facts"]["text"])
    assert bodies == [APPROVAL.delivered, OWN, OTHER]
    assert kept == [1, 2, 3]
    assert Text.objects.get(version=1).by is None


def test_a_letter_in_delivered_words_outlives_a_release_with_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project("approved", cast)
    before = APPROVAL.delivered
    monkeypatch.setattr(
        type(APPROVAL), "delivered", property(lambda self: "新标题\n《{{项目名称}}》")
    )
    entry: Any = last_entry(project, "approve")
    assert result_letter(project, entry).text == before
    assert body_of(APPROVAL) != before
    assert version_in_use(APPROVAL) == 2


def test_words_that_cannot_be_used_give_way_and_are_told(
    cast: Cast, approval: EditedText, caplog: pytest.LogCaptureFixture
) -> None:
    spoilt(approval)
    assert body_of(APPROVAL) == APPROVAL.delivered
    assert "stored text not usable" in caplog.text
    project = make_project("approved", cast)  # the step is not stopped
    entry: Any = last_entry(project, "approve")
    assert entry.data["facts"]["text"] == 0
    assert result_letter(project, entry).text == APPROVAL.delivered
    lines = text_lines(cast["department"])
    assert ([line.count for line in lines], misled(cast["department"], lines)) == ([1], [])
    assert text_lines(cast["unit"]) == []
    assert standing_of(approval).faults


def test_a_newer_delivered_text_is_told(cast: Cast, approval: EditedText) -> None:
    save_text(approval, OWN, by=cast["department"])
    assert not standing_of(approval).is_behind
    Text.objects.update(delivered="以前交付的")
    assert standing_of(approval).is_behind
    save_text(approval, OWN, by=cast["department"])  # looked at it and kept its own
    assert not standing_of(approval).is_behind


def test_the_list_is_read_in_two_queries(
    cast: Cast, approval: EditedText, django_assert_num_queries: Any
) -> None:
    save_text(approval, OWN, by=cast["department"])
    with django_assert_num_queries(2):
        found = standing_of_all()
    assert [one.text.wording.code for one in found if one.is_own] == [APPROVAL.code]


@pytest.mark.parametrize("code", list(texts()))
def test_every_delivered_text_could_be_saved(cast: Cast, code: str) -> None:
    text = texts()[code]
    changed = replace(text.wording, code="trial")
    assert save_text(replace(text, wording=changed), text.wording.delivered, by=cast["department"])
