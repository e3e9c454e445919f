"""What the monitor asks, who may ask it, and what each probe finds."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from config.operations.probes import (
    Finding,
    Level,
    Probe,
    ask,
    doctor_probes,
    installation,
    ready_probes,
    service,
)
from config.operations.probes.timers import last_run
from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.models import CommandRun, Delivery
from partybuilding.core.services import note_command, post_notices
from partybuilding.management.timed import timed_commands
from tests.factories import make_user


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.mark.django_db
def test_a_living_site_answers_the_monitor(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_site_without_its_database_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", broken)
    answer = client.get("/healthz")
    assert answer.status_code == 503


@pytest.mark.django_db
def test_the_monitor_needs_no_host_name_of_the_site(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["column.example"]
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz", headers={"host": "127.0.0.1:8001"}).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
@pytest.mark.parametrize(
    ("remote", "forwarded"),
    [
        ("203.0.113.7", ""),
        ("127.0.0.1", "203.0.113.7"),
        ("127.0.0.1", "127.0.0.1, 203.0.113.7"),
        ("127.0.0.1", "203.0.113.7, 127.0.0.1"),
        ("", ""),
        ("127.0.0.1", "unknown"),
    ],
)
@pytest.mark.django_db
def test_to_strangers_the_addresses_are_not_there(
    client: Client, path: str, remote: str, forwarded: str
) -> None:
    facts = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert client.get(path, REMOTE_ADDR=remote, **facts).status_code == 404


@pytest.mark.django_db
def test_a_network_of_monitors_may_be_let_in(client: Client, settings: Any) -> None:
    settings.MONITOR_ADDRESSES = ["10.1.0.0/16"]
    assert client.get("/healthz", REMOTE_ADDR="10.1.2.3").status_code == 200
    assert client.get("/healthz", REMOTE_ADDR="127.0.0.1").status_code == 404


@pytest.mark.django_db
def test_a_ready_site_says_of_every_probe_how_it_is(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200, answer.json()
    checks = answer.json()["checks"]
    assert {"database", "migrations", "disk", "storage", "mails", "remind", "seal_trail"} < {
        *checks
    }
    assert checks["database"]["level"] == checks["storage"]["level"] == "ok"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_full_disk_takes_the_server_out_and_a_late_timer_does_not(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/readyz").json()["checks"]["remind"]["level"] == "warning"
    monkeypatch.setattr(service.shutil, "disk_usage", lambda path: Usage(10, 9, 1))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["disk"]["todo"]


@pytest.mark.django_db
def test_a_database_that_takes_no_writes_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any) -> None:
        raise DatabaseError("attempt to write a readonly database")

    monkeypatch.setattr(service, "note_command", refuse)
    assert client.get("/readyz").status_code == 503


def test_a_probe_that_fails_is_a_fault_and_stops_no_other() -> None:
    def broken() -> Finding:
        raise RuntimeError("first line\nsecond line")

    answers = ask([Probe("a", "A", broken), Probe("b", "B", lambda: Finding.ok("fine"))])
    assert [answer.finding.level for answer in answers] == [Level.FAULT, Level.OK]
    assert "RuntimeError: first line" in answers[0].finding.said


@pytest.mark.django_db
def test_outstanding_migrations_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "_migrated", False)
    plan = [object(), object()]
    with monkeypatch.context() as patch:
        patch.setattr(service.MigrationExecutor, "migration_plan", lambda *args: plan)
        assert service.migrations().level is Level.FAULT
    assert service.migrations().level is Level.OK


@pytest.mark.django_db
def test_late_and_parked_mails_are_told(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"
    post_notices([NoticeDraft([make_user(email="a@example.cn")], "请初审", "")], key="k")
    assert service.mails().level is Level.OK
    Delivery.objects.update(next_attempt_at=timezone.now() - timedelta(hours=1))
    assert service.mails().level is Level.WARNING
    Delivery.objects.update(state="parked")
    assert "parked_mails" in service.mails().todo


@pytest.mark.django_db
def test_a_timer_is_fine_late_or_failed() -> None:
    command = timed_commands()["remind"]
    assert last_run("remind", command).level is Level.WARNING
    note_command("remind", timezone.now())
    assert last_run("remind", command).level is Level.OK
    CommandRun.objects.update(ended_at=timezone.now() - timedelta(hours=27))
    assert last_run("remind", command).level is Level.WARNING
    note_command("remind", timezone.now(), "no such table")
    found = last_run("remind", command)
    assert found.level is Level.FAULT
    assert "no such table" in found.said


@pytest.mark.django_db
def test_prometheus_gets_figures_where_they_are_switched_on(settings: Any) -> None:
    assert Client().get("/metrics").status_code == 404
    settings.METRICS = True
    note_command("seal_trail", timezone.now())
    lines = Client().get("/metrics").content.decode().splitlines()
    assert 'partybuilding_probe_level{probe="database"} 0' in lines
    assert 'partybuilding_mails{state="parked"} 0' in lines
    assert any("_timestamp_seconds{command=" in line for line in lines)


def doctor(**options: Any) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("doctor", stdout=out, no_color=True, **options)
    except CommandError as error:
        return out.getvalue(), error.returncode
    return out.getvalue(), 0


@pytest.mark.django_db
def test_the_doctor_says_of_every_probe_one_line_with_what_to_do() -> None:
    said, code = doctor()
    lines = said.splitlines()
    assert len(lines) == len(doctor_probes())
    assert code == max(answer.finding.level for answer in ask(doctor_probes()))
    assert code > 0  # a suite is no server, and no timer has run
    assert [line for line in lines if "[注意]" in line and "办法：" not in line] == []


@pytest.mark.django_db
def test_the_doctor_speaks_json_with_the_same_probes() -> None:
    said, code = doctor(json=True)
    answer = json.loads(said)
    assert list(answer["checks"]) == [probe.name for probe in doctor_probes()]
    assert {"ok": 0, "warning": 1, "fault": 2}[answer["status"]] == code
    assert {probe.name for probe in ready_probes()} < answer["checks"].keys()


@pytest.mark.django_db
def test_a_site_where_all_is_well_ends_with_0(monkeypatch: pytest.MonkeyPatch) -> None:
    fine = [Probe("a", "A", lambda: Finding.ok("fine"))]
    monkeypatch.setattr("config.operations.management.commands.doctor.doctor_probes", lambda: fine)
    assert doctor()[1] == 0


@pytest.mark.django_db
def test_more_connections_than_the_database_gives_are_a_fault(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.WORKERS, settings.THREADS, settings.INSTANCES = 4, 5, 2
    for most, level in ((49, Level.FAULT), (50, Level.OK), (None, Level.OK)):
        monkeypatch.setattr(installation, "most_connections", lambda most=most: most)
        assert installation.limits().level is level


@pytest.mark.django_db
def test_a_mail_server_that_is_away_is_a_fault(settings: Any) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert installation.mail().level is Level.FAULT


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "level"), [("yes", Level.OK), ("no", Level.WARNING), ("", Level.OK)]
)
def test_the_clock_is_set_by_the_network(
    said: str, level: Level, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {"yes": True, "no": False}.get(said)
    monkeypatch.setattr(installation, "_is_synchronized", lambda: known)
    assert installation.clock().level is level


def test_static_files_that_were_not_collected_are_a_fault(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "a.ManifestStorage"}}
    settings.STATIC_ROOT = tmp_path
    assert installation.static().level is Level.FAULT
    (tmp_path / "staticfiles.json").touch()
    assert installation.static().level is Level.OK


def test_what_is_removed_from_a_redis_that_is_away_is_only_a_warning(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.cache.backends.redis import RedisCacheClient

    from config.cache import ForgivingClient

    down = ForgivingClient(RedisCacheClient(["redis://127.0.0.1:9/0"]))
    monkeypatch.setattr(installation, "cache", type("Cache", (), {"_cache": down}))
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    assert installation.redis().level is Level.WARNING
