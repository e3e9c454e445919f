"""The forms of judging: a score sheet as its criteria ask, the places of a peer, reasons and explanations."""

import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.core.types import AnyUser
from partybuilding.evaluation.models import ScoreSheet, SheetCriterion
from partybuilding.evaluation.selectors.own import places_of
from partybuilding.evaluation.services import SheetRefused, save_sheet
from partybuilding.evaluation.services.scoring import MOST_REMARKS
from partybuilding.portal.forms.fields import TextKept
from partybuilding.portal.presenters.sheets import plain

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
        initial = {
            "note": sheet.note,
            "place": sheet.place or "",
            "seen": sheet.revision,
            "key": secrets.token_hex(16),
            **{POINTS + one.code: sheet.points.get(one.code, "") for one in self.criteria},
        }
        super().__init__(data, initial=initial)
        for one in self.criteria:
            self.fields[POINTS + one.code] = _points_field(one)
        if sheet.is_of_peer:
            self.fields["place"] = place_field(max(places_of(sheet), sheet.place or 0))
        self.order_fields(["key", "seen", *(POINTS + one.code for one in self.criteria), "place"])

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
        more = {"note": said["note"], "place": said.get("place"), "key": said["key"]}
        try:
            return save_sheet(self.sheet, points, by=by, seen=said["seen"], **more)
        except SheetRefused as refusal:
            for name, words in refusal.faults.items():
                self.add_error(name if name in self.fields else POINTS + name, words)
            return None

    def faults(self) -> dict[str, str]:
        """Return by the name of a field what is wrong with it."""
        return {name: " ".join(map(str, errors)) for name, errors in self.errors.items()}

    def seen_now(self, stored: ScoreSheet) -> "SheetForm":
        """Return the form as it was typed, over what is stored now: who saves again means it."""
        data = self.data.copy()
        data["seen"], data["key"] = str(stored.revision), secrets.token_hex(16)
        return SheetForm(stored, data)


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
