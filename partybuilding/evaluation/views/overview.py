"""The overview of a year's evaluation: its stages as tasks, and the next thing to do."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView

from partybuilding.cycles.models import Cycle
from partybuilding.cycles.states import CycleState
from partybuilding.evaluation.permissions import user_can_see_evaluation
from partybuilding.evaluation.selectors.standing import standing_of
from partybuilding.evaluation.stages import next_of, stages_of
from partybuilding.evaluation.views.frame import YearScreen, year_address, year_label


@require_GET
def newest(request: HttpRequest) -> HttpResponse:
    """Lead to the year that is being evaluated, else to the newest one that was opened, else to the newest.

    Raises:
        Http404: for everybody but the department and administrators; there is no year.
    """
    if not user_can_see_evaluation(request.user):
        raise Http404
    years = Cycle.objects.order_by("-year")
    found = (
        years.filter(state=CycleState.EVALUATING).first()
        or years.exclude(state=CycleState.PREPARING).first()
        or years.first()
    )
    if found is None:
        raise Http404
    return redirect(year_address("evaluation_year", found))


class OverviewView(YearScreen, TemplateView):
    """The stages of a year with where each stands."""

    template_name = "partybuilding/evaluation/overview.html"
    tab = "evaluation_year"

    def get_page_title(self) -> str:
        """Name the year."""
        return year_label(self.cycle)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect the stages, and the other years."""
        stages = stages_of(standing_of(self.cycle))
        years = [
            {
                "url": year_address("evaluation_year", one),
                "label": one.year,
                "here": one == self.cycle,
            }
            for one in Cycle.objects.order_by("-year")
        ]
        return super().get_context_data(
            stages=stages, next_stage=next_of(stages), years=years, **kwargs
        )
