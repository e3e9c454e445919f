"""Words of lists: what may be written, what a year keeps, what stays readable."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, Overtaken
from partybuilding.core.models import Word
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.core.words.lists import WordList
from partybuilding.cycles.words.selectors import lists, story_of, uses_of
from partybuilding.cycles.words.services import Row, renamed_in_use, rows_of, save_words
from partybuilding.opinions.states import OUTCOMES
from partybuilding.organizations.journal import change_words
from partybuilding.organizations.states import KINDS, SECTORS
from partybuilding.projects.states import DUTIES, GROUNDS, METHODS
from tests.factories import make_cast, make_cycle, make_organization, make_person, make_project
from tests.factories import open_cycle as open_a_year

pytestmark = pytest.mark.django_db
HUB = Row("", "新业态", seal="新")


@pytest.fixture
def officer() -> Any:
    return make_person(Role.DEPARTMENT)


def change(words: WordList, by: Any, code: str, **facts: Any) -> None:
    """Save a list with one word changed."""
    rows = [replace(row, **facts) if row.code == code else row for row in rows_of(words)]
    save_words(words, rows, by=by)


def test_nothing_is_stored_and_nothing_is_asked_of_django_until_somebody_edits(
    django_assert_num_queries: Any,
) -> None:
    with django_assert_num_queries(0):
        labels = [SECTORS.label(code) for code in SECTORS]
    assert labels == ["农村", "城市", "机关", "国企", "中小学校", "公立医院", "非公"]
    assert not Word.objects.exists()


def test_a_renamed_word_is_shown_everywhere_but_in_the_years_that_were_open(officer: Any) -> None:
    old = make_project(cast=make_cast(open_a_year()))
    change(SECTORS, officer, "urban", label="城市社区")
    old.sector = "urban"
    assert old.get_sector_display() == "城市"
    assert make_organization(sector="urban").get_sector_display() == "城市社区"
    new = make_project(cast=make_cast(open_a_year()))
    new.sector = "urban"
    assert new.get_sector_display() == "城市社区"
    change(SECTORS, officer, "urban", label="社区")
    assert [old.get_sector_display(), new.get_sector_display()] == ["城市", "城市社区"]


def test_a_year_that_was_opened_before_there_were_lists_keeps_the_delivered_words(
    officer: Any,
) -> None:
    cycle = open_a_year()
    Word.objects.all().delete()
    change(SECTORS, officer, "rural", label="乡村")
    assert SECTORS.label("rural", cycle.pk) == "农村"
    assert SECTORS.label("rural") == "乡村"


def test_a_year_taken_back_follows_todays_words_until_it_opens_again(officer: Any) -> None:
    cycle = move(make_cycle(), "open_applications", by=officer)
    assert set(Word.objects.filter(cycle=cycle).values_list("list", flat=True)) == {
        one.code for one in lists() if not one.in_sentences
    }
    move(cycle, "take_back_opening", by=officer, reason="规则有误，改后重新开放")
    change(SECTORS, officer, "rural", label="乡村")
    assert SECTORS.label("rural", cycle.pk) == "乡村"


def test_a_year_in_preparation_shows_todays_words(officer: Any) -> None:
    cycle = make_cycle()
    change(SECTORS, officer, "rural", label="乡村")
    assert SECTORS.label("rural", cycle.pk) == "乡村"


def test_a_retired_word_stays_readable_and_is_offered_to_who_has_it_alone(officer: Any) -> None:
    organization = make_organization(sector="school")
    change(SECTORS, officer, "school", is_retired=True)
    assert organization.get_sector_display() == "中小学校"
    organization.full_clean(exclude=["township"])
    assert "school" not in dict(SECTORS.offered())
    assert "school" in dict(SECTORS.offered("school"))
    assert SECTORS.pairs()[-1] == ("school", "中小学校（已停用）")
    other = make_organization(sector="urban")
    other.sector = "school"
    with pytest.raises(ValidationError, match="“中小学校”已停用"):
        other.full_clean(exclude=["township"])


def test_an_added_word_has_a_code_by_its_sound_and_a_seal_of_its_own(officer: Any) -> None:
    save_words(SECTORS, [*rows_of(SECTORS), replace(HUB, seal="")], by=officer)
    save_words(SECTORS, [*rows_of(SECTORS), Row("", "新业态（二）")], by=officer)
    codes = [row.code for row in rows_of(SECTORS)][-2:]
    assert codes == ["xinyetai", "xinyetaier"]
    assert [SECTORS.sign(code) for code in codes] == ["新", "业"]
    assert SECTORS.sign("rural") == "农"


def test_a_seal_follows_the_word_when_it_no_longer_says_the_same(officer: Any) -> None:
    change(SECTORS, officer, "rural", label="乡村振兴")
    assert SECTORS.sign("rural") == "乡"
    change(SECTORS, officer, "rural", label="农业农村")
    assert SECTORS.sign("rural") == "农"
    change(SECTORS, officer, "rural", seal="禾")
    assert SECTORS.sign("rural") == "禾"


def test_the_order_is_that_of_the_rows(officer: Any) -> None:
    save_words(SECTORS, rows_of(SECTORS)[::-1], by=officer)
    assert SECTORS.codes()[0] == "non_public"
    assert SECTORS.place("non_public") == 0
    assert SECTORS.place("unknown") == len(SECTORS.codes())


@pytest.mark.parametrize(
    ("words", "code"),
    [(GROUNDS, "other"), (METHODS, "hearing"), (DUTIES, "secretary"), (KINDS, "district")],
)
def test_what_the_program_needs_can_be_renamed_and_not_retired(
    words: WordList, code: str, officer: Any
) -> None:
    change(words, officer, code, label="另一个说法")
    assert words.label(code) == "另一个说法"
    with pytest.raises(ConditionUnmet, match="不能停用"):
        change(words, officer, code, is_retired=True)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([Row("rural", "")], "不能为空"),
        ([Row("rural", "城市")], "重复"),
        ([Row("rural", '农村,"城市"')], "不能使用的符号"),
        ([Row("rural", "农" * 61)], "过长"),
        ([Row("rural", "农村", seal="农村")], "只能是一个字"),
        ([Row("nowhere", "别处")], "不能增加"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_in_words(
    rows: list[Row], said: str, officer: Any
) -> None:
    by_code = {row.code: row for row in [*rows_of(SECTORS), *rows]}
    with pytest.raises(ConditionUnmet, match=said):
        save_words(SECTORS, list(by_code.values()), by=officer)
    assert not Word.objects.filter(cycle=None).exists()


def test_a_word_cannot_be_left_out_and_a_fixed_list_does_not_grow(officer: Any) -> None:
    with pytest.raises(ConditionUnmet, match="不能删除"):
        save_words(SECTORS, rows_of(SECTORS)[1:], by=officer)
    with pytest.raises(ConditionUnmet, match="不能增加"):
        save_words(OUTCOMES, [*rows_of(OUTCOMES), HUB], by=officer)
    retired = [replace(row, is_retired=True) for row in rows_of(SECTORS)]
    with pytest.raises(ConditionUnmet, match="至少保留一个"):
        save_words(SECTORS, retired, by=officer)


@pytest.mark.parametrize("role", [role for role in Role.values if role != "department"])
def test_the_department_alone_writes(role: str) -> None:
    with pytest.raises(NotYours):
        save_words(SECTORS, rows_of(SECTORS)[::-1], by=make_person(Role(role)))


def test_who_comes_second_is_told(officer: Any) -> None:
    seen = rows_of(SECTORS)
    change(SECTORS, officer, "rural", label="乡村")
    with pytest.raises(Overtaken):
        save_words(SECTORS, seen[::-1], by=officer, seen=seen)


def test_every_change_is_told_with_old_and_new(officer: Any) -> None:
    change(SECTORS, officer, "rural", label="乡村")
    assert not save_words(SECTORS, rows_of(SECTORS), by=officer)
    (entry,) = story_of(SECTORS)
    assert (entry.user, entry.label) == (officer, "乡村")
    assert change_words(entry) == ["名称：农村 → 乡村"]


def test_the_use_of_a_word_is_counted_with_the_way_to_it(officer: Any) -> None:
    make_organization(sector="hospital")
    (use,) = uses_of(SECTORS)["hospital"]
    assert use.count == 1
    assert use.url.endswith("?sector=hospital")
    assert uses_of(SECTORS)["rural"] == []
    rows = [replace(row, label=row.label + "领域") for row in rows_of(SECTORS)]
    assert ("公立医院", "公立医院领域") in renamed_in_use(SECTORS, rows)
    assert "农村" not in dict(renamed_in_use(SECTORS, rows))


def test_words_are_read_once_for_any_number_of_rows(
    officer: Any, django_assert_max_num_queries: Any
) -> None:
    change(SECTORS, officer, "rural", label="乡村")
    projects = [make_organization(sector="rural") for _number in range(5)]
    with django_assert_max_num_queries(1):
        assert {one.get_sector_display() for one in projects} == {"乡村"}


label = st.text("农村城市机关学校医院乡镇街道新旧甲乙丙丁", min_size=1, max_size=6)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(SECTORS.delivered), label), max_size=4))
def test_whatever_is_renamed_the_codes_stay_and_an_open_year_says_what_it_said(
    steps: list[Any], officer: Any
) -> None:
    Word.objects.all().delete()
    cycle = move(make_cycle(), "open_applications", by=officer)
    before = {code: SECTORS.label(code, cycle.pk) for code in SECTORS}
    for word, said in steps:
        if said not in [row.label for row in rows_of(SECTORS)]:
            change(SECTORS, officer, word.code, label=said)
    assert list(SECTORS) == [word.code for word in SECTORS.delivered]
    assert {code: SECTORS.label(code, cycle.pk) for code in before} == before
    assert all(len(seal) == 1 for seal in SECTORS.signs().values())
