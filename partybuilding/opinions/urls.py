"""The staff screens of opinions and of the public appraisal."""

from django.urls import path

from partybuilding.opinions.views.appraisal import AppraisalsView, PeriodView
from partybuilding.opinions.views.bulk import BulkRefusalView
from partybuilding.opinions.views.staff import OpinionStepView, OpinionView, PublicationView

urlpatterns = [
    path("opinion/<int:pk>/", OpinionView.as_view(), name="opinion"),
    path("opinion/<int:pk>/step/<slug:step>/", OpinionStepView.as_view(), name="opinion_step"),
    path("opinion/<int:pk>/publication/", PublicationView.as_view(), name="opinion_publication"),
    path("opinion/bulk/", BulkRefusalView.as_view(), name="opinions_bulk"),
    path("appraisals/", AppraisalsView.as_view(), name="appraisals"),
    path("appraisals/<int:pk>/", PeriodView.as_view(), name="appraisal_period"),
]
