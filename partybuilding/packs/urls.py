"""The staff screens of programme packs."""

from django.urls import path

from partybuilding.packs import views

urlpatterns = [
    path("new/", views.BeginView.as_view(), name="cycle_add"),
    path("<int:pk>/pack/", views.PackView.as_view(), name="pack"),
    path("<int:pk>/pack/file/", views.DownloadView.as_view(), name="pack_file"),
    path("<int:pk>/pack/apply/", views.ApplyView.as_view(), name="pack_apply"),
]
