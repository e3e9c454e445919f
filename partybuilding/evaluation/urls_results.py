"""The staff screens of runs, objections and awards."""

from django.urls import path

from partybuilding.evaluation.views import awards, objections, run_aspects, runs

urlpatterns = [
    path("runs/<int:pk>/", runs.RunView.as_view(), name="run"),
    path("runs/<int:pk>/step/<slug:step>/", runs.RunStepView.as_view(), name="run_step"),
    path("runs/<int:pk>/override/", runs.OverrideView.as_view(), name="run_override"),
    path("runs/<int:pk>/methods/", run_aspects.MethodsView.as_view(), name="run_methods"),
    path("runs/<int:pk>/judges/", run_aspects.JudgesView.as_view(), name="run_judges"),
    path("runs/<int:pk>/changes/", run_aspects.ChangesView.as_view(), name="run_changes"),
    path("runs/<int:pk>/projects/<slug:name>/", run_aspects.LineView.as_view(), name="run_line"),
    path("runs/<int:pk>/recompute.zip", runs.run_bundle, name="run_bundle"),
    path("runs/<int:pk>/object/", objections.EnterObjectionView.as_view(), name="objection_add"),
    path("objections/<int:pk>/", objections.ObjectionView.as_view(), name="objection"),
    path(
        "objections/<int:pk>/step/<slug:step>/",
        objections.ObjectionStepView.as_view(),
        name="objection_step",
    ),
    path("awards/<int:pk>/", awards.AwardView.as_view(), name="award"),
    path("awards/<int:pk>/step/<slug:step>/", awards.AwardStepView.as_view(), name="award_step"),
]
