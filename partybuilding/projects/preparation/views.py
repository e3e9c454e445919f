"""Prepare the decision on one project: pre-assess, rate, name the four ones, assign expert groups."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages

from partybuilding.core.files.uploads import UploadRefused
from partybuilding.core.machine.refusals import Refusal
from partybuilding.organizations.models import ExpertGroup
from partybuilding.projects.four_ones.forms import FourOnesForm
from partybuilding.projects.models import ExpertAssignment
from partybuilding.projects.permissions import (
    user_can_appoint_four_ones,
    user_can_assess_project,
    user_can_assign_experts,
    user_can_rate_project,
)
from partybuilding.projects.preparation.forms import (
    AssessmentForm,
    ExpertsForm,
    RatingForm,
)
from partybuilding.projects.preparation.selectors import (
    DutyRow,
    RatingSheet,
    duty_rows,
    held_assessments,
    rating_sheet,
    requirements,
)
from partybuilding.projects.services import (
    appoint_four_ones,
    assign_experts,
    end_assignment,
    rate,
    record_assessment,
)
from partybuilding.projects.states import METHODS
from partybuilding.projects.views.steps import ProjectFrame, case_address


class PreparationView(ProjectFrame, FormView):
    """One form beside the project; for those whose task it is, and while it is the time for it."""

    def may(self) -> bool:
        """Tell whether the user may record this of the project."""
        raise NotImplementedError

    def write(self, form: Any) -> None:
        """Write what the form says, through the service."""
        raise NotImplementedError

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep to whom it belongs; for all others there is no such screen."""
        super().setup(request, *args, **kwargs)
        if not self.may():
            raise Http404

    def get_page_title(self) -> str:
        """Return the name of the screen."""
        return str(self.page_title)

    def form_valid(self, form: Any) -> HttpResponse:
        """Record it, or say why not; nothing typed is lost."""
        try:
            self.write(form)
        except UploadRefused as refused:
            form.add_error("files", str(refused))
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
        else:
            messages.success(self.request, _("Saved: %(title)s") % {"title": self.project})
            return redirect(self.back or case_address(self.project))
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what approving still needs."""
        return super().get_context_data(requirements=requirements(self.project), **kwargs)


class AssessView(PreparationView):
    """Record one pre-assessment: documents read, a report heard, a visit."""

    template_name = "partybuilding/projects/assessments/assess.html"
    form_class = AssessmentForm

    @property
    def page_title(self) -> str:
        """Name the screen."""
        return _("Record a pre-assessment")

    def may(self) -> bool:
        """Let the department and the task force."""
        return user_can_assess_project(self.project, self.request.user)

    def get_initial(self) -> dict[str, Any]:
        """Take the method from the link, and today."""
        asked = self.request.GET.get("method", "")
        return {"method": asked if asked in METHODS else "", "held_on": timezone.localdate()}

    def write(self, form: AssessmentForm) -> None:
        """Record it with its files."""
        given = form.cleaned_data
        record_assessment(
            self.project,
            given["method"],
            by=self.request.user,
            held_on=given["held_on"],
            participants=given["participants"],
            findings=given["findings"],
            uploads=given["files"],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was recorded before."""
        return super().get_context_data(held=held_assessments(self.project), **kwargs)


class RateView(PreparationView):
    """Record the initial rating criterion by criterion."""

    template_name = "partybuilding/projects/assessments/rate.html"
    form_class = RatingForm

    @property
    def page_title(self) -> str:
        """Name the screen."""
        return _("Initial rating of the project")

    @cached_property
    def sheet(self) -> RatingSheet:
        """The rating as it stands."""
        return rating_sheet(self.project)

    def may(self) -> bool:
        """Let the department."""
        return user_can_rate_project(self.project, self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form its criteria."""
        return {**super().get_form_kwargs(), "sheet": self.sheet}

    def write(self, form: RatingForm) -> None:
        """Record the points."""
        rate(self.project, form.points, by=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the findings that the rating leans on."""
        held = held_assessments(self.project)
        return super().get_context_data(sheet=self.sheet, held=held, **kwargs)


class FourOnesView(PreparationView):
    """Name the four ones, or their successors."""

    template_name = "partybuilding/projects/assessments/four_ones.html"
    form_class = FourOnesForm

    @property
    def page_title(self) -> str:
        """Name the screen."""
        return _("Name the four ones")

    @cached_property
    def rows(self) -> list[DutyRow]:
        """The four ones as they stand."""
        return duty_rows(self.project)

    def may(self) -> bool:
        """Let the department."""
        return user_can_appoint_four_ones(self.project, self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the duties and whom to propose."""
        return {**super().get_form_kwargs(), "project": self.project, "rows": self.rows}

    def write(self, form: FourOnesForm) -> None:
        """Name who changed."""
        since = form.cleaned_data["since"]
        appoint_four_ones(self.project, form.people, by=self.request.user, since=since)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add those who held a duty before."""
        former = [(row.label, post) for row in self.rows for post in row.before]
        return super().get_context_data(former=former, **kwargs)


class ExpertsView(PreparationView):
    """Give the project to expert groups, or take it back."""

    template_name = "partybuilding/projects/assessments/experts.html"
    form_class = ExpertsForm

    @property
    def page_title(self) -> str:
        """Name the screen."""
        return _("Assign expert groups")

    @cached_property
    def running(self) -> dict[int, ExpertAssignment]:
        """The assignments that hold today, by group."""
        today = timezone.localdate()
        return {
            one.group_id: one
            for one in self.project.assignments.all()
            if one.until is None or one.until >= today
        }

    def may(self) -> bool:
        """Let the department."""
        return user_can_assign_experts(self.project, self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the groups and what holds."""
        groups = ExpertGroup.objects.prefetch_related("members")
        return {**super().get_form_kwargs(), "groups": groups, "running": self.running}

    def write(self, form: ExpertsForm) -> None:
        """Assign what is ticked, end what no longer is."""
        for group, until in form.chosen:
            assign_experts(self.project, group, by=self.request.user, until=until)
        for group in form.dropped:
            if group.pk in self.running:
                end_assignment(self.project, group, by=self.request.user)
