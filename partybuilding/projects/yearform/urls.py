"""The staff screens of a year that show what its applications are asked and how they are decided."""

from django.urls import path

from partybuilding.projects.views import process
from partybuilding.projects.yearform.views import corrections, form

urlpatterns = [
    path("<int:pk>/process/", process.ProcessView.as_view(), name="process"),
    path("<int:pk>/form/", form.YearFormView.as_view(), name="year_form"),
    path("<int:pk>/form/correct/", corrections.CorrectionView.as_view(), name="year_form_correct"),
    path(
        "<int:pk>/form/supplement/",
        corrections.SupplementView.as_view(),
        name="year_form_supplement",
    ),
    path("<int:pk>/form/close/", corrections.CloseCorrectionView.as_view(), name="year_form_close"),
]
