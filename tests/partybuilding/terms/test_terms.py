"""The words of the offices: their page, their lines, who keeps them, and how titles break."""

from typing import Any

import pytest
from django.template import Context, RequestContext, Template
from django.test import Client, RequestFactory
from django.urls import reverse

from partybuilding.core.states import Role
from partybuilding.core.text.phrases import in_a_row
from partybuilding.templatetags.column_words import FEW_COLUMNS, cells, in_phrases, labels
from partybuilding.terms.models import Term
from partybuilding.terms.starting import TERMS, plant_terms
from tests.factories import make_cast

pytestmark = pytest.mark.django_db


def test_the_page_explains_every_term_in_the_order_of_their_sounds() -> None:
    text = Client().get(reverse("glossary")).text
    assert "问题改好了，经核实后从清单上划掉" in text
    places = [text.index(f'id="{word}"') for word in ("包抓领导", "归口单位", "销号", "转办")]
    assert places == sorted(places)


def test_an_empty_page_says_so() -> None:
    Term.objects.all().delete()
    assert "还没有" in Client().get(reverse("glossary")).text


def test_what_was_planted_fits_its_fields_and_is_planted_once() -> None:
    for word, plain, more in TERMS:
        Term(word=f"{word}一", plain=plain, more=more).full_clean()
    Term.objects.filter(word="销号").delete()
    plant_terms([])
    assert not Term.objects.filter(word="销号").exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PUBLISHER])
def test_editors_keep_the_terms(role: str) -> None:
    client = Client()
    client.force_login(make_cast()[role])
    assert client.get(reverse("terms:index")).status_code == 200
    client.post(reverse("terms:add"), {"word": "院坝会", "plain": "在院子里开的会", "more": ""})
    assert "在院子里开的会" in Client().get(reverse("glossary")).text


def test_others_do_not() -> None:
    client = Client()
    client.force_login(make_cast()[Role.UNIT])
    assert client.get(reverse("terms:index")).status_code in (302, 404)


def rendered(source: str, **context: Any) -> str:
    """Return a template with the tags of the public's words."""
    template = Template("{% load column_words %}" + source)
    request = RequestFactory().get("/")
    return template.render(RequestContext(request, context)).strip()


def test_a_word_has_its_line_and_any_other_has_none() -> None:
    source = "{% load column_words %}{% plain_line w %}"
    assert "从清单上划掉</small>" in rendered("{% plain_line w %}", w="销号")
    assert rendered("{% plain_line w %}", w="<b>") == ""
    assert Template(source).render(Context({"w": "别的"})) == ""


def test_lines_explain_what_is_known() -> None:
    assert rendered("{% plain_lines '销号' '没有这个词' %}").count("<p") == 1
    assert rendered("{% plain_lines '没有这个词' %}") == ""


def test_terms_are_read_once_for_a_page(django_assert_num_queries: Any) -> None:
    source = "{% load column_words %}" + "{% plain_line '销号' %}" * 20
    with django_assert_num_queries(1):
        Template(source).render(RequestContext(RequestFactory().get("/"), {}))


@pytest.mark.parametrize(
    ("title", "pieces"),
    [
        ("支部办公司：五福村“共富第一股”", ["支部办公司：", "五福村", "“共富第一股”"]),
        ("“小哥街长”：三轮车上的网格", ["“小哥街长”：", "三轮车上的网格"]),
        ("石城社区：先敲门，再建册", ["石城社区：", "先敲门，", "再建册"]),
    ],
)
def test_a_title_breaks_at_its_stops(title: str, pieces: list[str]) -> None:
    assert in_phrases(title) == "".join(f'<span class="ph">{piece}</span>' for piece in pieces)


@pytest.mark.parametrize("title", ["没有停顿的标题", "", "<b>&"])
def test_a_title_without_stops_stays_whole(title: str) -> None:
    assert "ph" not in in_phrases(title)
    assert "<b>" not in in_phrases(title)


def test_a_long_piece_may_break_and_nothing_is_lost() -> None:
    title = "短的：" + "很长很长的一段没有停顿的话说了又说" + "，“未闭合"
    marked = in_phrases(title)
    assert marked.replace('<span class="ph">', "").replace("</span>", "") == title


def test_a_table_of_many_columns_has_its_labels_at_each_cell_and_another_none() -> None:
    columns = [{"label": f"第{number}列"} for number in range(FEW_COLUMNS + 1)]
    row = ["石家镇党委", {"text": 3, "numeric": True}]
    many = cells(row, labels(columns))
    assert [cell["label"] for cell in many] == ["第0列", "第1列"]
    assert (many[1]["text"], many[1]["numeric"]) == (3, True)
    assert [cell["label"] for cell in cells([*row], labels(columns[1:]))] == ["", ""]


def test_a_line_of_facts_breaks_before_the_point_and_leaves_out_what_is_empty() -> None:
    assert in_a_row("石家镇", "", None, "逾期3天") == "石家镇 ·\u00a0逾期3天"
    assert in_a_row("", None) == ""
