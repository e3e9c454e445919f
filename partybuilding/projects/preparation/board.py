"""How far the decisions are prepared, project by project, and expert groups for many at once."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.registers.filters import way_back
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.models import Organization
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.models import Project
from partybuilding.projects.permissions import (
    user_can_assess_project,
    user_can_hold_session,
    user_can_see_preparation,
)
from partybuilding.projects.preparation.forms import AssignManyForm
from partybuilding.projects.preparation.selectors import LACKS, awaiting_decision, ready_counts
from partybuilding.projects.services import assign_to_many
from partybuilding.projects.states import METHODS

PER_PAGE = 50
MOST = 300
LACK_LABELS = {
    "documents": gettext_lazy("Documents not read"),
    "hearing": gettext_lazy("No report heard"),
    "visit": gettext_lazy("Not visited yet"),
    "rating": gettext_lazy("Not rated yet"),
    "four_ones": gettext_lazy("Four ones not named"),
    "anything": gettext_lazy("Not ready for the decision"),
}


class ProgressView(WagtailAdminTemplateMixin, TemplateView):
    """预评估进度: what awaits the decision, with ticks for what is done and links to what is not."""

    template_name = "partybuilding/projects/assessments/progress.html"
    page_title = gettext_lazy("Progress of the pre-assessments")
    header_icon = "tasks"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep to those who prepare decisions, and who look over it."""
        super().setup(request, *args, **kwargs)
        if not user_can_see_preparation(request.user):
            raise Http404

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the first screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @property
    def chosen(self) -> dict[str, str]:
        """What the address narrows the list to; unknown values are ignored."""
        asked = self.request.GET
        return {
            "sector": asked.get("sector", "") if asked.get("sector") in SECTORS else "",
            "unit": asked.get("unit", "") if asked.get("unit", "").isdecimal() else "",
            "cycle": asked.get("cycle", "") if asked.get("cycle", "").isdecimal() else "",
            "lack": asked.get("lack", "") if asked.get("lack") in LACKS else "",
        }

    def narrowed(self, projects: QuerySet[Project]) -> QuerySet[Project]:
        """Keep what was asked for."""
        chosen = self.chosen
        names = {"sector": "sector", "unit": "organization__unit", "cycle": "cycle"}
        found = projects.filter(**{names[key]: chosen[key] for key in names if chosen[key]})
        return found.filter(LACKS[chosen["lack"]]) if chosen["lack"] else found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect the rows, the filters and what is done of all."""
        user = self.request.user
        every = awaiting_decision(user)
        page = Paginator(self.narrowed(every), PER_PAGE).get_page(self.request.GET.get("p"))
        for project in page.object_list:
            project.can_assess = user_can_assess_project(project, user)  # type: ignore[attr-defined]
        return super().get_context_data(
            page_obj=page,
            methods=METHODS.words(),
            counts=ready_counts(every),
            chosen=self.chosen,
            filters=self.filters(every),
            narrowing=urlencode({k: v for k, v in self.chosen.items() if v}),
            here=self.request.get_full_path(),
            can_decide=user_can_hold_session(user),
            **kwargs,
        )

    def filters(self, every: QuerySet[Project]) -> list[dict[str, Any]]:
        """Return the choices of each filter, of what waits alone."""
        waiting = every.order_by()
        units = Organization.objects.filter(pk__in=waiting.values("organization__unit"))
        cycles = Cycle.objects.filter(pk__in=waiting.values("cycle"))
        choices = (
            ("sector", _("field"), SECTORS.pairs()),
            ("unit", _("reporting unit"), [(str(one.pk), one.name) for one in units]),
            ("cycle", _("programme year"), [(str(one.pk), one.name) for one in cycles]),
            ("lack", _("What is missing"), list(LACK_LABELS.items())),
        )
        return [
            {"name": name, "label": label, "options": options, "value": self.chosen[name]}
            for name, label, options in choices
        ]


class AssignManyView(WagtailAdminTemplateMixin, FormView):
    """Expert groups for the ticked projects, and afterwards the result of each."""

    template_name = "partybuilding/projects/assessments/assign.html"
    form_class = AssignManyForm
    page_title = gettext_lazy("Assign expert groups to many projects")
    header_icon = "group"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the ticked projects among what the department sees."""
        super().setup(request, *args, **kwargs)
        if not user_can_hold_session(request.user):
            raise Http404
        asked = request.POST or request.GET
        ids = [int(text) for text in asked.getlist("id") if text.isdecimal()][:MOST]
        self.projects = list(awaiting_decision(request.user).filter(pk__in=ids))
        self.back = way_back(request) or reverse("partybuilding:preparation")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list."""
        above = {"url": self.back, "label": _("Progress of the pre-assessments")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]

    def form_valid(self, form: AssignManyForm) -> HttpResponse:
        """Assign each on its own, and show each one's result."""
        given = form.cleaned_data
        outcomes = assign_to_many(
            self.projects, given["groups"], by=self.request.user, until=given["until"]
        )
        done = sum(outcome.ok for outcome in outcomes)
        return self.render_to_response(
            self.get_context_data(
                form=form, outcomes=outcomes, done=done, refused=len(outcomes) - done
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the projects and the way back."""
        return super().get_context_data(projects=self.projects, back=self.back, **kwargs)
