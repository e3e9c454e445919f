"""The record of one activity as it is filled in on a phone: checks, what was seen, findings, pictures."""

from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.calendar import add_working_days
from partybuilding.core.files.uploads import MAX_BYTES
from partybuilding.core.machine.steps import ManyFilesField, words_field
from partybuilding.core.text.validators import OnPaper
from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import Commitment
from partybuilding.projects.preparation.forms import day_input
from partybuilding.projects.promises.cards import lateness_words, state_words
from partybuilding.projects.yearform.asked import forgive_unasked, marked
from partybuilding.projects.yearform.conditions import words_of
from partybuilding.supervision.corrections import CheckNote, FindingNote, VisitNote
from partybuilding.supervision.forms.rectifying import deadline_field
from partybuilding.supervision.models import Activity, Rectification, Visit
from partybuilding.supervision.rules import begins_on
from partybuilding.supervision.services import begin_record
from partybuilding.supervision.states import ActivityKind, Found, RectificationState

#: The most findings of one visit.
MOST_FINDINGS = 8


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


def correction_reason() -> forms.CharField:
    """Return the field for why something is corrected."""
    return words_field(
        _("reason of the correction"),
        required=True,
        rows=3,
        help_text=_("Public with the correction; the old words stay readable beside the new ones."),
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
            self.fields[key] = question.input()
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
        for key, question in self.asked.questions.items():
            told = (str(self.fields[key].help_text), words_of(question, self.asked))
            self.fields[key].help_text = " ".join(filter(None, told))
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


class FindingForm(OnPaper, forms.Form):
    """One finding; a row without words counts as empty."""

    finding = forms.CharField(
        label=_("finding"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what was found.")},
    )
    requirement = forms.CharField(
        label=_("what is asked for"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what is asked for.")},
    )
    commitment = forms.TypedChoiceField(
        label=_("commitment it concerns"), required=False, coerce=int, empty_value=None
    )

    fields: dict[str, Any]

    def __init__(
        self,
        *args: Any,
        commitments: list[tuple[str, Any]],
        proposed: date,
        cycle: Cycle,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commitment"].choices = commitments
        self.fields["rectify_by"] = deadline_field(_("to be rectified by"), cycle, initial=proposed)

    def has_changed(self) -> bool:
        """Tell whether the row says anything in words."""
        return bool({"finding", "requirement"} & set(self.changed_data))

    @property
    def note(self) -> FindingNote:
        """What the row says."""
        given = self.cleaned_data
        return FindingNote(
            given["finding"], given["requirement"], given["rectify_by"], given["commitment"]
        )


class CorrectFindingForm(FindingForm):
    """A finding as it should have read; its deadline only while it can still be met."""

    reason = correction_reason()

    def __init__(self, *args: Any, rectification: Rectification, **kwargs: Any) -> None:
        one = rectification
        names = ("finding", "requirement", "commitment")
        initial = {"finding": one.finding, "requirement": one.requirement}
        super().__init__(
            *args,
            commitments=named_commitments(commitments_of(one.activity)),
            proposed=one.rectify_by,
            cycle=one.project.cycle,
            initial={**initial, "commitment": one.commitment_id},
            **kwargs,
        )
        self.stands = one.rectify_by
        if one.state != RectificationState.ISSUED or one.is_overdue():
            del self.fields["rectify_by"]
        self.order_fields([*names, "rectify_by", "reason"])

    @property
    def note(self) -> FindingNote:
        """What it is to say."""
        given = self.cleaned_data
        day = given.get("rectify_by", self.stands)
        return FindingNote(given["finding"], given["requirement"], day, given["commitment"])


FindingSet = formset_factory(
    FindingForm, extra=MOST_FINDINGS, max_num=MOST_FINDINGS, absolute_max=MOST_FINDINGS
)


def commitments_of(activity: Activity) -> list[Commitment]:
    """Return the commitments of an activity's project with their steps."""
    found = list(activity.project.commitments.prefetch_related("steps"))
    for one in found:
        one.project = activity.project
    return found


def named_commitments(commitments: Iterable[Commitment]) -> list[tuple[str, Any]]:
    """Return the choices of a finding: one of the commitments, or none."""
    named = [(str(one.pk), f"{n}. {one.goal}") for n, one in enumerate(commitments, 1)]
    return [("", _("none in particular")), *named]


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
