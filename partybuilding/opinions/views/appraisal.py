"""The public appraisal: the three questions for residents, and the days that staff open it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.access.requests import address_of
from partybuilding.core.machine.refusals import Refusal
from partybuilding.cycles.models import Cycle
from partybuilding.opinions.appraisals import APPRAISED, is_open_for, sheets_of
from partybuilding.opinions.deciding import PeriodForm
from partybuilding.opinions.forms import AppraisalForm
from partybuilding.opinions.guards import Limit, appraising
from partybuilding.opinions.models.appraisal import period_of
from partybuilding.opinions.permissions import user_can_set_appraisal
from partybuilding.opinions.services import appraise, set_period
from partybuilding.opinions.views.guarded import GuardedView, meta_of, way_to
from partybuilding.organizations.permissions import user_oversees
from partybuilding.projects.pages import ProjectPage


class AppraisalView(GuardedView):
    """The form of one project; before and after its days it says when it is open."""

    form_class = AppraisalForm
    template_name = "partybuilding/opinions/appraisal.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the project among those that are appraised and can be read."""
        super().setup(request, *args, **kwargs)
        pages = ProjectPage.objects.readable().filter(project__state__in=APPRAISED)
        found = pages.select_related("project__cycle", "project__organization")
        self.target = (
            found.defer("body", "attachments").filter(project__code=kwargs["code"]).first()
        )
        if self.target is None:
            raise Http404
        self.project = self.target.project

    def limit(self) -> Limit:
        """Return how many sheets on one project one address may send in a day."""
        return appraising()

    def limit_key(self) -> str:
        """Count by address and project."""
        return f"{address_of(self.request)} {self.project.pk}"

    def accepted(self, form: AppraisalForm) -> HttpResponse:
        """Count the sheet and give thanks."""
        try:
            appraise(self.project, nonce=form.nonce, answers=form.answers())
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=None, is_counted=True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the project and the days."""
        title = _("Appraisal: %(title)s") % {"title": self.target.title}
        way_back = way_to(_("Public appraisal"), self.request)
        return super().get_context_data(
            **{
                "title": title,
                "way_back": way_back,
                "page_meta": meta_of(way_back, self.request, title),
                "target": self.target,
                "project_url": self.target.get_url(self.request),
                "project": self.project,
                "period": period_of(self.project.cycle),
                "is_open": is_open_for(self.project),
                **kwargs,
            }
        )


class AppraisalFrame(WagtailAdminTemplateMixin):
    """A screen of the public appraisal."""

    header_icon = "form"
    page_title = gettext_lazy("Public appraisal")

    def get_page_title(self) -> str:
        """Return the name of the screen."""
        return str(self.page_title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the first screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class AppraisalsView(AppraisalFrame, TemplateView):
    """Every year with the days of its appraisal and how many sheets there are."""

    template_name = "partybuilding/opinions/appraisals.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep to those who see every record."""
        if not user_oversees(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect the years."""
        years = [
            {"cycle": cycle, "period": period_of(cycle), "sheets": sheets_of(cycle)}
            for cycle in Cycle.objects.order_by("-year")
        ]
        may_set = user_can_set_appraisal(self.request.user)
        return super().get_context_data(years=years, may_set=may_set, **kwargs)


class PeriodView(AppraisalFrame, FormView):
    """The days of one year's appraisal."""

    template_name = "partybuilding/opinions/period.html"
    form_class = PeriodForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep to those who set them."""
        if not user_can_set_appraisal(request.user):
            raise PermissionDenied
        self.cycle = get_object_or_404(Cycle, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Show the days as they are."""
        period = period_of(self.cycle)
        return {"opens_on": period.opens_on, "closes_on": period.closes_on}

    def form_valid(self, form: PeriodForm) -> HttpResponse:
        """Set them, or say why not."""
        try:
            set_period(self.cycle, by=self.request.user, **form.cleaned_data)
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.form_invalid(form)
        messages.success(self.request, gettext_lazy("The days of the appraisal were set."))
        return redirect(reverse("partybuilding:appraisals"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the year."""
        return super().get_context_data(cycle=self.cycle, **kwargs)
