"""The forms of judging: a score sheet as its criteria ask, the places of a peer, reasons and explanations."""

import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.core.sheets import Part
from partybuilding.core.sheets.questions import Question
from partybuilding.core.types import AnyUser
from partybuilding.evaluation.models import ScoreSheet, SheetCriterion
from partybuilding.evaluation.selectors.own import places_of
from partybuilding.evaluation.services import SheetRefused, save_sheet
from partybuilding.evaluation.services.scoring import MOST_REMARKS
from partybuilding.portal.forms.fields import TextKept
from partybuilding.portal.presenters.sheets import plain
from partybuilding.projects.yearform.asked import forgive_unasked, marked

POINTS = "points-"
#: Longer texts than this are no points, in characters.
MOST_TYPED = 40


class SheetForm(TextKept, forms.Form):
    """One sheet: points by criterion as they are typed, a peer's place, remarks; and what was seen."""

    note = forms.CharField(
        label=pgettext_lazy("score sheet", "Remarks"),
        help_text=gettext_lazy("For the Organization Department only."),
        max_length=MOST_REMARKS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    data: MultiValueDict[str, Any]  # as it was posted, or kept from a post

    def __init__(self, sheet: ScoreSheet, data: Any = None) -> None:
        self.sheet, self.criteria = sheet, sheet.criteria
        self.questions = sheet.whole_form.questions
        initial = {
            "note": sheet.note,
            "place": sheet.place or "",
            "seen": sheet.revision,
            "key": secrets.token_hex(16),
            **{POINTS + one.code: sheet.points.get(one.code, "") for one in self.criteria},
            **{key: one.initial(one.value(sheet)) for key, one in self.questions.items()},
        }
        super().__init__(data, initial=initial)
        for one in self.criteria:
            self.fields[POINTS + one.code] = _points_field(one)
        if sheet.is_of_peer:
            self.fields["place"] = place_field(max(places_of(sheet), sheet.place or 0))
        for key, question in self.questions.items():
            self.fields[key] = _answer_field(question)
        first = ["key", "seen", *(POINTS + one.code for one in self.criteria), "place"]
        self.order_fields([*first, *self.questions])

    def clean(self) -> dict[str, Any]:
        """Let what is not asked stand in nobody's way."""
        forgive_unasked(self, self.questions, self.sheet.whole_form, self.sheet)
        return self.cleaned_data

    def asked(self) -> Iterator[Mapping[str, Any]]:
        """Yield the fields of the year's questions, each with whether and when it is asked for."""
        return marked(self, self.questions.values(), self.sheet.whole_form, self.sheet)

    @property
    def part(self) -> Part | None:
        """The part of the year's form that they stand in; None where it asks nothing."""
        return next(iter(self.sheet.whole_form.parts), None)

    @property
    def has_conditions(self) -> bool:
        """Whether anything on the page comes and goes."""
        return any(question.when for question in self.questions.values())

    def rows(self) -> Iterator[Mapping[str, Any]]:
        """Yield each criterion with its field and limit."""
        step = plain(self.sheet.cycle.evaluation.step)
        for one in self.criteria:
            field = self[POINTS + one.code]
            yield {"criterion": one, "field": field, "most": one.points, "step": step}

    def save(self, *, by: AnyUser) -> ScoreSheet | None:
        """Store what was typed; None when it cannot be, with the faults at their fields.

        Raises:
            Frozen, NotYours, Overtaken: as `save_sheet`.
        """
        if not self.is_valid():
            return None
        said = self.cleaned_data
        points = {one.code: said[POINTS + one.code] for one in self.criteria}
        answers = {key: said[key] for key in self.questions if key in said}
        more = {"note": said["note"], "place": said.get("place"), "key": said["key"]}
        try:
            return save_sheet(self.sheet, points, by=by, seen=said["seen"], answers=answers, **more)
        except SheetRefused as refusal:
            for name, words in refusal.faults.items():
                self.add_error(name if name in self.fields else POINTS + name, words)
            return None

    def faults(self) -> dict[str, str]:
        """Return by the name of a field what is wrong with it; of a question with what it is called."""
        told = {name: " ".join(map(str, errors)) for name, errors in self.errors.items()}
        return {
            name: f"{self.questions[name].label}：{words}" if name in self.questions else words
            for name, words in told.items()
        }

    def typed(self) -> list[dict[str, Any]]:
        """Return what was typed, line by line, so that it can be copied where nothing can be stored any more."""
        return [
            {"label": one.label, "value": self._words(name) or "—"}
            for name, one in ((name, self[name]) for name in self.fields)
            if name not in {"key", "seen"}
        ]

    def _words(self, name: str) -> Any:
        """Return what was typed into a field, choices by their words."""
        value, choices = self[name].value(), getattr(self.fields[name], "choices", None)
        if name not in self.questions or choices is None:
            return value
        chosen = value if isinstance(value, list) else [value]
        return "、".join(str(label) for code, label in choices if code and code in chosen)

    def seen_now(self, stored: ScoreSheet) -> "SheetForm":
        """Return the form as it was typed, over what is stored now: who saves again means it."""
        data = self.data.copy()
        data["seen"], data["key"] = str(stored.revision), secrets.token_hex(16)
        return SheetForm(stored, data)


def _answer_field(question: Question) -> forms.Field:
    """Return the input of a question of the year, so small that it stands beside what is looked at."""
    field = question.input()
    field.widget.attrs["data-answer"] = question.key
    if "rows" in field.widget.attrs:
        field.widget.attrs["rows"] = 4
    field.widget.attrs.pop("maxlength", None)
    return field


def _points_field(criterion: SheetCriterion) -> forms.CharField:
    attributes = {
        "inputmode": "decimal",
        "autocomplete": "off",
        "enterkeyhint": "next",
        "data-points": criterion.code,
        "data-most": criterion.points,
    }
    return forms.CharField(
        label=criterion.name,
        max_length=MOST_TYPED,
        required=False,
        widget=forms.TextInput(attrs=attributes),
    )


def place_field(places: int) -> forms.ChoiceField:
    """Return the choice of a place among the projects that an organisation reviews."""
    numbers = [(str(n), _("Place %(place)s") % {"place": n}) for n in range(1, places + 1)]
    return forms.ChoiceField(
        label=pgettext_lazy("score sheet", "Place among the projects reviewed"),
        help_text=gettext_lazy("The best takes place 1; each project takes another place."),
        choices=[("", pgettext_lazy("place", "Not given")), *numbers],
        required=False,
    )


class RecusalForm(TextKept, forms.Form):
    """Why somebody asks not to score a project."""

    reason = forms.CharField(
        label=gettext_lazy("Reason of the recusal"),
        help_text=gettext_lazy(
            "For example: a relative works there. The Organization Department decides."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ExplanationForm(TextKept, forms.Form):
    """What a group's leader says of a project on which its experts lie far apart."""

    words = forms.CharField(
        label=gettext_lazy("Explanation of the group"),
        help_text=gettext_lazy("Where the experts differ and why. No score changes by it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
