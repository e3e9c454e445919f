"""The staff screens of a year that show what its applications are asked and how they are decided."""

from django.urls import path

from partybuilding.projects.views import process
from partybuilding.projects.yearform import views

urlpatterns = [
    path("<int:pk>/process/", process.ProcessView.as_view(), name="process"),
    path("<int:pk>/form/", views.YearFormView.as_view(), name="year_form"),
    path("<int:pk>/form/correct/", views.CorrectionView.as_view(), name="year_form_correct"),
    path("<int:pk>/form/close/", views.CloseCorrectionView.as_view(), name="year_form_close"),
]
