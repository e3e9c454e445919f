"""Backups while others write: each is restored elsewhere and verified, and as many damaged ones are refused.

    python benchmarks/backups.py [number] [--writers 2]

Works on a site of its own: SQLite in a temporary folder, or the database that DATABASE_URL names (PostgreSQL:
emptied first; the restored one is its neighbour `…_restored`). Writers add files to case files, note facts and
remove files again, as fast as they can, while the backups are made one after the other. Each backup is restored
into a site of its own, which must hold every row that was acknowledged before the backup began, and whose trail
and files are verified (`restore` does so and fails otherwise). Then a byte, a name, the manifest or the seal of
each is changed, by turns, and `restore --check` must refuse it.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sites import ROOT, Commands, empty, environment, migrated


def main() -> int:
    """Run, and say what came out."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("number", type=int, nargs="?", default=20)
    arguments.add_argument("--writers", type=int, default=2)
    arguments.add_argument("--write", metavar="LOG", help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.write:
        write(Path(asked.write))
        return 0
    with tempfile.TemporaryDirectory() as name:
        return prove(Path(name), asked.number, asked.writers)


def prove(folder: Path, number: int, writers: int) -> int:
    """Make, restore, damage."""
    given = os.environ.get("DATABASE_URL", "")
    here = given or f"sqlite:///{folder}/site/data.sqlite3"
    there = f"{given}_restored" if given else f"sqlite:///{folder}/restored/data.sqlite3"
    site, other = environment(folder / "site", here), environment(folder / "restored", there)
    if given:
        empty(here)
        empty(there)
    migrated(site)
    here_runs, there_runs = Commands(site), Commands(other)
    logs = [folder / f"writer{place}.log" for place in range(writers)]
    started: list[subprocess.Popen[bytes]] = []
    try:
        for log in logs:
            command = [sys.executable, __file__, "--write", str(log)]
            started.append(subprocess.Popen(command, env=site, cwd=ROOT))
            while not (log.exists() and log.stat().st_size):
                assert started[-1].poll() is None, "A writer ended."
                time.sleep(0.2)
        faults, seconds = [], []
        for turn in range(number):
            faults += one_turn(folder, here_runs, there_runs, other, logs, turn, seconds)
    finally:
        for process in started:
            process.terminate()
    sets = sorted((folder / "sets").iterdir())
    refused = sum(is_refused(here_runs, one, place) for place, one in enumerate(sets))
    for one in (here_runs, there_runs):
        one.end()
    written = sum(len(log.read_text().splitlines()) for log in logs)
    assert all(one.returncode is None or one.returncode < 0 for one in started)
    print(f"{len(sets)} backups under load, {written} acknowledged writes of {writers} writers;")
    print(f"median {sorted(seconds)[len(seconds) // 2]:.1f} s a backup.")
    print(
        f"{number - len(faults)} of {number} restored and verified; {refused} of {len(sets)} damaged ones refused."
    )
    for fault in faults:
        print(fault)
    return 0 if not faults and refused == len(sets) == number else 1


def one_turn(folder, here, there, other, logs, turn, seconds) -> list[str]:
    """Make one backup and restore it; return what is wrong."""
    before = [log.read_text().splitlines()[-1] for log in logs]
    began = time.monotonic()
    made = here("backup", str(folder / "sets"))
    seconds.append(time.monotonic() - began)
    if made.returncode:
        return [f"backup {turn}: {made.stdout}{made.stderr}"]
    restored = there("restore", str(folder / "sets"), "--replace")
    if restored.returncode:
        return [f"restore {turn}: {restored.stdout}{restored.stderr}"]
    shutil.rmtree(other["DATA_DIR"] + "/media", ignore_errors=True)
    for kept in Path(other["DATA_DIR"]).glob("*.before-*"):
        shutil.rmtree(kept)
    code = (
        "from partybuilding.core.models import TransitionRecord as T; import sys\n"
        f"lost = [n for n in {before!r} if not T.objects.filter(reason=n).exists()]\n"
        "sys.exit(str(lost) if lost else 0)"
    )
    asked = there("shell", "--no-imports", "-c", code)
    return [f"lost {turn}: {asked.stdout}"] if asked.returncode else []


def is_refused(run: Commands, folder: Path, turn: int) -> bool:
    """Damage a backup, in another way each turn, and try to restore it."""
    chance = random.Random(turn)
    files = sorted(
        path for path in folder.rglob("*") if path.is_file() and path.stat().st_nlink == 1
    )
    victim = chance.choice(files) if turn % 4 else next(folder.glob("database.*"))
    if turn % 3 == 0:
        place = chance.randrange(victim.stat().st_size)
        content = bytearray(victim.read_bytes())
        content[place] ^= 1 << chance.randrange(8)
        victim.write_bytes(content)
    elif turn % 3 == 1:
        victim.rename(victim.with_name("another"))
    else:
        os.truncate(victim, victim.stat().st_size // 2)
    return run("restore", "--check", str(folder)).returncode == 1


def write(log: Path) -> None:
    """Write as long as nobody ends it, and say after each commit what was acknowledged."""
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.files.uploadedfile import SimpleUploadedFile

    from partybuilding.core.machine.attempts import NoticeDraft
    from partybuilding.core.services import attach, detach, note, post_notices, seal_trail
    from partybuilding.projects.models import Project
    from tests.factories import make_cast, make_project
    from tests.factories.pictures import photograph

    project = Project.objects.first() or make_project("draft", make_cast())
    by = get_user_model().objects.first()
    content, kept, turn = photograph(size=(300, 200)), [], 0
    with log.open("a") as told:
        while True:
            turn += 1
            word = f"{log.stem} {turn}"
            kept.append(attach(project, SimpleUploadedFile("照片.jpg", content), by=by))
            if len(kept) > 5:
                detach(kept.pop(0), by=by)
            post_notices([NoticeDraft([by], word, "")], key=word)
            if turn % 20 == 0 and log.stem == "writer0":
                seal_trail()
            note(project, "edit", by=by, reason=word)
            told.write(f"{word}\n")
            told.flush()


if __name__ == "__main__":
    sys.exit(main())
