"""The forms with which reviewers act: one step, one step for many, a later deadline."""

from collections import Counter
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from partybuilding.core.offers import needs_words
from partybuilding.core.states import Step
from partybuilding.core.uploads import MAX_BYTES
from partybuilding.projects.models import Project
from partybuilding.projects.rules import asks_opinion
from partybuilding.projects.states import Ground, Section

LONGEST = 2000
MOST_FILES = 10
#: How the names of fields begin that stand below the words.
_LATER = ("remark_", "files")


class ManyFilesInput(forms.ClearableFileInput):
    """A chooser for several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, each checked by content when it is stored."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files as a list."""
        files = [super(ManyFilesField, self).clean(file, initial) for file in data or [] if file]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("At most %(most)s files at once."), params={"most": MOST_FILES}
            )
        return files


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
        error_messages={"required": _("Please write something here.")},
    )


class DecisionForm(forms.Form):
    """What every form of a step shares: grounds, words, and the reason for exceeding the quota."""

    def __init__(self, *args: Any, step: Step, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step, self.project = step, project
        if "grounds" in step.asks:
            self.fields["grounds"] = forms.MultipleChoiceField(
                label=_("grounds"),
                choices=Ground.choices,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Choose at least one ground.")},
            )
        if "opinion" in step.asks or "reason" in step.asks:
            self._add_words()

    def _add_words(self) -> None:
        opinion = "opinion" in self.step.asks
        self.fields["reason"] = words_field(
            _("Opinion") if opinion else _("reason"),
            required=needs_words(self.project, self.step, asks_opinion),
            help_text=_("This reason is made public.") if self.step.public_reason else "",
        )

    def clean(self) -> dict[str, Any]:
        """Ask for words when the ground is "other"."""
        cleaned = super().clean() or {}
        if Ground.OTHER in cleaned.get("grounds", []) and not cleaned.get("reason"):
            self.add_error("reason", _("Explain the other ground in words."))
        return cleaned

    def data_of_step(self) -> dict[str, Any]:
        """Return the further facts of the step, as the trail keeps them."""
        given = self.cleaned_data
        facts = {name: given.get(name) for name in ("grounds", "quota_reason", "grade")}
        return {name: value for name, value in facts.items() if value}


class StepForm(DecisionForm):
    """One step of one project."""

    seen = forms.CharField(widget=forms.HiddenInput)
    next = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "grade" in self.step.asks:
            self._add_grade()
        if "quota" in self.step.asks and self.project.quota_left() < 1:
            self.fields["quota_reason"] = words_field(
                _("reason for exceeding the quota"),
                required=True,
                rows=2,
                help_text=_("The quota of the year is used up; give the reason for exceeding it."),
            )
        if "remarks" in self.step.asks:
            for section in Section:
                self.fields[f"remark_{section.value}"] = words_field(
                    section.label, required=False, rows=2
                )
        if "files" in self.step.asks:
            self.fields["files"] = ManyFilesField(
                label=_("Files"),
                required=False,
                help_text=_("PDF, Word, Excel or pictures, up to %(size)s MB each; staff only.")
                % {"size": MAX_BYTES // 1024 // 1024},
            )

    def _add_grade(self) -> None:
        grades = self.project.cycle.grades.all()
        left = {grade.code: max(self.project.places_left(grade), 0) for grade in grades}
        self.fields["grade"] = forms.ChoiceField(
            label=_("grade"),
            choices=[
                (
                    grade.code,
                    _("%(grade)s (%(left)s left)") % {"grade": grade, "left": left[grade.code]},
                )
                for grade in grades
            ],
            widget=forms.RadioSelect,
        )
        self.order_fields(["grade"])

    def data_of_step(self) -> dict[str, Any]:
        """Add the remarks beside the parts of the application."""
        remarks = {
            section.value: text
            for section in Section
            if (text := self.cleaned_data.get(f"remark_{section.value}", "").strip())
        }
        return {**super().data_of_step(), **({"remarks": remarks} if remarks else {})}

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """The fields that stand first."""
        return [field for field in self.visible_fields() if not field.name.startswith(_LATER)]

    @property
    def remark_fields(self) -> list[forms.BoundField]:
        """The remarks beside the parts of the application."""
        return [field for field in self.visible_fields() if field.name.startswith("remark_")]

    @property
    def file_fields(self) -> list[forms.BoundField]:
        """The files, which stand last."""
        return [field for field in self.visible_fields() if field.name == "files"]


class BulkForm(DecisionForm):
    """One step of many projects, with shared words."""

    next = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, projects: list[Project], **kwargs: Any) -> None:
        super().__init__(*args, project=projects[0], **kwargs)
        if "quota" in self.step.asks and not self._fits(projects):
            self.fields["quota_reason"] = words_field(
                _("reason for exceeding the quota"),
                required=True,
                rows=2,
                help_text=_("Not all of them fit into the quota of the year; give the reason."),
            )

    @staticmethod
    def _fits(projects: list[Project]) -> bool:
        wanted = Counter(project.cycle_id for project in projects)
        years = {project.cycle_id: project for project in projects}
        return all(years[year].quota_left() >= count for year, count in wanted.items())


class ExtendForm(forms.Form):
    """A later deadline for a returned application."""

    until = forms.DateField(
        label=_("New deadline"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = words_field(_("reason"), required=True, rows=3)

    def clean_until(self) -> Any:
        """Ask for a day to come."""
        until = self.cleaned_data["until"]
        if until <= timezone.localdate():
            raise forms.ValidationError(_("Give a day to come for a returned application."))
        return until
