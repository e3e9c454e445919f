"""网站检查: the score with every deduction, the faults with the way to mend each, the list of words."""

from datetime import datetime
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.registers.exports import ExportColumn, as_xlsx
from partybuilding.inspection.checks import Inspection
from partybuilding.inspection.forms import WordsForm
from partybuilding.inspection.permissions import user_can_inspect
from partybuilding.inspection.selectors import number_of_words, tried_of
from partybuilding.inspection.services import import_words, try_outside
from partybuilding.inspection.states import FaultKind

#: The screen shows so many of a kind; the file has all of them.
SHOWN = 100
COLUMNS = (
    ExportColumn(gettext_lazy("Kind of fault"), lambda fault: str(fault.kind.label)),
    ExportColumn(gettext_lazy("Page or column"), lambda fault: fault.where),
    ExportColumn(pgettext_lazy("inspection", "Place"), lambda fault: fault.place),
    ExportColumn(gettext_lazy("What is amiss"), lambda fault: fault.what),
    ExportColumn(gettext_lazy("Where to mend it"), lambda fault: fault.url),
)


class InspectionScreen(WagtailAdminTemplateMixin):
    """A screen of the inspection; for all others there is none."""

    header_icon = "clipboard-list"
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in who looks over the pages."""
        if not user_can_inspect(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def inspection(self) -> Inspection:
        """The look over all pages."""
        host = self.request.get_host().partition(":")[0]
        return Inspection(self.request.user, timezone.localdate(), [host])

    def get_page_title(self) -> str:
        """Return the name of the screen."""
        return str(self.page_title)


class ReportView(InspectionScreen, TemplateView):
    """The report; as XLSX with `?export=xlsx`."""

    template_name = "partybuilding/inspection/report.html"
    page_title = gettext_lazy("Inspection of the site")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the first screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the report, or hand it out."""
        if request.GET.get("export") == "xlsx":
            return as_xlsx(self.get_page_title(), COLUMNS, self.inspection.faults)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add score, deductions and faults."""
        look = self.inspection
        tried, tried_at = tried_of(look.outside)
        return super().get_context_data(
            look=look,
            groups=[
                {"kind": kind, "shown": found[:SHOWN], "more": max(len(found) - SHOWN, 0)}
                for kind, faults in groupby(look.faults, key=lambda fault: fault.kind)
                if (found := list(faults))
            ],
            outside=len(look.outside),
            tried=tried,
            tried_at=tried_at,
            words=number_of_words(),
            now=timezone.now(),
            dead_outside=FaultKind.DEAD_OUTSIDE,
            **kwargs,
        )


class OutsideView(InspectionScreen, View):
    """Tries the links to other sites, part by part; a script asks for the next part by itself."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Try what was not tried since the beginning."""
        began = self._began()
        addresses = self.inspection.outside
        left = try_outside(addresses, began, by=request.user)
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            done = len(addresses) - left
            return JsonResponse({"since": began.isoformat(), "left": left, "done": done})
        if left:
            words = _("%(left)s links to other sites are left: try them as well.") % {"left": left}
            messages.warning(request, words)
        else:
            messages.success(request, _("All links to other sites were tried."))
        return redirect("partybuilding:inspection")

    def _began(self) -> datetime:
        """Return when this trying began; what is no moment begins anew."""
        try:
            found = parse_datetime(self.request.POST.get("since", ""))
        except ValueError:
            found = None
        return found if found is not None and timezone.is_aware(found) else timezone.now()


class WordsView(InspectionScreen, FormView):
    """Takes over lines of words."""

    form_class = WordsForm
    template_name = "partybuilding/inspection/words.html"
    page_title = gettext_lazy("Take over words")
    header_icon = "upload"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list."""
        above = {"url": reverse("watched_words:index"), "label": _("Watched words")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def form_valid(self, form: WordsForm) -> HttpResponse:
        """Take the lines over, or name those that cannot be read; nothing typed is lost."""
        try:
            count = import_words(form.cleaned_data["lines"], by=self.request.user)
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error("lines", sentence)
            return self.form_invalid(form)
        messages.success(self.request, _("%(count)s words were taken over.") % {"count": count})
        return redirect("watched_words:index")
