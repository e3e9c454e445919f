"""The actors are terms of the installation: nothing says their delivered names but the list itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from config import catalogues
from partybuilding.core.words.actors import PLACE, Actor, delivered

FOLDERS = ("partybuilding", "home", "search", "site/config", "templates", "static")
#: The district stands in many words (领域, 区分); of it only these forms are looked for.
DISTRICT = ("全区", "区级", "区里", "区直", "区委")
#: Each with its reason.
ALLOWED = {
    # The four kinds of a Party's organisations are words that a district may call otherwise.
    *("党工委", "党组", "党委", "党总支", "党支部"),
    # A badge that exists under this name alone; a site that has none shows none.
    *("党政机关网站标识", "党政机关网站标识的链接"),
    # A new year begins with the programme's own criteria; a pack brings others.
    "破解党建难题成效",
    # What workbooks of former years may call a column: read, never shown.
    "党建领域",
    "党内职务",
}
#: Words that search takes for the same, whoever hosts the site.
UNREAD = {"search/starting_words.py"}


def names() -> tuple[str, ...]:
    said = {delivered(f"[[{code}]]") for code in Actor.values} - {"区"}
    return (*sorted(said), *DISTRICT, "党", "专班", "组工", "包抓")


FOUND = re.compile("|".join(map(re.escape, names())))


def literals(path: Path) -> Iterator[str]:
    """Yield the texts of a module: no docstrings, they are for developers."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def sources() -> Iterator[tuple[str, str]]:
    for folder in FOLDERS:
        for path in sorted((catalogues.ROOT / folder).rglob("*")):
            name = str(path.relative_to(catalogues.ROOT))
            if "migrations" in path.parts or name in UNREAD:
                continue
            if path.suffix == ".py":
                yield from ((name, text) for text in literals(path))
            elif path.suffix in {".html", ".txt", ".js"}:
                text = path.read_text(encoding="utf-8")
                yield name, re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)


def entries() -> Iterator[tuple[str, polib.POEntry]]:
    for folder in catalogues.CATALOGUES:
        for entry in polib.pofile(str(catalogues.ROOT / folder / catalogues.FILE)):
            yield entry.msgstr or entry.msgstr_plural[0], entry


def left(text: str) -> bool:
    return text not in ALLOWED and FOUND.search(text) is not None


def test_no_translation_names_an_actor_itself() -> None:
    assert [text for text, entry in entries() if entry.msgctxt != "actor" and left(text)] == []


def test_no_code_or_template_names_an_actor_itself() -> None:
    assert [(name, text) for name, text in sources() if left(text)] == []


@pytest.mark.parametrize("text", ["由组织部决定。", "在全区推广", "某某党支部", "专班填写"])
def test_a_name_would_be_found(text: str) -> None:
    assert left(text)


def test_every_place_is_an_actors() -> None:
    texts = [*(text for text, _entry in entries()), *(text for _name, text in sources())]
    named = {code for text in texts for code in PLACE.findall(text)}
    assert named == set(Actor.values)
