"""The addresses of the portal; mount them with the namespace "portal"."""

from django.urls import path

from partybuilding.portal import views

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path("projects/<int:pk>/", views.project, name="project"),
]
