"""Only what belongs lies in the repository, and the documents' links lead somewhere."""

import re
from pathlib import Path

from tests.architecture.sources import ROOT, name_of, tracked

TOP = {
    *("site", "partybuilding", "home", "search", "templates", "tests", "static", "docs"),
    *("deploy", "CHANGELOG.md"),
    *(
        "benchmarks",
        ".ci",
        "manage.py",
        "requirements.txt",
        "requirements-demo.txt",
        "requirements-dev.txt",
    ),
    *(
        "requirements.lock",
        "requirements-demo.lock",
        "requirements-dev.lock",
        "requirements-s3.lock",
    ),
    *("requirements-s3.txt", "README.md", "Makefile", "pyproject.toml", "LICENSE", ".gitignore"),
}
FOREIGN = {".sqlite3", ".db", ".pyc", ".zip", ".log", ".orig", ".rej", ".bak", ".swp", ".env"}
LINK = re.compile(r"\[[^\]]+\]\(([^)#\s]*)(#[^)\s]*)?\)")
#: A test as a document names it; without a file it lies in the one named before.
NAMED = re.compile(r"`([\w/]+\.py)?::(test_\w+)`")
HEADING = re.compile(r"^#+\s+(.*)$", re.MULTILINE)


def anchor(heading: str) -> str:
    """Return the anchor that a heading gets on the repository's site."""
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.strip().lower()))


def test_nothing_new_stands_at_the_top() -> None:
    found = {name_of(path).split("/")[0] for path in tracked()}
    assert found - TOP == set()


def test_no_data_and_no_leftovers_are_committed() -> None:
    found = [
        name_of(path)
        for path in tracked()
        if path.suffix in FOREIGN or "media" in path.relative_to(ROOT).parts[:-1]
    ]
    assert found == []


def test_no_file_of_the_repository_is_huge() -> None:
    limit = 6 * 1024 * 1024  # bytes; the fonts are the largest
    assert [name_of(path) for path in tracked() if path.stat().st_size > limit] == []


def test_the_folder_site_is_never_a_package() -> None:
    assert not (ROOT / "site" / "__init__.py").exists()
    assert "/site" not in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


def documents() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".md"]


def test_every_link_of_a_document_leads_somewhere() -> None:
    broken = []
    for document in documents():
        for target, fragment in LINK.findall(document.read_text(encoding="utf-8")):
            if target.startswith(("http:", "https:", "mailto:")):
                continue
            path = (document.parent / target).resolve() if target else document
            if not path.exists() or (fragment and not _has_anchor(path, fragment[1:])):
                broken.append(f"{name_of(document)}: {target}{fragment}")
    assert broken == []


def _has_anchor(path: Path, fragment: str) -> bool:
    headings = HEADING.findall(path.read_text(encoding="utf-8"))
    return path.suffix == ".md" and fragment in {anchor(heading) for heading in headings}


def test_the_index_names_every_document() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    linked = {(ROOT / "docs" / target).resolve() for target, _ in LINK.findall(index) if target}
    pages = {path for path in documents() if (ROOT / "docs") in path.parents}
    assert pages - linked - {ROOT / "docs" / "README.md"} == set()


def test_tests_that_documents_name_exist() -> None:
    """A document that says which test holds something names one that there is."""
    folders = {"yearform/": "partybuilding/projects/yearform/"}
    missing = []
    for path in documents():
        file = ""
        for name, function in NAMED.findall(path.read_text(encoding="utf-8")):
            file = name or file
            for short, whole in folders.items():
                file = re.sub(rf"^{short}", whole, file)
            found = ROOT / "tests" / file.removeprefix("tests/")
            if not found.is_file() or f"def {function}(" not in found.read_text(encoding="utf-8"):
                missing.append(f"{name_of(path)}: {file}::{function}")
    assert missing == []
