"""The editor's form of a bulletin: its words, and which good practice it tells."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.core.pages import ColumnPageForm
from partybuilding.supervision.bulletins import rules


class BulletinPageForm(ColumnPageForm):
    """A draft is free; what is handed in has complete figures."""

    practices = forms.MultipleChoiceField(
        label=gettext_lazy("good practice to tell"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("From the visits of the quarter, as they were recorded."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "practices" not in self.fields:
            return
        found = self.instance.figures.get("practices", [])
        self.fields["practices"].choices = [
            (str(row["visit"]), f"{row['organization']}：{row['text']}") for row in found
        ]
        self.initial["practices"] = [str(key) for key in self.instance.chosen]
        if not found:
            self.fields["practices"].help_text = _("No visit of the quarter recorded any.")

    def clean(self) -> dict[str, Any]:
        """Write what was chosen into the page, in the order in which it was recorded."""
        cleaned = super().clean()
        if "practices" in self.fields and "practices" not in self.errors:
            chosen = set(cleaned.get("practices", ()))
            rows = self.instance.figures.get("practices", [])
            self.instance.chosen = [row["visit"] for row in rows if str(row["visit"]) in chosen]
        return cleaned

    def _post_clean(self) -> None:
        """Hold what is handed in to the rules of bulletins too."""
        super()._post_clean()
        if self.is_handed_in:
            for sentence in rules.problems(self.instance):
                self.add_error(None, sentence)
