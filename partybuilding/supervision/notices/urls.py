"""The staff screens of feedback notices."""

from django.urls import path

from partybuilding.supervision.notices import views, views_quarter

urlpatterns = [
    path("", views_quarter.RoundsView.as_view(), name="feedback_rounds"),
    path(
        "quarter/<int:cycle>/<int:year>/<int:quarter>/",
        views_quarter.QuarterView.as_view(),
        name="feedback_quarter",
    ),
    path("draft/<int:activity>/", views.start, name="feedback_start"),
    path("<int:pk>/", views.FeedbackView.as_view(), name="feedback"),
    path("<int:pk>/words/", views.WordsView.as_view(), name="feedback_words"),
    path("<int:pk>/correct/", views.CorrectionView.as_view(), name="feedback_correct"),
    path("<int:pk>/step/<slug:step>/", views.FeedbackStepView.as_view(), name="feedback_step"),
    path("<int:pk>/notice.<str:edition>", views.paper, name="feedback_paper"),
]
