"""The form of what is missing of a project's result."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.steps import words_field
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.states import ScorePart
from partybuilding.projects.models import Project
from partybuilding.projects.states import ProjectState


class ProjectChoice(forms.ModelChoiceField):
    """A project, with its number."""

    def label_from_instance(self, project: Project) -> str:
        """Name it."""
        return f"{project.code} {project.title}"


class AbsenceForm(forms.Form):
    """Why a project has no points in a part of its result."""

    project = ProjectChoice(label=_("project"), queryset=None, empty_label="—")
    part = forms.ChoiceField(label=_("part of the result"), choices=[("", "—"), *ScorePart.choices])
    reason = words_field(
        _("reason"), required=True, rows=3, help_text=_("It stays with every run of the year.")
    )

    fields: dict[str, Any]

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Project.objects.filter(cycle=cycle, state=ProjectState.RESULTS_SUBMITTED)
        self.fields["project"].queryset = rows.order_by("code")
        self.fields["reason"].validators.append(MaxLengthValidator(300))
