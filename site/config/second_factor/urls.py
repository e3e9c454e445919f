"""Addresses of the second factor, below /admin/second-factor/."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from config.second_factor import hooks, views

app_name = "second_factor"
urlpatterns = [
    path("", require_admin_access(views.verify), name="verify"),
    path("setup/", require_admin_access(views.setup), name="setup"),
    path("reset/<int:user_id>/", require_admin_access(views.reset), name="reset"),
]
hooks.register()
