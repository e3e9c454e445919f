"""The staff screens of projects."""

from django.urls import path

from partybuilding.projects.views import bulk, case, export, steps

urlpatterns = [
    path("bulk/", bulk.BulkView.as_view(), name="bulk"),
    path("<int:pk>/", case.CaseView.as_view(), name="case"),
    path("<int:pk>/step/<slug:step>/", steps.StepView.as_view(), name="step"),
    path("<int:pk>/extend/", steps.ExtendView.as_view(), name="extend"),
    path("<int:pk>/form.<slug:edition>", export.application_form, name="form"),
]
