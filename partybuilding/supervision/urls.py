"""The staff screens of supervision."""

from django.urls import path

from partybuilding.supervision.views import activities, board, correcting, planning, rectifications

urlpatterns = [
    path("supervision/", board.BoardView.as_view(), name="supervision"),
    path("supervision/plan/", planning.PlanView.as_view(), name="supervision_plan"),
    path("supervision/meeting/", planning.MeetingView.as_view(), name="supervision_meeting"),
    path("supervision/years/<int:pk>/", planning.draw_up, name="supervision_draw_up"),
    path("supervision/activities/<int:pk>/", activities.ActivityView.as_view(), name="activity"),
    path("supervision/activities/<int:pk>/record/", activities.VisitView.as_view(), name="visit"),
    path(
        "supervision/activities/<int:pk>/correct/",
        correcting.CorrectVisitView.as_view(),
        name="visit_correct",
    ),
    path(
        "supervision/rectifications/<int:pk>/correct/",
        correcting.CorrectFindingView.as_view(),
        name="rectification_correct",
    ),
    path(
        "supervision/activities/<int:pk>/pictures/",
        activities.PicturesView.as_view(),
        name="visit_pictures",
    ),
    path(
        "supervision/rectifications/<int:pk>/",
        rectifications.RectificationView.as_view(),
        name="rectification",
    ),
    path(
        "supervision/rectifications/<int:pk>/step/<slug:step>/",
        rectifications.RectificationStepView.as_view(),
        name="rectification_step",
    ),
]
