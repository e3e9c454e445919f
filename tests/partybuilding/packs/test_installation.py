"""What a pack takes along of the installation: nothing of one's own gives way unless it was ticked."""

from typing import Any

import pytest
from django.urls import reverse

from home.models import ColumnSettings
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.models import Word
from partybuilding.core.states import Role
from partybuilding.core.words.actors import ACTORS, said
from partybuilding.core.words.book import Word as Known
from partybuilding.core.words.book import supposing
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.words.services import Row, rows_of, save_words
from partybuilding.organizations.states import KINDS, SECTORS
from partybuilding.packs.file import Pack, read_pack
from partybuilding.packs.services import apply_pack, differences, pack_of
from partybuilding.packs.shipped import shipped
from partybuilding.terms.models import Term
from partybuilding.texts.models import Text
from partybuilding.texts.register import texts
from partybuilding.texts.services import reset_text, save_text
from tests.factories import make_cycle, make_person, open_cycle
from tests.factories.people import make_user
from tests.factories.screens import asked, client_of

pytestmark = pytest.mark.django_db
SCHOOL = shipped()["school"]
WORDS = [key for key in SCHOOL.content if key.startswith("words.")]
OWN = "立项通知\n{{称呼}}申报的《{{项目名称}}》已列入年度计划。\n特此通知。"


@pytest.fixture
def officer() -> Any:
    return make_person(Role.DEPARTMENT)


@pytest.fixture
def administrator() -> Any:
    return make_user(is_superuser=True, is_staff=True)


def added(officer: Any, label: str = "新业态") -> None:
    save_words(SECTORS, [*rows_of(SECTORS), Row("", label)], by=officer)


# Out and in


def test_what_was_delivered_is_nothing_in_a_file() -> None:
    content = pack_of(make_cycle()).content
    kept = [key for key in content if key.startswith(("words.", "texts.", "terms"))]
    assert len(kept) > 50
    assert {content[key] for key in kept} == {None}


def test_what_goes_out_comes_back_byte_by_byte(administrator: Any) -> None:
    added(administrator)
    text = texts()["approval-letter"]
    save_text(text, OWN, by=administrator)
    Term.objects.create(word="院坝会", plain="在院子里开的会")
    ColumnSettings.objects.update(color="#0b5a8c")
    before = pack_of(make_cycle()).written()
    reset_text(text, by=administrator)
    Word.objects.all().delete()
    Term.objects.filter(word="院坝会").delete()
    ColumnSettings.objects.update(color="")
    cycle = make_cycle()
    pack = read_pack(before)
    apply_pack(cycle, pack, pack.content.keys(), by=administrator)
    fresh = Cycle.objects.get(pk=cycle.pk)
    again = Pack(pack.name, pack_of(fresh).content)
    assert again.written() == before
    assert SECTORS.label("xinyetai") == "新业态"


def test_the_same_once_more_writes_nothing(administrator: Any) -> None:
    cycle = make_cycle()
    apply_pack(cycle, SCHOOL, SCHOOL.content.keys(), by=administrator)
    counts = [Text.objects.count(), sorted(Word.objects.values_list("mark", flat=True))]
    apply_pack(Cycle.objects.get(pk=cycle.pk), SCHOOL, SCHOOL.content.keys(), by=administrator)
    assert [Text.objects.count(), sorted(Word.objects.values_list("mark", flat=True))] == counts


def test_a_pack_as_delivered_leads_back(administrator: Any) -> None:
    cycle = make_cycle()
    apply_pack(cycle, SCHOOL, SCHOOL.content.keys(), by=administrator)
    assert said("[[department]]") == "教育局"
    back = shipped()["reference"]
    apply_pack(Cycle.objects.get(pk=cycle.pk), back, back.content.keys(), by=administrator)
    assert said("[[department]]") == "组织部"
    assert "归口单位" in Term.objects.values_list("word", flat=True)
    assert KINDS.label("branch") == "党支部"


def test_what_only_stands_here_stays(officer: Any) -> None:
    added(officer)
    Term.objects.create(word="院坝会", plain="在院子里开的会")
    apply_pack(make_cycle(), SCHOOL, ["words.sector", "terms"], by=officer)
    assert SECTORS.label("xinyetai") == "新业态"
    assert SECTORS.label("teaching") == "课堂教学"
    assert Term.objects.filter(word="院坝会").exists()
    assert Term.objects.filter(word="学区").exists()
    assert not Term.objects.filter(word="归口单位").exists()


# What is proposed, and what a tick means


def proposed(officer: Any, cycle: Any) -> dict[str, bool]:
    found = differences(cycle, SCHOOL, by=officer)
    return {one.key: one.is_ticked for one in found if one.is_for_all}


def test_a_first_day_takes_everything_that_is_untouched(officer: Any) -> None:
    save_text(texts()["approval-letter"], OWN, by=officer)
    found = proposed(officer, make_cycle())
    assert found.pop("texts.approval-letter") is False
    assert len(found) > 5
    assert all(found.values())


