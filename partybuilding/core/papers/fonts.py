"""The typefaces of the papers: those that travel with the programme, and installed ones that may stand in."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import typst

FOLDER = Path(__file__).resolve().parents[2] / "fonts"
# Installed families that may step in for rare characters, the nearest in look first.
STAND_INS = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "SimSun",
    "SimSun-ExtB",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Plangothic P1",
    "Plangothic P2",
)


@cache
def bundled() -> typst.Fonts:
    """Return the fonts that travel with the programme, and no others."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER]
    )


@cache
def with_installed() -> typst.Fonts:
    """Return the programme's fonts with those installed on this machine behind them."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[FOLDER])


def stand_ins(fonts: typst.Fonts) -> list[str]:
    """Return which of the known stand-ins are among these fonts."""
    present = set(fonts.families())
    return [family for family in STAND_INS if family in present]
