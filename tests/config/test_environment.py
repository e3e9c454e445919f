"""Settings from the environment, and one clear line when they are wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import (
    database_from_url,
    env_bool,
    env_int,
    env_list,
    refuse_mail,
    refuse_unsafe,
    require,
    trail_keys,
    url_prefix,
)

ROOT = Path(__file__).resolve().parents[2]
SECRETS = {
    "SECRET_KEY": "a-secret-of-the-suite-that-is-long-enough-for-anybody-0123456789",
    "TRAIL_KEY": "2026:another-secret-of-the-suite-that-is-long-enough-0123456789-0123",
    "ALLOWED_HOSTS": "column.example",
    "BASE_URL": "https://column.example",
}


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command of production with only these variables set."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env={**kept, "DJANGO_SETTINGS_MODULE": "config.settings.production", **variables},
        capture_output=True,
        text=True,
        timeout=120,
        cwd="/",
    )


@pytest.mark.parametrize("missing", SECRETS)
def test_production_refuses_to_start_without_a_secret_in_one_line(missing, tmp_path) -> None:
    given = {name: value for name, value in SECRETS.items() if name != missing}
    done = manage("check", DATA_DIR=str(tmp_path), **given)
    assert done.returncode == 1
    assert done.stderr == f"Not started: Set {missing} (see docs/settings.md).\n"


def test_an_empty_secret_is_a_missing_one(tmp_path) -> None:
    done = manage("check", DATA_DIR=str(tmp_path), **{**SECRETS, "SECRET_KEY": " "})
    assert "Set SECRET_KEY" in done.stderr


def test_the_deployment_check_of_production_is_clean(tmp_path) -> None:
    done = manage("check", "--deploy", "--fail-level=WARNING", DATA_DIR=str(tmp_path), **SECRETS)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_server_refuses_in_one_line_too(tmp_path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        env={"PYTHONPATH": str(ROOT / "site"), "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("Not started: Set SECRET_KEY, TRAIL_KEY, ALLOWED_HOSTS, BASE_URL")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "SECRET_KEY",
            "dev-only-key-that-protects-nothing-but-a-demonstration-on-this-machine",
            "public",
        ),
        ("SECRET_KEY", "django-insecure-" + SECRETS["SECRET_KEY"], "public"),
        ("SECRET_KEY", SECRETS["SECRET_KEY"][:49], "50 characters"),
        ("SECRET_KEY", "abcd" * 20, "50 characters"),
        ("TRAIL_KEY", "1:dev-only-key-of-a-trail-that-proves-nothing", "public"),
        ("TRAIL_KEY", "1:short", "50 characters"),
        ("ALLOWED_HOSTS", "*", "must name"),
        ("ALLOWED_HOSTS", "column.example,*", "must name"),
        ("BASE_URL", "http://column.example", "https://"),
        ("BASE_URL", "https://", "https://"),
    ],
)
def test_a_server_refuses_what_only_a_workplace_may_have(name: str, value: str, said: str) -> None:
    given = {**SECRETS, name: value}
    keys = trail_keys(given["TRAIL_KEY"])
    with pytest.raises(ImproperlyConfigured, match=said):
        refuse_unsafe(
            secrets={given["SECRET_KEY"]: "SECRET_KEY"} | dict.fromkeys(keys.values(), "TRAIL_KEY"),
            hosts=given["ALLOWED_HOSTS"].split(","),
            base_url=given["BASE_URL"],
        )


def test_production_refuses_them_in_one_line(tmp_path) -> None:
    done = manage("check", DATA_DIR=str(tmp_path), **{**SECRETS, "ALLOWED_HOSTS": "*"})
    assert done.returncode == 1
    assert done.stderr.startswith("Not started: ALLOWED_HOSTS must name")
    assert done.stderr.count("\n") == 1
    one_secret = {**SECRETS, "TRAIL_KEY": "1:" + SECRETS["SECRET_KEY"]}
    done = manage("check", DATA_DIR=str(tmp_path), **one_secret)
    assert "another secret than SECRET_KEY" in done.stderr


@pytest.mark.parametrize(
    ("sender", "tls", "ssl", "said"),
    [
        ("webmaster@localhost", False, True, "DEFAULT_FROM_EMAIL"),
        ("基层党建 <dj@example.gov.cn>", False, True, ""),
        ("nobody", False, True, "DEFAULT_FROM_EMAIL"),
        ("", False, True, "DEFAULT_FROM_EMAIL"),
        ("dj@example.gov.cn", True, True, "not both"),
    ],
)
def test_a_mail_server_needs_a_sender_and_one_kind_of_tls(
    sender: str, tls: bool, ssl: bool, said: str
) -> None:
    refuse_mail(host="", sender=sender, tls=tls, ssl=ssl)
    if said:
        with pytest.raises(ImproperlyConfigured, match=said):
            refuse_mail(host="mail.example", sender=sender, tls=tls, ssl=ssl)
    else:
        refuse_mail(host="mail.example", sender=sender, tls=tls, ssl=ssl)


def test_starttls_has_its_own_port_and_takes_the_place_of_tls(tmp_path) -> None:
    given = {**SECRETS, "EMAIL_HOST": "mail.example", "EMAIL_USE_TLS": "1"}
    sender = {"DEFAULT_FROM_EMAIL": "dj@example.gov.cn"}
    done = manage("diffsettings", DATA_DIR=str(tmp_path), **given, **sender)
    assert "EMAIL_PORT = 587" in done.stdout
    assert "EMAIL_USE_TLS = True" in done.stdout
    assert "EMAIL_USE_SSL = True" not in done.stdout


def test_the_first_key_of_the_trail_is_the_current_one() -> None:
    assert list(trail_keys(" b:two , a:one:with-colon")) == ["b", "a"]
    assert trail_keys("a:one:with-colon") == {"a": "one:with-colon"}


@pytest.mark.parametrize("text", ["secret", ":secret", "id:", "a:1,a:2", "a b:1", "x" * 21 + ":1"])
def test_a_key_of_the_trail_without_its_name_stops_the_start(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="TRAIL_KEY"):
        trail_keys(text)


def test_require_names_everything_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIVEN", "yes")
    with pytest.raises(ImproperlyConfigured, match=r"Set FIRST, SECOND \("):
        require("FIRST", "GIVEN", "SECOND")


@pytest.mark.parametrize(
    ("text", "value"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("", False)]
)
def test_words_of_yes_and_no(monkeypatch: pytest.MonkeyPatch, text: str, value: bool) -> None:
    monkeypatch.setenv("SWITCH", text)
    assert env_bool("SWITCH", not value) is value


def test_any_other_word_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWITCH", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="SWITCH must be one of"):
        env_bool("SWITCH", True)


def test_a_number_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNT", "many")
    with pytest.raises(ImproperlyConfigured, match="COUNT must be a whole number"):
        env_int("COUNT", 1)


def test_a_list_has_no_empty_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTS", " a.example, ,b.example,")
    assert env_list("HOSTS") == ["a.example", "b.example"]


@pytest.mark.parametrize(
    ("text", "prefix"), [("", ""), ("/", ""), ("column", "/column"), ("/a/b/", "/a/b")]
)
def test_a_prefix_is_written_in_one_way(text: str, prefix: str) -> None:
    assert url_prefix(text) == prefix


def test_sqlite_keeps_what_it_acknowledged_and_lets_writers_wait() -> None:
    settings = database_from_url("sqlite:////srv/party%20data/data.sqlite3")
    assert settings["NAME"] == "/srv/party data/data.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert settings["OPTIONS"]["timeout"] >= 5
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        assert pragma in settings["OPTIONS"]["init_command"]


def test_a_postgres_address_may_hold_special_characters_and_options() -> None:
    settings = database_from_url("postgres://us%40er:p%2Fw@db.example:6432/name?sslmode=require")
    assert (settings["USER"], settings["PASSWORD"]) == ("us@er", "p/w")
    assert (settings["HOST"], settings["PORT"]) == ("db.example", "6432")
    assert settings["NAME"] == "name"
    assert settings["OPTIONS"]["sslmode"] == "require"


def test_another_kind_of_database_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must start with"):
        database_from_url("mysql://localhost/name")
