"""What the search page shows: results with their marked words, ways to narrow, and help when there is none."""

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from search.kinds import PageKind
from search.models import Entry, Promotion
from search.selectors import Choice, Results
from search.snippets import marked, snippet

LABELS = {
    "sector": pgettext_lazy("column", "Field"),
    "year": pgettext_lazy("column", "Year"),
}


class NarrowForm(forms.Form):
    """The question with what it can be narrowed to; drawn, never asked to validate."""

    q = forms.CharField(
        label=pgettext_lazy("column", "Words"),
        required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "maxlength": 100, "enterkeyhint": "search"}
        ),
    )

    def __init__(self, results: Results) -> None:
        initial = {name: choice.value for name, choice in results.chosen.items()}
        super().__init__(initial={"q": results.q, **initial}, auto_id="search_%s")
        for name, label in LABELS.items():
            choices = [(c.value, _with_number(c)) for c in results.facets[name]]
            if len(choices) > 1 or name in initial:
                every = [("", pgettext_lazy("search", "All"))]
                self.fields[name] = forms.ChoiceField(
                    label=label, required=False, choices=every + choices
                )


def _with_number(choice: Choice) -> str:
    return _("%(label)s (%(count)s)") % {"label": choice.label, "count": choice.count}


def address(results: Results, **changed: str) -> str:
    """Return the address of the same question with other narrowing, from its first page."""
    said = {"q": results.q} | {name: choice.value for name, choice in results.chosen.items()}
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in (said | changed).items() if value})
    return f"{reverse('search')}?{query.urlencode()}"


def shown(results: Results, request: HttpRequest) -> dict[str, Any]:
    """Return everything that the page of a question shows."""
    form = NarrowForm(results)
    bare = any(choice for choice in results.chosen.values())
    return {
        "bar": {
            "action": reverse("search"),
            "fields": [form["q"]],
            "more": [form[name] for name in form.fields if name != "q"],
            "active": active(results),
            "open": any(name in results.chosen for name in LABELS),
            "kept": _kept(results),
            "clear": address(results, kind="", sector="", year="") if bare else "",
        },
        "kinds": kinds(results),
        "groups": [
            {
                "title": _("%(label)s (%(count)s)") % {"label": kind.label, "count": kind.count},
                "href": address(results, kind=kind.value) if kind.count > len(rows) else "",
                "results": [result(entry, results, request, kind=False) for entry in rows],
            }
            for kind, rows in results.groups
        ],
        "results": []
        if results.groups
        else [result(entry, results, request) for entry in results.page.object_list],
        "promoted": [recommended(row, results, request) for row in results.promoted],
        "instead": [
            {"text": word, "href": f"{reverse('search')}?{_query(word)}"}
            for word in results.answer.instead
        ],
    }


def _query(word: str) -> str:
    query = QueryDict(mutable=True)
    query["q"] = word
    return query.urlencode()


def _kept(results: Results) -> list[dict[str, str]]:
    kind = results.chosen.get("kind")
    return [{"name": "kind", "value": kind.value}] if kind else []


def kinds(results: Results) -> list[dict[str, Any]]:
    """Return the ways to one kind, all kinds first; none when there is nothing to tell apart."""
    offered = [choice for choice in results.facets["kind"] if choice.count or choice.chosen]
    if len(offered) < 2 and "kind" not in results.chosen:
        return []
    total = sum(choice.count for choice in offered)
    every = Choice("", str(pgettext_lazy("search", "All")), total, "kind" not in results.chosen)
    return [
        {
            "text": _with_number(choice),
            "href": address(results, kind=choice.value),
            "current": choice.chosen,
        }
        for choice in (every, *offered)
    ]


def active(results: Results) -> list[dict[str, str]]:
    """Return what the results are narrowed to, each with the address without it."""
    return [
        {"label": str(label), "value": choice.label, "href": address(results, **{name: ""})}
        for name, label in LABELS.items()
        if (choice := results.chosen.get(name))
    ]


def result(
    entry: Entry, results: Results, request: HttpRequest, *, kind: bool = True
) -> dict[str, Any]:
    """Return what one result shows."""
    words = results.answer.words
    return {
        "href": entry.page.get_url(request),
        "title": marked(entry.page.title, words),
        "extract": snippet(entry.text, words),
        "kind": PageKind(entry.kind).label if kind else "",
        "date": entry.date,
        "meta": marked(entry.note, words),
    }


def recommended(promotion: Promotion, results: Results, request: HttpRequest) -> dict[str, Any]:
    """Return what a recommended page shows."""
    return {
        "href": promotion.page.get_url(request),
        "title": marked(promotion.page.title, results.answer.words),
        "extract": promotion.note,
        "kind": _("Recommended"),
    }
