"""The forms with which reviewers act: one step, one for many, a later deadline; and a field that names a project."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine import steps
from partybuilding.core.machine.steps import StepWords, words_field
from partybuilding.core.types import AnyUser
from partybuilding.organizations.forms.fields import SEPARATOR, SuggestedInput
from partybuilding.projects.models import Project
from partybuilding.projects.rules import asks_opinion
from partybuilding.projects.states import GROUNDS


class ProjectField(forms.CharField):
    """One project, named by number, by title, or by both as suggested; offers nothing until told."""

    widget = SuggestedInput
    default_error_messages = {
        "unknown": _("There is no project of this number or title; choose one of the suggestions."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.queryset: QuerySet[Project] = Project.objects.none()

    def offer(self, user: AnyUser, states: Iterable[str]) -> None:
        """Offer the projects in these states that a user may see, and no other."""
        self.queryset = Project.objects.visible_to(user).filter(state__in=list(states))
        rows = self.queryset.order_by("-cycle__year", "code").values_list("code", "title")
        self.widget.suggestions = [SEPARATOR.join((code or "", title)) for code, title in rows]

    def prepare_value(self, value: Any) -> Any:
        """Write a project as it is suggested."""
        if isinstance(value, int):
            value = Project.objects.filter(pk=value).first()
        return (
            SEPARATOR.join((value.code or "", value.title)) if isinstance(value, Project) else value
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what was suggested with what was sent."""
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> Project | None:
        """Return the project that is meant."""
        text = super().clean(value).strip()
        if not text:
            return None
        code = text.split(SEPARATOR)[0]
        found = list(self.queryset.filter(Q(code=code) | Q(title=text))[:2])
        if len(found) != 1:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return found[0]


class DecisionForm(StepWords):
    """What every form of a project's step shares: grounds, words, the reason for exceeding the quota."""

    requiring = (asks_opinion,)

    def add_first(self) -> None:
        """Add the grounds."""
        if "grounds" in self.step.asks:
            self.fields["grounds"] = forms.MultipleChoiceField(
                label=_("grounds"),
                choices=GROUNDS.offered(year=self.record.cycle_id),
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Choose at least one ground.")},
            )

    def clean(self) -> dict[str, Any]:
        """Ask for words when the ground is "other"."""
        cleaned = super().clean() or {}
        if GROUNDS.asks_text(cleaned.get("grounds", []), self.record.cycle_id) and not cleaned.get(
            "reason"
        ):
            self.add_error("reason", _("Explain the other ground in words."))
        return cleaned

    def data_of_step(self) -> dict[str, Any]:
        """Return the further facts of the step, as the trail keeps them."""
        given = self.cleaned_data
        facts = {name: given.get(name) for name in ("grounds", "quota_reason", "grade")}
        return {name: value for name, value in facts.items() if value}


class StepForm(DecisionForm, steps.StepForm):
    """One step of one project."""

    def add_last(self) -> None:
        """Add grade, the reason for exceeding the quota, and remarks beside the parts."""
        if "grade" in self.step.asks:
            self._add_grade()
        if "quota" in self.step.asks and self.record.quota_left() < 1:
            self.fields["quota_reason"] = words_field(
                _("reason for exceeding the quota"),
                required=True,
                rows=2,
                help_text=_("The quota of the year is used up; give the reason for exceeding it."),
            )
        if "remarks" in self.step.asks:
            for part in self.record.sheet.parts:
                self.fields[f"remark_{part.code}"] = words_field(part.label, required=False, rows=2)

    def _add_grade(self) -> None:
        grades = self.record.cycle.grades.all()
        left = {grade.code: max(self.record.places_left(grade), 0) for grade in grades}
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
            part.code: text
            for part in self.record.sheet.parts
            if (text := self.cleaned_data.get(f"remark_{part.code}", "").strip())
        }
        return {**super().data_of_step(), **({"remarks": remarks} if remarks else {})}


class BulkForm(DecisionForm):
    """One step of many projects, with shared words."""

    next = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, projects: list[Project], **kwargs: Any) -> None:
        super().__init__(*args, record=projects[0], **kwargs)
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
