"""Correct a visit's record or a finding: as it should have read, with a public reason."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.machine.steps import PlainForm
from partybuilding.core.types import AnyUser
from partybuilding.supervision.addresses import rectification_url
from partybuilding.supervision.forms.rectifying import CorrectFindingForm, commitments_of
from partybuilding.supervision.forms.visit import CorrectVisitForm
from partybuilding.supervision.models import Activity, Rectification
from partybuilding.supervision.permissions import user_can_supervise_project
from partybuilding.supervision.services import correct_finding, correct_visit
from partybuilding.supervision.views.activities import ActivityFrame, activity_address, visit_of
from partybuilding.supervision.views.rectifications import (
    RectificationFrame,
    can_correct_finding,
)

EXPLANATION = gettext_lazy(
    "Write down how it should have read. Old and new words with the reason stay in the case file and, "
    "where the record is public, on the project's page; organization and unit are told."
)


def can_correct_visit(activity: Activity, user: AnyUser) -> bool:
    """Tell whether the user may correct the record of an activity now."""
    return visit_of(activity) is not None and user_can_supervise_project(activity.project, user)


class CorrectVisitView(ActivityFrame, FormView):
    """The record of a visit as it should have read."""

    template_name = "partybuilding/core/steps/plain_form.html"
    form_class = CorrectVisitForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep out whose task it is not."""
        if not can_correct_visit(self.activity, request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Name the screen."""
        return _("Correct the record")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the record as it stands."""
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial")
        return {
            **kwargs,
            "activity": self.activity,
            "commitments": commitments_of(self.activity),
            "visit": self.activity.visit,
        }

    def form_valid(self, form: CorrectVisitForm) -> HttpResponse:
        """Correct it, or say why not with everything typed kept."""
        by, reason = self.request.user, form.cleaned_data["reason"]
        try:
            correct_visit(self.activity.visit, form.note, by=by, reason=reason)
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.form_invalid(form)
        messages.success(self.request, _("The record was corrected."))
        return redirect(activity_address(self.activity, self.back))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words around the form."""
        return super().get_context_data(
            record=self.activity,
            record_address=activity_address(self.activity, self.back),
            brief_template="partybuilding/supervision/activity_brief.html",
            submit_label=_("Confirm the correction"),
            explanation=EXPLANATION,
            **kwargs,
        )


class CorrectFindingView(RectificationFrame, PlainForm):
    """A finding as it should have read."""

    form_class = CorrectFindingForm
    brief_template = "partybuilding/supervision/rectification_brief.html"
    page_title = gettext_lazy("Correct the finding")
    submit_label = gettext_lazy("Confirm the correction")
    explanation = EXPLANATION
    done_label = gettext_lazy("The finding was corrected.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep out whose task it is not."""
        if not can_correct_finding(self.record, request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Name the screen."""
        return str(self.page_title)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the finding as it stands."""
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial")
        return {**kwargs, "rectification": self.record}

    def write(self, form: CorrectFindingForm) -> Rectification:
        """Correct it."""
        reason = form.cleaned_data["reason"]
        return correct_finding(self.record, form.note, by=self.request.user, reason=reason)

    def done_url(self, written: Rectification) -> str:
        """Go to the finding."""
        return rectification_url(written.pk)
