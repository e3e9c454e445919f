"""Everything the plugin adds to the CMS admin, one line per hook."""

from django.urls import include, path
from wagtail import hooks


@hooks.register("register_admin_urls")
def staff_screens():
    """Mount the staff screens below the admin's address."""
    return [path("party/", include("partybuilding.urls"))]
