"""Writers are killed, or the power is cut, again and again: `python benchmarks/losses.py kill|cut [number]`.

    python benchmarks/losses.py kill 150                          # SQLite: the writer ends in the middle
    python benchmarks/losses.py cut 50                            # SQLite: only what was synced is left
    python benchmarks/losses.py kill 150 --database postgresql    # as root on Debian: a cluster of its own
    python benchmarks/losses.py cut 50 --database postgresql      # the cluster's own files, too

A writer adds files to a case file, removes some, writes notices, notes and seals through the services, and says after
each what was acknowledged. At a moment by chance it is killed; at a cut PostgreSQL is, too, and every file becomes what
it was when it was synced last (`synced.c`, preloaded), with some of the blocks that were written since, by chance, as
on a disk. Then the database must start, be whole (`integrity_check`; PostgreSQL's own recovery), and hold every row and
every file that was acknowledged; at the end the whole trail is verified. Ends with 1 when something is lost.
"""

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from sites import ROOT, environment, free_port, migrated

BIN = Path("/usr/lib/postgresql/15/bin")
BLOCK = 4096


def main() -> int:
    """Run, and say what was lost."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("how", choices=["kill", "cut"])
    arguments.add_argument("number", type=int, nargs="?", default=50)
    arguments.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    arguments.add_argument(
        "--loose", action="store_true", help="do not sync what is committed: this must lose"
    )
    arguments.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.here:
        return Proof(asked.how == "cut", Path(os.environ["PROOF"])).run(asked.number)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        for part in ("disk", "kept"):
            (folder / part).mkdir()
            (folder / part).chmod(0o777)
        lock = folder / "kept" / "lock"
        lock.touch()
        lock.chmod(0o666)
        if asked.loose:
            os.environ["LOOSE"] = "1"
        return start(folder, asked.how, asked.number, asked.database)


def start(folder: Path, how: str, number: int, database: str) -> int:
    """Make the site, then go on in a process whose syncs are watched."""
    shim = folder / "synced.so"
    source = Path(__file__).with_name("synced.c")
    command = ["gcc", "-O2", "-shared", "-fPIC", "-o", str(shim), str(source), "-ldl"]
    subprocess.run(command, check=True)
    facts = {"PROOF": str(folder), "THREADS": "1"}
    if how == "cut":
        facts |= {"SYNCED_ROOT": f"{folder}/disk", "SYNCED_KEPT": f"{folder}/kept"}
    address = ""
    cluster = None
    if database == "postgresql":
        cluster = Cluster(folder, {"LD_PRELOAD": str(shim), **facts} if how == "cut" else {})
        address = cluster.address
        facts |= {"CLUSTER_PORT": str(cluster.port)}
        cluster.start()
        cluster.as_postgres("createdb", *cluster.where, "losses")
    site = environment(folder / "disk" / "site", address, **facts)
    migrated(site)
    if how == "cut":
        site["LD_PRELOAD"] = str(shim)
    again = [sys.executable, __file__, how, str(number), "--here"]
    done = subprocess.run(again, env=site, cwd=ROOT)
    if cluster:
        cluster.kill()
    return done.returncode


class Cluster:
    """A PostgreSQL of one's own."""

    def __init__(self, folder: Path, env: dict[str, str], port: int = 0) -> None:
        self.folder, self.env, self.port = folder, env, port or free_port()
        self.data = folder / "disk" / "cluster"
        self.where = ["-h", "127.0.0.1", "-p", str(self.port)]
        self.address = f"postgres://postgres@127.0.0.1:{self.port}/losses"
        if not self.data.exists():
            self.as_postgres(BIN / "initdb", "-D", self.data, "-A", "trust", "--wal-segsize=1")

    def as_postgres(self, *command: object) -> None:
        """Run a command as PostgreSQL's user, who alone may own a cluster."""
        words = ["runuser", "-u", "postgres", "--", *map(str, command)]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd="/")

    def start(self) -> None:
        """Start it, and wait until it has recovered."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        options = f"-p {self.port} -c unix_socket_directories={self.folder} -c shared_buffers=32MB"
        options += " -c checkpoint_timeout=30s -c max_wal_size=8MB -c min_wal_size=2MB"
        said = [f"{name}={value}" for name, value in self.env.items()]
        log = self.folder / "postgresql.log"
        command = ["env", *said, BIN / "pg_ctl", "-D", self.data, "-w", "-t", "120", "-l", log]
        self.as_postgres(*command, "-o", options, "start")

    def kill(self) -> None:
        """End all its processes at once."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        told = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True)
        for one in [pid, *map(int, told.stdout.split())]:
            with contextlib.suppress(ProcessLookupError):  # it ended with the others
                os.kill(one, signal.SIGKILL)
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.05)


