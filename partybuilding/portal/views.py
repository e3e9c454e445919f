"""The applicants' and experts' first screen."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from partybuilding.projects.models import Project


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """List the projects of the user's organisations."""
    projects = Project.objects.visible_to(request.user)
    return render(request, "partybuilding/portal/home.html", {"projects": projects})


@login_required
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one project."""
    found = get_object_or_404(Project.objects.visible_to(request.user), pk=pk)
    return render(request, "partybuilding/portal/project.html", {"project": found})
