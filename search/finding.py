"""How a question is answered: strictly, then by its reading or sound, then by what is merely related."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from django.db.models import Q, QuerySet
from wagtail.search.backends import get_search_backend
from wagtail.search.query import Or, Phrase, PlainText, SearchQuery

from partybuilding.core.registers.words import perhaps
from search.asking import ways_of_asking
from search.backends.prepared import Ranked
from search.folding import fold
from search.models import Name, Subject, Synonym
from search.pinyin import homophones, loosened, reading, spot, spot_alike, typed_letters
from search.related import Postings, Related
from search.terms import QUOTED
from search.tokens import RUN
from search.wanted import Wanted, wanted_of, words_of

#: Names that are looked at for one reading, and words taken from them.
LOOKED_AT = 500
TAKEN = 6
#: Strict hits that all answer, and what is shown where there are fewer.
PLENTY = 10
#: Strict hits from which they stay in the order of the database.
ORDERED = 30
#: The part of the best one's rank that answers, and that is near.
ANSWERS, NEAR = 0.85, 0.4
#: What of the rank of another that tells of the same project a page has that is not near by itself: it is no answer.
BELOW = 0.84
#: What the best one must hold of a question to answer it.
SURE = 0.3
#: The part of the characters of a question that some page must have where none has a pair of them.
ALIKE = 0.5
#: Near pages that are shown, at most.
BESIDE = 5
#: A word of so many characters is meant as it stands: whatever holds it answers.
WORD = 4
#: Characters of a question that nothing has where they stand, at most, for one of them to be a slip, and how many
#: characters must stand together when it is put right.
SLIPS, SPAN = 3, 3
How = Literal["strict", "reading", "sound", "near", "nothing"]


@dataclass(frozen=True)
class Answer:
    """What was found and how.

    Attributes:
        pks: keys of the pages that answer, the best first.
        near: keys of pages that only have similar words, the nearest first.
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
    near: Sequence[int] = ()

    def words_in(self, text: str) -> list[str]:
        """Return what to mark in a text."""
        folded = fold(text)
        return [*self.words, *(other for other in self.others if other in folded)]


def answer(q: str, pages: QuerySet) -> Answer:
    """Answer a question from the pages that the asker may read."""
    wanted = wanted_of(q, Synonym.objects.values_list("words", flat=True))
    words, others = ways_of_asking(q), wanted.said
    query = asked_for(words, wanted)
    how: How = "strict"
    found, is_cut = strictly(query, pages)
    if len(found) >= ORDERED or is_cut or QUOTED.search(q):
        return Answer("strict" if found else "nothing", found, words, query, is_cut, others)
    engine = get_search_backend()
    related = engine.related([wanted], pages)
    if not found:
        heard, sounds = listened(q, related)
        if sounds:
            words, others, how = sounds, [], heard
            related = engine.related([Wanted(word) for word in sounds], pages)
            query = Or([Phrase(word) for word in sounds])
            found, is_cut = strictly(query, pages)
    is_meant = len(found) >= PLENTY or all(one.is_word(WORD) for one in related.wanted)
    meant = set(found) if is_meant else set()
    pks, near = divided(related, meant)
    pks += [pk for pk in found if pk in meant and pk not in pks]
    if not pks:
        how = "near" if near else "nothing"
    return Answer(how, pks, words, query, is_cut, others, near)


def asked_for(ways: Sequence[str], wanted: Wanted) -> SearchQuery:
    """Return what is looked for strictly: a question as it was asked, and a single word with its others."""
    whole = [one.word for one in wanted.exchanges] == wanted.runs
    others = wanted.said if whole and len(wanted.runs) == 1 else ()
    return Or([PlainText(said) for said in dict.fromkeys([*ways, *others])])


