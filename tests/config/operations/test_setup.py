"""The first steps of a site, by arguments and by questions; and the server that is started for it."""

from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from wagtail.models import Site

from config.operations import first_steps
from config.operations.management.commands import serve, setup
from partybuilding.organizations.imports import template_workbook
from partybuilding.organizations.models import IssuingBody, Organization

ANSWERS = {
    "username": "guanliyuan",
    "name": "王示例",
    "site_name": "某某区党建创新项目",
    "host": "中共某某区委",
    "department": "中共某某区委组织部",
    "department_code": "ZZB",
}
PASSWORD = "right-horse-battery"


def run(**options: Any) -> str:
    out = StringIO()
    call_command("setup", stdout=out, no_color=True, **options)
    return out.getvalue()


@pytest.fixture(autouse=True)
def a_servers_address(settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://dj.example.gov.cn"


@pytest.fixture
def password(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n")
    return file


@pytest.mark.django_db
def test_by_arguments_a_site_has_its_administrator_and_its_names(password: Path) -> None:
    run(**ANSWERS, password_file=password, no_input=True)
    person = authenticate(None, username="guanliyuan", password=PASSWORD)
    assert person is not None
    assert (person.is_superuser, person.first_name) == (True, "王示例")
    site = Site.objects.get(is_default_site=True)
    assert (site.site_name, site.hostname, site.port) == (
        ANSWERS["site_name"],
        "dj.example.gov.cn",
        443,
    )
    body = IssuingBody.objects.get()
    assert (body.name, body.organization) == (
        ANSWERS["department"],
        Organization.objects.get(code="ZZB"),
    )


@pytest.mark.django_db
def test_a_second_time_changes_nothing(password: Path) -> None:
    run(**ANSWERS, password_file=password, no_input=True)
    said = run(no_input=True)
    assert "guanliyuan" in said
    assert IssuingBody.objects.count() == Organization.objects.count() == 1


@pytest.mark.django_db
def test_by_questions_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(ANSWERS.values())
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    monkeypatch.setattr(setup.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(setup, "getpass", lambda question: PASSWORD)
    run()
    assert first_steps.administrator() is not None
    assert IssuingBody.objects.get().name == ANSWERS["department"]


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["username", "site_name", "password_file"])
def test_what_is_missing_is_named_and_not_guessed(missing: str, password: Path) -> None:
    given = {**ANSWERS, "password_file": password, missing: None if "file" in missing else ""}
    with pytest.raises(CommandError, match="--" + missing.replace("_", "-")):
        run(**given, no_input=True)


@pytest.mark.django_db
def test_a_weak_password_is_refused(settings: Any, tmp_path: Path) -> None:
    name = "django.contrib.auth.password_validation.MinimumLengthValidator"
    settings.AUTH_PASSWORD_VALIDATORS = [{"NAME": name, "OPTIONS": {"min_length": 12}}]
    (tmp_path / "weak").write_text("short")
    with pytest.raises(CommandError, match="12"):
        run(**ANSWERS, password_file=tmp_path / "weak", no_input=True)
    assert first_steps.administrator() is None


@pytest.mark.django_db
def test_the_first_import_takes_all_or_says_what_to_mend(password: Path, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(template_workbook()))
    organizations = book.worksheets[0]
    headings = [cell.value for cell in organizations[1]]
    row = dict.fromkeys(headings, "")
    row |= {headings[0]: "A01", headings[1]: "某某街道党工委"}
    organizations.append(list(row.values()))
    book.save(tmp_path / "half.xlsx")
    with pytest.raises(CommandError):
        run(**ANSWERS, password_file=password, no_input=True, workbook=tmp_path / "half.xlsx")
    assert not Organization.objects.filter(code="A01").exists()
    with pytest.raises(CommandError):
        run(no_input=True, workbook=tmp_path / "none.xlsx")


@pytest.mark.django_db
def test_the_server_replaces_workers_and_binds_its_threads(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    started: list[Any] = []
    monkeypatch.setattr(serve.os, "execve", lambda *args: started.append(args))
    settings.WORKERS, settings.THREADS = 3, 5
    call_command("serve", port=8123)
    _program, words, variables = started[0]
    said = " ".join(words)
    for part in (
        "--workers 3",
        "--blocking-threads 5",
        "--port 8123",
        "--respawn-failed-workers",
        "--workers-max-rss",
    ):
        assert part in said
    assert variables["PYTHONPATH"].split(":")[0].endswith("site")


@pytest.mark.django_db
def test_a_server_that_would_lock_the_database_out_is_not_started(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(serve.os, "execve", lambda *args: pytest.fail("started"))
    monkeypatch.setattr(serve, "most_connections", lambda: 97)
    settings.WORKERS, settings.THREADS, settings.INSTANCES = 4, 11, 2
    with pytest.raises(CommandError, match="98"):
        call_command("serve")
