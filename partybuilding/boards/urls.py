"""The addresses of the boards."""

from django.urls import path

from partybuilding.boards import views
from partybuilding.boards.mails import MailsView

urlpatterns = [
    path("", views.PipelineView.as_view(), name="board"),
    path("overdue/", views.OverdueView.as_view(), name="board_overdue"),
    path("load/", views.LoadView.as_view(), name="board_load"),
    path("load/<int:pk>/", views.HandledView.as_view(), name="board_handled"),
    path("mails/", MailsView.as_view(), name="mails"),
    path("mine/", views.ChargesView.as_view(), name="charges"),
]
