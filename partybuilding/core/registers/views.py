"""A long list on its way to being a file: how far it is, and the download, for whoever asked for it."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import DetailView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.background import has_worker
from partybuilding.core.files.storage import private_storage
from partybuilding.core.models import ListFile
from partybuilding.core.registers.exports import as_download

#: Seconds after which the page asks anew how far it is.
REFRESH = 3


class ListFileView(WagtailAdminTemplateMixin, DetailView):
    """How far a file is; the page follows by itself, without a script."""

    template_name = "partybuilding/core/register/file.html"
    page_title = gettext_lazy("List as a file")
    header_icon = "download"
    context_object_name = "file"

    def get_queryset(self) -> Any:
        """Return the user's own files."""
        return ListFile.objects.filter(owner=self.request.user.pk)

    def get_page_subtitle(self) -> str:
        """Name the list."""
        return self.object.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list as it was narrowed."""
        return [
            *self.breadcrumbs_items,
            {"url": self.list_url, "label": self.object.title},
            {"url": "", "label": self.page_title},
        ]

    @property
    def list_url(self) -> str:
        """The address of the list that the file is made of."""
        return self.object.address.replace("export=xlsx", "").rstrip("?&")

    @property
    def is_stopped(self) -> bool:
        """Whether nobody writes it any longer: a worker's task that was killed is taken up by the next one."""
        return self.object.is_running and self.object.is_silent() and not has_worker()

    def render_to_response(self, context: dict[str, Any], **more: Any) -> HttpResponse:
        """Ask again in a moment while it is being made."""
        context |= {"is_stopped": self.is_stopped, "list_url": self.list_url}
        response = super().render_to_response(context, **more)
        response["Cache-Control"] = "private, no-store"
        if self.object.is_running and not self.is_stopped:
            response["Refresh"] = str(REFRESH)
        return response


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Return the file to whoever asked for it."""
    file = get_object_or_404(ListFile.objects.exclude(file=""), pk=pk, owner=request.user.pk)
    try:
        response = FileResponse(private_storage().open(file.file.name or ""))
    except OSError as lost:
        raise Http404 from lost
    return as_download(response, file.title, localdate(file.begun_at))
