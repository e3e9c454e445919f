"""The addresses of the open data, below /data/."""

from django.urls import path

from partybuilding.opendata.views import data_file, dictionary, index

urlpatterns = [
    path("", index, name="open_data"),
    path("dictionary/", dictionary, name="open_data_dictionary"),
    path("<str:name>", data_file, name="open_data_file"),
]
