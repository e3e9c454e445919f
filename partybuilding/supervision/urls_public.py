"""What residents read of supervision beside its pages."""

from django.urls import path

from partybuilding.supervision.bulletins.views import paper
from partybuilding.supervision.rounds.exports import SupervisionFeed, list_csv, list_json

urlpatterns = [
    path("feed.atom", SupervisionFeed(), name="supervision_feed"),
    path("list.csv", list_csv, name="supervision_csv"),
    path("list.json", list_json, name="supervision_json"),
    path("<slug:slug>/bulletin.<str:edition>", paper, name="bulletin_paper"),
]
