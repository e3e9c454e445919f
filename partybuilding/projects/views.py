"""The case file of a project on one screen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from partybuilding.projects.models import Project


def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the case file to staff who may see it."""
    found = get_object_or_404(Project.objects.visible_to(request.user), pk=pk)
    return render(request, "partybuilding/projects/case.html", {"project": found})