def test_once_a_year_was_opened_nothing_is_ticked(officer: Any) -> None:
    open_cycle()
    assert not any(proposed(officer, make_cycle()).values())


def test_an_unticked_item_stays(officer: Any) -> None:
    apply_pack(make_cycle(), SCHOOL, ["words.actors"], by=officer)
    assert said("[[unit]]") == "学区"
    assert SECTORS.label("rural") == "农村"
    assert SECTORS.find("teaching") is None


def test_an_open_year_keeps_its_words(officer: Any) -> None:
    opened = open_cycle()
    apply_pack(make_cycle(), SCHOOL, ["words.kind", "words.sector"], by=officer)
    assert KINDS.label("branch", opened.pk) == "党支部"
    assert KINDS.label("branch") == "小学"


def test_rules_that_use_words_of_the_pack_ask_for_them(officer: Any) -> None:
    with pytest.raises(ConditionUnmet, match="一并勾选"):
        apply_pack(make_cycle(), SCHOOL, ["topics"], by=officer)
    assert apply_pack(make_cycle(), SCHOOL, ["topics", "words.sector"], by=officer).topics.exists()


def test_a_refused_pack_leaves_no_word_behind(officer: Any) -> None:
    unfit = {"evaluation.method": "two_way_trimmed", "evaluation.cross_sheets": 0}
    pack = Pack("方案", {**SCHOOL.content, **unfit})
    with pytest.raises(ConditionUnmet):
        apply_pack(make_cycle(), pack, [*WORDS, *unfit], by=officer)
    assert not Word.objects.exists()


def test_looks_and_pages_are_kept_by_others(officer: Any) -> None:
    found = differences(make_cycle(), SCHOOL, by=officer)
    assert {one.key for one in found if not one.may} == {
        *("looks.color", "looks.tagline", "looks.description"),
        *("pages.home", "pages.about", "pages.guide"),
    }
    with pytest.raises(NotYours):
        apply_pack(make_cycle(), SCHOOL, ["looks.color"], by=officer)
    assert ColumnSettings.objects.get().color == ""


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("words.actors", [["unit", "<b>", False, False, ""]]),
        ("words.actors", [["unit", "百%", False, False, ""]]),
        ("words.actors", [["newcomer", "新人", False, False, ""]]),
        ("words.sector", [["Bad-Code", "坏", False, False, ""]]),
        ("words.sector", [["rural", "农村", False, False, ""]] * 2),
        ("words.sector", [["", "农村", False, False, ""]]),
        ("words.sector", [["rural", "农村", 0, False, ""]]),
        ("texts.approval-letter", "没有占位符"),
        ("texts.approval-letter", f"{OWN}{{{{密码}}}}"),
        ("texts.approval-letter", f"{OWN}11010519491231002X"),
        ("texts.approval-letter", 1),
        ("terms", [["词", "一句", ""]] * 2),
        ("terms", [["词" * 21, "一句", ""]]),
        ("terms", [["词", "一句"]]),
        ("looks.color", "#ffffff"),
        ("looks.color", "red"),
        ("looks.front", ["news", "news"]),
        ("looks.front", ["secret"]),
    ],
)
def test_what_its_own_screen_refuses_is_refused(key: str, value: Any, administrator: Any) -> None:
    pack = Pack("方案", {key: value})
    with pytest.raises(ConditionUnmet):
        differences(make_cycle(), pack, by=administrator)
    with pytest.raises(ConditionUnmet):
        apply_pack(make_cycle(), pack, [key], by=administrator)


# The screen, and its cost


def test_the_screen_parts_the_year_from_the_site(officer: Any) -> None:
    cycle, client = make_cycle(), client_of(officer)
    page = client.post(reverse("partybuilding:pack", args=[cycle.pk]), {"shipped": "school"})
    html = page.content.decode()
    assert html.index("本年度的规则") < html.index("全站通用") < html.index("机构和人员称谓")
    assert 'value="looks.color"' not in html
    assert "由系统管理员维护" in html
    chosen = {"text": page.context["text"], "item": ["words.actors"]}
    client.post(reverse("partybuilding:pack_apply", args=[cycle.pk]), chosen)
    assert ACTORS.label("unit") == "学区"


def test_comparing_asks_no_more_for_each_text(
    officer: Any, django_assert_max_num_queries: Any
) -> None:
    cycle = make_cycle()
    with django_assert_max_num_queries(44) as queries:
        differences(cycle, SCHOOL, by=officer)
    assert sum("partybuilding_text" in sql for sql in asked(queries)) <= 3


def test_words_that_are_supposed_are_forgotten() -> None:
    with supposing({"sector": (Known("teaching", "课堂教学"),)}):
        assert SECTORS.codes() == ["teaching"]
        assert ACTORS.label("unit") == "归口单位"
    assert "rural" in SECTORS.codes()
