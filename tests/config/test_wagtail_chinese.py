"""Wagtail's admin speaks Chinese: no word is left in English, and the catalogues merge."""

import datetime
import re
from collections import Counter
from pathlib import Path

import polib
import pytest
import wagtail
import wagtail_modeladmin
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext, override
from wagtail.admin.templatetags.wagtailadmin_tags import timesince_simple

PACKAGES = (wagtail, wagtail_modeladmin)
# Applications of Wagtail that this site does not install and nobody meets.
ABSENT = ("simple_translation", "search_promotions", "frontend_cache")
SUPPLEMENT = settings.ROOT / "site" / "locale_wagtail"
HOUSE = (settings.ROOT / "site" / "locale", settings.ROOT / "partybuilding" / "locale")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|%[sdr]|</?[a-z][^>]*>")

Key = tuple[str | None, str]


def english_catalogues() -> list[Path]:
    """Return every catalogue of what Wagtail can say, for the server and for the browser."""
    return sorted(
        path
        for package in PACKAGES
        for path in Path(package.__file__ or "").parent.rglob("locale/en/LC_MESSAGES/*.po")
        if not any(name in path.parts for name in ABSENT)
    )


def chinese(folder: Path, domain: str) -> dict[Key, str]:
    """Return what the compiled catalogue in `folder` translates."""
    path = folder / "zh_Hans" / "LC_MESSAGES" / f"{domain}.mo"
    entries = polib.mofile(str(path)) if path.exists() else []
    return {
        (entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural.get(0, "")
        for entry in entries
    }


def supplement(domain: str) -> polib.POFile:
    return polib.pofile(str(SUPPLEMENT / "zh_Hans" / "LC_MESSAGES" / f"{domain}.po"))


@pytest.mark.parametrize("path", english_catalogues(), ids=lambda path: "/".join(path.parts[-7:]))
def test_every_word_of_wagtail_has_its_chinese(path: Path) -> None:
    known = chinese(path.parents[2], path.stem) | chinese(SUPPLEMENT, path.stem)
    words = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    missing = [entry.msgid for entry in words if not known.get((entry.msgctxt, entry.msgid))]
    assert missing == []


def test_wagtail_has_its_catalogues_where_they_are_looked_for() -> None:
    found = {(path.parents[3].name, path.stem) for path in english_catalogues()}
    assert {("admin", "django"), ("admin", "djangojs"), ("wagtail", "django")} <= found
    assert ("wagtail_modeladmin", "django") in found


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_the_supplement_is_complete_compiled_and_says_whose_word_it_is(domain: str) -> None:
    entries = supplement(domain)
    assert [entry.msgid for entry in entries if entry.fuzzy or not entry.translated()] == []
    assert [entry.msgid for entry in entries if not entry.comment] == []
    written = {
        (entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural[0] for entry in entries
    }
    assert chinese(SUPPLEMENT, domain) == written


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_no_placeholder_or_tag_is_lost_in_chinese(domain: str) -> None:
    broken = [
        entry.msgid
        for entry in supplement(domain)
        if Counter(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        != Counter(PLACEHOLDER.findall(entry.msgstr or entry.msgstr_plural[0]))
    ]
    assert broken == []


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_chinese_has_one_plural_form_everywhere_so_that_catalogues_merge(domain: str) -> None:
    folders = {path.parents[2] for path in english_catalogues()} | {SUPPLEMENT}
    paths = [folder / "zh_Hans" / "LC_MESSAGES" / f"{domain}.mo" for folder in folders]
    rules = {
        polib.mofile(str(path)).metadata["Plural-Forms"].replace(" ", "").rstrip(";")
        for path in paths
        if path.exists()
    }
    assert rules == {"nplurals=1;plural=0"}


def test_the_house_gives_no_word_of_wagtail_another_meaning() -> None:
    """A word that Wagtail has too needs a context or a msgid of its own, or one of the two is lost."""
    theirs = {}
    for path in english_catalogues():
        if path.stem == "django":
            theirs |= chinese(path.parents[2], "django")
    theirs |= chinese(SUPPLEMENT, "django")
    clashes = [
        f"“{word}” is “{ours}” here and “{theirs[context, word]}” in Wagtail"
        for folder in HOUSE
        for (context, word), ours in chinese(folder, "django").items()
        if word and theirs.get((context, word), ours) != ours
    ]
    assert clashes == []


@pytest.mark.parametrize("number", [1, 3])
def test_one_and_many_read_alike(number: int) -> None:
    one, many = "Delete 1 page", "Delete %(counter)s pages"
    with override("zh-hans"):
        assert ngettext(one, many, number) % {"counter": number} == f"删除{number}个页面"


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        ({"seconds": 5}, "刚刚"),
        ({"minutes": 7}, "7分钟前"),
        ({"hours": 3, "minutes": 20}, "3小时前"),
        ({"days": 9, "hours": 3}, "1周前"),
        ({"days": 70}, "2个月前"),
    ],
)
def test_time_ago_is_short(ago: dict[str, int], words: str) -> None:
    with override("zh-hans"):
        said = timesince_simple(timezone.now() - datetime.timedelta(**ago))
    assert said.replace("\xa0", "") == words


@pytest.mark.django_db
def test_the_browser_gets_the_chinese_too() -> None:
    script = Client().get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    assert '"Insert a block": "\\u6dfb\\u52a0\\u5185\\u5bb9"' in script
