"""How a question is answered: strictly, then by its reading or sound, then by what is merely related."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import Q, QuerySet
from wagtail.search.backends import get_search_backend
from wagtail.search.query import Or, Phrase, PlainText, SearchQuery

from partybuilding.core.registers.words import perhaps
from search.backends.prepared import Ranked
from search.folding import fold
from search.models import Name, Synonym
from search.pinyin import loosened, reading, spot, spot_alike, typed_letters
from search.related import Related
from search.synonyms import Reading, readings_of, ways_of_asking
from search.terms import QUOTED
from search.tokens import RUN

#: Names that are looked at for one reading, and words taken from them.
LOOKED_AT = 500
TAKEN = 6
#: Strict hits from which nothing more is looked for.
PLENTY = 10
#: The part of the nearest one's rank that is near enough: where nothing answers, and beside answers.
NEAR, NEAR_ANSWERS = 0.75, 0.9
#: The part of the best one's rank that whatever answers must have beside it.
WORTH = 0.7
#: A word of so many characters is meant as it stands: whatever holds it answers.
WORD = 4
#: The part of the weight of a page's title and opening that another must hold to tell of the same; less where
#: it has something of the question, too.
SAME, SAME_AND_NEAR = 0.28, 0.22
#: The part of the best one's rank that is something of the question.
SOMETHING = 0.45
How = Literal["strict", "reading", "sound", "related", "nothing"]


@dataclass(frozen=True)
class Answer:
    """What was found and how.

    Attributes:
        pks: keys of pages, the best first.
        words: what to mark in titles and texts.
        others: other words for parts of the question, to mark where they stand as they are.
        query: what was looked for strictly.
        is_cut: whether more was found than was put in order.
    """

    how: How
    pks: list[int]
    words: list[str]
    query: SearchQuery
    is_cut: bool = False
    others: Sequence[str] = ()

    def words_in(self, text: str) -> list[str]:
        """Return what to mark in a text."""
        folded = fold(text)
        return [*self.words, *(other for other in self.others if other in folded)]


def answer(q: str, pages: QuerySet) -> Answer:
    """Answer a question from the pages that the asker may read."""
    readings = readings_of(q, Synonym.objects.values_list("words", flat=True))
    words = ways_of_asking(q)
    query = asked_for(words, readings[-1])
    others = [said for part in readings[-1] for said in part[1:]]
    how: How = "strict"
    found, is_cut = strictly(query, pages)
    if len(found) >= PLENTY or QUOTED.search(q):
        return Answer("strict" if found else "nothing", found, words, query, is_cut, others)
    if not found:
        heard, sounds = listened(q, pages)
        if sounds:
            words, others, how = sounds, [], heard
            readings = [((word,),) for word in sounds]
            query = Or([Phrase(word) for word in sounds])
            found, is_cut = strictly(query, pages)
    pieces = get_search_backend().related(readings, pages)
    sure = [pk for pk in dict.fromkeys([*found, *pieces.whole]) if _is_worth(pk, pieces, readings)]
    near = pieces.near(NEAR_ANSWERS if sure else NEAR)
    head = [*sure, *near][:1]
    same = [pk for first in head for pk in telling_of_the_same(first, pieces)]
    pks = list(dict.fromkeys([*(sure or head), *same, *near]))
    if not sure:
        how = "related" if pks else "nothing"
    return Answer(how, pks, words, query, is_cut, others)


def asked_for(ways: Sequence[str], divided: Reading) -> SearchQuery:
    """Return what is looked for strictly: a question as it was asked, and a word with its others.

    A question of several parts is put together of pieces instead (`Related.whole`).
    """
    others = divided[0] if len(divided) == 1 else ()
    return Or([PlainText(said) for said in dict.fromkeys([*ways, *others])])


def _is_worth(pk: int, pieces: Related, readings: Sequence[Reading]) -> bool:
    """Tell whether a page answers well enough beside the best one.

    The pairs of a longer question may be scattered over a text; a word is meant as it stands.
    """
    near = pieces.nearness(pk)
    is_word = len(readings[0]) == 1 and len(readings[0][0][0]) <= WORD
    if not near.weight or (is_word and near.typed == 1):
        return True
    return near.rank >= WORTH * pieces.best


def telling_of_the_same(head: int, pieces: Related) -> list[int]:
    """Return the pages that tell of the same as another: a project, its case, its brand, news of it."""
    alike = pieces.like(head)
    something = SOMETHING * pieces.best
    return [
        pk
        for pk in alike.covering(SAME_AND_NEAR)
        if alike.nearness(pk).weight >= SAME or pieces.nearness(pk).rank >= something
    ]


def listened(q: str, pages: QuerySet) -> tuple[How, list[str]]:
    """Return the words in names that read or sound like a question, and which of both it is."""
    words = words_reading(q, pages)
    return ("reading", words) if words else ("sound", words_sounding(q, pages))


def strictly(query: SearchQuery, pages: QuerySet) -> Ranked:
    """Return what a query finds word by word."""
    return get_search_backend().search(query, pages).ranked


def words_reading(q: str, pages: QuerySet) -> list[str]:
    """Return the words in names that read as a question typed in pinyin or initials."""
    letters = typed_letters(q)
    if not letters:
        return []
    names = _names(letters, pages)
    found = [spot(name, letters) for name in names]
    if not any(found):
        found = [spot_alike(name, letters) for name in names]
    return list(dict.fromkeys(filter(None, found)))[:TAKEN]


def words_sounding(q: str, pages: QuerySet) -> list[str]:
    """Return the words in names that sound like a question and share half of its characters.

    A single word is meant: 积份制 is 积分制.
    """
    asked = fold(q).strip()
    if typed_letters(q) or len(RUN.findall(asked)) != 1 or len(asked) < 2:
        return []
    letters = reading(q)
    found = (spot_alike(name, letters) for name in _names(letters, pages))
    return [word for word in dict.fromkeys(filter(None, found)) if _alike(asked, word)][:TAKEN]


def _alike(asked: str, word: str) -> bool:
    """Tell whether two words of one length have at least half of their characters in the same places."""
    same = sum(one == other for one, other in zip(asked, fold(word), strict=False))
    return len(asked) == len(word) and 2 * same >= len(asked)


def _names(letters: str, pages: QuerySet) -> list[str]:
    """Return names that may hold the letters or what sounds like them, the shortest first."""
    said = loosened(letters)
    return _of_readable(said, Q(reading__contains=said) | Q(initials__contains=said), pages)


def _of_readable(typed: str, holding: Q, pages: QuerySet) -> list[str]:
    """Return names of pages that may be read, the shortest first: names are found before pages are asked."""
    names = perhaps(Name.objects.filter(holding), typed).order_by()
    found = list(names.values_list("page_id", "text")[:LOOKED_AT])
    asked = pages.filter(pk__in={pk for pk, _text in found}).order_by()
    readable = set(asked.values_list("pk", flat=True))
    texts = {text for pk, text in found if pk in readable}
    return sorted(texts, key=lambda text: (len(text), text))


def completions(typed: str, pages: QuerySet, limit: int) -> list[str]:
    """Return names that begin with or hold what is being typed, in characters, pinyin or initials."""
    folded = fold(typed).strip()
    letters = typed_letters(typed)
    if letters:
        parts = {name: spot(name, letters) for name in _names(letters, pages)}
    else:
        parts = dict.fromkeys(_of_readable(folded, Q(folded__contains=folded), pages), folded)
    found = [name for name, part in parts.items() if part]
    found.sort(key=lambda name: (not fold(name).startswith(fold(parts[name])), len(name), name))
    return found[:limit]
