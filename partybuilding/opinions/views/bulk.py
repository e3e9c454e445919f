"""Refuse many opinions at once: chosen in the register, confirmed in one form, answered item by item."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.machine.offers import offer_of
from partybuilding.core.registers.filters import way_back
from partybuilding.opinions.deciding import BulkRefusalForm
from partybuilding.opinions.desk import register_url
from partybuilding.opinions.phrases import PHRASES
from partybuilding.opinions.selectors import for_bulk
from partybuilding.opinions.services import refuse_many

MOST = 200


class BulkRefusalView(WagtailAdminTemplateMixin, FormView):
    """The confirmation, and afterwards the result of each item."""

    template_name = "partybuilding/opinions/bulk.html"
    form_class = BulkRefusalForm
    header_icon = "comment"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the chosen ones among what the user may see; without a choice lead to the register."""
        asked = request.POST or request.GET
        self.back = way_back(request)
        keys = [int(text) for text in asked.getlist("id") if text.isdecimal()][:MOST]
        found = for_bulk(request.user, keys)
        if not found:
            return redirect(self.back or register_url(desk="mine"))
        self.fit = [one for one in found if offer_of(one, request.user, "refuse")]
        self.unfit = [one for one in found if one not in self.fit]
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Return the step's verb."""
        return _("In bulk: %(step)s") % {"step": pgettext("opinion", "Do not take up")}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the register."""
        register = pgettext("menu", "Opinions of residents")
        return [
            *self.breadcrumbs_items,
            {"url": self.back or register_url(), "label": register},
            {"url": "", "label": self.get_page_title()},
        ]

    def form_valid(self, form: BulkRefusalForm) -> HttpResponse:
        """Refuse each on its own, and show each one's result; safe to send again."""
        outcomes = refuse_many(
            self.fit,
            by=self.request.user,
            refusal=form.cleaned_data["refusal"],
            reason=form.cleaned_data["reason"],
            seen={one.pk: self.request.POST.get(f"seen-{one.pk}", "") for one in self.fit},
        )
        self.template_name = "partybuilding/opinions/bulk_result.html"
        taken = sum(outcome.ok for outcome in outcomes)
        context = self.get_context_data(
            form=form, outcomes=outcomes, taken=taken, refused=len(outcomes) - taken
        )
        return self.render_to_response(context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the chosen ones."""
        return super().get_context_data(
            fit=self.fit,
            unfit=self.unfit,
            back=self.back or register_url(),
            phrases=PHRASES["refuse"],
            **kwargs,
        )
