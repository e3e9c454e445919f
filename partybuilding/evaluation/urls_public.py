"""The addresses of the evaluation that residents use, below /results/."""

from django.urls import path

from partybuilding.evaluation.views import results

urlpatterns = [
    path("", results.index, name="results"),
    path("draws/", results.draws, name="results_draws"),
    path("<int:year>/", results.year, name="results_year"),
    path("<int:year>/object/", results.ObjectView.as_view(), name="results_object"),
]
