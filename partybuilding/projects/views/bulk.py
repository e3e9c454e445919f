"""One step with many projects: chosen in the register, confirmed in one form, answered item by item."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.machine.offers import offer_of
from partybuilding.core.registers.filters import way_back
from partybuilding.core.rules import Sentence
from partybuilding.projects.admin import bulk_steps
from partybuilding.projects.desk import register_url
from partybuilding.projects.forms import BulkForm
from partybuilding.projects.models import Project
from partybuilding.projects.phrases import PHRASES
from partybuilding.projects.services import move_many

MOST = 200


@dataclass(frozen=True)
class Item:
    """One chosen project, with what stands in the way."""

    project: Project
    blocked: tuple[Sentence, ...] = ()


class BulkView(WagtailAdminTemplateMixin, FormView):
    """The confirmation of a bulk decision, and afterwards the result of each item."""

    template_name = "partybuilding/projects/bulk.html"
    form_class = BulkForm
    header_icon = "tasks"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead to the register when nothing was asked, as after signing in again."""
        asked = request.POST or request.GET
        if not asked:
            return redirect(register_url(desk="mine"))
        self.find(request, asked)
        return super().dispatch(request, *args, **kwargs)

    def find(self, request: HttpRequest, asked: QueryDict) -> None:
        """Find the step among the user's own, and the chosen projects among what they may see."""
        steps = {step.code: step for step in bulk_steps(request.user)}
        code = str(asked.get("step"))
        if code not in steps:
            raise Http404
        self.step = steps[code]
        self.back = way_back(request)
        ids = [int(text) for text in asked.getlist("id") if text.isdecimal()][:MOST]
        seen = Project.objects.visible_to(request.user).with_case_file().filter(pk__in=ids)
        found = {project.pk: project for project in seen}
        self.projects = [found[pk] for pk in dict.fromkeys(ids) if pk in found]
        self.items = [self.item(project) for project in self.projects]

    def item(self, project: Project) -> Item:
        """Ask what stands in the way of the step."""
        offer = offer_of(project, self.request.user, self.step.code)
        if offer is not None:
            return Item(project, offer.blocked)
        names = {"step": self.step.label, "state": project.state_row.label}
        return Item(project, (_("“%(step)s” is not possible while it is “%(state)s”.") % names,))

    @property
    def fit(self) -> list[Project]:
        """The projects with which the step is possible."""
        return [item.project for item in self.items if not item.blocked]

    def get_page_title(self) -> str:
        """Return the step's verb."""
        return _("In bulk: %(step)s") % {"step": self.step.label}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the register."""
        return [
            *self.breadcrumbs_items,
            {"url": self.back or register_url(), "label": _("Register of projects")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_form(self, form_class: Any = None) -> BulkForm | None:
        """Return the form; none when nothing was chosen."""
        return super().get_form(form_class) if self.projects else None

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form its step and projects."""
        projects = self.fit or self.projects
        return {**super().get_form_kwargs(), "step": self.step, "projects": projects}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide what was chosen; without a choice there is only the page that says so."""
        if not self.projects:
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: BulkForm) -> HttpResponse:
        """Take the step with each on its own, and show each one's result; safe to send again."""
        versions = {
            project.pk: self.request.POST.get(f"seen-{project.pk}", "") for project in self.projects
        }
        outcomes = move_many(
            self.projects,
            self.step.code,
            by=self.request.user,
            reason=form.cleaned_data.get("reason", ""),
            data=form.data_of_step(),
            seen=versions,
        )
        self.template_name = "partybuilding/projects/bulk_result.html"
        taken = sum(outcome.ok for outcome in outcomes)
        context = self.get_context_data(
            form=form, outcomes=outcomes, taken=taken, refused=len(outcomes) - taken
        )
        return self.render_to_response(context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the items."""
        return super().get_context_data(
            step=self.step,
            items=self.items,
            fit=self.fit,
            back=self.back or register_url(),
            phrases=PHRASES.get(self.step.code, ()),
            **kwargs,
        )
