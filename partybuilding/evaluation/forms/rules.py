"""The form of the rules of an evaluation: options with their effect beside them, criteria of both sheets."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from partybuilding.core.machine.steps import words_field
from partybuilding.evaluation.models import EvaluationRules, SheetCriterion
from partybuilding.evaluation.states import TieRule
from partybuilding.evaluation.year_rules import (
    METHODS_EXPLAINED,
    METHODS_WARNED,
    OPTIONS_EXPLAINED,
)

#: Empty rows below the criteria that are there.
SPARE = 2
STEPS = (("0.5", _("0.5 points")), ("1.0", _("1 point")))
#: The parts of the form with their fields.
PARTS = (
    (_("Sheets"), ("sheets_needed", "cross_sheets", "spread_fields", "step")),
    (_("Further options of the result"), ("robust", "standardise")),
    (_("Mid-term peer review"), ("peer_reviews",)),
    (_("Periods and money"), ("disagreement", "notice_days", "objection_days", "budget_yuan")),
)
TIES = tuple(f"tie_{place}" for place in range(1, len(TieRule) + 1))


class CriterionForm(forms.ModelForm):
    """One row: a criterion of a sheet."""

    class Meta:
        model = SheetCriterion
        fields = ["name", "points", "description"]
        widgets = {"description": AdminAutoHeightTextInput(attrs={"rows": 1})}


Criteria = forms.formset_factory(CriterionForm, extra=SPARE, can_delete=True, max_num=20)


class EvaluationRulesForm(forms.ModelForm):
    """How a year is judged.

    Args:
        supplements: whether the year's own rules are in use, so that a reason is asked.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    step = forms.ChoiceField(label=_("smallest step of points"), choices=STEPS)

    class Meta:
        model = EvaluationRules
        fields = ["method", *(name for _label, names in PARTS for name in names)]
        widgets = {"method": forms.RadioSelect}

    fields: dict[str, Any]

    def __init__(self, *args: Any, supplements: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = [  # without the empty one
            choice for choice in self.fields["method"].choices if choice[0]
        ]
        self.initial["step"] = f"{float(self.instance.step):.1f}"
        for place, name in enumerate(TIES):
            ties = self.instance.ties
            self.fields[name] = forms.ChoiceField(
                label=_("Decides as number %(place)s") % {"place": place + 1},
                choices=[("", "—"), *TieRule.choices],
                required=False,
                initial=ties[place] if place < len(ties) else "",
            )
        if supplements:
            self.fields["reason"] = words_field(
                _("Reason for supplementing the rules"),
                required=True,
                help_text=_("It is kept in the course of the year. This is done once."),
            )
        self.experts = self._rows("experts", for_peers=False)
        self.peers = self._rows("peers", for_peers=True)

    def _rows(self, prefix: str, *, for_peers: bool) -> Any:
        initial = [
            {"name": one.name, "points": one.points, "description": one.description}
            for one in self.instance.criteria_of(peers=for_peers)
        ]
        return Criteria(self.data if self.is_bound else None, prefix=prefix, initial=initial)

    @property
    def parts(self) -> Iterator[dict[str, Any]]:
        """The parts of the form, each field with what it does."""
        for label, names in PARTS:
            rows = [{"field": self[name], "said": OPTIONS_EXPLAINED[name]} for name in names]
            yield {"label": label, "rows": rows}

    @property
    def methods(self) -> Iterator[dict[str, Any]]:
        """The methods to choose from, each with what it does."""
        for radio in self["method"]:
            value = radio.data["value"]
            warned = value in METHODS_WARNED
            yield {"radio": radio, "said": METHODS_EXPLAINED[value], "is_warned": warned}

    @property
    def ties(self) -> list[forms.BoundField]:
        """The fields of the order between equal results."""
        return [self[name] for name in TIES]

    @property
    def ties_said(self) -> Any:
        """What the order does."""
        return OPTIONS_EXPLAINED["ties"]

    def is_valid(self) -> bool:
        """Look at the rows of both sheets as well."""
        rows = [self.experts.is_valid(), self.peers.is_valid()]
        return super().is_valid() and all(rows)

    def clean(self) -> dict[str, Any]:
        """Read the order between equal results, in its order and without gaps."""
        cleaned = super().clean() or {}
        self.instance.ties = [cleaned[name] for name in TIES if cleaned.get(name)]
        return cleaned

    def criteria(self) -> list[SheetCriterion]:
        """Return the criteria of both sheets as they were entered."""
        return [
            SheetCriterion(
                for_peers=for_peers,
                name=row["name"],
                description=row["description"],
                points=row["points"],
                sort_order=place,
            )
            for for_peers, rows in ((False, self.experts), (True, self.peers))
            for place, row in enumerate(_kept(rows))
        ]


def _kept(rows: Any) -> Iterator[dict[str, Any]]:
    for row in rows.cleaned_data:
        if row and not row.get("DELETE") and row.get("name"):
            yield row
