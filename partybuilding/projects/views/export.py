"""The application form of a case file as a paper to keep."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from partybuilding.projects.documents import FORM_EDITIONS, form_response
from partybuilding.projects.models import Project
from partybuilding.projects.permissions import user_can_see_reviews
from partybuilding.projects.selectors import case_file
from partybuilding.projects.services import open_review


@require_GET
def application_form(request: HttpRequest, pk: int, edition: str) -> HttpResponse:
    """Return the application form as PDF or Word, with the reviews for those who may see them."""
    try:
        project = case_file(request.user, pk)
    except Project.DoesNotExist:
        raise Http404 from None
    if edition not in FORM_EDITIONS:
        raise Http404
    open_review(project, by=request.user)
    full = user_can_see_reviews(project, request.user)
    return form_response(project, edition, full=full)