def divided(related: Related, meant: Collection[int]) -> tuple[list[int], list[int]]:
    """Return the pages that answer and those that are near, the best first.

    A case, a brand and the news of a project share few words with a question, and many with the project.

    Args:
        meant: pages that answer, however far behind.
    """
    ranks = {pk: one.rank for pk, one in related.near.items()}
    if not ranks:
        return [], []
    first = max(ranks, key=lambda pk: (ranks[pk], pk))
    best = ranks[first]
    is_sure = related.near[first].held >= SURE
    if not any(one.held or one.characters >= ALIKE for one in related.near.values()):
        return [], []
    if len(meant) < PLENTY:
        for pk, rank in of_the_same(ranks, related.queryset).items():
            own = ranks.get(pk, 0)
            ranks[pk] = max(own, rank if own >= NEAR * rank else BELOW * rank)
    order = sorted(ranks, key=lambda pk: (pk == first, ranks[pk], pk), reverse=True)
    answers = [pk for pk in order if pk in meant or (is_sure and ranks[pk] >= ANSWERS * best)]
    left = [pk for pk in order if pk not in answers and ranks[pk] >= NEAR * best]
    return answers, left[: min(BESIDE, max(0, PLENTY - len(answers)))]


def of_the_same(ranks: Mapping[int, float], pages: QuerySet) -> dict[int, float]:
    """Return the pages that tell of the same projects as the nearest ones, with the rank that this gives them.

    What tells of one project has all of the rank of another that tells of it alone, what tells of three a third.
    """
    nearest = sorted(ranks, key=lambda pk: (ranks[pk], pk), reverse=True)[:PLENTY]
    projects = Subject.objects.filter(page__in=nearest).values("project")
    alike = Subject.objects.filter(project__in=projects).values("page")
    told = defaultdict[int, list[int]](list)
    for page, project in Subject.objects.filter(page__in=alike).values_list("page", "project"):
        told[page].append(project)
    known: dict[int, float] = {}
    for page in nearest:
        for project in told.get(page, ()):
            known[project] = max(known.get(project, 0), ranks[page] / len(told[page]))
    given = {
        page: max(known.get(project, 0) for project in those) / len(those)
        for page, those in told.items()
    }
    new = [page for page in given if page not in ranks]
    readable = pages.filter(pk__in=new).order_by().values_list("pk", flat=True) if new else ()
    return {page: given[page] for page in (*readable, *filter(given.get, ranks))}


def listened(q: str, related: Related) -> tuple[How, list[str]]:
    """Return what reads or sounds like a question, and which of both it is."""
    if words := words_reading(q, related.queryset):
        return "reading", words
    return "sound", words_sounding(q, related.queryset) or put_right(related)


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


def put_right(related: Related) -> list[str]:
    """Return a question with what sounds like a character in place of one that nothing has there.

    The other one must stand in a page between the same neighbours: 掌登人 is 掌灯人.
    """
    [wanted] = related.wanted
    slips = wanted.loose(related.counts)
    right = {run: run for run in wanted.runs}
    for run, at in slips if len(slips) <= SLIPS else ():
        if right[run] == run:
            right[run] = _put_right_at(run, at, related.postings, related.queryset)
    said = " ".join(right[run] for run in wanted.runs)
    return [said] if said != " ".join(wanted.runs) else []


def _put_right_at(run: str, at: int, postings: Postings, pages: QuerySet) -> str:
    """Return a run of characters with another one at a place; unchanged where none stands so in a page."""
    if len(run) < SPAN:
        return run
    first = max(0, min(at - SPAN // 2, len(run) - SPAN))
    before, after = run[first:at], run[at + 1 : first + SPAN]
    spans = [f"{before}{one}{after}" for one in homophones(run[at])]
    pairs = {span: words_of(span) for span in spans}
    counts = postings.count(list(dict.fromkeys(chain(*pairs.values()))), 1) if pairs else {}
    whole = (span for span, words in pairs.items() if all(counts.get(word) for word in words))
    found = next((span for span in whole if strictly(Phrase(span), pages)[0]), "")
    return f"{run[:first]}{found}{run[first + SPAN :]}" if found else run


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