class Proof:
    """Writes and ends, in processes that are forked from this one, which opens no connection itself."""

    def __init__(self, cuts: bool, folder: Path) -> None:
        import django

        django.setup()
        from django.conf import settings

        self.cuts, self.folder = cuts, folder
        self.disk, self.kept, self.log = folder / "disk", folder / "kept", folder / "told"
        self.chance = random.Random(20_261_129)
        self.cluster = None
        if port := os.environ.get("CLUSTER_PORT"):
            facts = {name: os.environ[name] for name in os.environ if name.startswith("SYNCED")}
            preload = {"LD_PRELOAD": os.environ["LD_PRELOAD"], **facts} if cuts else {}
            self.cluster = Cluster(folder, preload, int(port))
        database = settings.DATABASES["default"]
        database["CONN_MAX_AGE"] = 0
        if os.environ.get("LOOSE"):
            for option, strict in {"init_command": "=FULL", "options": ""}.items():
                if option in database["OPTIONS"]:
                    said = database["OPTIONS"][option]
                    loose = (
                        said.replace(strict, "=OFF")
                        if strict
                        else f"{said} -c synchronous_commit=off"
                    )
                    database["OPTIONS"][option] = loose

    def run(self, number: int) -> int:
        """End the writer so many times; return 1 when something was lost."""
        assert self.forked(prepare) == 0
        if self.cuts:
            self.sync_everything()
        faults = 0
        for turn in range(number):
            writer = self.fork(lambda: write(self.log))
            self.wait_for_a_line()
            time.sleep(self.chance.random() * 1.5)
            os.kill(writer, signal.SIGKILL)
            if self.cuts and self.cluster:
                self.cluster.kill()
            os.waitpid(writer, 0)
            if self.cuts:
                self.cut()
                if self.cluster:
                    self.cluster.start()
            lost = self.forked(partial(look, self.log, whole=turn == number - 1))
            faults += bool(lost)
            state = "something is lost" if lost else "nothing is lost"
            print(f"{turn + 1} of {number}: {state}", flush=True)
        lines = len(self.log.read_text().splitlines())
        word = "power cuts" if self.cuts else "kills"
        kind = "PostgreSQL" if self.cluster else "SQLite"
        print(f"{kind}: {number} {word}, {lines} acknowledged, {faults} times something was lost.")
        return 1 if faults else 0

    def fork(self, act) -> int:
        """Run something in a process of its own."""
        pid = os.fork()
        if pid:
            return pid
        status = 1
        try:
            status = act() or 0
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", flush=True)
        finally:
            os._exit(status)

    def forked(self, act) -> int:
        """Run something in a process of its own to its end; return its exit code."""
        _pid, status = os.waitpid(self.fork(act), 0)
        return os.waitstatus_to_exitcode(status)

    def wait_for_a_line(self) -> None:
        """Wait until something new was acknowledged."""
        before, until = self.log.stat().st_size, time.monotonic() + 60
        while self.log.stat().st_size == before and time.monotonic() < until:
            time.sleep(0.02)

    def sync_everything(self) -> None:
        """Let all that lies on the disk now be what survives."""
        for place, folders, files in os.walk(self.disk, topdown=False):
            for name in [*files, *folders, "."]:
                path = Path(place) / name
                if path.is_symlink() or path.is_socket():
                    continue
                number = os.open(path, os.O_RDONLY)
                os.fsync(number)
                os.close(number)

    def cut(self) -> None:
        """Put the disk together again from what was synced."""
        before = self.folder / "before"
        self.disk.rename(before)
        self._restored(self._key(before), self.disk, before)
        shutil.rmtree(before)
        for path in self.kept.iterdir():
            if path.name != "lock":
                path.unlink()
        self.sync_everything()

    def _key(self, path: Path) -> str:
        command = ["stat", "-c", "%i %w", str(path)]
        env = {"LC_ALL": "C", "PATH": os.environ["PATH"], "TZ": "UTC"}
        told = subprocess.run(command, capture_output=True, text=True, env=env, check=True).stdout
        inode = told.split()[0]
        return next(one.name for one in self.kept.glob(f"{inode}-*"))

    def _restored(self, key: str, target: Path, before: Path) -> None:
        """Make a folder with the names and contents that were synced."""
        facts = before.stat()
        target.mkdir()
        os.chown(target, facts.st_uid, facts.st_gid)
        target.chmod(facts.st_mode & 0o7777)
        names = self.kept / key
        for line in names.read_text().splitlines() if names.exists() else []:
            kind, known, name = line.split(" ", 2)
            if kind == "d" and (before / name).is_dir():
                self._restored(known, target / name, before / name)
            elif kind == "d":
                (target / name).mkdir()
            elif kind == "f":
                self._file(self.kept / known, target / name, before / name)

    def _file(self, kept: Path, target: Path, before: Path) -> None:
        content = bytearray(kept.read_bytes() if kept.exists() else b"")
        if before.is_file():
            self._mix(content, before.read_bytes())
        target.write_bytes(content)
        facts = before.stat() if before.exists() else target.parent.stat()
        os.chown(target, facts.st_uid, facts.st_gid)
        target.chmod(0o600)

    def _mix(self, content: bytearray, later: bytes) -> None:
        """Take over some blocks that were written after the last sync, none behind the synced end."""
        if self.chance.random() < 0.5:
            return
        for place in range(0, len(content), BLOCK):
            new = later[place : place + BLOCK]
            if len(new) == len(content[place : place + BLOCK]) and self.chance.random() < 0.5:
                content[place : place + BLOCK] = new


