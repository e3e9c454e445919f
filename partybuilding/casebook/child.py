"""The process that makes an edition: begun, followed line by line, and ended when it takes too long or is stopped."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from queue import Empty, Queue
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.casebook.models import Edition
from partybuilding.casebook.states import BuildStatus
from partybuilding.conf import setting

PROGRAMME = "partybuilding.casebook.press"
#: The folder from which the child finds the programme.
ROOT = Path(__file__).resolve().parents[2]
#: Seconds between two looks at whether the build was stopped, and two notes of how far it is.
BEAT = 1.0
log = logging.getLogger(__name__)
Told = Callable[[str, int, int], None]


class NotBuilt(Exception):
    """It was not built; the sentences say why and what to do."""

    def __init__(self, *sentences: str, status: BuildStatus = BuildStatus.FAILED) -> None:
        super().__init__(*sentences)
        self.sentences, self.status = list(sentences), status


class Beat:
    """Notes how far a build is, not more often than once a second, and sees whether it was stopped."""

    def __init__(self, edition: Edition, told: Told) -> None:
        self._rows = Edition.objects.filter(pk=edition.pk)
        self._told, self._noted, self._stage = told, timezone.now(), ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        self._told(stage, done, total)
        if stage != self._stage or self._is_due() or done == total:
            self._stage = stage
            self._note(stage=stage, done=done, total=total)

    def look(self) -> None:
        """Say that it goes on.

        Raises:
            NotBuilt: somebody stopped it.
        """
        if self._is_due():
            self._note()

    def _is_due(self) -> bool:
        return (timezone.now() - self._noted).total_seconds() >= BEAT

    def _note(self, **facts: Any) -> None:
        self._noted = timezone.now()
        running = self._rows.filter(status=BuildStatus.RUNNING)
        if not running.update(heard_at=self._noted, **facts):
            raise NotBuilt(status=BuildStatus.STOPPED)


def run_press(folder: Path, beat: Beat) -> None:
    """Let the child make the edition; read its lines, and end it when it takes too long or is stopped."""
    errors = folder / "stderr"
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    with errors.open("wb") as sink:
        child = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", PROGRAMME, str(folder)],
            stdout=subprocess.PIPE,
            stderr=sink,
            env=environment,
            cwd=folder,
        )
    try:
        _follow(child, beat)
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()
        assert child.stdout is not None
        child.stdout.close()
    if child.returncode:
        said = errors.read_bytes()[-2000:].decode(errors="replace")
        log.error("the press ended with %s: %s", child.returncode, said)
        raise NotBuilt(*_why(child.returncode, said))


def _follow(child: "subprocess.Popen[bytes]", beat: Beat) -> None:
    lines: Queue[bytes | None] = Queue()
    threading.Thread(target=_read, args=(child.stdout, lines), daemon=True).start()
    until = timezone.now() + timedelta(seconds=setting("BOOK_SECONDS"))
    while True:
        try:
            line = lines.get(timeout=BEAT)
        except Empty:
            line = b""
        if line is None:
            return
        if timezone.now() > until:
            words = {"seconds": setting("BOOK_SECONDS")}
            raise NotBuilt(_("It took longer than %(seconds)s seconds and was ended.") % words)
        if line:
            said = json.loads(line)
            beat(said["stage"], said["done"], said["total"])
        beat.look()


def _read(stream: IO[bytes], lines: "Queue[bytes | None]") -> None:
    for line in stream:
        lines.put(line)
    lines.put(None)


def _why(code: int, said: str) -> list[str]:
    """Say why the child ended, as far as it can be known."""
    if code in {-signal.SIGKILL, -signal.SIGTERM}:
        return [_("It was ended from outside; build it again.")]
    if code == -signal.SIGABRT or "MemoryError" in said or "memory allocation" in said:
        words = {"most": setting("BOOK_MEMORY_MB")}
        return [
            _("It needed more memory than %(most)s MB: fewer or smaller pictures help.") % words
        ]
    last = said.strip().splitlines()[-1:] or [""]
    return [_("The typesetting failed; the administrators find why in the log."), last[0][:300]]
