"""Every fixed word of the code stands in docs/glossary.md, with its English and its Chinese."""

import importlib
import re
from collections.abc import Iterator
from functools import cache

from django.db.models import TextChoices
from django.utils import translation

from tests.architecture.sources import APPS, ROOT, modules

ROW = re.compile(r"^\| `([^`]+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
GLOSSARY = ROOT / "docs" / "glossary.md"


def load_everything() -> None:
    """Import every file that may hold fixed words."""
    names = {"states.py", "models.py"} | _packages()
    for path in modules():
        relative = path.relative_to(ROOT)
        if relative.parts[0] in APPS and path.name in names:
            importlib.import_module(".".join(relative.with_suffix("").parts))


def _packages() -> set[str]:
    texts = ((path, path.read_text(encoding="utf-8")) for path in modules())
    return {path.name for path, text in texts if "TextChoices" in text}


def enums(base: type = TextChoices) -> Iterator[type[TextChoices]]:
    """Yield the project's own enumerations."""
    for enum in base.__subclasses__():
        if enum.__module__.split(".")[0] in APPS:
            yield enum
        yield from enums(enum)


@cache
def rows_of_code() -> dict[str, tuple[str, str]]:
    """Return code term → English, Chinese, as the code and its catalogue have them."""
    load_everything()
    rows = {}
    for enum in enums():
        for member in enum:
            term = f"{enum.__name__}.{member.value}"
            with translation.override(None):
                english = str(member.label)
            if english.endswith("."):
                continue  # a sentence for the person, not a word
            with translation.override("zh-hans"):
                rows[term] = english, str(member.label)
    return rows


def test_the_glossary_has_every_label_of_the_code() -> None:
    written = {term: (en, zh) for term, en, zh in ROW.findall(GLOSSARY.read_text(encoding="utf-8"))}
    missing = [
        f"| `{term}` | {english} | {chinese} |"
        for term, (english, chinese) in rows_of_code().items()
        if written.get(term) != (english, chinese)
    ]
    assert missing == [], "Put these rows into docs/glossary.md:\n" + "\n".join(missing)


def test_the_glossary_has_no_label_that_the_code_lost() -> None:
    code = rows_of_code()
    names = {term.split(".")[0] for term in code}
    written = [term for term, _, _ in ROW.findall(GLOSSARY.read_text(encoding="utf-8"))]
    dotted = [term for term in written if "." in term]
    assert [term for term in dotted if term not in code] == []
    assert names


def test_no_term_stands_twice() -> None:
    terms = re.findall(r"^\| `([^`]+)` \|", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)
    assert [term for term in set(terms) if terms.count(term) > 1] == []


def test_every_label_is_translated() -> None:
    same = [
        term
        for term, (english, chinese) in rows_of_code().items()
        if english == chinese and re.search("[a-z]", english)
    ]
    assert same == []


def test_every_code_is_ascii() -> None:
    assert [term for term in rows_of_code() if not term.isascii()] == []
