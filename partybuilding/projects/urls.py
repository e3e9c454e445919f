"""The staff screens of projects."""

from django.urls import path

from partybuilding.projects import views

urlpatterns = [
    path("<int:pk>/", views.case, name="case"),
]
