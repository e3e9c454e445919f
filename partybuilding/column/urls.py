"""The staff screens of the column; its list is a register (admin.py)."""

from django.urls import path

from partybuilding.column import views

urlpatterns = [
    path("<int:pk>/start/", views.start, name="start_page"),
]
