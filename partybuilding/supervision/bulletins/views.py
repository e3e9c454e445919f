"""The screens of bulletins: the quarters for the task force, and the papers for everybody."""

from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.desk.showing import part_asked, ways_to
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.pages import FRESH_SECONDS
from partybuilding.cycles.models import Cycle
from partybuilding.projects.documents import paper_response
from partybuilding.supervision.addresses import quarter_at
from partybuilding.supervision.bulletins.documents import EDITIONS
from partybuilding.supervision.bulletins.pages import BulletinPage
from partybuilding.supervision.bulletins.permissions import (
    user_can_begin_bulletin,
    user_sees_bulletins,
)
from partybuilding.supervision.bulletins.selectors import (
    TO_WRITE,
    UNPUBLISHED,
    QuarterRow,
    awaiting_bulletin,
    quarters_with_bulletins,
    unpublished,
)
from partybuilding.supervision.bulletins.services import (
    recount_bulletin,
    start_bulletin,
    start_correction,
)

#: A paper of a published revision never changes; it is typeset once in so many seconds.
KEPT_SECONDS = 24 * 60 * 60

#: The parts of the screen of quarters.
PARTS = {
    "": gettext_lazy("All quarters"),
    TO_WRITE: gettext_lazy("Bulletin to write"),
    UNPUBLISHED: gettext_lazy("Begun, not published"),
}


class BulletinsView(WagtailAdminTemplateMixin, TemplateView):
    """The quarters in which something was due, with where their bulletins stand."""

    template_name = "partybuilding/supervision/bulletins/quarters.html"
    header_icon = "doc-full"
    page_title = gettext_lazy("Bulletins of the quarters")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep out who neither sees every record nor works on pages."""
        if not user_sees_bulletins(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Return the name of the screen."""
        return str(self.page_title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the first screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect the quarters, and what the user may do with each bulletin."""
        user = self.request.user
        rows = [
            {
                "round": one,
                "page": page,
                "edits": page and page.permissions_for_user(user).can_edit(),
            }
            for one, page in self.rows()
        ]
        begins = user_can_begin_bulletin(user)
        ways = ways_to(self.request, PARTS)
        return super().get_context_data(rows=rows, begins=begins, ways=ways, **kwargs)

    def rows(self) -> list[QuarterRow]:
        """Return the quarters, or those that a number of the desk counts."""
        shown = part_asked(self.request, PARTS)
        if shown == TO_WRITE:
            return awaiting_bulletin(timezone.localdate())
        rows = quarters_with_bulletins()
        return unpublished(rows) if shown == UNPUBLISHED else rows


@require_POST
def start(request: HttpRequest, cycle: int, year: int, quarter: int) -> HttpResponse:
    """Begin the bulletin of a quarter and open its editor."""
    programme, period = get_object_or_404(Cycle, pk=cycle), quarter_at(year, quarter)
    if not user_can_begin_bulletin(request.user):
        raise Http404
    try:
        page = start_bulletin(programme, period, by=request.user)
    except Refusal as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return redirect("partybuilding:bulletins")
    messages.success(
        request, _("The figures are counted. Please check them and write the words around them.")
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the bulletin that puts a published one right, and lead to its editor."""
    page = get_object_or_404(BulletinPage, pk=pk)
    if not user_can_begin_bulletin(request.user):
        raise Http404
    try:
        draft = start_correction(page, by=request.user)
    except Refusal as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return redirect("wagtailadmin_pages:edit", pk)
    messages.success(
        request, _("The figures are counted. Please check them and write the words around them.")
    )
    return redirect("wagtailadmin_pages:edit", draft.pk)


@require_POST
def recount(request: HttpRequest, pk: int) -> HttpResponse:
    """Count the figures of a draft again, and lead back to its editor."""
    page = get_object_or_404(BulletinPage, pk=pk)
    if not user_can_begin_bulletin(request.user):
        raise Http404
    try:
        recount_bulletin(page, by=request.user)
    except Refusal as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
    else:
        messages.success(
            request, _("The figures were counted again from the rows as they are now.")
        )
    return redirect(reverse("wagtailadmin_pages:edit", args=[pk]))


@require_GET
def draft_paper(request: HttpRequest, pk: int, edition: str) -> HttpResponse:
    """Return the newest draft of a bulletin as PDF or Word, to those who may edit it."""
    page = get_object_or_404(BulletinPage, pk=pk)
    if edition not in EDITIONS or not page.permissions_for_user(request.user).can_edit():
        raise Http404
    draft = page.get_latest_revision_as_object()
    return paper_response(EDITIONS[edition](draft), draft.title, edition)


@require_safe
@cache_control(public=True, max_age=FRESH_SECONDS, must_revalidate=True)
def paper(request: HttpRequest, slug: str, edition: str) -> HttpResponse:
    """Return a published bulletin as PDF or Word, to everybody."""
    page = get_object_or_404(BulletinPage.objects.readable().select_related("cycle"), slug=slug)
    if edition not in EDITIONS:
        raise Http404
    key = f"bulletin:{page.pk}:{page.last_published_at:%Y%m%d%H%M%S%f}:{edition}"
    content = cache.get(key)
    if content is None:
        content = EDITIONS[edition](page)
        cache.set(key, content, KEPT_SECONDS)
    response = paper_response(content, page.title, edition)
    del response["Cache-Control"]
    return response
