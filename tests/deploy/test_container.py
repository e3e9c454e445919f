"""The container: what it copies is there, what it starts is what a server starts, the parts know each other."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

FOLDER = ROOT / "deploy" / "container"
COMPOSE = (FOLDER / "compose.yaml").read_text(encoding="utf-8")
FILE = (FOLDER / "Containerfile").read_text(encoding="utf-8")


def started_with(tmp_path: Path, *arguments: str) -> list[str]:
    """Run the entry point with a Python that only says what it was asked to do."""
    said = tmp_path / "said"
    stand_in = tmp_path / "python"
    stand_in.write_text(f'#!/bin/sh\necho "$@" >> {said}\n')
    stand_in.chmod(0o755)
    subprocess.run(
        [str(FOLDER / "entrypoint"), *arguments],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        check=True,
        cwd=ROOT,
    )
    return said.read_text().splitlines()


def test_a_server_brings_tables_and_static_files_up_first(tmp_path: Path) -> None:
    commands = [line.split()[1] for line in started_with(tmp_path, "serve")]
    assert commands == ["migrate", "collectstatic", "serve"]


@pytest.mark.parametrize("command", ["clock", "work"])
def test_what_works_beside_it_waits_for_its_tables(tmp_path: Path, command: str) -> None:
    assert started_with(tmp_path, command) == [
        "manage.py migrate --check --verbosity 0",
        f"manage.py {command}",
    ]


def test_the_proxy_may_read_static_files_and_nobody_else_reads_the_rest(tmp_path: Path) -> None:
    """The proxy of the containers is another user; what is uploaded is for the site's own."""
    stand_in = tmp_path / "python"
    stand_in.write_text('#!/bin/sh\nmkdir -p "$2"\n')
    stand_in.chmod(0o755)
    subprocess.run(
        [str(FOLDER / "entrypoint"), "serve"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        check=True,
        cwd=tmp_path,
    )
    modes = {name: (tmp_path / name).stat().st_mode & 0o777 for name in ("collectstatic", "serve")}
    assert modes == {"collectstatic": 0o755, "serve": 0o750}
    data = re.findall(r"-m (\d+) /srv/partybuilding/data(\S*)", FILE)
    assert data == [("0711", ""), ("0755", "/static")]


def test_every_other_command_is_itself(tmp_path: Path) -> None:
    assert started_with(tmp_path, "backup", "/x") == ["manage.py backup /x"]


def test_what_the_image_copies_and_starts_is_there() -> None:
    copied = re.search(r"^COPY (.+) \./$", FILE, re.MULTILINE)
    assert copied
    assert [name for name in copied[1].split() if not (ROOT / name).is_file()] == []
    assert 'ENTRYPOINT ["deploy/container/entrypoint"]' in FILE
    entry = ROOT / "deploy" / "container" / "entrypoint"
    assert entry.stat().st_mode & 0o111


def test_every_part_is_there_and_no_secret_is_written_down() -> None:
    services = re.findall(
        r"^  (\w+):$", COMPOSE.partition("\nservices:\n")[2].partition("\nvolumes:")[0], re.M
    )
    assert services == ["site", "worker", "tasks", "database", "redis", "nginx"]
    assert 'command: ["clock"]' in COMPOSE
    assert 'command: ["work"]' in COMPOSE
    assert set(re.findall(r"PASSWORD: (\S+)", COMPOSE)) == {"${POSTGRES_PASSWORD:?is"}


@pytest.mark.skipif(not shutil.which("sed"), reason="sed is not installed")
def test_the_proxy_of_the_containers_asks_the_one_site(tmp_path: Path) -> None:
    script = re.search(r"sed '([^']+)' /etc/nginx/templates", COMPOSE)
    assert script
    config = ROOT / "deploy" / "nginx" / "partybuilding.conf"
    done = subprocess.run(["sed", script[1], str(config)], capture_output=True, text=True)
    assert re.findall(r"^    server (\S+)", done.stdout, re.M) == ["172.30.87.10:8001"]
    assert "ipv4_address: 172.30.87.10 }" in COMPOSE
