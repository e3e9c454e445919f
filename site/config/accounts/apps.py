"""Wagtail's users with our own screens of them."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "config.accounts.users.OneNameUserViewSet"
