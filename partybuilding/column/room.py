"""The public column: what it assembles, how it is written, and what waits to be written."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.signals import task_rejected

from partybuilding.column import editing, remarks
from partybuilding.column.admin import ColumnAdmin
from partybuilding.column.desk import page_lines
from partybuilding.column.doing.pages import OverdueIndexPage, ProgressIndexPage
from partybuilding.column.notices.index import NoticeIndexPage
from partybuilding.column.notices.permissions import user_can_start_notice
from partybuilding.column.notices.views import notice_ways
from partybuilding.column.pages import ProjectIndexPage
from partybuilding.column.publishing import tell_returned
from partybuilding.column.waiting.columns import PROGRESS
from partybuilding.core.desk.menu import StaffMenuItem
from partybuilding.core.rooms import IndexPage, Listener, Room
from partybuilding.organizations.permissions import user_works_on_pages

WAITING = StaffMenuItem(
    _("Work on the column"),
    reverse_lazy("partybuilding:waiting"),
    name="waiting",
    icon_name="tasks",
    order=18,
    may=user_works_on_pages,
)
NOTICES = StaffMenuItem(
    _("Notices of approved lists"),
    reverse_lazy("partybuilding:notices_begun"),
    name="approved-lists",
    icon_name="doc-full",
    order=40,
    may=user_can_start_notice,
)

ROOM = Room(
    listeners=(Listener(task_rejected, tell_returned),),
    desk=(page_lines,),
    remarks=(
        remarks.review_remarks,
        remarks.publication_remarks,
        remarks.gate_remarks,
        remarks.author_remarks,
    ),
    case_actions=(editing.page_ways,),
    session_actions=(notice_ways,),
    columns=(PROGRESS,),
    menu={"": (WAITING,), "choosing": (NOTICES,), "doing": (ColumnAdmin,)},
    addresses={"column/": "partybuilding.column.urls"},
    public_addresses={"": "partybuilding.column.urls_public"},
    index_pages=(
        IndexPage(ProjectIndexPage, "创新项目", "projects", order=10),
        IndexPage(ProgressIndexPage, "落实进展", "progress", order=20),
        IndexPage(OverdueIndexPage, "逾期与没有做到的承诺", "overdue", order=30),
        IndexPage(NoticeIndexPage, "公示公告", "notices", order=50, is_written=True),
    ),
    hooks=(
        ("register_page_header_buttons", editing.case_buttons),
        ("construct_explorer_page_queryset", editing.with_record_state),
        ("after_edit_page", editing.say_why_not_published),
        ("after_edit_page", editing.say_what_was_decided),
        ("before_unpublish_page", editing.withdraw_with_reason),
        ("before_bulk_action", editing.refuse_unpublishing_many),
        ("construct_page_action_menu", editing.offer_what_is_due),
    ),
)
