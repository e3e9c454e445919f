"""The addresses of the kernel's own staff screens."""

from django.urls import path

from partybuilding.core.desk import views
from partybuilding.core.registers.views import ListFileView, download

urlpatterns = [
    path("signed-in/", views.signed_in, name="signed_in"),
    path("notices/", views.NoticeListView.as_view(), name="notices"),
    path("notices/<int:pk>/", views.open_notice, name="notice"),
    path("notices/read/", views.read_all, name="notices_read"),
    path("files/<int:pk>/", ListFileView.as_view(), name="list_file"),
    path("files/<int:pk>/download/", download, name="list_file_download"),
]
