"""The addresses of the staff screens, below the CMS admin, with the namespace "partybuilding"."""

from django.urls import include, path

app_name = "partybuilding"

urlpatterns = [
    path("", include("partybuilding.core.urls")),
    path("column/", include("partybuilding.column.urls")),
    path("", include("partybuilding.organizations.urls")),
    path("", include("partybuilding.cycles.urls")),
    path("", include("partybuilding.brands.urls")),
    path("", include("partybuilding.cases.urls")),
    path("", include("partybuilding.progress.urls")),
    path("boards/", include("partybuilding.boards.urls")),
    path("", include("partybuilding.supervision.urls")),
    path("supervision/bulletins/", include("partybuilding.supervision.bulletins.urls")),
    path("supervision/notices/", include("partybuilding.supervision.notices.urls")),
    path("", include("partybuilding.opinions.urls")),
    path("projects/", include("partybuilding.projects.urls")),
    path("sessions/", include("partybuilding.projects.sessions.urls")),
]
