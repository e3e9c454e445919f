"""Sheets are served with what they import, in its order, and everything else is left to Django."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from partybuilding.core.pages.styles import JoinedSheetsFinder

SHEETS = (
    *("base.css", "components.css", "forms.css", "places.css", "project.css", "record.css"),
    "story.css",
)


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_that_is_asked_for_holds_its_parts(name: str) -> None:
    found = finders.find(f"partybuilding/css/{name}")
    assert found
    text = Path(found).read_text(encoding="utf-8")
    assert "@import" not in text
    assert "/*" not in text
    assert "@layer components {" in text


def test_the_order_of_the_layers_is_said_first() -> None:
    text = Path(finders.find("partybuilding/css/base.css") or "").read_text(encoding="utf-8")
    assert text.startswith("@layer tokens, reset, base, layout, components, utilities, print;\n")
    order = [text.index(f"\n@layer {name} {{") for name in ("tokens", "reset", "base", "layout")]
    assert order == sorted(order)


def test_what_is_collected_is_what_is_served() -> None:
    finder = JoinedSheetsFinder()
    collected = {path: storage for path, storage in finder.list([]) if "partybuilding" in path}
    joined = {path for path, storage in collected.items() if storage is finder.sheets}
    assert joined == {f"partybuilding/css/{name}" for name in SHEETS}
    for path, storage in collected.items():
        with storage.open(path) as file:
            assert file.read() == Path(finders.find(path) or "").read_bytes()


@pytest.mark.parametrize("path", ["css/print.css", "js/rows.js", "components/tag.css"])
def test_what_imports_nothing_is_served_as_it_lies(path: str) -> None:
    finder = JoinedSheetsFinder()
    found = finder.find(f"partybuilding/{path}")
    assert found == finder.storages["partybuilding"].path(f"partybuilding/{path}")


def test_what_is_not_there_is_not_found() -> None:
    assert JoinedSheetsFinder().find("partybuilding/css/nowhere.css") == []


def test_a_sheet_is_joined_anew_when_a_part_has_changed(tmp_path: Path) -> None:
    finder = JoinedSheetsFinder()
    (tmp_path / "parts").mkdir()
    sheet, part = tmp_path / "all.css", tmp_path / "parts" / "one.css"
    sheet.write_text('@import "parts/one.css";\n.last { order: 2; }\n', encoding="utf-8")
    app = next(iter(finder.storages))
    finder.storages[app].location = str(tmp_path)  # type: ignore[attr-defined]
    for colour in ("red", "blue"):
        part.write_text(f".one {{ color: {colour}; }}\n", encoding="utf-8")
        found = finder.find_in_app(app, "all.css")
        text = Path(found or "").read_text(encoding="utf-8")
        assert re.findall(r"\.\w+", text) == [".one", ".last"]
        assert colour in text
