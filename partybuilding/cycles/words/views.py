"""The screens of the lists of words: all lists, and one to edit."""

import json
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from partybuilding.core.desk.menu import StaffMenuItem
from partybuilding.core.words.lists import WordList
from partybuilding.cycles.permissions import user_can_edit_cycle, user_can_see_cycles
from partybuilding.cycles.words.selectors import list_named, lists, story_of, uses_of
from partybuilding.cycles.words.services import (
    LONGEST,
    MOST,
    Row,
    renamed_in_use,
    rows_of,
    save_words,
)
from partybuilding.organizations.views.frame import KeeperForm, Screen

MENU = StaffMenuItem(
    gettext_lazy("Lists of words"),
    reverse_lazy("partybuilding:word_lists"),
    name="word-lists",
    icon_name="list-ul",
    order=900,
    may=user_can_see_cycles,
)
#: Rows for new words where there is no script.
SPARE = 2


class ListsView(Screen, TemplateView):
    """All lists, each with its words."""

    template_name = "partybuilding/cycles/words/lists.html"
    page_title = gettext_lazy("Lists of words")
    header_icon = "list-ul"

    def allowed(self) -> bool:
        """Let in who sees the rules of years."""
        return user_can_see_cycles(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the lists."""
        return super().get_context_data(lists=lists(), **kwargs)


class ListForm(forms.Form):
    """A list: a row for each word, and spare ones where words may be added.

    Names in the form carry the place in which a row was shown, so that nothing depends on its code.
    """

    seen = forms.CharField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False, label=gettext_lazy("Rename these words."))

    def __init__(self, *args: Any, words: WordList, before: Sequence[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words, self.before = words, list(before)
        self.initial["seen"] = json.dumps([astuple(row) for row in self.before])
        typed = self.data.get("rows", "") if self.is_bound else ""
        spare = int(typed) - len(self.before) if typed.isdecimal() else SPARE
        blank = max(min(spare, MOST), SPARE) if words.grows else 0
        self.shown = [*self.before, *[Row("", "")] * blank]
        for number, row in enumerate(self.shown):
            self._add(number, row)

    def _add(self, number: int, row: Row) -> None:
        named = {"word": row.label or _("new word")}
        text = forms.TextInput(
            attrs={
                "aria-label": _("Label of “%(word)s”") % named,
                "autocomplete": "off",
                "placeholder": "" if row.code else _("new word"),
            }
        )
        self.fields[f"label_{number}"] = forms.CharField(
            max_length=LONGEST, initial=row.label, required=bool(row.code), widget=text
        )
        if not self.words.in_sentences:
            place = forms.NumberInput(
                attrs={"aria-label": _("Place of “%(word)s”") % named, "min": 1, "max": MOST}
            )
            self.fields[f"order_{number}"] = forms.IntegerField(
                initial=number + 1 if row.code else None, required=False, widget=place
            )
        if self.words.seals:
            seal = forms.TextInput(
                attrs={"aria-label": _("Seal of “%(word)s”") % named, "size": 2, "maxlength": 1}
            )
            self.fields[f"seal_{number}"] = forms.CharField(
                max_length=1, initial=row.seal, required=False, widget=seal
            )
        if row.code and row.code not in self.words.reserved:
            box = forms.CheckboxInput(attrs={"aria-label": _("Retire “%(word)s”") % named})
            self.fields[f"retired_{number}"] = forms.BooleanField(
                initial=row.is_retired, required=False, widget=box
            )

    def seen_rows(self) -> list[Row] | None:
        """Return the list as the form showed it; None when it cannot be read."""
        try:
            return [Row(*row) for row in json.loads(self.cleaned_data["seen"])]
        except (TypeError, ValueError):
            return None

    def rows(self) -> list[Row]:
        """Return what the rows say, in the order that was given; spare rows left empty are none."""
        said = self.cleaned_data
        found = []
        for number, row in enumerate(self.shown):
            label = said.get(f"label_{number}", "")
            if row.code or label:
                written = Row(
                    row.code,
                    label,
                    said.get(f"retired_{number}", False),
                    row.needs_text,
                    said.get(f"seal_{number}", ""),
                )
                found.append((*self._place(number, row), number, written))
        return [row for *_place, row in sorted(found, key=lambda one: one[:3])]

    def _place(self, number: int, row: Row) -> tuple[int, int]:
        """Return what sorts a row: what was moved up stands before the one whose place it took."""
        asked, was = self.cleaned_data.get(f"order_{number}"), number + 1
        if asked is None:
            return (MOST + was, 0)
        if not row.code or asked < was:
            return (asked, -1)
        return (asked, int(asked > was))

    def lines(self) -> list[dict[str, Any]]:
        """Return the rows as they are drawn, with what each word is used by."""
        uses, seals = uses_of(self.words), self.words.signs()
        delivered = {word.code: word.label for word in self.words.delivered}
        return [
            {
                "row": row,
                "is_reserved": row.code in self.words.reserved,
                "uses": uses.get(row.code, ()),
                "delivered": delivered.get(row.code, ""),
                "usual_seal": seals.get(row.code, ""),
                **{
                    name: self[f"{name}_{number}"]
                    for name in ("label", "order", "seal", "retired")
                    if f"{name}_{number}" in self.fields
                },
            }
            for number, row in enumerate(self.shown)
        ]


class ListView(KeeperForm):
    """One list: labels, order, what is retired, what has each word."""

    template_name = "partybuilding/cycles/words/list.html"
    header_icon = "list-ul"
    form_class = ListForm
    done_label = gettext_lazy("The list was saved.")
    submit_label = gettext_lazy("Save the list")

    def find(self) -> None:
        """Find the list."""
        self.words = list_named(self.kwargs["code"])

    def allowed(self) -> bool:
        """Let in who keeps the rules of years."""
        return user_can_edit_cycle(None, self.request.user)

    def get_page_title(self) -> str:
        """Name the list."""
        return str(self.words.name)

    def crumbs(self) -> list[tuple[str, Any]]:
        """Lead back to all lists."""
        return [(reverse("partybuilding:word_lists"), _("Lists of words"))]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the list as it is."""
        return {**super().get_form_kwargs(), "words": self.words, "before": rows_of(self.words)}

    def form_valid(self, form: Any) -> HttpResponse:
        """Ask before a word in use is called otherwise."""
        renamed = renamed_in_use(self.words, form.rows())
        if renamed and not form.cleaned_data["confirmed"]:
            return self.render_to_response(self.get_context_data(form=form, renamed=renamed))
        return super().form_valid(form)

    def write(self, form: Any) -> WordList:
        """Save the list."""
        save_words(self.words, form.rows(), by=self.request.user, seen=form.seen_rows())
        return self.words

    def done_url(self, written: WordList) -> str:
        """Stay with the list."""
        return reverse("partybuilding:word_list", args=[written.code])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the list, its rows and its story."""
        context = super().get_context_data(words=self.words, entries=story_of(self.words), **kwargs)
        return {**context, "lines": context["form"].lines()}
