"""The staff screens of the evaluation."""

from django.urls import path

from partybuilding.evaluation.views import board, daily, draws, overview, rules, year_runs

urlpatterns = [
    path("", overview.newest, name="evaluation"),
    path("<int:year>/", overview.OverviewView.as_view(), name="evaluation_year"),
    path("<int:year>/rules/", rules.RulesView.as_view(), name="evaluation_rules"),
    path("<int:year>/rules/edit/", rules.EditRulesView.as_view(), name="evaluation_rules_edit"),
    path("<int:year>/draws/", draws.DrawsView.as_view(), name="draws"),
    path("<int:year>/draws/new/<slug:kind>/", draws.AnnounceView.as_view(), name="draw_announce"),
    path("draws/<int:pk>/", draws.DrawView.as_view(), name="draw"),
    path("draws/<int:pk>/swap/", draws.SwapView.as_view(), name="draw_swap"),
    path("draws/<int:pk>/step/<slug:step>/", draws.DrawStepView.as_view(), name="draw_step"),
    path("<int:year>/progress/", board.ProgressView.as_view(), name="progress"),
    path("<int:year>/absence/", board.AbsenceView.as_view(), name="absence"),
    path("<int:year>/sheets/", board.SheetsView.as_view(), name="score_sheets"),
    path("<int:year>/disagreements/", board.DisagreementsView.as_view(), name="disagreements"),
    path("<int:year>/runs/", year_runs.YearRunsView.as_view(), name="evaluation_runs"),
    path("sheets/<int:pk>/", board.SheetView.as_view(), name="score_sheet"),
    path(
        "sheets/<int:pk>/step/<slug:step>/",
        board.SheetStepView.as_view(),
        name="score_sheet_step",
    ),
    path("daily/", daily.DailyListView.as_view(), name="daily_ratings"),
    path("daily/<int:pk>/", daily.DailyView.as_view(), name="daily_rating"),
]
