"""The form of one step, with what its row in the table asks for; and a short form that calls one service."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.widgets import AdminAutoHeightTextInput

from partybuilding.core.files.fields import ManyFilesField
from partybuilding.core.files.uploads import MAX_BYTES
from partybuilding.core.machine.offers import needs_words
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.machine.steps.record import RecordFrame
from partybuilding.core.rules import YES, within
from partybuilding.core.states import Step, Text
from partybuilding.core.text.validators import validate_printable, validate_told, validate_words


class PlainForm(RecordFrame, FormView):
    """A form whose answer goes to one service; what it refuses is said in the form."""

    template_name = "partybuilding/core/steps/plain_form.html"
    brief_template = ""
    submit_label: Text = ""
    explanation: Text = ""
    done_label: Text = ""

    def write(self, form: Any) -> Any:
        """Call the service with what was given, and return what it made or changed."""
        raise NotImplementedError

    def done_url(self, written: Any) -> str:
        """Return where to go on."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        """Write, or say why not with everything typed kept."""
        try:
            written = self.write(form)
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.form_invalid(form)
        messages.success(self.request, self.done_label)
        return redirect(self.done_url(written))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words around the form."""
        return super().get_context_data(
            brief_template=self.brief_template,
            submit_label=self.submit_label,
            explanation=self.explanation,
            **kwargs,
        )


LONGEST = 2000


class DayField(forms.DateField):
    """A day between two others, both included; the browser's calendar offers no other, and none passes."""

    def __init__(
        self, *, first: date | None = None, last: date | None = None, **kwargs: Any
    ) -> None:
        limits = {"min": first, "max": last}
        attrs = {name: f"{day:%Y-%m-%d}" for name, day in limits.items() if day}
        widget = forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)
        self.first, self.last = first, last

    def validate(self, value: Any) -> None:
        """Refuse a day outside."""
        super().validate(value)
        answer = within(value, self.first, self.last) if value else YES
        if not answer:
            raise forms.ValidationError(list(answer.reasons))


def words_field(
    label: Any, *, required: bool, rows: int = 4, help_text: Any = ""
) -> forms.CharField:
    """Return a field for some sentences."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST,
        help_text=help_text,
        widget=AdminAutoHeightTextInput(attrs={"rows": rows}),
        validators=[validate_words, validate_printable],
    )


class StepWords(forms.Form):
    """What every form of a step shares: a reason or an opinion in words.

    Args:
        step: the row of the machine's table.
        record: the record, or one of many that share the words.
    """

    #: Askings of a room, besides a reason, that require words.
    requiring: tuple[Any, ...] = ()

    def __init__(self, *args: Any, step: Step, record: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step, self.record = step, record
        self.add_first()
        if "opinion" in step.asks or "reason" in step.asks:
            self.fields["reason"] = words_field(
                _("Opinion") if "opinion" in step.asks else _("reason"),
                required=needs_words(record, step, *self.requiring),
                help_text=_("This reason is made public.") if step.public_reason else "",
            )
            if step.public_reason:
                self.fields["reason"].validators.append(validate_told)

    def add_first(self) -> None:
        """Add the fields of a room that stand above the words."""

    def data_of_step(self) -> dict[str, Any]:
        """Return the further facts of the step, as the trail keeps them."""
        return {}


class StepForm(StepWords):
    """One step of one record, as it was seen when the form was opened."""

    seen = forms.CharField(widget=forms.HiddenInput)
    next = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_last()
        if "files" in self.step.asks:
            self.fields["files"] = ManyFilesField(
                label=_("Files"),
                required=False,
                help_text=_(
                    "PDF, OFD, Office files or pictures, up to %(size)s MB each; staff only."
                )
                % {"size": MAX_BYTES // 1024 // 1024},
            )

    def add_last(self) -> None:
        """Add the fields of a room that stand below the words."""

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """The fields that stand first."""
        apart = {field.name for field in (*self.remark_fields, *self.file_fields)}
        return [field for field in self.visible_fields() if field.name not in apart]

    @property
    def remark_fields(self) -> list[forms.BoundField]:
        """The remarks beside the parts of the material."""
        return [field for field in self.visible_fields() if field.name.startswith("remark_")]

    @property
    def file_fields(self) -> list[forms.BoundField]:
        """The files, which stand last."""
        return [field for field in self.visible_fields() if field.name == "files"]
