"""Everything the plugin adds to the CMS admin, one line per hook."""

from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html_join
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from partybuilding.admin import PartyBuildingGroup
from partybuilding.core.desk import register_desk
from partybuilding.core.inbox import inbox_item
from partybuilding.core.panels import show_desk
from partybuilding.organizations.chrome import clear_menu, clear_panels, home_item
from partybuilding.organizations.journal import register_actions
from partybuilding.projects.desk import preparation_lines, project_lines, session_lines
from partybuilding.projects.sections import register_own_sections
from partybuilding.projects.sections_decision import register_decision_sections


@hooks.register("register_admin_urls")
def staff_screens():
    """Mount the staff screens below the admin's address."""
    return [path("party/", include("partybuilding.urls"))]


@hooks.register("insert_global_admin_css")
def staff_style():
    """Give the staff screens their look."""
    return format_html_join(
        "",
        '<link rel="stylesheet" href="{}">',
        ((static(f"partybuilding/{name}.css"),) for name in ("admin", "sessions")),
    )


modeladmin_register(PartyBuildingGroup)
hooks.register("register_admin_menu_item", home_item)
hooks.register("register_admin_menu_item", inbox_item)
hooks.register("construct_main_menu", clear_menu)
hooks.register("register_log_actions", register_actions)
hooks.register("construct_homepage_panels", clear_panels)
hooks.register("construct_homepage_panels", show_desk)
register_desk(project_lines)
register_desk(preparation_lines)
register_desk(session_lines)
register_own_sections()
register_decision_sections()
