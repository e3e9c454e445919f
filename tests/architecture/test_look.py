"""The look keeps its budget, and every part of it is documented, shown and used."""

import gzip
import re
from collections.abc import Iterable
from pathlib import Path

import polib
import pytest
from django.contrib.staticfiles import finders

from tests.architecture.sources import ROOT, name_of, templates

# The site's own of head, foot and search, and all that the plugin brings.
STATIC = (ROOT / "static", ROOT / "partybuilding" / "static")
COMPONENTS = (
    ROOT / "templates" / "components",
    ROOT / "partybuilding" / "templates" / "partybuilding" / "components",
)
DOCUMENT = ROOT / "docs" / "components.md"
GUIDE = ROOT / "site" / "config" / "styleguide.json"
#: What pages of residents load, and what no page of the portal does.
READERS = {"folds.js", "print.js", "reader.js", "suggest.js", "verify.js", "view.js"}
LEFT_OUT = {"folds.js", "reader.js", "verify.js"}
CSS_BUDGET, JS_BUDGET = 15 * 1024, 10 * 1024  # bytes, compressed (quality of the public side)
COMMENT = re.compile(r"\{% comment %\}\n(?P<said>.+?)\n\{% endcomment %\}", re.DOTALL)
INCLUDED = re.compile(r"components/(\w+)\.html")
FRAMED = re.compile(r'extends "(partybuilding/)?base\.html"')
SHEET = re.compile(r"static '([\w/]*css/\w+\.css)' %\}")
PART = re.compile(r'^@import "\.\./components/(\w+)\.css";$', re.MULTILINE)
# What several components share has a style of its own.
SHARED = {"form", "form_actions", "picture", "row_card", "word_list"}
NOT_PUBLIC = ("styleguide",)  # loads the sheets of public pages and of the portal
# What residents read, without comments and English source strings; a point there holds fast to the fact behind it.
RESIDENTS = re.compile(r"^templates/(components|home|search)/|/(components|column|opinions)/")
UNREAD = re.compile(
    r"\{% comment %\}.*?\{% endcomment %\}|\{% blocktranslate.*?endblocktranslate %\}", re.DOTALL
)
HELD_POINT = re.compile(r"·&nbsp;(?:\{% (?:endif|else) %\})*(?=[^\s])")
CATALOGUES = (
    ROOT / "partybuilding/locale/zh_Hans/LC_MESSAGES/django.po",
    ROOT / "site/locale/zh_Hans/LC_MESSAGES/django.po",
)
CLASS = re.compile(r"\.([a-z][\w-]*)")
ICON = re.compile(r'components/\w+\.html" with (?:[^%]*\b)?(?:icon="|(?<=with )name=")([\w-]+)"')


def compressed(paths: Iterable[Path]) -> int:
    """Return the bytes that files weigh on the wire, each compressed by itself."""
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def sheets_of(*names: str) -> list[Path]:
    """Return the style sheets that these templates load."""
    text = everything([ROOT / name for name in names])
    return [static(name) for name in dict.fromkeys(SHEET.findall(text))]


def static(name: str) -> Path:
    """Return the file that is served under a static name: a sheet with what it imports."""
    found = finders.find(name)
    assert found, name
    return Path(found)


def all_static(pattern: str) -> list[Path]:
    """Return the sheets or scripts that residents and applicants load."""
    return sorted(path for folder in STATIC for path in folder.rglob(pattern))


def components() -> list[Path]:
    """Return every component."""
    return sorted(
        (path for folder in COMPONENTS for path in folder.glob("*.html")),
        key=lambda path: path.name,
    )


def everything(paths: list[Path]) -> str:
    """Return the text of all these files."""
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def test_the_style_sheets_of_every_public_page_keep_their_budget() -> None:
    frame = sheets_of("templates/base.html")
    framed = [path for path in templates() if FRAMED.search(everything([path]))]
    own = [path for path in framed if "portal" not in path.parts]
    pages = [sheets_of(name_of(path)) for path in own if path.stem not in NOT_PUBLIC]
    assert len(frame) > 3
    assert any(pages)
    heaviest = max(compressed(set(sheets) - set(frame)) for sheets in pages)
    assert 0 < compressed(frame) + heaviest <= CSS_BUDGET


def test_the_portal_alone_loads_the_sheets_of_its_forms() -> None:
    portal = sheets_of("partybuilding/templates/partybuilding/portal/base.html")
    assert {path.name for path in portal} == {"record.css", "forms.css"}
    assert not set(portal) & set(sheets_of("templates/base.html"))


