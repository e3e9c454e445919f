"""The forms of an implementing project: report a step, answer a question, propose a change."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import formset_factory
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.core.files.fields import ManyFilesField
from partybuilding.core.files.uploads import IMAGES
from partybuilding.core.text.validators import validate_told, validate_words
from partybuilding.portal.forms.fields import DayInput, OrderedRows, RowForm, TextKept
from partybuilding.progress.services import Evidence
from partybuilding.progress.services.evidence import MOST_FIGURES, MOST_FILES, MOST_PICTURES
from partybuilding.projects.states import ChangedPart

NUMBER = re.compile(r"\d{1,9}(\.\d{1,2})?")
FIGURES = "figures"


class FigureForm(RowForm, forms.Form):
    """One figure: what was counted, how many, of what."""

    name = forms.CharField(label=pgettext_lazy("figure", "What was counted"), max_length=40)
    value = forms.CharField(
        label=pgettext_lazy("figure", "Number"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    unit = forms.CharField(label=pgettext_lazy("figure", "Unit"), max_length=10)

    def clean_value(self) -> str:
        """Take a plain number, also one with full-width digits or commas."""
        value = unicodedata.normalize("NFKC", self.cleaned_data["value"]).replace(",", "")
        if not NUMBER.fullmatch(value):
            raise forms.ValidationError(_("Write a number, such as 12 or 3.5."))
        return value


FigureRows: Any = formset_factory(
    FigureForm,
    formset=OrderedRows,
    extra=1,
    can_delete=True,
    max_num=MOST_FIGURES,
    validate_max=True,
)


class EvidenceForm(TextKept, forms.Form):
    """Words, pictures and files; figures stand beside it as rows."""

    words = forms.CharField(
        label=pgettext_lazy("portal", "What was done, with what result"),
        max_length=2000,
        help_text=gettext_lazy(
            "Residents read this at once. No telephone or identity numbers; names with post only."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Say what was done.")},
        validators=[validate_told],
    )
    pictures = ManyFilesField(
        label=pgettext_lazy("portal", "Pictures"),
        required=False,
        help_text=gettext_lazy(
            "As the phone took them, at most 9; residents see them. Place and camera data are removed."
        ),
        kinds=IMAGES,
        most=MOST_PICTURES,
    )
    shows = forms.CharField(
        label=gettext_lazy("What the pictures show"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("One sentence, for readers who cannot see them."),
    )
    files = ManyFilesField(  # type: ignore[assignment]
        label=pgettext_lazy("portal", "Files for the staff"),
        required=False,
        help_text=gettext_lazy(
            "Sign-in sheets and the like, at most 5; residents do not see them."
        ),
        most=MOST_FILES,
    )


class AnswerForm(EvidenceForm):
    """The answer to a question, with more evidence where there is any."""

    answer = forms.CharField(
        label=pgettext_lazy("portal", "Your explanation"),
        max_length=1000,
        help_text=gettext_lazy("For those who asked; residents do not read it."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Explain what the report rests on.")},
        validators=[validate_words],
    )
    field_order = ["answer", "words", "pictures", "shows", "files"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.fields["words"]
        words.label = _("Added evidence in words")
        words.help_text = _(
            "Public once the report is accepted; leave it empty when there is none."
        )
        words.required = False
        words.widget.attrs["rows"] = 3


class EvidencePart:
    """A form of evidence with the rows of its figures.

    Args:
        data, files: what was sent; None for an untouched form.
        said: text kept earlier, shown without a complaint.
    """

    def __init__(
        self,
        form: type[EvidenceForm] = EvidenceForm,
        data: Any = None,
        files: Any = None,
        said: Mapping[str, list[str]] | None = None,
    ) -> None:
        kept = QueryDict(mutable=True)
        for name, values in (said or {}).items():
            kept.setlist(name, values)
        initial = {name: kept.get(name) for name in form.base_fields if kept.get(name)}
        self.form = form(data, files, initial=initial)
        if data is not None:
            self.formset = FigureRows(data, prefix=FIGURES)
        else:
            self.formset = FigureRows(initial=list(_rows(kept)), prefix=FIGURES)

    def is_valid(self) -> bool:
        """Tell whether it can be sent; asks both, so that every error shows."""
        answers = [self.form.is_valid(), self.formset.is_valid()]
        return all(answers)

    def evidence(self) -> Evidence:
        """Return what was given, as the services take it."""
        given = self.form.cleaned_data
        figures = tuple((row["name"], row["value"], row["unit"]) for row in self.formset.rows())
        pictures = tuple(
            (file, _alt(given["shows"], at, len(given["pictures"])))
            for at, file in enumerate(given["pictures"], start=1)
        )
        return Evidence(given["words"], figures, pictures, tuple(given["files"]))


def _rows(kept: QueryDict) -> Iterator[dict[str, str]]:
    for at in range(min(int(kept.get(f"{FIGURES}-TOTAL_FORMS") or 0), MOST_FIGURES)):
        row = {name: kept.get(f"{FIGURES}-{at}-{name}", "") for name in FigureForm.base_fields}
        if any(row.values()) and not kept.get(f"{FIGURES}-{at}-DELETE"):
            yield row


def _alt(words: str, at: int, number: int) -> str:
    if not words.strip():
        return ""
    return words if number == 1 else _("%(words)s (%(at)s)") % {"words": words, "at": at}


class ChangeForm(TextKept, forms.Form):
    """What one part of a commitment or step is to read from now on, and why."""

    text = forms.CharField(max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    post = forms.CharField(label=gettext_lazy("Post held"), max_length=100)
    day = forms.DateField(label=pgettext_lazy("commitment", "New deadline"), widget=DayInput)
    reason = forms.CharField(
        label=pgettext_lazy("portal", "Public reason"),
        max_length=1000,
        help_text=gettext_lazy(
            "Published with the change for ever. Say what happened and why it cannot be otherwise."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Give the reason; it is public.")},
        validators=[validate_told],
    )
    fields: dict[str, Any]
    LABELS = {
        ChangedPart.GOAL: gettext_lazy("New goal and task"),
        ChangedPart.TITLE: gettext_lazy("New words of the step"),
        ChangedPart.PERSON: gettext_lazy("New responsible person"),
    }

    def __init__(self, *args: Any, part: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if part == ChangedPart.DEADLINE:
            del self.fields["text"], self.fields["post"]
            return
        del self.fields["day"]
        self.fields["text"].label = self.LABELS[ChangedPart(part)]
        if part == ChangedPart.PERSON:
            self.fields["text"] = forms.CharField(
                label=self.LABELS[ChangedPart.PERSON], max_length=40
            )
        else:
            del self.fields["post"]
        if part == ChangedPart.TITLE:
            self.fields["text"].max_length = 200
            self.fields["text"].validators = [MaxLengthValidator(200)]
