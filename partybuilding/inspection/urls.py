"""The staff screens of the inspection."""

from django.urls import path

from partybuilding.inspection import views

urlpatterns = [
    path("inspection/", views.ReportView.as_view(), name="inspection"),
    path("inspection/outside/", views.OutsideView.as_view(), name="inspection_outside"),
    path("inspection/words/", views.WordsView.as_view(), name="inspection_words"),
]
