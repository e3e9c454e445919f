"""The Chinese is complete, and what runs is what was translated."""

import re
from collections.abc import Iterator

import polib
import pytest

from config import catalogues


def test_every_word_is_translated_and_compiled() -> None:
    assert catalogues.faults() == []


@pytest.mark.skipif(not catalogues.has_gettext(), reason="gettext is not installed")
def test_source_and_catalogues_have_the_same_words() -> None:
    assert catalogues.stale() == []


def entry(msgid: str, msgstr: str) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr)


#: Chinese beside a number or a value with a space between them, and Latin punctuation after Chinese.
UNEVEN = re.compile(r"[一-鿿] (?=[%{\d])|(?:\)[sd]|[}\d]) (?=[一-鿿])|[一-鿿][,;:!?]")


def uneven(texts: Iterator[str]) -> list[str]:
    return [text for text in texts if UNEVEN.search(re.sub(r"<[^>]+>", "", text))]


def words_of(folder: str) -> Iterator[str]:
    for entry in polib.pofile(str(catalogues.ROOT / folder / catalogues.FILE)):
        yield from (entry.msgstr, *entry.msgstr_plural.values())


@pytest.mark.parametrize("folder", [*catalogues.CATALOGUES, catalogues.SUPPLEMENT])
def test_numbers_and_stops_are_set_in_one_way(folder: str) -> None:
    assert uneven(words_of(folder)) == []


@pytest.mark.parametrize("text", ["已等待 %(n)s天", "{n} 天", "共3 项", "注意:逾期", "好,办"])
def test_an_uneven_word_would_be_found(text: str) -> None:
    assert uneven(iter([text])) == [text]


def test_a_lost_placeholder_would_be_found() -> None:
    assert not catalogues._same_placeholders(entry("%(count)s rows", "行"))
    assert not catalogues._same_placeholders(entry("{name}", "{名}"))
    assert catalogues._same_placeholders(entry("%(count)s rows of {name}", "{name}：%(count)s 行"))


def test_a_new_translation_wins_over_a_word_without_one() -> None:
    fresh = entry("Draft", "")
    fresh.flags = ["fuzzy"]
    catalogues._translate(fresh, entry("Draft", "草拟"))
    assert (fresh.msgstr, fresh.fuzzy) == ("草拟", False)


def test_a_plural_gets_its_one_chinese_form() -> None:
    fresh = polib.POEntry(msgid="a row", msgid_plural="rows")
    known = polib.POEntry(msgid="a row", msgid_plural="rows", msgstr_plural={0: "%d 行"})
    catalogues._translate(fresh, known)
    assert fresh.msgstr_plural == {0: "%d 行"}
