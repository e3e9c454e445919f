"""The staff screens of case studies."""

from django.urls import path

from partybuilding.cases import views

urlpatterns = [
    path("cases/<int:pk>/", views.CaseStudyView.as_view(), name="case_study"),
    path("cases/<int:pk>/page/", views.start_page, name="case_study_page"),
    path(
        "cases/<int:pk>/step/<slug:step>/",
        views.CaseStudyStepView.as_view(),
        name="case_study_step",
    ),
    path("projects/<int:pk>/case-study/", views.StartCaseView.as_view(), name="case_study_start"),
]
