"""The forms of a programme year: its rules with their lists, a later end of the window, a step."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets import AdminAutoHeightTextInput

from partybuilding.cycles.models import Cycle
from partybuilding.cycles.rules import faults_of_dates
from partybuilding.cycles.services import DATES
from partybuilding.organizations.forms.fields import day_field

LONGEST = 2000


class RulesForm(WagtailAdminModelForm):
    """The rules of a year; dates that do not follow each other are named beside their fields."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].error_messages["unique"] = _("This year is there already.")

    def clean(self) -> dict[str, Any]:
        """Hold the dates against each other once all of them are there."""
        cleaned = super().clean() or {}
        dates = {name: cleaned.get(name) for name in DATES}
        if all(dates.values()):
            for name, sentence in faults_of_dates(SimpleNamespace(**dates)):
                self.add_error(name, sentence)
        return cleaned


class Rows(BaseChildFormSet):
    """The rows of one list of a year."""

    def validate_unique(self) -> None:
        """Leave it to the service, which names what stands twice; codes are given there, too."""


class RowsPanel(InlinePanel):
    """One list of a year, edited row by row."""

    def get_form_options(self) -> dict[str, Any]:
        """Take our formset."""
        options = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = Rows
        return options


def day(name: str) -> FieldPanel:
    """Return a date with the browser's own calendar."""
    return FieldPanel(name, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def numbers(*names: str) -> FieldRowPanel:
    """Return fields that stand side by side."""
    return FieldRowPanel([FieldPanel(name) for name in names])


RULES = ObjectList(
    [
        MultiFieldPanel([numbers("year", "name"), FieldPanel("approval_quota")], _("Year")),
        MultiFieldPanel(
            [
                FieldRowPanel([day("applications_open"), day("applications_close")]),
                FieldRowPanel([day("starts_on"), day("ends_on")]),
                FieldRowPanel([day("midterm_review_on")]),
                FieldRowPanel([day("results_due_on"), day("review_on")]),
            ],
            _("Window and dates"),
        ),
        MultiFieldPanel(
            [
                numbers("first_review_days", "return_days"),
                numbers("decision_days", "commitment_days"),
                numbers("publication_days", "archive_days"),
                numbers("recognition_days", "selection_days"),
                numbers("case_days", "change_days"),
                numbers("question_days", "rectification_days"),
                numbers("verification_days", "opinion_accept_days"),
                numbers("opinion_answer_days", "opinion_extended_days"),
            ],
            _("Time limits in working days"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "first_review",
                    help_text=_(
                        "Without it an application goes to the Organization Department as it is "
                        "handed in; who belongs to an applying organization still decides nothing of it."
                    ),
                ),
                FieldPanel(
                    "pre_assessment",
                    help_text=_("The initial rating on every criterion is always required."),
                ),
                FieldPanel(
                    "decided_by",
                    help_text=_("Approving and declining; applications are returned in both ways."),
                ),
            ],
            _("Way to the decision"),
            help_text=_(
                "Who has it when, and who may do what, is drawn on the screen of the year."
            ),
        ),
        RowsPanel(
            "topics",
            heading=_("Guidance on topics"),
            label=_("Topic"),
            help_text=_("A topic without a field is offered in every field."),
            panels=[numbers("title", "sector"), FieldPanel("description")],
        ),
        RowsPanel(
            "criteria",
            heading=_("Criteria of the initial rating"),
            label=_("Criterion"),
            help_text=_("The points add up to 100."),
            panels=[numbers("name", "points"), FieldPanel("description")],
        ),
        MultiFieldPanel(
            [numbers("weight_expert", "weight_daily"), numbers("weight_initial", "weight_peer")],
            _("Weights of the year-end review"),
            help_text=_("The four weights add up to 100."),
        ),
        RowsPanel(
            "grades",
            heading=_("Grades and awards"),
            label=_("Grade class"),
            help_text=_("From the highest to the lowest; the award is for each project."),
            panels=[numbers("name", "quota"), numbers("bonus_points", "award_yuan")],
        ),
        MultiFieldPanel(
            [
                numbers("dispatches_per_quarter", "supervisions_per_quarter"),
                numbers("notices_per_quarter", "observations_per_half_year"),
            ],
            _("Rhythm of supervision"),
        ),
    ],
    base_form_class=RulesForm,
).bind_to_model(Cycle)


class ExtendWindowForm(forms.Form):
    """A later end of the window, with the reason."""

    until = day_field(_("New end of the window"))
    reason = forms.CharField(
        label=_("reason"),
        max_length=LONGEST,
        widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
        help_text=_("It is kept in the course of the year."),
    )


class CycleStepForm(forms.Form):
    """A step of the year, as it was seen; words are welcome, not required."""

    seen = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=LONGEST,
        widget=AdminAutoHeightTextInput(attrs={"rows": 2}),
        help_text=_("May be left empty; it is kept in the course of the year."),
    )

    def ask_reason(self) -> None:
        """Require words: the step goes back."""
        reason = self.fields["reason"]
        reason.required, reason.label = True, _("reason")
        reason.help_text = _("It is kept in the course of the year.")
