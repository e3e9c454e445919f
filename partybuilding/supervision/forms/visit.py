"""The record of one activity as it is filled in on a phone: checks, what was seen, findings, pictures."""

from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.calendar import add_working_days
from partybuilding.core.files.uploads import MAX_BYTES
from partybuilding.core.machine.steps import ManyFilesField, words_field
from partybuilding.core.sheets.questions import Question
from partybuilding.core.text.validators import OnPaper
from partybuilding.projects.models import Commitment
from partybuilding.projects.preparation.forms import day_input
from partybuilding.projects.promises.cards import lateness_words, state_words
from partybuilding.projects.yearform.asked import forgive_unasked, marked
from partybuilding.projects.yearform.conditions import words_of
from partybuilding.supervision.corrections import CheckNote, VisitNote
from partybuilding.supervision.forms.rectifying import (
    FindingSet,
    commitments_of,
    correction_reason,
    named_commitments,
)
from partybuilding.supervision.models import Activity, Visit
from partybuilding.supervision.rules import begins_on
from partybuilding.supervision.services import begin_record
from partybuilding.supervision.states import ActivityKind, Found


def pictures_field() -> ManyFilesField:
    """Return the field for pictures, also straight from a phone's camera."""
    return ManyFilesField(
        label=_("Pictures and files"),
        required=False,
        help_text=_(
            "Several at once, up to %(size)s MB each; for the staff only. Place and camera data are removed."
        )
        % {"size": MAX_BYTES // 1024 // 1024},
    )


class VisitForm(OnPaper, forms.Form):
    """When, who, what was seen; of each commitment how it stands. A dispatch has no checks."""

    held_on = forms.DateField(label=pgettext_lazy("supervision", "held on"), widget=day_input())
    participants = forms.CharField(
        label=_("who was there"),
        max_length=300,
        help_text=_("Names and posts; not public."),
        error_messages={"required": _("Say who was there.")},
    )
    summary = words_field(
        _("what was seen"),
        required=True,
        rows=5,
        help_text=_("Public with the record; no telephone numbers, no identity cards."),
    )
    good_practice = words_field(
        _("good practice"),
        required=False,
        rows=3,
        help_text=_("What others can learn from it; public."),
    )

    fields: dict[str, Any]

    def __init__(
        self,
        *args: Any,
        activity: Activity,
        commitments: Iterable[Commitment],
        visit: Visit,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.commitments, self.visit = list(commitments), visit
        self.asked = visit.whole_checklist
        for key, question in self.asked.questions.items():
            self.fields[key] = self._input(question)
            self.initial.setdefault(key, question.initial(question.value(visit)))
        dates = self.fields["held_on"].widget.attrs
        dates["max"] = f"{timezone.localdate():%Y-%m-%d}"
        dates["min"] = f"{begins_on(activity):%Y-%m-%d}"
        self.fields["summary"].max_length = 3000
        if activity.kind == ActivityKind.DISPATCH:
            self.commitments = []
            self.fields["summary"].label = _("What was dispatched")
        for one in self.commitments:
            self.fields[f"found_{one.pk}"] = forms.ChoiceField(
                label=_("How it stands"),
                choices=Found.choices,
                initial=Found.NOT_SEEN,
                widget=forms.RadioSelect,
            )
            self.fields[f"remark_{one.pk}"] = forms.CharField(
                label=_("remark"), required=False, max_length=500
            )
        self.fields["files"] = pictures_field()

    @staticmethod
    def _input(question: Question) -> forms.Field:
        """Return the input of a question of the checklist, as a phone takes it."""
        field = question.input()
        if question.must and not question.when:
            field.required = True
            field.error_messages["required"] = question.required  # type: ignore[assignment]
        if "rows" in field.widget.attrs:
            field.widget.attrs["rows"] = 4
        return field

    def clean_held_on(self) -> date:
        """Refuse a day to come."""
        day: date = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("What is recorded cannot lie in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for what of the checklist is asked, and let the rest stand in nobody's way."""
        forgive_unasked(self, self.asked.questions, self.asked, self.visit)
        typed = copy(self.visit)
        typed.answers = self.asked.merged({}, self.answers)
        for question in typed.checklist.fields:
            for gap in question.missing(typed):
                if question.key not in self.errors:
                    self.add_error(question.key, str(gap))
        return self.cleaned_data

    @property
    def answers(self) -> dict[str, Any]:
        """What is said to the checklist."""
        return {
            key: self.cleaned_data[key] for key in self.asked.questions if key in self.cleaned_data
        }

    @property
    def checklist(self) -> list[dict[str, Any]]:
        """The fields of the checklist, each with whether and when it is asked for."""
        return list(marked(self, self.asked.fields, self.asked, self.visit))

    @property
    def checks(self) -> list[dict[str, Any]]:
        """Each commitment with what was promised, where it stands, and its two fields."""
        today = timezone.localdate()
        return [
            {
                "commitment": one,
                "stands": state_words(one.promise, today),
                "late": lateness_words(one.promise, today),
                "found": self[f"found_{one.pk}"],
                "remark": self[f"remark_{one.pk}"],
            }
            for one in self.commitments
        ]

    def check_notes(self) -> tuple[CheckNote, ...]:
        """Return what was found of each commitment."""
        given = self.cleaned_data
        return tuple(
            CheckNote(one.pk, given[f"found_{one.pk}"], given[f"remark_{one.pk}"])
            for one in self.commitments
        )


class CorrectVisitForm(VisitForm):
    """The record as it should have read, and why it is corrected."""

    reason = correction_reason()

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        checks = {check.commitment_id: check for check in visit.checks.all()}
        initial = {
            name: getattr(visit, name)
            for name in ("held_on", "participants", "summary", "good_practice")
        }
        for key, check in checks.items():
            initial |= {f"found_{key}": check.found, f"remark_{key}": check.remark}
        super().__init__(*args, initial=initial, visit=visit, **kwargs)
        del self.fields["files"]
        for name, question in self.asked.questions.items():
            said = (str(self.fields[name].help_text), words_of(question, self.asked))
            self.fields[name].help_text = " ".join(filter(None, said))
        for number, one in enumerate(self.commitments, start=1):
            self.fields[f"found_{one.pk}"].label = f"{number}. {one.goal}"
        self.order_fields([name for name in self.fields if name != "reason"])

    @property
    def note(self) -> VisitNote:
        """The record as it is to read."""
        given = self.cleaned_data
        return VisitNote(
            held_on=given["held_on"],
            participants=given["participants"],
            summary=given["summary"],
            good_practice=given["good_practice"],
            checks=self.check_notes(),
            answers=self.answers,
        )


class VisitSheet:
    """The form of a visit with the rows of its findings, as one."""

    def __init__(self, activity: Activity, data: Any = None, files: Any = None, **initial: Any):
        commitments = commitments_of(activity)
        named = named_commitments(commitments)
        days = activity.project.cycle.rectification_days
        self.proposed = add_working_days(timezone.localdate(), days)
        self.form = VisitForm(
            data,
            files,
            activity=activity,
            commitments=commitments,
            visit=begin_record(activity),
            initial=initial,
        )
        self.findings = FindingSet(
            data,
            prefix="finding",
            form_kwargs={
                "commitments": named,
                "proposed": self.proposed,
                "cycle": activity.project.cycle,
            },
        )

    def is_valid(self) -> bool:
        """Tell whether everything that was filled in can be read; both are asked, so all is said."""
        return all([self.form.is_valid(), self.findings.is_valid()])

    @property
    def note(self) -> VisitNote:
        """What was written down."""
        given = self.form.cleaned_data
        return VisitNote(
            held_on=given["held_on"],
            participants=given["participants"],
            summary=given["summary"],
            good_practice=given["good_practice"],
            checks=self.form.check_notes(),
            answers=self.form.answers,
            findings=tuple(row.note for row in self.findings if row.has_changed()),
        )
