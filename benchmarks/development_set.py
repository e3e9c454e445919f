"""Sixty written pages and the questions asked of them, and how well an engine answers.

`search/corpus.json` holds the pages, `search/queries.json` the questions with the pages that answer
them: 2 is what was meant, 1 what also helps. The pages stand for any page: a title and a text.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from wagtail.models import Page
from wagtail.search import index

from search.finding import Answer
from search.folding import fold
from search.services import keep_pages

HERE = Path(__file__).parent / "search"
FIRST = 10
#: Keys of the pages in the database, far from every real one.
BASE = 900_000
Strict = Callable[[str], Sequence[int]]


@dataclass
class Written:
    """A page as an index takes it: the row of a page, with a text that the row has no room for."""

    pk: int
    title: str
    body: str
    search_projects: tuple[int, ...] = ()
    _meta: ClassVar[Any] = Page._meta
    first_published_at: ClassVar[None] = None

    @staticmethod
    def get_search_fields() -> list[index.BaseField]:
        """Say what is indexed, as every page type does."""
        return [
            index.SearchField("title", boost=2),
            index.AutocompleteField("title"),
            index.SearchField("body"),
        ]


@dataclass
class Figures:
    """How well questions are answered; every figure lies between 0 and 1.

    Attributes:
        recall: among the first ten of all that is shown, what is said to be merely near included.
        reciprocal_rank: of the first right one among them.
        precision: of what is said to answer.
        answers_recall: among the first ten of what is said to answer.
        shown_precision: of all that is shown.
        literal: of plain words where they stand, strictly.
        unanswered: of the questions without an answer those that are given none, and all of them.
    """

    recall: float
    reciprocal_rank: float
    precision: float
    answers_recall: float
    shown_precision: float
    literal: float
    unanswered: tuple[int, int]
    misses: list[str] = field(default_factory=list)


def corpus() -> list[Written]:
    """Read the pages."""
    rows = json.loads((HERE / "corpus.json").read_text(encoding="utf-8"))
    return [Written(BASE + row["id"], row["title"], row["body"]) for row in rows]


def questions(name: str = "queries") -> list[dict[str, Any]]:
    """Read the questions.

    Args:
        name: `queries`, or `unseen_3`: sixty more, written and labelled before any engine was asked them.
    """
    rows = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return [{**row, "relevant": [BASE + number for number in row["relevant"]]} for row in rows]


def plant(pages: Iterable[Written], root: Page) -> None:
    """Put rows for the pages below a page, past the tree's own bookkeeping."""
    rows = [
        Page(
            pk=page.pk,
            title=page.title,
            slug=f"p{page.pk}",
            url_path=f"{root.url_path}p{page.pk}/",
            path=f"{root.path}{_step(at)}",
            depth=root.depth + 1,
            content_type_id=Page.get_first_root_node().content_type_id,
            locale_id=root.locale_id,
            live=True,
        )
        for at, page in enumerate(pages, start=50_000)
    ]
    Page.objects.bulk_create(rows, batch_size=500)


def _step(number: int) -> str:
    return Page._int2str(number).rjust(Page.steplen, "0")


def fill(backend: Any, pages: Sequence[Written], batch: int = 500) -> None:
    """Put the pages into an engine's index."""
    index_of = backend.get_index_for_model(Page)
    for start in range(0, len(pages), batch):
        index_of.add_items(Page, list(pages[start : start + batch]))


def name(pages: Sequence[Written]) -> None:
    """Let the pages be found by the reading of their titles too."""
    keep_pages((page, page.body) for page in pages)


def measure(
    ask: Callable[[str], Answer],
    strict: Strict,
    asked: Sequence[dict[str, Any]] | None = None,
    pages: Iterable[Written] | None = None,
) -> Figures:
    """Ask every question.

    Args:
        ask: answers a question.
        strict: the keys of the pages that have all its words.
        asked: other questions than those of the development set.
        pages: the pages that they are asked of.
    """
    asked = questions() if asked is None else asked
    written = list(corpus() if pages is None else pages)
    answered = [row for row in asked if row["relevant"]]
    empty = [row for row in asked if not row["relevant"]]
    given = [(ask(row["q"]), row["relevant"]) for row in answered]
    shown = [([*answer.pks, *answer.near], relevant) for answer, relevant in given]
    recalls = [recall(pks[:FIRST], relevant) for pks, relevant in shown]
    return Figures(
        recall=mean(recalls),
        reciprocal_rank=mean(rank(pks, relevant) for pks, relevant in shown),
        precision=mean(precision(answer.pks, relevant) for answer, relevant in given),
        answers_recall=mean(recall(answer.pks[:FIRST], relevant) for answer, relevant in given),
        shown_precision=mean(precision(pks, relevant) for pks, relevant in shown),
        literal=mean(
            literal_recall(row["q"], strict, written) for row in asked if is_literal(row["q"])
        ),
        unanswered=(sum(not ask(row["q"]).pks for row in empty), len(empty)),
        misses=[row["q"] for row, got in zip(answered, recalls, strict=True) if got < 1],
    )


def recall(shown: Sequence[int], relevant: Sequence[int]) -> float:
    """Return how many of the answers stand among the first ones."""
    return len(set(shown) & set(relevant)) / min(len(relevant), FIRST)


def rank(shown: Sequence[int], relevant: Sequence[int]) -> float:
    """Return 1 for an answer in the first place, a half for the second, and so on."""
    return next((1 / place for place, pk in enumerate(shown, 1) if pk in relevant), 0.0)


def precision(shown: Sequence[int], relevant: Sequence[int]) -> float:
    """Return how many of all that is shown are answers."""
    return len(set(shown) & set(relevant)) / len(shown) if shown else 0.0


def is_literal(q: str) -> bool:
    """Tell whether a question is one plain word."""
    return q.isalnum()


def literal_recall(q: str, strict: Strict, pages: Iterable[Written]) -> float:
    """Return how many of the pages that hold the word as it stands are found."""
    word = fold(q)
    holding = {page.pk for page in pages if word in fold(page.title) or word in fold(page.body)}
    return len(holding & set(strict(q))) / len(holding) if holding else 1.0


def mean(values: Iterable[float]) -> float:
    """Return the arithmetic mean."""
    kept = list(values)
    return sum(kept) / len(kept) if kept else 0.0
