"""The inbox: what a person was told, the unread first."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from partybuilding.core.models import Notice
from partybuilding.core.services import mark_read
from partybuilding.portal.access import portal_view
from partybuilding.portal.frame import MESSAGES, show
from partybuilding.portal.services import mark_all_read
from partybuilding.portal.views.lookup import page_of

PER_PAGE = 20


@portal_view(everybody=True)
def inbox(request: HttpRequest) -> HttpResponse:
    """List the notices; mark all as read by POST."""
    told = Notice.objects.to(request.user)
    if request.method == "POST":
        mark_all_read(request.user)
        messages.success(request, _("All messages are marked as read."))
        return redirect("portal:messages")
    unread_first = told.order_by(F("read_at").asc(nulls_first=True), "-created_at", "-pk")
    ordered = told.order_by("-created_at", "-pk") if not told.unread().exists() else unread_first
    page = Paginator(ordered, PER_PAGE).get_page(page_of(request))
    context = {"page": page}
    return show(request, "messages.html", context, part=MESSAGES)


@require_safe
@portal_view(everybody=True)
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one notice with the way to what it tells of; it counts as read from now on."""
    notice = mark_read(get_object_or_404(Notice.objects.to(request.user), pk=pk))
    words = pgettext("portal", "Messages")
    way = [{"text": words, "href": reverse("portal:messages")}, {"text": notice.subject}]
    context = {"notice": notice, "trail": way}
    return show(request, "message.html", context, part=MESSAGES)
