"""The counters at their boundaries: the last length that is taken, and the first that is not."""

import pytest

from partybuilding.core.states import Tone
from partybuilding.wechat.limits import BLOCK, WARN, Length, counts_of


def count(name: str, length: int) -> Length:
    """Count one part of this length; the others are short."""
    parts = {"title": "题", "author": "", "digest": "", "html": "文"}
    parts["html" if name == "content" else name] = "字" * length
    return next(one for one in counts_of(**parts) if one.name == name)


@pytest.mark.parametrize(("name", "most"), [("title", 32), ("author", 16), ("digest", 128)])
def test_a_line_is_taken_up_to_its_last_character(name: str, most: int) -> None:
    assert not count(name, most).is_over
    assert count(name, most).words == ""
    over = count(name, most + 1)
    assert over.is_over
    assert over.tone == Tone.NEGATIVE
    assert over.words == "超出1字，请在这里改短。"


@pytest.mark.parametrize(
    ("length", "tone", "over"),
    [
        (WARN - 1, Tone.NEUTRAL, False),
        (WARN, Tone.WAITING, False),
        (BLOCK - 1, Tone.WAITING, False),
        (BLOCK, Tone.NEGATIVE, True),
    ],
)
def test_the_content_warns_at_16000_and_is_held_at_19500(
    length: int, tone: Tone, over: bool
) -> None:
    found = count("content", length)
    assert (found.tone, found.is_over, found.length) == (tone, over, length)
    assert bool(found.words) == (tone != Tone.NEUTRAL)


def test_the_limits_are_those_of_the_platform() -> None:
    assert (WARN, BLOCK) == (16_000, 19_500)
