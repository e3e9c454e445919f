"""Write the log as JSON lines that name no person: no query strings, no values of exceptions."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured

#: What a line may tell beside its message: numbers, codes, kinds and addresses. Whatever else libraries
#: hand over with a record (requests, queries, forms) holds what people typed and who they are.
FACTS = frozenset(
    {
        "address",
        "batch",
        "characters",
        "delivery",
        "duration",
        "error",
        "faults",
        "key",
        "machine",
        "page",
        "path",
        "reason",
        "record",
        "refusal",
        "status_code",
        "step",
        "text",
        "user",
        "user_id",
    }
)


LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def logging_settings(level: str) -> dict[str, Any]:
    """Return Django's LOGGING: everything from a level on, as JSON lines to the standard error.

    Raises:
        ImproperlyConfigured: there is no such level.
    """
    if level not in LEVELS:
        raise ImproperlyConfigured(f"LOG_LEVEL must be one of {', '.join(LEVELS)}.")
    # Both tell titles of pages; what was done stands in Wagtail's own history.
    reserved = max(level, "WARNING", key=LEVELS.index)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "config.logs.JsonFormatter"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": ["console"], "level": level, "propagate": False},
            "wagtail": {"handlers": [], "level": reserved, "propagate": True},
            "django_tasks": {"handlers": [], "level": reserved, "propagate": True},
            "axes": {"handlers": [], "level": "CRITICAL"},  # names people; see config/refusals.py
        },
    }


class JsonFormatter(logging.Formatter):
    """Turn a record into one line of JSON: time, level, logger, message and the extra facts."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **{name: value for name, value in vars(record).items() if name in FACTS},
        }
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            line["trace"] = self._trace(record)
        return json.dumps(line, ensure_ascii=False, default=str)

    def _trace(self, record: logging.LogRecord) -> list[str]:
        """Return where it happened, file, line and function, without the values."""
        frames = traceback.extract_tb(record.exc_info[2]) if record.exc_info else []
        return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
