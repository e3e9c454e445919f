"""A command runs with settings that somebody chose, or not at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import chosen
from tests.config.test_environment import ROOT, SECRETS


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "environ", {"PATH": os.environ["PATH"]})
    monkeypatch.setattr(chosen, "FILE", str(tmp_path / "environment"))
    monkeypatch.setattr(chosen.sys, "prefix", str(tmp_path / "venv"))
    (tmp_path / "venv").mkdir()


def test_without_a_word_nothing_is_guessed() -> None:
    with pytest.raises(ImproperlyConfigured, match="which settings"):
        chosen.choose_settings(["manage.py", "deliver_notices"])
    assert "DJANGO_SETTINGS_MODULE" not in os.environ


@pytest.mark.parametrize("stamp", chosen.STAMPS)
def test_where_make_installed_a_workplace_it_is_one(tmp_path: Path, stamp: str) -> None:
    (tmp_path / "venv" / stamp).touch()
    chosen.choose_settings(["manage.py", "check"])
    assert os.environ["DJANGO_SETTINGS_MODULE"] == "config.settings.dev"


def test_the_servers_file_is_read_before_anything_is_taken_for_a_workplace(tmp_path: Path) -> None:
    (tmp_path / "venv" / chosen.STAMPS[0]).touch()
    (tmp_path / "environment").write_text(
        "# the server\nSECRET_KEY='a b'\n\nexport DATA_DIR=/srv/dj\nEMAIL_HOST=\n"
    )
    os.environ["DATA_DIR"] = "/said/before"
    chosen.choose_settings(["manage.py", "check"])
    assert os.environ["DJANGO_SETTINGS_MODULE"] == "config.settings.production"
    assert (os.environ["SECRET_KEY"], os.environ["DATA_DIR"]) == ("a b", "/said/before")
    assert os.environ["EMAIL_HOST"] == ""


def test_who_says_which_is_believed(tmp_path: Path) -> None:
    (tmp_path / "environment").write_text("SECRET_KEY=other\n")
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
    chosen.choose_settings(["manage.py"])
    assert "SECRET_KEY" not in os.environ
    del os.environ["DJANGO_SETTINGS_MODULE"]
    chosen.choose_settings(["manage.py", "check", "--settings=config.settings.dev"])
    assert "DJANGO_SETTINGS_MODULE" not in os.environ


def test_a_file_that_is_named_must_be_there_and_be_readable(tmp_path: Path) -> None:
    os.environ["ENVIRONMENT_FILE"] = str(tmp_path / "none")
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        chosen.choose_settings(["manage.py"])
    (tmp_path / "none").write_text("SECRET KEY=1\n")
    with pytest.raises(ImproperlyConfigured, match="line 1"):
        chosen.choose_settings(["manage.py"])


def test_a_job_without_the_servers_environment_fails_in_one_line(tmp_path: Path) -> None:
    """What a cron job with an empty environment is told, in an environment that make has not filled."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'site')!r}); from config import chosen\n"
        f"chosen.FILE = sys.prefix = {str(tmp_path / 'none')!r}\n"
        "sys.argv = ['manage.py', 'deliver_notices']"
    )
    run = f"{code}\nimport runpy; runpy.run_path({str(ROOT / 'manage.py')!r}, run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", run],
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Not started: Nobody says which settings")
    assert done.stderr.count("\n") == 1


def test_the_servers_file_alone_is_enough(tmp_path: Path) -> None:
    file = tmp_path / "environment"
    lines = [f"{name}={value}" for name, value in SECRETS.items()]
    file.write_text("\n".join([*lines, f"DATA_DIR={tmp_path}"]))
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "diffsettings"],
        env={"PATH": os.environ["PATH"], "ENVIRONMENT_FILE": str(file)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "https://column.example" in done.stdout
