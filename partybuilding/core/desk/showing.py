"""The parts of a screen that gathers everything: what a number of the desk counts is one of them, shown alone."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from partybuilding.core.states import Text

#: The parameter that names the part; without one the screen shows everything.
SHOW = "show"


def part_of(address: str, code: str) -> str:
    """Return the address of one part of a screen."""
    return f"{address}?{SHOW}={code}"


def part_asked(request: HttpRequest, parts: Mapping[str, Text]) -> str:
    """Return the part that an address asks for; what there is not is everything, "" by its code."""
    asked = request.GET.get(SHOW, "")
    return asked if asked in parts else ""


def ways_to(request: HttpRequest, parts: Mapping[str, Text]) -> list[dict[str, Any]]:
    """Return the parts beside each other, for `core/parts.html`."""
    here = part_asked(request, parts)
    return [
        {
            "label": label,
            "url": part_of(request.path, code) if code else request.path,
            "here": code == here,
        }
        for code, label in parts.items()
    ]
