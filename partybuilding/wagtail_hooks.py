"""Everything the plugin adds to the CMS admin, one line per hook."""

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html_join
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from partybuilding.admin import GROUPS
from partybuilding.boards.desk import board_lines
from partybuilding.boards.filters import board_filters
from partybuilding.boards.menu import board_items
from partybuilding.brands.desk import brand_lines
from partybuilding.brands.editing import brand_buttons, with_brand_state
from partybuilding.cases.desk import case_lines
from partybuilding.cases.editing import case_study_buttons, with_case_state
from partybuilding.column.desk import page_lines
from partybuilding.column.editing import (
    case_buttons,
    offer_what_is_due,
    page_ways,
    refuse_unpublishing_many,
    say_what_was_decided,
    say_why_not_published,
    with_record_state,
    withdraw_with_reason,
)
from partybuilding.column.menu import column_items
from partybuilding.column.notices.ways import notice_ways
from partybuilding.column.remarks import (
    author_remarks,
    gate_remarks,
    publication_remarks,
    review_remarks,
)
from partybuilding.column.waiting.columns import register_own_columns
from partybuilding.core.access.cms import only_own_pages
from partybuilding.core.desk.deadlines import register_deadlines
from partybuilding.core.desk.inbox import inbox_item
from partybuilding.core.desk.lines import register_desk
from partybuilding.core.desk.panels import show_desk
from partybuilding.core.files.library import keep_unpublished_private
from partybuilding.core.machine.log_actions import register_steps
from partybuilding.core.pages.remarks import register_remarks
from partybuilding.core.registers.admin import register_filters
from partybuilding.opinions.casefile import register_opinion_section
from partybuilding.opinions.desk import opinion_lines
from partybuilding.organizations.chrome import clear_menu, clear_panels, home_item
from partybuilding.organizations.journal import register_actions
from partybuilding.organizations.security import register_security_actions
from partybuilding.organizations.viewsets import issuing_bodies
from partybuilding.progress.desk import keeping_lines
from partybuilding.progress.sections import register_keeping_section
from partybuilding.projects.casefile.contents import register_action, register_session_action
from partybuilding.projects.casefile.sections import register_own_sections
from partybuilding.projects.desk import preparation_lines, project_lines, session_lines
from partybuilding.projects.preparation.sections import register_decision_sections
from partybuilding.supervision.bulletins.desk import bulletin_deadlines, bulletin_lines
from partybuilding.supervision.desk import supervision_lines
from partybuilding.supervision.notices.desk import feedback_lines


@hooks.register("register_admin_urls")
def staff_screens():
    """Mount the staff screens below the admin's address."""
    return [path("party/", include("partybuilding.urls"))]


#: The sheets of the staff screens, the later ones upon the earlier.
SHEETS = ("admin", "sessions", "column", "boards", "supervision", "opinions")


@hooks.register("insert_global_admin_css")
def staff_style():
    """Give the staff screens their look."""
    return format_html_join(
        "",
        '<link rel="stylesheet" href="{}">',
        ((static(f"partybuilding/{name}.css"),) for name in SHEETS),
    )


@hooks.register("insert_editor_js")
def editor_help():
    """Tell the editor of pages what would lose its text, and what to do."""
    limits = {
        "most_fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        "most_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    }
    return render_to_string("partybuilding/core/editor.html", limits)


for group in GROUPS:
    modeladmin_register(group)
for item in (*board_items(), *column_items()):
    hooks.register("register_admin_menu_item", lambda item=item: item)
hooks.register("register_admin_menu_item", home_item)
hooks.register("register_admin_menu_item", inbox_item)
hooks.register("construct_main_menu", clear_menu)
hooks.register("register_admin_viewset", issuing_bodies)
hooks.register("register_log_actions", register_steps)
hooks.register("register_log_actions", register_actions)
hooks.register("register_log_actions", register_security_actions)
hooks.register("construct_homepage_panels", clear_panels)
hooks.register("construct_homepage_panels", show_desk)
for buttons in (case_buttons, brand_buttons, case_study_buttons):
    hooks.register("register_page_header_buttons", buttons)
for state_of in (with_record_state, with_brand_state, with_case_state):
    hooks.register("construct_explorer_page_queryset", state_of)
hooks.register("after_edit_page", say_why_not_published)
hooks.register("after_edit_page", say_what_was_decided)
hooks.register("construct_page_chooser_queryset", only_own_pages)
hooks.register("before_unpublish_page", withdraw_with_reason)
hooks.register("before_bulk_action", refuse_unpublishing_many)
hooks.register("construct_page_action_menu", offer_what_is_due)
hooks.register("before_serve_document", keep_unpublished_private)
for remarks in (review_remarks, publication_remarks, gate_remarks, author_remarks):
    register_remarks(remarks)
register_own_columns()
register_filters(board_filters)
register_desk(page_lines)
register_desk(project_lines)
register_desk(preparation_lines)
register_desk(session_lines)
register_desk(keeping_lines)
register_desk(supervision_lines)
register_desk(feedback_lines)
register_desk(bulletin_lines)
register_deadlines(bulletin_deadlines)
register_desk(opinion_lines)
register_desk(brand_lines)
register_desk(case_lines)
register_desk(board_lines)
register_own_sections()
register_decision_sections()
register_keeping_section()
register_opinion_section()
register_action(page_ways)
register_session_action(notice_ways)
