"""The Chinese is complete, and what runs is what was translated."""

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