def test_the_scripts_keep_their_budget() -> None:
    scripts = set(all_static("js/*.js"))
    readers = {path for path in scripts if path.name in READERS}
    assert {path.name for path in readers} == READERS
    # Staff and applicants load theirs, and neither what reads aloud nor what checks a file.
    assert 0 < compressed(readers) <= JS_BUDGET
    assert 0 < compressed({path for path in scripts if path.name not in LEFT_OUT}) <= JS_BUDGET


#: A field that the browser itself asks for, in its own words and language.
ASKED_BY_THE_BROWSER = re.compile(r"<(?:input|textarea|select)\b[^>]*\srequired(?=[\s>])")


def test_an_empty_field_is_told_by_the_site_and_not_by_the_browser() -> None:
    asked = [name_of(path) for path in templates() if ASKED_BY_THE_BROWSER.search(path.read_text())]
    assert asked == []
    assert ASKED_BY_THE_BROWSER.search('<textarea name="reason"\n required>')
    assert not ASKED_BY_THE_BROWSER.search('<input aria-required="true" name="a">')


def test_every_component_says_first_what_it_takes() -> None:
    silent = [
        path.name for path in components() if not COMMENT.match(path.read_text(encoding="utf-8"))
    ]
    assert silent == []


def test_the_document_names_every_component_and_no_other() -> None:
    headings = re.findall(r"^### (\S+)$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(headings) == [path.name for path in components()]


def test_the_style_guide_shows_every_component() -> None:
    shown = set(re.findall(r'"template": "(\w+)"', GUIDE.read_text(encoding="utf-8")))
    inner = set(INCLUDED.findall(everything(templates())))
    assert {path.stem for path in components()} - shown - inner == set()


def test_no_line_of_short_facts_ends_with_the_point_between_two() -> None:
    said = {
        name_of(path): UNREAD.sub("…", everything([path]))
        for path in templates()
        if RESIDENTS.search(name_of(path))
    }
    points = {name: text.count("·") for name, text in said.items() if "·" in text}
    held = {name: len(HELD_POINT.findall(said[name])) for name in points}
    assert points == held
    assert len(points) > 8
    words = [entry.msgstr for path in CATALOGUES for entry in polib.pofile(str(path))]
    assert [word for word in words if "· " in word] == []


def test_no_component_sees_more_than_it_is_given() -> None:
    open_ended = [
        f"{name_of(path)}: {line}"
        for path in templates()
        for line in re.findall(
            r'\{% include "(?:partybuilding/)?components/(?:(?!%\}).)*%\}',
            path.read_text(encoding="utf-8"),
        )
        if not line.endswith(" only %}")
    ]
    assert open_ended == []


def test_the_style_of_a_component_bears_its_name_and_stands_in_one_sheet() -> None:
    parts = {path.stem for path in all_static("components/*.css")}
    assert parts - {path.stem for path in components()} == SHARED
    assert sorted(PART.findall(everything(all_static("css/*.css")))) == sorted(parts)


@pytest.mark.parametrize(
    "sheet",
    [*all_static("css/*.css"), *all_static("components/*.css")],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_no_style_is_left_without_a_use(sheet: Path) -> None:
    scripts = all_static("js/*.js")
    used = everything([*templates(), *scripts, DOCUMENT, GUIDE])
    assert unused(sheet.read_text(encoding="utf-8"), used) == set()


def unused(sheet: str, used: str) -> set[str]:
    """Return the classes of a sheet that no template, script or document mentions."""
    text = re.sub(r"/\*.*?\*/", " ", sheet, flags=re.DOTALL)
    names = {
        name
        for head in re.findall(r"([^{}]+)\{", text)
        if not head.strip().startswith("@")
        for name in CLASS.findall(head)
    }
    return {name for name in names if not mentioned(name, used)}


def mentioned(name: str, used: str) -> bool:
    """Tell whether a class is written out, or made of a block and a tone of the context."""
    block, _, modifier = name.partition("--")
    made = modifier and re.search(rf"\b{re.escape(block)}--\{{\{{", used)
    return bool(made) or re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", used) is not None


def test_every_icon_that_is_asked_for_is_drawn() -> None:
    drawn = set(
        re.findall(r'<symbol id="([\w-]+)"', everything([static("partybuilding/img/icons.svg")]))
    )
    asked = set(ICON.findall(everything(templates())))
    assert {"check", "search", "logout"} <= asked
    assert asked - drawn == set()


def test_an_unused_style_would_be_found() -> None:
    sheet = ".tag--waiting, .lost { color: red } /* .said { } */ @media print { .gone__x { top: .5em } }"
    assert unused(sheet, '<p class="tag tag--{{ tone }}">') == {"lost", "gone__x"}
