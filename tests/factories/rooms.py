"""Rooms of a test's own, beside those of the house or in their place."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from partybuilding.core import rooms


def only(monkeypatch: pytest.MonkeyPatch, **said: Sequence[Any]) -> None:
    """Let a room of the test alone speak of these matters; the others keep silent on them."""
    silent = tuple(replace(room, **dict.fromkeys(said, ())) for room in rooms.joined)
    monkeypatch.setattr(rooms, "joined", (*silent, rooms.Room(**said)))


def beside(monkeypatch: pytest.MonkeyPatch, **said: Sequence[Any]) -> None:
    """Let a room of the test speak after those of the house."""
    monkeypatch.setattr(rooms, "joined", (*rooms.joined, rooms.Room(**said)))
