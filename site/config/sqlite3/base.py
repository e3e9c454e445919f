"""Django's backend of SQLite, whose writers come in turn."""

import logging
import sqlite3
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from config.environment import LOCK_SECONDS
from config.sqlite3.turns import TurnNeverCame, Turns

log = logging.getLogger(__name__)
#: How long a writer stands in the queue at most, while it moves: a few times as long as while it stands still.
QUEUE_SECONDS = 3 * LOCK_SECONDS
#: How statements begin that take the lock of writers when no transaction has it yet.
WRITES = ("BEGIN IMMEDIATE", "INSERT", "UPDATE", "DELETE", "REPLACE")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that waits for its turn before a transaction, or a statement on its own, writes."""

    _turns: Turns | None = None
    _number: int | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the database and its queue; without one where there is no file or no room for it."""
        connection = super().get_new_connection(conn_params)
        name = str(conn_params["database"])
        if self._turns is None and name != ":memory:" and not name.startswith("file:"):
            try:
                self._turns = Turns(Path(name), LOCK_SECONDS, QUEUE_SECONDS)
            except OSError:
                log.warning("The writers of %s come in no order.", name)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor that waits for its turn."""
        cursor = self.connection.cursor(factory=TurnCursor)
        cursor.wrapper = self
        return cursor

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # its stubs leave it out
        finally:
            self.give_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # its stubs leave it out
        finally:
            self.give_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # its stubs leave it out
        finally:
            if self._turns is not None:
                self.give_turn(is_over=True)
                self._turns.close()
                self._turns = None

    def take_turn(self) -> None:
        """Wait until nobody who came earlier waits to write; nothing while it is our turn.

        Raises:
            sqlite3.OperationalError: as SQLite says it, when that takes too long.
        """
        if self._turns is None or self._number is not None or self.connection.in_transaction:
            return
        try:
            self._number = self._turns.take()
        except TurnNeverCame as reason:
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            error.sqlite_errorname = "SQLITE_BUSY"
            raise error from reason

    def give_turn(self, *, is_over: bool = False) -> None:
        """Let the next one write, once no transaction of ours is open."""
        if self._turns is None or self._number is None:
            return
        if is_over or self.connection is None or not self.connection.in_transaction:
            number, self._number = self._number, None
            self._turns.give(number)


class TurnCursor(base.SQLiteCursorWrapper):
    """A cursor whose writing statements wait for their turn."""

    wrapper: DatabaseWrapper

    def execute(self, query: str, params: Any = None) -> Any:
        """Run a statement."""
        if not query.startswith(WRITES):
            return super().execute(query, params)
        self.wrapper.take_turn()
        try:
            return super().execute(query, params)
        finally:
            self.wrapper.give_turn()

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run a statement for each row of parameters."""
        self.wrapper.take_turn()
        try:
            return super().executemany(query, param_list)
        finally:
            self.wrapper.give_turn()
