"""Words of a form in use are put right by two officers; what is asked stays, and old papers keep old words."""

from typing import Any

import pytest
from django.urls import reverse

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.models import Notice
from partybuilding.core.selectors import last_entry
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.cycles.services import start_next_year
from partybuilding.projects.models import Project, SheetCorrection, SheetVersion
from partybuilding.projects.services import create_draft, submit_application
from partybuilding.projects.yearform.correcting import confirm, drop, propose, words_in
from partybuilding.projects.yearform.services import save_form
from tests.factories import Cast, make_cast, make_cycle, make_person, open_cycle
from tests.factories.screens import client_of
from tests.factories.yearform import block, code, delivered_with
from tests.partybuilding.projects.yearform.conftest import Asked, open_it

pytestmark = pytest.mark.django_db
REASON = "错别字。"


@pytest.fixture
def second() -> Any:
    return make_person(Role.DEPARTMENT)


def anew(project: Project) -> Project:
    return Project.objects.get(pk=project.pk)


def test_drafts_read_the_new_words_and_what_was_handed_in_the_old(
    draft: Project, cast: Cast, asked: Asked, second: Any
) -> None:
    handed_in = submit_application(draft, by=cast["applicant"])
    other = create_draft(cast.cycle, cast.organization, by=cast["applicant"])
    ready, way = asked.key("ready"), code(asked.named["ways"], 0)
    words = {(ready, "label"): "是否落实专项经费", (asked.key("ways"), way): "入户"}
    proposed = propose(cast.cycle, words, by=cast["department"], reason=REASON)
    assert anew(other).sheet_version_id == handed_in.sheet_version_id
    version = confirm(proposed, by=second)
    now, old = anew(other), anew(handed_in)
    assert now.sheet_version == version
    assert str(now.sheet.questions[ready].label) == "是否落实专项经费"
    assert str(old.sheet.questions[ready].label) == "是否已有专项经费"
    assert old.sheet.questions[asked.key("ways")].words(old) == "入户走访、网上征求"
    # keys, kinds, options, order, conditions are what they were
    before = SheetVersion.objects.get(pk=old.sheet_version_id).content
    bare = [_without_words(content) for content in (before, version.content)]
    assert bare[0] == bare[1]
    assert last_entry(cast.cycle, "correct_form").data["changes"][0]["to"] == "是否落实专项经费"
    told = Notice.objects.filter(recipient=cast["applicant"], subject__contains="申报表")
    assert told.count() == 1


def _without_words(content: Any) -> Any:
    if isinstance(content, dict):
        words = {"label", "help"}
        return {key: _without_words(said) for key, said in content.items() if key not in words}
    return [_without_words(one) for one in content] if isinstance(content, list) else content


def test_the_next_year_begins_with_the_new_words_and_its_conditions_hold(
    cast: Cast, asked: Asked, second: Any
) -> None:
    words = {(asked.key("ready"), "label"): "是否落实专项经费"}
    confirm(propose(cast.cycle, words, by=cast["department"], reason=REASON), by=second)
    following = start_next_year(cast.cycle, by=cast["department"])
    saved = save_form(following, following.form.parts.get_prep_value(), by=second)
    assert saved.content == type(cast.cycle).objects.get(pk=cast.cycle.pk).form.content
    assert "是否落实专项经费" in str(saved.parts.get_prep_value())
    assert "是否已有专项经费" not in str(saved.parts.get_prep_value())


def test_one_officer_alone_changes_nothing(cast: Cast, asked: Asked, second: Any) -> None:
    words = {(asked.key("ready"), "label"): "是否落实专项经费"}
    proposed = propose(cast.cycle, words, by=cast["department"], reason=REASON)
    with pytest.raises(NotYours):
        confirm(proposed, by=cast["department"])
    with pytest.raises(ConditionUnmet, match="已有"):
        propose(cast.cycle, words, by=second, reason=REASON)
    drop(proposed, by=cast["department"])
    with pytest.raises(ConditionUnmet):
        confirm(proposed, by=second)
    assert SheetVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "reason", "words"),
    [
        ("是否已有专项经费", REASON, "没有改动"),
        ("是否落实专项经费", "。", "理由"),
        ("负责人身份证号", REASON, "不应收集"),
    ],
)
def test_what_is_no_correction_is_refused(
    cast: Cast, asked: Asked, said: str, reason: str, words: str
) -> None:
    with pytest.raises(ConditionUnmet, match=words):
        propose(
            cast.cycle, {(asked.key("ready"), "label"): said}, by=cast["department"], reason=reason
        )


def test_what_has_no_place_in_the_form_is_no_change(cast: Cast, asked: Asked) -> None:
    forged = {("title", "label"): "x", (asked.key("ready"), "kind"): "long", ("q", "label"): "x"}
    with pytest.raises(ConditionUnmet, match="没有改动"):
        propose(cast.cycle, forged, by=cast["department"], reason=REASON)


def test_only_a_form_in_use_is_corrected(cast: Cast, asked: Asked, second: Any) -> None:
    words = {(asked.key("ready"), "label"): "是否落实专项经费"}
    proposed = propose(cast.cycle, words, by=cast["department"], reason=REASON)
    move(cast.cycle, "take_back_opening", by=second, reason="再改。")
    assert SheetCorrection.objects.filter(closed_at=None).count() == 0
    with pytest.raises(Frozen):
        confirm(proposed, by=second)
    with pytest.raises(Frozen):
        propose(cast.cycle, words, by=second, reason=REASON)
    plain = make_cast(cycle=open_cycle())
    with pytest.raises(Frozen):
        propose(plain.cycle, words, by=plain["department"], reason=REASON)
    with pytest.raises(NotYours):
        propose(cast.cycle, words, by=cast["unit"], reason=REASON)


def test_two_officers_do_it_on_the_screen(second: Any) -> None:
    cast = make_cast(cycle=make_cycle())
    one = block("choice", "主要受意群体", options=("老人", "儿童"))
    content = save_form(cast.cycle, delivered_with(one), by=cast["department"]).content
    open_it(cast.cycle, cast)
    form = reverse("partybuilding:year_form", args=[cast.cycle.pk])
    place = reverse("partybuilding:year_form_correct", args=[cast.cycle.pk])
    close = reverse("partybuilding:year_form_close", args=[cast.cycle.pk])
    first = client_of(cast["department"])
    assert place in first.get(form).text
    sent = {"-".join(where): words for where, words in words_in(content).items()}
    name = next(name for name, words in sent.items() if words == "主要受意群体")
    assert first.post(place, {**sent, name: "主要受益群体", "reason": REASON}).status_code == 302
    page = first.get(form).text
    assert "<del>主要受意群体</del>" in page
    assert 'value="confirm"' not in page
    first.post(close, {"act": "confirm"})
    assert "<del>主要受意群体</del>" in first.get(form).text
    other = client_of(second)
    assert 'value="confirm"' in other.get(form).text
    other.post(close, {"act": "confirm"})
    page = other.get(form).text
    assert "主要受意群体" not in page
    assert "主要受益群体" in page
    assert client_of(cast["unit"]).get(place).status_code == 404
