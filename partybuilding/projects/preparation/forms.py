"""The forms that prepare a decision: pre-assessment, initial rating, expert groups."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.files.uploads import MAX_BYTES
from partybuilding.core.machine.steps import ManyFilesField, words_field
from partybuilding.core.text.validators import OnPaper
from partybuilding.cycles.models import Criterion
from partybuilding.organizations.models import ExpertGroup
from partybuilding.projects.models import ExpertAssignment
from partybuilding.projects.preparation.selectors import RatingSheet
from partybuilding.projects.states import METHODS


def day_input(**attrs: Any) -> forms.DateInput:
    """Return the browser's own chooser of a day."""
    return forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")


class AssessmentForm(OnPaper, forms.Form):
    """One pre-assessment: how, when, who took part, what was found, files."""

    method = forms.ChoiceField(
        label=_("method"),
        choices=METHODS.offered,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it was pre-assessed.")},
    )
    held_on = forms.DateField(label=_("held on"), widget=day_input())
    participants = forms.CharField(
        label=_("who took part"),
        max_length=200,
        help_text=_("Names or offices, e.g. of the department, the task force and the unit."),
    )
    findings = words_field(_("findings"), required=True, rows=6)
    files = ManyFilesField(  # type: ignore[assignment]
        label=_("Files"),
        required=False,
        help_text=_("PDF, OFD, Office files or pictures, up to %(size)s MB each; staff only.")
        % {"size": MAX_BYTES // 1024 // 1024},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].widget.attrs["max"] = f"{timezone.localdate():%Y-%m-%d}"

    def clean_held_on(self) -> date:
        """Refuse a day to come."""
        day: date = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("A pre-assessment cannot lie in the future."))
        return day


class RatingForm(forms.Form):
    """The initial rating: points for each criterion of the year."""

    def __init__(self, *args: Any, sheet: RatingSheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        for criterion, points in sheet.rows:
            self.fields[f"points_{criterion.pk}"] = _points_field(criterion, points)

    @property
    def rows(self) -> list[tuple[Criterion, forms.BoundField]]:
        """Each criterion with its field."""
        return [(one, self[f"points_{one.pk}"]) for one, _points in self.sheet.rows]

    @property
    def points(self) -> dict[int, Decimal]:
        """The points given, by criterion."""
        return {one.pk: self.cleaned_data[f"points_{one.pk}"] for one, _points in self.sheet.rows}

    @property
    def total(self) -> Decimal:
        """The sum of what stands in the fields now, in points; what is no number counts nothing."""
        return sum((_number(field) for _criterion, field in self.rows), Decimal(0))


def _points_field(criterion: Criterion, points: Decimal | None) -> forms.DecimalField:
    return forms.DecimalField(
        label=criterion.name,
        initial=int(points) if points is not None and points == int(points) else points,
        min_value=0,
        max_value=criterion.points,
        max_digits=5,
        decimal_places=1,
        widget=forms.NumberInput(
            attrs={"step": "0.1", "inputmode": "decimal", "data-points": "", "autocomplete": "off"}
        ),
        error_messages={"required": _("Give points for this criterion.")},
    )


def _number(field: forms.BoundField) -> Decimal:
    try:
        value = field.field.clean(field.value())
    except forms.ValidationError:
        return Decimal(0)
    return Decimal(value or 0)


class ExpertsForm(forms.Form):
    """Which expert groups see a project, each until a day when one is given."""

    def __init__(
        self,
        *args: Any,
        groups: Iterable[ExpertGroup],
        running: dict[int, ExpertAssignment],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.groups = list(groups)
        for group in self.groups:
            assignment = running.get(group.pk)
            self.fields[f"group_{group.pk}"] = forms.BooleanField(
                label=group.name, required=False, initial=assignment is not None
            )
            self.fields[f"until_{group.pk}"] = forms.DateField(
                label=_("until"),
                required=False,
                initial=assignment.until if assignment else None,
                widget=day_input(),
            )

    @property
    def rows(self) -> list[tuple[ExpertGroup, forms.BoundField, forms.BoundField]]:
        """Each group with its two fields."""
        return [
            (group, self[f"group_{group.pk}"], self[f"until_{group.pk}"]) for group in self.groups
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse an end that is past."""
        cleaned = super().clean() or {}
        for group in self.groups:
            until = cleaned.get(f"until_{group.pk}")
            if cleaned.get(f"group_{group.pk}") and until and until < timezone.localdate():
                self.add_error(f"until_{group.pk}", _("The assignment cannot end before today."))
        return cleaned

    @property
    def chosen(self) -> list[tuple[ExpertGroup, date | None]]:
        """The ticked groups with the end of each."""
        given = self.cleaned_data
        return [
            (group, given[f"until_{group.pk}"])
            for group in self.groups
            if given[f"group_{group.pk}"]
        ]

    @property
    def dropped(self) -> list[ExpertGroup]:
        """The groups that are not ticked."""
        ticked = {group.pk for group, _until in self.chosen}
        return [group for group in self.groups if group.pk not in ticked]


class AssignManyForm(forms.Form):
    """Expert groups for many projects at once, with one end for all."""

    groups = forms.ModelMultipleChoiceField(
        label=_("expert groups"),
        queryset=ExpertGroup.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one expert group.")},
    )
    until = forms.DateField(
        label=_("until"),
        required=False,
        widget=day_input(),
        help_text=_("Without a day the assignment holds until it is ended."),
    )

    def clean_until(self) -> date | None:
        """Refuse an end that is past."""
        until: date | None = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise forms.ValidationError(_("The assignment cannot end before today."))
        return until
