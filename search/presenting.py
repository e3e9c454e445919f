"""What the search page shows: results with their marked words, ways to narrow, and help when there is none."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.pages.facets import Choice, with_number
from partybuilding.core.text.phrases import phrases
from partybuilding.opinions.replies import answered_by
from partybuilding.opinions.replies import title_of as title_of_reply
from search.asking import matter_of
from search.folding import fold
from search.kinds import PageKind
from search.models import Entry, Promotion
from search.selectors import Results
from search.signposts import signposts
from search.snippets import marked, snippet


def shown(results: Results, request: HttpRequest) -> dict[str, Any]:
    """Return everything that the page of a question shows."""
    kept = [{"name": "kind", "value": kind} for kind in results.chosen("kind")]
    if results.sort != next(iter(results.sorts)):
        kept.append({"name": "sort", "value": results.sort})
    return {
        "bar": {
            "action": results.path,
            "fields": results.fields,
            "more": results.more,
            "active": results.active,
            "open": bool(results.active),
            "kept": kept,
            # Where the question stands in the head of the page already.
            "kept_with_question": [{"name": "q", "value": results.q}, *kept],
            "clear": "" if results.is_bare else results.address(kind="", sector="", year=""),
        },
        "kinds": kinds(results),
        "orders": orders(results),
        "groups": [
            {
                "title": with_number(kind.label, kind.count),
                "href": results.address(kind=kind.value) if kind.count > len(rows) else "",
                "results": [result(entry, results, request, kind=False) for entry in rows],
            }
            for kind, rows in results.groups
        ],
        "results": []
        if results.groups
        else [result(entry, results, request) for entry in results.page.object_list],
        "replies": replies(results),
        "near": [result(entry, results, request, near=True) for entry in results.near],
        "promoted": [recommended(row, results, request) for row in results.promoted],
        "signposts": signposts(results.q, request) if results.page.number == 1 else [],
    }


def kinds(results: Results) -> list[dict[str, Any]]:
    """Return the ways to one kind, all kinds first, answers to opinions last; none with nothing to tell apart."""
    offered = [choice for choice in results.choices["kind"] if choice.count or choice.chosen]
    answers = len(results.replied)
    if len(offered) + bool(answers) < 2 and not results.chosen("kind"):
        return []
    total = sum(choice.count for choice in offered) + answers
    every = Choice("", str(pgettext_lazy("search", "All")), total, not results.chosen("kind"))
    ways = [
        {
            "text": with_number(choice.label, choice.count),
            "href": results.address(kind=choice.value),
            "current": choice.chosen,
        }
        for choice in (every, *offered)
    ]
    if answers:
        words = with_number(_("Answers to opinions"), answers)
        ways.append({"text": words, "href": _all_answers(results), "current": False})
    return ways


def orders(results: Results) -> list[dict[str, Any]]:
    """Return the ways to each order; none where there is nothing to put in order."""
    if results.count < 2:
        return []
    usual = next(iter(results.sorts))
    return [
        {
            "text": words,
            "href": results.address(sort="" if sort == usual else sort),
            "current": sort == results.sort,
        }
        for sort, words in results.sorts.items()
    ]


def _all_answers(results: Results) -> str:
    return f"{reverse('opinion_replies')}?{urlencode({'q': results.q})}"


def result(
    entry: Entry, results: Results, request: HttpRequest, *, kind: bool = True, near: bool = False
) -> dict[str, Any]:
    """Return what one result shows.

    Args:
        near: it answers only in part: where nothing of the question would be marked, its characters are.
    """

    def drawn(draw: Callable[[str, Sequence[str]], SafeString], text: str) -> SafeString:
        told = draw(text, results.answer.words_in(text))
        return draw(text, letters_in(results.q)) if near and "<mark>" not in told else told

    return {
        "href": entry.page.get_url(request),
        "title": drawn(title_of, entry.page.title),
        "extract": drawn(snippet, entry.text),
        "kind": PageKind(entry.kind).label if kind else "",
        "date": entry.date,
        "meta": marked(entry.note, results.answer.words_in(entry.note)),
    }


def letters_in(q: str) -> list[str]:
    """Return the characters of what a question is about, each once."""
    return [letter for letter in dict.fromkeys(fold(matter_of(q))) if letter.isalnum()]


def replies(results: Results) -> dict[str, Any] | None:
    """Return the published answers to opinions: the best of them, and the way to all."""
    if not results.replies:
        return None
    words, number = results.answer.words, len(results.replied)
    return {
        "title": with_number(_("Answers to opinions"), number),
        "href": _all_answers(results) if number > len(results.replies) else "",
        "results": [
            {
                "href": reverse("opinion_reply", args=[one.pk]),
                "title": marked(title_of_reply(one), words),
                "extract": snippet(one.answer, words),
                "date": one.closed_on,
                "meta": answered_by(one),
            }
            for one in results.replies
        ],
    }


def title_of(title: str, words: Sequence[str]) -> SafeString:
    """Return a title with its words marked, which breaks at its stops only."""
    pieces = ((marked(piece, words), kept) for piece, kept in phrases(title))
    drawn = (f'<span class="ph">{piece}</span>' if kept else piece for piece, kept in pieces)
    # safe: `marked` escapes
    return mark_safe("".join(drawn))  # noqa: S308


def recommended(promotion: Promotion, results: Results, request: HttpRequest) -> dict[str, Any]:
    """Return what a recommended page shows."""
    return {
        "href": promotion.page.get_url(request),
        "title": title_of(promotion.page.title, results.answer.words),
        "extract": promotion.note,
        "kind": _("Recommended"),
    }
