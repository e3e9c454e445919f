"""What is installed: pinned, locked with hashes down to the last, and used."""

import re
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.sources import ROOT

PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[a-z]+\])?==(\S+)", re.MULTILINE)
ENTRY = re.compile(
    r"^([A-Za-z0-9._-]+)(?:\[[a-z]+\])?==(\S+)[^\n]*((?:\n    --hash=sha256:[0-9a-f]{64}\b.*)*)",
    re.M,
)
#: Each lock file, with the files that it is made of.
LOCKS = {
    "requirements.lock": ["requirements.txt"],
    "requirements-s3.lock": ["requirements.txt", "requirements-s3.txt"],
    "requirements-dev.lock": ["requirements.txt", "requirements-s3.txt", "requirements-dev.txt"],
}
#: What no code of ours names, and why it is there all the same.
UNNAMED = {
    "boto3": "django-storages speaks to object storage with it",
    "psycopg": "Django speaks to PostgreSQL with it",
    "pytest-cov": "make coverage",
    "pytest-django": "the suite's database and client fixtures",
    "pytest-timeout": "the setting `timeout`",
    "pytest-xdist": "make test -n",
    "djade": "make format and make check: the syntax of templates",
    "djlint": "make check: what is wrong in templates",
    "ruff": "make check",
    "mypy": "make check",
    "django-stubs": "make check: tells mypy of Django",
    "import-linter": "make check",
    "flit-core": "pip install . builds the plugin with it",
    "granian": "make run, and the documented server",
}


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(*files: str) -> dict[str, str]:
    return {
        plain(name): version for file in files for name, version in PINNED.findall(text_of(file))
    }


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_in_a_lock_file_has_its_hashes(lock: str) -> None:
    entries = ENTRY.findall(text_of(lock))
    assert len(entries) > 20
    assert [name for name, _version, hashes in entries if not hashes] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_holds_what_people_read(lock: str) -> None:
    locked = {plain(name): version for name, version, _hashes in ENTRY.findall(text_of(lock))}
    wanted = pinned(*LOCKS[lock])
    assert {name: locked.get(name) for name in wanted} == wanted, "Run `make lock`."


def test_the_lock_files_agree() -> None:
    every = {(plain(n), v) for n, v, _hashes in ENTRY.findall(text_of("requirements-dev.lock"))}
    for lock in LOCKS:
        assert {(plain(n), v) for n, v, _hashes in ENTRY.findall(text_of(lock))} <= every


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_place_that_packages_come_from(lock: str) -> None:
    assert not re.search(r"://|--(extra-)?index-url|--find-links", text_of(lock))


def sources() -> str:
    folders = ["partybuilding", "home", "search", "site", "tests", "benchmarks"]
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return "\n".join(
        path.read_text(encoding="utf-8") for path in paths if path.name != "test_dependencies.py"
    )


def unused(requirements: dict[str, str], code: str) -> list[str]:
    """Return the requirements none of whose modules the code imports or names in a setting."""
    modules: dict[str, set[str]] = {}
    for module, distributions in packages_distributions().items():
        for distribution in distributions:
            modules.setdefault(plain(distribution), set()).add(module)
    return [
        name
        for name in requirements
        if name not in UNNAMED
        and not any(
            re.search(
                rf"(?:^|\n)\s*(?:from|import) {re.escape(one)}\b|[\"\']{re.escape(one)}[.\"\']",
                code,
            )
            for one in modules.get(name, {name})
        )
    ]


def test_whatever_is_pinned_is_used() -> None:
    assert unused(pinned(*LOCKS["requirements-dev.lock"]), sources()) == []


def test_whatever_needs_a_reason_is_pinned() -> None:
    assert set(UNNAMED) <= set(pinned(*LOCKS["requirements-dev.lock"]))


def test_an_unused_requirement_is_found() -> None:
    assert unused({"openpyxl": "3"}, "import openpyxl2") == ["openpyxl"]
    assert unused({"openpyxl": "3"}, "from openpyxl.styles import Font") == []
