"""Write the log as JSON lines that name no person: no query strings, no values of exceptions."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
# Django hands these over with a record; they hold what people typed and who they are.
_PRIVATE = {"request", "sql", "params", "server_time"}


class JsonFormatter(logging.Formatter):
    """Turn a record into one line of JSON: time, level, logger, message and the extra facts."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **{k: v for k, v in vars(record).items() if k not in _STANDARD | _PRIVATE},
        }
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            line["trace"] = self._trace(record)
        return json.dumps(line, ensure_ascii=False, default=str)

    def _trace(self, record: logging.LogRecord) -> list[str]:
        """Return where it happened, file, line and function, without the values."""
        frames = traceback.extract_tb(record.exc_info[2]) if record.exc_info else []
        return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
