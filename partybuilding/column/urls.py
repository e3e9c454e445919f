"""The staff screens of the column; its list is a register (admin.py)."""

from django.urls import include, path

from partybuilding.column import views
from partybuilding.column.waiting.views import WaitingView

urlpatterns = [
    path("<int:pk>/start/", views.start, name="start_page"),
    path("waiting/", WaitingView.as_view(), name="waiting"),
    path("notices/", include("partybuilding.column.notices.urls")),
]
