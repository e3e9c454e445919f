"""One list of words: what is delivered, and how it is read everywhere."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partybuilding.core.states import Text
from partybuilding.core.words.book import Word, Words, book

Pairs = list[tuple[str, str]]


class WordList:
    """A list whose words a district may name, order, retire and, where it may grow, add to.

    Whatever belongs to a programme year is asked with that year (its key) and shows what the word was
    called when the year opened; without a year it is today's.

    Args:
        code: of the list.
        name: what it is called.
        delivered: its words with the codes that the program knows.
        explained: what the words are for, in one sentence.
        reserved: codes that the program does something with: they can be renamed, never retired.
        grows: whether words may be added.
        needs_text: codes whose choice asks for words of one's own.
        seals: the delivered seals of its words; a list without any shows none.
        in_sentences: its words stand inside sentences of the program, always as they are today.
    """

    def __init__(
        self,
        code: str,
        name: Text,
        delivered: type[TextChoices],
        *,
        explained: Text = "",
        reserved: Collection[str] = (),
        grows: bool = False,
        needs_text: Collection[str] = (),
        seals: Mapping[str, str] | None = None,
        in_sentences: bool = False,
    ) -> None:
        self.code, self.name, self.explained = code, name, explained
        self.reserved, self.grows = frozenset(map(str, reserved)), grows
        self.in_sentences = in_sentences
        self.seals = {str(one): seal for one, seal in (seals or {}).items()}
        self.delivered: Words = tuple(
            Word(str(one.value), one.label, needs_text=one in needs_text) for one in delivered
        )
        #: The seals as they were last read, with the words and the language that they were read from.
        self._signs: tuple[Any, dict[str, str]] | None = None

    def __contains__(self, code: object) -> bool:
        return any(word.code == code for word in self.words())

    def __iter__(self) -> Iterator[str]:
        return iter(self.codes())

    def items(self) -> Iterator[tuple[str, str]]:
        """Yield every code with its word, as a dictionary of data asks for them."""
        return ((word.code, str(word.label)) for word in self.words())

    def words(self, year: int | None = None) -> Words:
        """Return all words in their order, retired ones too."""
        return book().words(self.code, year) or self.delivered

    def find(self, code: str, year: int | None = None) -> Word | None:
        """Return the word of a code: the year's own, or today's where the year had none."""
        for words in (self.words(year), self.words() if year else ()):
            for word in words:
                if word.code == code:
                    return word
        return None

    def label(self, code: str, year: int | None = None) -> str:
        """Return what a code is called; a code that no list ever had stays as it is."""
        word = self.find(code, year)
        return str(word.label) if word else code

    def labels(self, codes: Iterable[str], year: int | None = None) -> list[str]:
        """Return what codes are called, in the order in which they are given."""
        return [self.label(code, year) for code in codes]

    def codes(self, year: int | None = None) -> list[str]:
        """Return all codes in their order."""
        return [word.code for word in self.words(year)]

    def place(self, code: str) -> int:
        """Return the place of a code in the order; what the list does not know comes last."""
        codes = self.codes()
        return codes.index(code) if code in codes else len(codes)

    def offered(self, own: str | Collection[str] = (), year: int | None = None) -> Pairs:
        """Return what can be chosen: words that are not retired, and those that a record has already."""
        held = {own} if isinstance(own, str) else set(own)
        words = self.words(year)
        pairs = [
            (one.code, str(one.label)) for one in words if not one.is_retired or one.code in held
        ]
        unknown = held - {word.code for word in words} - {""}
        return [*pairs, *((code, self.label(code)) for code in sorted(unknown))]

    def pairs(self) -> Pairs:
        """Return all words for what narrows a list: retired ones last, and said to be so."""
        words = sorted(self.words(), key=lambda word: word.is_retired)
        return [(word.code, _marked(word)) for word in words]

    def may_choose(self, codes: Iterable[str], year: int | None = None) -> bool:
        """Tell whether all of these can be chosen now: known and not retired."""
        return set(codes) <= {word.code for word in self.words(year) if not word.is_retired}

    def asks_text(self, codes: Iterable[str], year: int | None = None) -> bool:
        """Tell whether one of these words asks for words of one's own."""
        return any((word := self.find(code, year)) and word.needs_text for code in codes)

    def code_of(self, label: str) -> str:
        """Return the code of a label as it is today or was delivered; "" for no word of the list."""
        for words in (self.words(), self.delivered):
            for word in words:
                if str(word.label) == label:
                    return word.code
        return ""

    def former(self) -> dict[str, str]:
        """Return the code of every label that was delivered or stands in a year."""
        of_years = (lists.get(self.code, ()) for lists in book().years.values())
        return {
            str(word.label): word.code for words in (self.delivered, *of_years) for word in words
        }

    def sign(self, code: str) -> str:
        """Return the seal of a code; "" without one."""
        return self.signs().get(code, "")

    def signs(self) -> dict[str, str]:
        """Return the seal of each word: its own, the delivered one, or the first character that is free."""
        depends_on = book().edition, get_language()
        if self._signs is None or self._signs[0] != depends_on:
            self._signs = depends_on, self._signs_now()
        return self._signs[1]

    def _signs_now(self) -> dict[str, str]:
        words = self.words()
        found = {word.code: word.seal or self._delivered_seal(word) for word in words}
        taken = set(found.values())
        for word in words:
            if not found[word.code]:
                label = str(word.label)
                found[word.code] = next((one for one in label if one not in taken), label[:1])
                taken.add(found[word.code])
        return found

    def _delivered_seal(self, word: Word) -> str:
        """Return the seal that was delivered, as long as it says what the word says."""
        seal = self.seals.get(word.code, "")
        is_as_delivered = any(
            one.code == word.code and str(one.label) == str(word.label) for one in self.delivered
        )
        return seal if is_as_delivered or seal in str(word.label) else ""

    def __repr__(self) -> str:
        return f"<WordList {self.code}>"


def _marked(word: Word) -> str:
    return _("%(label)s (retired)") % {"label": word.label} if word.is_retired else str(word.label)
