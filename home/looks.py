"""The looks of a site from one colour: what it must hold against white and paper, and what is made of it. Pure.

The rest of the look stays (docs/look.md): states keep their colours, words their ink. The colour is who speaks
and what to press, in the light, the dark and the large version.
"""

import re
from collections.abc import Callable

COLOR = re.compile(r"#?([0-9a-fA-F]{6})")
#: WCAG 2.2 AA: words on a ground, and marks beside it.
WORDS, MARKS = 4.5, 3.0
#: `--c-paper` and `--c-panel` of tokens.css, light and dark; a test holds them to the sheet.
PAPER, DARK_PAPER, DARK_PANEL = "#fbfaf7", "#161412", "#201d1a"
WHITE, BLACK = "#ffffff", "#000000"

Channels = tuple[float, float, float]


def contrast(one: str, other: str) -> float:
    """Return how much lighter one colour is than another, from 1 to 21 (WCAG)."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def is_color(color: str) -> bool:
    """Tell whether a text is a colour in six digits."""
    return COLOR.fullmatch(color) is not None


def holds(color: str) -> bool:
    """Tell whether white words can be read on a colour."""
    return contrast(color, WHITE) >= WORDS


def tokens_of(color: str) -> dict[str, str]:
    """Return the tokens of the light version; `holds` was asked before."""
    strong = _mixed(color, BLACK, 0.2)
    return {
        "fill": color,
        "fill-strong": strong,
        "band": color,
        "band-deep": strong,
        "under": _paled(color, PAPER),
    }


def dark_tokens_of(color: str) -> dict[str, str]:
    """Return the tokens of the dark version: a ground for white words that stands out from dark paper."""
    fill = color
    if contrast(fill, DARK_PANEL) < MARKS:
        fill = _until(color, WHITE, lambda one: contrast(one, DARK_PANEL) >= MARKS)
    band = _mixed(fill, BLACK, 0.35)
    return {
        "fill": fill,
        "fill-strong": _mixed(fill, BLACK, 0.25),
        "band": band,
        "band-deep": _mixed(band, BLACK, 0.25),
        "under": _until(fill, WHITE, lambda one: contrast(one, DARK_PANEL) >= WORDS),
    }


def sheet_of(color: str) -> str:
    """Return the style sheet that puts a colour in the place of the delivered red."""
    light, dark = _declared(tokens_of(color)), _declared(dark_tokens_of(color))
    return (
        f"@layer tokens {{\n:root {{ {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n}}\n"
    )


def _declared(tokens: dict[str, str]) -> str:
    return " ".join(f"--c-{name}: {value};" for name, value in tokens.items())


def _channels(color: str) -> Channels:
    digits = color.lstrip("#")
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _luminance(color: str) -> float:
    def linear(value: float) -> float:
        return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)

    red, green, blue = map(linear, _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(color: str, other: str, share: float) -> str:
    """Return a colour with a share of another in it."""
    pairs = zip(_channels(color), _channels(other), strict=True)
    mixed = (round(255 * (one * (1 - share) + two * share)) for one, two in pairs)
    return "#" + "".join(f"{value:02x}" for value in mixed)


def _steps(color: str, other: str) -> list[str]:
    return [_mixed(color, other, share / 100) for share in range(101)]


def _until(color: str, other: str, enough: Callable[[str], bool]) -> str:
    """Mix a colour with another by as little as is enough."""
    return next(one for one in _steps(color, other) if enough(one))


def _paled(color: str, ground: str) -> str:
    """Return the palest mixture with white that still stands out from a ground."""
    return [one for one in _steps(color, WHITE) if contrast(one, ground) >= MARKS][-1]
