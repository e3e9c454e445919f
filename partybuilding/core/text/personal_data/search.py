"""Where in a text the numbers of persons stand, whatever separates their digits.

A number begins and ends with a group of digits: digits inside a longer row are part of something else.
What has no check digit, or a weak one, must also be grouped as people group it, or be called by its
name. Every step is linear in the length of the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from partybuilding.core.text.personal_data.kinds import Kind, masked
from partybuilding.core.text.personal_data.recognition import Number, number_in
from partybuilding.core.text.personal_data.rows import FEWEST, Folded, candidates, fold, rows


@dataclass(frozen=True)
class Span:
    """A number of a person in a text: from where to where, what it is, and how it is shown masked."""

    start: int
    end: int
    kind: Kind
    masked: str


def spans(text: str) -> list[Span]:
    """Return the numbers of persons in a text, in reading order."""
    folded = fold(text)
    found = list(_numbers(folded, folded.text))
    if folded.loose != folded.text:
        taken = {place for number in found for place in range(number.start, number.end)}
        loose = _numbers(folded, folded.loose)
        found += [each for each in loose if taken.isdisjoint(range(each.start, each.end))]
    return sorted((_span(folded, each) for each in found), key=lambda span: span.start)


def _span(folded: Folded, number: Number) -> Span:
    return Span(
        folded.places[number.start],
        folded.places[number.end],
        number.kind,
        masked(number.kind, number.digits),
    )


def _numbers(folded: Folded, read: str) -> Iterator[Number]:
    for groups in rows(read):
        if sum(end - start for start, end in groups) >= FEWEST:
            yield from _numbers_in_row(folded, read, groups)


def _numbers_in_row(folded: Folded, read: str, groups: list[tuple[int, int]]) -> Iterator[Number]:
    free = 0
    for first, (start, _) in enumerate(groups):
        if start < free:
            continue
        readings = map(number_in, candidates(read, folded.text, groups, first))
        found = min(filter(None, readings), key=_weakness, default=[])
        yield from found
        free = found[-1].end if found else free


def _weakness(numbers: list[Number]) -> bool:
    """Put an identity card, whose number checks itself, before whatever else begins in the same place."""
    return numbers[0].kind != Kind.ID_CARD
