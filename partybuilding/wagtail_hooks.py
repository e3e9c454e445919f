"""What the plugin adds to the CMS admin: its style, its menu, and what the rooms hook in."""

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import URLResolver, include, path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from partybuilding.core import rooms
from partybuilding.core.desk.menu import groups_of_rooms, of_group

#: The sheets of the staff screens, the later ones upon the earlier.
SHEETS = (
    "admin",
    "sessions",
    "column",
    "boards",
    "supervision",
    "opinions",
    "evaluation",
    "wechat",
    "inspection",
    "texts",
)


@hooks.register("register_admin_urls")
def staff_screens() -> list[URLResolver]:
    """Mount the staff screens below the admin's address."""
    return [path("party/", include("partybuilding.urls"))]


@hooks.register("insert_global_admin_css")
def staff_style() -> SafeString:
    """Give the staff screens their look."""
    return format_html_join(
        "",
        '<link rel="stylesheet" href="{}">',
        ((static(f"partybuilding/{name}.css"),) for name in SHEETS),
    )


@hooks.register("insert_editor_js")
def editor_help() -> SafeString:
    """Tell the editor of pages what would lose its text, and what to do."""
    limits = {
        "most_fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        "most_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    }
    return render_to_string("partybuilding/core/editor.html", limits)


for group in groups_of_rooms():
    modeladmin_register(group)
for item in of_group(""):
    hooks.register("register_admin_menu_item", lambda item=item: item)
for name, function in rooms.collect("hooks"):
    hooks.register(name, function)
