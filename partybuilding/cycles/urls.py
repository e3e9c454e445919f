"""The staff screens of programme years."""

from django.urls import path

from partybuilding.cycles import views
from partybuilding.cycles.firstday.views import FirstDaysView

urlpatterns = [
    path("first-days/", FirstDaysView.as_view(), name="first_days"),
    path("cycles/<int:pk>/", views.CycleView.as_view(), name="cycle"),
    path("cycles/<int:pk>/rules/", views.RulesView.as_view(), name="cycle_rules"),
    path("cycles/<int:pk>/extend/", views.ExtendWindowView.as_view(), name="cycle_extend"),
    path("cycles/<int:pk>/next/", views.NextYearView.as_view(), name="cycle_next"),
    path("cycles/<int:pk>/step/<slug:step>/", views.CycleStepView.as_view(), name="cycle_step"),
]