def prepare() -> None:
    """Make a case file and somebody who works on it."""
    from tests.factories import make_cast, make_project

    make_project("draft", make_cast())
    Path(os.environ["PROOF"], "told").touch()


def write(log: Path) -> None:
    """Write until the end, and say after each commit what was acknowledged."""
    from django.contrib.auth import get_user_model
    from django.core.files.uploadedfile import SimpleUploadedFile

    from partybuilding.core.machine.attempts import NoticeDraft
    from partybuilding.core.services import attach, detach, note, post_notices, seal_trail
    from partybuilding.projects.models import Project
    from tests.factories.pictures import photograph

    project, by = Project.objects.get(), get_user_model().objects.first()
    content, kept, turn = photograph(size=(300, 200)), [], 0
    with log.open("a", buffering=1) as told:
        while True:
            turn += 1
            word = f"{os.getpid()}-{turn}"
            file = attach(project, SimpleUploadedFile("照片.jpg", content), by=by)
            told.write(f"file {file.pk} {file.file.name}\n")
            kept.append(file)
            if len(kept) > 3:
                gone = kept.pop(0)
                told.write(f"going {gone.pk} -\n")
                detach(gone, by=by)
            post_notices([NoticeDraft([by], word, "")], key=word)
            note(project, "edit", by=by, reason=word)
            told.write(f"row {word} -\n")
            if turn % 10 == 0:
                seal_trail()


def look(log: Path, *, whole: bool) -> int:
    """Return 1 when something acknowledged is not there, or the database is damaged."""
    from django.core.management import call_command
    from django.db import connection

    from partybuilding.core.files.storage import private_storage
    from partybuilding.core.models import Attachment, Notice, TransitionRecord

    lines = [line.split() for line in log.read_text().splitlines() if line.count(" ") == 2]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchone()[0] == "ok", "The database is damaged."
    words = {word for kind, word, _name in lines if kind == "row"}
    there = set(TransitionRecord.objects.filter(reason__in=words).values_list("reason", flat=True))
    there &= set(Notice.objects.filter(subject__in=words).values_list("subject", flat=True))
    gone = {word for kind, word, _name in lines if kind == "going"}
    files = {word: name for kind, word, name in lines if kind == "file" and word not in gone}
    known = set(map(str, Attachment.objects.values_list("pk", flat=True)))
    named = Attachment.objects.values_list("file", flat=True)
    lost = [word for word in words if word not in there]
    lost += [word for word in files if word not in known]
    store = private_storage()
    lost += [name for name in named if not (store.exists(name) and store.size(name))]
    if lost:
        print(lost[:5], flush=True)
    if whole:
        call_command("verify_trail")
    return 1 if lost else 0


if __name__ == "__main__":
    raise SystemExit(main())
