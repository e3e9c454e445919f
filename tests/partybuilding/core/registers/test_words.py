"""Words anywhere in a text: the same rows whichever way they are found, and on PostgreSQL by an index."""

import pytest
from django.db import connection
from django.db.models import Q

from partybuilding.core.registers import words
from partybuilding.core.registers.words import HoldsPairs, holding
from partybuilding.opinions.models import Opinion
from tests.factories import Cast, make_cast
from tests.factories.column import make_page
from tests.factories.opinions import make_opinion

pytestmark = pytest.mark.django_db
COLUMNS = ("number", "text", "project__code", "project__title")
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="the index of pairs is PostgreSQL's"
)


@pytest.fixture
def opinions() -> list[Opinion]:
    cast: Cast = make_cast()
    page = make_page("implementing", cast)
    texts = (
        "日间照料点中午关门，能不能安排人值班？",
        "议事厅的灯坏了 wifi 也没有，请派人来修一修。",
    )
    return [make_opinion("received", cast, page.project, text=text) for text in texts]


@pytest.mark.parametrize("common", [0, words.COMMON])
@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("照料", [0]),
        ("WiFi", [1]),
        ("灯", [1]),
        ("料点中", [0]),
        ("点料", []),
        ("100%", []),
        ("_", []),
    ],
)
def test_a_word_is_found_wherever_it_stands(
    opinions: list[Opinion],
    word: str,
    found: list[int],
    common: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(words, "COMMON", common)
    rows = holding(Opinion.objects.all(), COLUMNS, word, None)
    assert {row.pk for row in rows} == {opinions[at].pk for at in found}


def test_what_stands_in_another_table_is_found_too(opinions: list[Opinion]) -> None:
    title = opinions[0].project.title
    assert holding(Opinion.objects.all(), COLUMNS, title, None).count() == 2
    extra = Q(state="received") | Q(pk__in=[])
    assert holding(Opinion.objects.all(), ("number",), "没有的", extra).count() == 2


@on_postgresql
def test_postgresql_finds_a_word_by_its_pairs(opinions: list[Opinion]) -> None:
    rows = Opinion._base_manager.filter(HoldsPairs(Opinion.paired, "照料")).order_by()
    with words.by_index(rows.db):
        assert "opinion_pairs" in rows.explain()
    assert [row.pk for row in rows] == [opinions[0].pk]
