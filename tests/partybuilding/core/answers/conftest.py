"""The site behind its memory of whole answers, inside the transaction of a test."""

from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import get_script_prefix, set_script_prefix

from partybuilding.core.answers.wsgi import WholeAnswers
from tests.factories.server import MEGABYTE, Asked, Counted


@pytest.fixture(autouse=True)
def _the_test_keeps_its_connection() -> Iterator[None]:
    """Let no request close the connection that holds the test's transaction, as Django's client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def _the_prefix_is_left_as_it_was() -> Iterator[None]:
    """Put back the path below which the site lives: a request leaves its own in the thread."""
    before = get_script_prefix()
    yield
    set_script_prefix(before)


@pytest.fixture
def site() -> Counted:
    return Counted()


@pytest.fixture
def answers(site: Counted) -> WholeAnswers:
    """The site behind its memory, of which a first answer has read what stays in the process."""
    kept = WholeAnswers(site, MEGABYTE)
    Asked(kept, "/robots.txt")
    site.times = 0
    return kept
