"""The staff screens of projects."""

from django.urls import path

from partybuilding.projects.casefile import views as case
from partybuilding.projects.preparation import board as preparation
from partybuilding.projects.preparation import views as assessments
from partybuilding.projects.views import bulk, letters, steps

urlpatterns = [
    path("bulk/", bulk.BulkView.as_view(), name="bulk"),
    path("<int:pk>/", case.CaseView.as_view(), name="case"),
    path("<int:pk>/step/<slug:step>/", steps.StepView.as_view(), name="step"),
    path("<int:pk>/extend/", steps.ExtendView.as_view(), name="extend"),
    path("<int:pk>/form.<slug:edition>", letters.application_form, name="form"),
    path("<int:pk>/results.<slug:edition>", letters.results_report, name="results_paper"),
    path("<int:pk>/assess/", assessments.AssessView.as_view(), name="assess"),
    path("<int:pk>/rate/", assessments.RateView.as_view(), name="rate"),
    path("<int:pk>/four-ones/", assessments.FourOnesView.as_view(), name="four_ones"),
    path("<int:pk>/experts/", assessments.ExpertsView.as_view(), name="experts"),
    path("<int:pk>/letter.<slug:edition>", letters.letter, name="letter"),
    path("preparation/", preparation.ProgressView.as_view(), name="preparation"),
    path("preparation/experts/", preparation.AssignManyView.as_view(), name="assign_many"),
]
