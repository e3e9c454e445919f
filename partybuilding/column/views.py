"""Begin the page of an approved project, and lead into the CMS's editor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from partybuilding.column.selectors import pages_of
from partybuilding.column.services import start_page
from partybuilding.core.machine.refusals import Refusal


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the draft page of a project, or find the one that there is."""
    project = get_object_or_404(pages_of(request.user), pk=pk)
    try:
        page = start_page(project, by=request.user)
    except Refusal as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return redirect("party_column_modeladmin_index")
    messages.success(
        request, _("The draft is filled from the case file. Please check every sentence.")
    )
    return redirect("wagtailadmin_pages:edit", page.pk)
