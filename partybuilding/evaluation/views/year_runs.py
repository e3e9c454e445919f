"""The runs of a year: those there are, what keeps another from being computed, and the button that computes it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from partybuilding.core.machine.refusals import Refusal
from partybuilding.cycles.states import CycleState
from partybuilding.evaluation.models import Run
from partybuilding.evaluation.permissions import user_judges
from partybuilding.evaluation.services import compute
from partybuilding.evaluation.services.running import faults_now
from partybuilding.evaluation.views.frame import YearScreen
from partybuilding.evaluation.views.runs import run_address


class YearRunsView(YearScreen, TemplateView):
    """The runs of a year; sending the form computes another one."""

    template_name = "partybuilding/evaluation/runs/year.html"
    page_title = gettext_lazy("Runs of the evaluation")
    tab = "evaluation_runs"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Compute a run now, or say everything that is missing."""
        if not user_judges(request.user):
            raise Http404
        try:
            run = compute(self.cycle, by=request.user)
        except Refusal as refusal:
            return self.render_to_response(self.get_context_data(errors=refusal.sentences))
        messages.success(request, _("Computed: %(run)s.") % {"run": run})
        return redirect(run_address(run))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the runs, and whether another one may be computed."""
        runs = list(Run.objects.filter(cycle=self.cycle).defer("inputs", "result", "firmness"))
        is_fixed = Run.objects.filter(cycle=self.cycle).frozen().exists()
        judged = self.cycle.state == CycleState.EVALUATING
        may = user_judges(self.request.user) and judged and not is_fixed
        missing = faults_now(self.cycle) if may and "errors" not in kwargs else ()
        return super().get_context_data(
            runs=[(run, run_address(run)) for run in runs], may=may, missing=missing, **kwargs
        )
