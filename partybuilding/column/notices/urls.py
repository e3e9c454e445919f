"""The staff screens of notices."""

from django.urls import path

from partybuilding.column.notices import views

urlpatterns = [
    path("", views.ChooseView.as_view(), name="notices_begun"),
    path("start/<int:cycle>/", views.StartView.as_view(), name="start_notice"),
    path("<int:pk>/correct/", views.correct, name="correct_notice"),
    path("<int:pk>/redraw/", views.redraw, name="redraw_notice"),
]
