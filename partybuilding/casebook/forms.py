"""The forms of the case book: front matter and printing, the board row by row, why an edition is withdrawn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from partybuilding.casebook.models import CaseBook
from partybuilding.casebook.rules import INTERNAL_FIELDS
from partybuilding.core.machine.steps import words_field

#: Empty rows below the board that is there.
SPARE = 3
COMMAS = "，,、；;"
#: The parts of the form with their fields.
PARTS = (
    (_("Title"), "", ("title", "subtitle", "issuer")),
    (
        _("Before and behind the cases"),
        _("A blank line or a line end begins a new paragraph. What is left empty is left out."),
        ("foreword", "notes", "afterword"),
    ),
    (_("Printing"), "", ("size", "paper", "multiple")),
    (
        _("Internal publication"),
        _(
            "Required by the regulation on internal publications, articles 14 and 15. "
            "Without all of these a draft for approval is built."
        ),
        INTERNAL_FIELDS,
    ),
)


class BoardForm(forms.Form):
    """One row of the board: what they are on it, and who."""

    role = forms.CharField(label=_("On the board as"), max_length=20, required=False)
    names = forms.CharField(
        label=_("Names, with blanks or commas between them"), max_length=400, required=False
    )


Board = forms.formset_factory(BoardForm, extra=SPARE, max_num=30)


class BookForm(forms.ModelForm):
    """What stands before and behind the cases, and how the book is printed."""

    class Meta:
        model = CaseBook
        fields = [name for _label, _said, names in PARTS for name in names]
        widgets = {
            **{name: AdminAutoHeightTextInput() for name in ("foreword", "notes", "afterword")},
            "printed_on": AdminDateInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        initial = [
            {"role": row["role"], "names": "　".join(row["names"])} for row in self.instance.board
        ]
        self.board = Board(self.data if self.is_bound else None, prefix="board", initial=initial)

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The parts of the form with their fields."""
        return [
            {"label": label, "said": said, "fields": [self[name] for name in names]}
            for label, said, names in PARTS
        ]

    def is_valid(self) -> bool:
        """Look at the rows of the board as well."""
        rows = self.board.is_valid()
        return super().is_valid() and rows

    def values(self) -> dict[str, Any]:
        """Return what was written, the board as it is kept."""
        rows = [row for row in self.board.cleaned_data if row.get("names")]
        board = [{"role": row["role"], "names": names_in(row["names"])} for row in rows]
        return {**self.cleaned_data, "board": board}


def names_in(text: str) -> list[str]:
    """Return the names of a line: parted by commas, or by blanks that stand in no name of two characters."""
    if any(sign in text for sign in COMMAS):
        for sign in COMMAS:
            text = text.replace(sign, "\n")
        return [name for part in text.split("\n") if (name := "".join(part.split()))]
    names: list[str] = []
    half = False  # 张　明: two single characters are one name
    for part in text.split():
        if half and len(part) == 1:
            names[-1] += part
            half = False
        else:
            names.append(part)
            half = len(part) == 1
    return names


class WithdrawForm(forms.Form):
    """Why an edition is no longer handed out."""

    reason = words_field(_("Reason, which everybody can read"), required=True)
