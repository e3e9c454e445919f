"""One's notices in the CMS admin: listed, opened, marked read."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import ListView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.desk import figures
from partybuilding.core.models import Notice
from partybuilding.core.services import mark_all_read, mark_read


class NoticeListView(WagtailAdminTemplateMixin, ListView):
    """The notices of a user, newest first; all, or the unread ones."""

    template_name = "partybuilding/core/notices.html"
    page_title = gettext_lazy("Notices")
    header_icon = "mail"
    paginate_by = 30
    page_kwarg = "p"

    def get_queryset(self) -> QuerySet[Notice]:
        """Return the user's own notices."""
        notices = Notice.objects.to(self.request.user)
        return notices.unread() if self.unread_only else notices

    @property
    def unread_only(self) -> bool:
        """Whether the user asked for the unread ones."""
        return self.request.GET.get("show") == "unread"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the first screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the number of unread ones."""
        unread = figures.unread(self.request.user)
        return super().get_context_data(unread=unread, unread_only=self.unread_only, **kwargs)


@require_GET
def signed_in(request: HttpRequest) -> HttpResponse:
    """Answer that somebody is signed in, nothing else: without a session the administration leads to its door."""
    return HttpResponse(status=204)


@require_GET
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a notice read and lead to what it tells of."""
    notice = mark_read(get_object_or_404(Notice.objects.to(request.user), pk=pk))
    inside = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if notice.url and inside else reverse("partybuilding:notices"))


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark every notice of the user read."""
    mark_all_read(request.user)
    messages.success(request, _("All notices are marked read."))
    return redirect("partybuilding:notices")
