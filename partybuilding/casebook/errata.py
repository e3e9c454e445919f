"""What differs between two editions, told from their manifests: cases added, taken out, moved, and words changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from partybuilding.core.pages.elements import words_of


@dataclass(frozen=True)
class Erratum:
    """One difference: where it is, what stood there and what stands there now; either may be empty."""

    place: str
    old: str
    new: str


def errata_of(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Erratum]:
    """Return what a reader of the older edition has to correct, in the order of the newer one."""
    before = {case["page"]: case for case in old["book"]["cases"]}
    after = {case["page"]: case for case in new["book"]["cases"]}
    found = list(_changes(_("Front matter"), _front(old["book"]), _front(new["book"])))
    for page, case in after.items():
        title = _("Case %(number)s “%(title)s”") % case
        if page not in before:
            found.append(Erratum(title, "", _("added")))
            continue
        found += _changes(title, _texts(before[page]), _texts(case))
    for page, case in before.items():
        if page not in after:
            title = _("Case %(number)s “%(title)s”") % case
            found.append(Erratum(title, _("taken out"), ""))
    return found


def _front(book: Mapping[str, Any]) -> list[str]:
    board = [f"{row['role']}：{'、'.join(row['names'])}" for row in book["board"]]
    parts = [text for part in (*book["front"], *book["rear"]) for text in part["texts"]]
    return [book["title"], book["subtitle"], book["issuer"], *board, *parts]


def _texts(case: Mapping[str, Any]) -> list[str]:
    facts = [f"{label}：{value}" for label, value in case["facts"]]
    parts = [
        text for part in case["parts"] for element in part["elements"] for text in words_of(element)
    ]
    return [case["title"], case["summary"], *facts, *parts]


def _changes(place: str, old: list[str], new: list[str]) -> Iterator[Erratum]:
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield Erratum(place, "\n".join(old[a:b]), "\n".join(new[c:d]))
