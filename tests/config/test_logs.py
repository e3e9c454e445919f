"""The log is lines of JSON and names nobody."""

import ast
import json
import logging
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory

from config.logs import FACTS, JsonFormatter, logging_settings
from tests.architecture.sources import modules, tree

PRIVATE = "身份证 500239199001011234"


def line(**extra: object) -> dict[str, object]:
    record = logging.makeLogRecord(
        {"name": "a.b", "levelname": "INFO", "msg": "moved %s", "args": ("on",), **extra}
    )
    text = JsonFormatter().format(record)
    assert "\n" not in text
    return json.loads(text)


def test_a_line_has_time_level_logger_message_and_facts() -> None:
    written = line(batch=7)
    assert written.pop("time").endswith("+00:00")
    assert written == {"level": "info", "logger": "a.b", "message": "moved on", "batch": 7}


def test_a_fault_is_told_by_kind_and_place_and_not_by_what_was_typed() -> None:
    try:
        raise ValueError(PRIVATE)
    except ValueError:
        written = line(exc_info=sys.exc_info())
    assert written["exception"] == "ValueError"
    assert "test_logs.py" in written["trace"][-1]
    assert PRIVATE not in json.dumps(written, ensure_ascii=False)


def test_what_is_not_known_to_name_nobody_is_left_out() -> None:
    assert set(line(typed=PRIVATE, params=[PRIVATE], batch=7)) == {
        "time",
        "level",
        "logger",
        "message",
        "batch",
    }


def test_every_fact_that_our_code_logs_is_written() -> None:
    told = {
        key.value
        for path in modules()
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        for word in call.keywords
        if word.arg == "extra" and isinstance(word.value, ast.Dict)
        for key in word.value.keys
    }
    assert "refusal" in told
    assert told <= FACTS


def test_the_request_that_django_adds_is_left_out() -> None:
    request = RequestFactory().get("/", {"q": PRIVATE})
    assert "request" not in line(request=request)


@pytest.mark.django_db
def test_a_wrong_address_is_logged_without_what_was_asked(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/no-such-page/", {"q": PRIVATE})
    assert "/no-such-page/" in caplog.text
    assert "5002391990" not in "".join(JsonFormatter().format(r) for r in caplog.records)


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR"])
def test_the_level_holds_for_every_logger(level: str) -> None:
    said = logging_settings(level)
    lowest = min(logging.getLevelName(one["level"]) for one in said["loggers"].values())
    assert said["root"]["level"] == level
    assert lowest >= logging.getLevelName(level)


def test_an_unknown_level_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="LOG_LEVEL"):
        logging_settings("LOUD")
