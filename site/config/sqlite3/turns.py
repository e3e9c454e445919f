"""Whose turn it is to write to a file of SQLite: first come, first served, over threads and processes.

SQLite's own lock has no queue. Whoever finds it taken looks again after a while, and the longer somebody has
waited, the longer that while: with fifty writers some wait for ever. Here each takes a number and locks the byte
of that number in a small file; it is one's turn when no lower byte is locked. The system drops the locks of
whoever dies, so that those who wait tell one who is slow from one who is gone.
"""

import errno
import fcntl
import os
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: The number that is given out next.
_NEXT = struct.Struct("=Q")
#: `struct flock` of Linux: kind, from where, first byte, bytes, owner.
_LOCK = struct.Struct("@hhqqi0q")
#: Where the bytes of the numbers begin, behind the number itself; they are locked and never written.
_BEGIN = 64
#: Seconds between two looks for the next one, and for each that stands before that one; at most.
_LOOK, _MORE_OF_A_LOOK, _LONGEST_LOOK = 0.001, 0.002, 0.05


class TurnNeverCame(TimeoutError):
    """Nobody before has finished for too long, or too many stand there."""


class Turns:
    """The queue before one database file, as one connection sees it."""

    def __init__(self, database: Path, still: float, whole: float) -> None:
        """Open the numbers, which lie in a small file beside the database.

        Args:
            still: for how many seconds somebody waits while nobody before finishes.
            whole: for how many seconds somebody waits, at most.

        Raises:
            OSError: the folder cannot be written, or the system knows no such locks.
        """
        if not hasattr(fcntl, "F_OFD_SETLK"):
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
        self._still, self._whole = still, whole
        self._file = os.open(f"{database}-turns", os.O_RDWR | os.O_CREAT, 0o600)
        with self._alone():
            if os.fstat(self._file).st_size < _NEXT.size:
                os.pwrite(self._file, _NEXT.pack(0), 0)
                _belongs_to_owner_of(database, self._file)

    def take(self) -> int:
        """Take a number and wait until it is its turn.

        Raises:
            TurnNeverCame: it was waited for long enough; the number is given back.
        """
        with self._alone():
            (number,) = _NEXT.unpack(os.pread(self._file, _NEXT.size, 0))
            os.pwrite(self._file, _NEXT.pack(number + 1), 0)
            self._lock(fcntl.F_WRLCK, number)
        try:
            self._wait(number)
        except BaseException:
            self.give(number)
            raise
        return number

    def give(self, number: int) -> None:
        """Let the next one write, or leave the queue."""
        self._lock(fcntl.F_UNLCK, number)

    def close(self) -> None:
        """Leave the queue."""
        os.close(self._file)

    def _wait(self, number: int) -> None:
        start = since = time.monotonic()
        seen = -1
        while (first := self._first_before(number)) is not None:
            now = time.monotonic()
            if first != seen:
                seen, since = first, now
            if now - since > self._still or now - start > self._whole:
                raise TurnNeverCame
            more = _MORE_OF_A_LOOK * max(0, number - first - 1)
            time.sleep(min(_LOOK + more, _LONGEST_LOOK))

    def _first_before(self, number: int) -> int | None:
        """Return a number whose owner writes or waits before, the longest there; None when it is our turn."""
        asked = _LOCK.pack(fcntl.F_WRLCK, os.SEEK_SET, _BEGIN, number, 0)
        if not number:
            return None
        told = _LOCK.unpack(fcntl.fcntl(self._file, fcntl.F_OFD_GETLK, asked))
        return None if told[0] == fcntl.F_UNLCK else told[2] - _BEGIN

    def _lock(self, kind: int, number: int) -> None:
        told = _LOCK.pack(kind, os.SEEK_SET, _BEGIN + number, 1, 0)
        fcntl.fcntl(self._file, fcntl.F_OFD_SETLK, told)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Change the numbers while nobody else does, for some microseconds."""
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)


def _belongs_to_owner_of(database: Path, file: int) -> None:
    """Let everybody who may write to the database write to a file beside it, as SQLite does with its own."""
    facts = database.stat()
    os.fchmod(file, facts.st_mode & 0o666)
    if os.geteuid() == 0:
        os.fchown(file, facts.st_uid, facts.st_gid)
