"""The staff screens of the years' forms."""

from django.urls import path

from partybuilding.projects.yearform import views

urlpatterns = [
    path("<int:pk>/", views.YearFormView.as_view(), name="year_form"),
    path("<int:pk>/correct/", views.CorrectionView.as_view(), name="year_form_correct"),
    path("<int:pk>/close/", views.CloseCorrectionView.as_view(), name="year_form_close"),
]
