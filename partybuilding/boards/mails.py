"""The mails that could not be sent: looked at, sent again, or let be."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.boards.permissions import user_can_see_reminders
from partybuilding.core.models import Delivery
from partybuilding.core.selectors import parked_mails
from partybuilding.core.services import dismiss_mails, send_again


class MailsView(WagtailAdminTemplateMixin, ListView):
    """The parked mails, oldest first; what is ticked is sent again or dismissed."""

    template_name = "partybuilding/boards/mails.html"
    page_title = gettext_lazy("Mails that could not be sent")
    header_icon = "mail"
    paginate_by = 50
    page_kwarg = "p"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in the department and administrators; for all others there is no such screen."""
        if not user_can_see_reminders(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        """Return them with what they tell of and to whom."""
        return parked_mails().select_related("notice__recipient").order_by("pk")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the first screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send what is ticked again, or let it be."""
        numbers = [word for word in request.POST.getlist("mail") if word.isdecimal()]
        chosen = Delivery.objects.filter(pk__in=numbers[: self.paginate_by])
        if not numbers:
            messages.error(request, _("Tick the mails first."))
        elif "dismiss" in request.POST:
            count = dismiss_mails(chosen, by=request.user)
            messages.success(request, _("%(n)s mails are not sent any more.") % {"n": count})
        else:
            count = send_again(chosen, by=request.user)
            said = _("%(n)s mails are sent with the next run.") % {"n": count}
            messages.success(request, said)
        return redirect("partybuilding:mails")
