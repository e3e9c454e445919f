"""What every test may lean on: no network, a database that comes back whole, a real browser."""

import socket
import time
from collections.abc import Iterator

import hypothesis
import pytest
import time_machine

from partybuilding.core.words import book
from tests.scheduling import scheduler as pytest_xdist_make_scheduler  # noqa: F401, the hook's name

# What modules say while they are collected, they say as it is delivered: there is no database yet.
book._latest = book.EMPTY

pytest_plugins = ["tests.replay", "tests.browser", "tests.database"]

#: How long an example takes is the machine's affair: a neighbour at work is no fault of the code.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    original = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else None
        if host is not None and host not in _LOOPBACK:
            raise AssertionError(f"A test tried to connect to {host}.")
        original(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True, scope="session")
def checked_wording() -> None:
    """Hold every question that was worded before against new words."""
    from partybuilding.core.answers.wording import Worded

    Worded.is_checked = True


@pytest.fixture(autouse=True, scope="session")
def checked_pieces() -> None:
    """Hold every piece of a page that was drawn before against a new drawing."""
    from partybuilding.core.answers.pieces import Piece

    Piece.is_checked = True


@pytest.fixture(autouse=True)
def delivered_words(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin with the delivered lists of words; a test without a database reads no others."""
    monkeypatch.setattr(book, "_latest", book.EMPTY)
    if request.node.get_closest_marker("database") is None:
        monkeypatch.setattr(book, "_marks", lambda: (0, 0))


@pytest.fixture
def whole_window() -> Iterator[None]:
    """Begin an hour, for what is counted within a part of one: it would count anew where the next part begins."""
    with time_machine.travel((time.time() // 3600 + 1) * 3600):
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that ask the database."""
    for item in items:
        asked = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
        if asked or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)
