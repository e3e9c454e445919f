"""The addresses of the kernel's own staff screens."""

from django.urls import path

from partybuilding.core.desk import views

urlpatterns = [
    path("signed-in/", views.signed_in, name="signed_in"),
    path("notices/", views.NoticeListView.as_view(), name="notices"),
    path("notices/<int:pk>/", views.open_notice, name="notice"),
    path("notices/read/", views.read_all, name="notices_read"),
]
