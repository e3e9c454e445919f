"""What runs by the clock where no timer of the system does; and one version wherever it is told."""

import os
import re
import signal
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

import partybuilding
from config.operations.management.commands import clock
from partybuilding.core.services import note_command
from partybuilding.management.timed import timed_commands
from tests.architecture.sources import ROOT


@pytest.mark.django_db
def test_what_never_ran_is_due_and_what_just_ran_is_not(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"
    assert clock.due() == list(timed_commands())
    for name in timed_commands():
        note_command(name, timezone.now())
    assert clock.due() == []
    note_command("seal_trail", timezone.now() - timedelta(hours=1))
    assert clock.due() == ["seal_trail"]


@pytest.mark.django_db
def test_without_a_mail_server_no_mails_are_due(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    assert "deliver_notices" not in clock.due()


@pytest.mark.django_db
def test_each_is_started_on_its_own_and_its_end_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    def run(command: list[str]) -> Any:
        started.append(command)
        return type("Done", (), {"returncode": len(started) % 2})

    monkeypatch.setattr(clock.subprocess, "run", run)
    out = StringIO()
    call_command("clock", once=True, stdout=out)
    assert [command[-1] for command in started] == clock.due()
    assert clock.MANAGE == ROOT / "manage.py"
    assert "exit 1" in out.getvalue()


@pytest.mark.django_db
def test_told_to_end_it_lets_the_command_under_way_finish_and_begins_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[list[str]] = []

    def run(command: list[str]) -> Any:
        started.append(command)
        os.kill(os.getpid(), signal.SIGTERM)
        return type("Done", (), {"returncode": 0})

    monkeypatch.setattr(clock.subprocess, "run", run)
    out = StringIO()
    before = signal.getsignal(signal.SIGTERM)
    call_command("clock", stdout=out)
    assert len(started) == 1 < len(clock.due())
    assert "exit 0" in out.getvalue()
    assert signal.getsignal(signal.SIGTERM) is before


def test_program_package_and_changelog_name_one_version() -> None:
    version = partybuilding.__version__
    assert f'version = "{version}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    told = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert next(name for name in told if name != "Unreleased") == version


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "said"), [(0, False), (2, True)])
def test_a_cache_in_front_keeps_public_pages_as_long_as_it_is_told(
    client: Client, settings: Any, seconds: int, said: bool
) -> None:
    settings.FRONT_CACHE_SECONDS = seconds
    answer = client.get("/")
    assert ("s-maxage=2, stale-while-revalidate=1" in answer["Cache-Control"]) is said
    assert "max-age=0" in answer["Cache-Control"]
    for address in ("/portal/login/", "/opinions/"):
        assert "s-maxage" not in client.get(address)["Cache-Control"], address
