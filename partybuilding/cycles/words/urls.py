"""The staff screens of the lists of words."""

from django.urls import path

from partybuilding.cycles.words import views

urlpatterns = [
    path("", views.ListsView.as_view(), name="word_lists"),
    path("<slug:code>/", views.ListView.as_view(), name="word_list"),
]
