"""The units of systemd: one timer for every timed command, at its time; systemd understands every line."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from partybuilding.management.timed import DAY, HOUR, TimedCommand, timed_commands
from tests.architecture.sources import ROOT

FOLDER = ROOT / "deploy" / "systemd"
UNITS = sorted(FOLDER.iterdir())


def value(unit: Path, name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)


def calendar(command: type[TimedCommand]) -> str:
    """Return when a command runs, in systemd's words."""
    if command.at:
        assert command.every == DAY
        return f"*-*-* {command.at:%H:%M:%S}"
    if command.every == HOUR:
        return "*:00:00"
    minutes = command.every.seconds // 60
    return f"*:0/{minutes}:00" if minutes > 1 else "*:*:00"


def test_every_timed_command_has_its_timer_at_its_time() -> None:
    found = {path.stem.partition("-")[2]: path for path in FOLDER.glob("*.timer")}
    assert found.keys() == timed_commands().keys()
    for name, command in timed_commands().items():
        assert value(found[name], "OnCalendar") == [calendar(command)]
        assert value(found[name], "Unit") == [f"partybuilding@{name}.service"]
        assert value(found[name], "Persistent") == ["true"]


def test_servers_and_commands_end_with_all_that_they_started() -> None:
    for unit in FOLDER.glob("*.service"):
        assert value(unit, "KillMode") == ["control-group"]
        assert value(unit, "User") == ["partybuilding"]
        assert value(unit, "EnvironmentFile") == ["/etc/partybuilding/environment"]


def placed(tmp_path: Path) -> list[str]:
    """Copy the units with this machine's paths, so that only what they say is in question."""
    paths = []
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        text = text.replace("/srv/partybuilding/venv/bin/python", shutil.which("true") or "")
        text = text.replace("/usr/bin/curl", shutil.which("true") or "")
        text = re.sub(r"^Documentation=.*\n", "", text, flags=re.MULTILINE)
        copy = tmp_path / unit.name.replace("@.service", "@remind.service")
        copy.write_text(text, encoding="utf-8")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
        paths.append(str(copy))
    return paths


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_understands_every_line(tmp_path: Path) -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *placed(tmp_path)],
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    ours = [line for line in done.stderr.splitlines() if "partybuilding" in line]
    assert ours == []


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_would_find_a_line_that_is_wrong(tmp_path: Path) -> None:
    placed(tmp_path)
    unit = tmp_path / "partybuilding-remind.timer"
    unit.write_text(unit.read_text().replace("*-*-* 07:30:00", "at breakfast"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)],
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "breakfast" in done.stderr
