"""The staff screens of questions on reports and of changes of commitments."""

from django.urls import path

from partybuilding.progress import views

urlpatterns = [
    path("questions/<int:pk>/", views.QuestionView.as_view(), name="question"),
    path(
        "questions/<int:pk>/step/<slug:step>/",
        views.QuestionStepView.as_view(),
        name="question_step",
    ),
    path("changes/<int:pk>/", views.ChangeView.as_view(), name="change"),
    path("changes/<int:pk>/step/<slug:step>/", views.ChangeStepView.as_view(), name="change_step"),
    path("projects/<int:pk>/ask/<int:step>/", views.AskView.as_view(), name="ask"),
]
