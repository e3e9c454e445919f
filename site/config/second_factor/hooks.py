"""Where the administration leads to the second factor: one's account, and the list of users."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button


def account_item(request: HttpRequest) -> dict[str, str]:
    """Offer everybody to set up a phone."""
    return {
        "url": reverse("second_factor:setup"),
        "label": _("Set up the second factor"),
        "help_text": _("Signing in then also asks for a code from an app on your phone."),
    }


def listing_button(user: Any, request_user: Any) -> Iterator[Button]:
    """Offer system administrators to reset somebody else's lost phone."""
    if request_user.is_superuser and user.pk != request_user.pk:
        yield Button(
            _("Reset the second factor"),
            reverse("second_factor:reset", args=[user.pk]),
            priority=90,
        )


def register() -> None:
    """Tell Wagtail of both places; the addresses exist by then."""
    hooks.register("register_account_menu_item", account_item)
    hooks.register("register_user_listing_buttons", listing_button)
