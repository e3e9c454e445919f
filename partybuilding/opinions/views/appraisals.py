"""The staff screens of the public appraisal: the years with their days, and the days of one year."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.machine.refusals import Refusal
from partybuilding.cycles.models import Cycle
from partybuilding.opinions.appraisals import sheets_of
from partybuilding.opinions.deciding import PeriodForm
from partybuilding.opinions.models.appraisal import period_of
from partybuilding.opinions.permissions import user_can_set_appraisal, user_oversees
from partybuilding.opinions.services import set_period


class AppraisalFrame(WagtailAdminTemplateMixin):
    """A screen of the public appraisal."""

    header_icon = "form"
    page_title = _("Public appraisal")

    def get_page_title(self) -> str:
        """Return the name of the screen."""
        return str(self.page_title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the first screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class AppraisalsView(AppraisalFrame, TemplateView):
    """Every year with the days of its appraisal and how many sheets there are."""

    template_name = "partybuilding/opinions/appraisals.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
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

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
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
        messages.success(self.request, _("The days of the appraisal were set."))
        return redirect(reverse("partybuilding:appraisals"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the year."""
        return super().get_context_data(cycle=self.cycle, **kwargs)
