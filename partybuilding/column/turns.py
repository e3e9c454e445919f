"""One at a time: whatever the CMS does with a page locks it, reads it anew, and hears who was faster.

Two requests that overlap would both act on the page as each had read it: the second approval saved the row
of a draft over the page that the first had published. An action never rides on an autosave either, which
sends the form again with the button in it that a click has just pressed.
"""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, PageLogEntry, Revision, TaskState, WorkflowState

from partybuilding.column.states import PageStatus
from partybuilding.column.waiting.items import name_of
from partybuilding.column.waiting.states import WorkKind
from partybuilding.core.access.requests import answer_refusal
from partybuilding.core.machine.history import RECALLED
from partybuilding.core.machine.refusals import Overtaken
from partybuilding.core.machine.wording import moment_words
from partybuilding.core.pages import ColumnPage
from partybuilding.core.pages.gate import OVERTAKEN
from partybuilding.core.pages.revisions import newest_revision
from partybuilding.core.states import Text

#: The names under which the editor sends what is to be done with the page besides saving it.
ACTION = ("action-", "workflow-action-")
#: The largest key that every database keeps.
LARGEST_KEY = 2**63 - 1
#: What somebody may have done meanwhile, in the words of the sentence about it.
DONE: dict[str, Text] = {
    "wagtail.edit": gettext_lazy("change the page"),
    "wagtail.revert": gettext_lazy("change the page"),
    "wagtail.workflow.start": gettext_lazy("hand in"),
    "wagtail.workflow.resume": gettext_lazy("hand in"),
    "wagtail.workflow.approve": gettext_lazy("approve the page"),
    "wagtail.workflow.reject": gettext_lazy("return the page"),
    "wagtail.workflow.cancel": gettext_lazy("call back from review"),
    RECALLED: gettext_lazy("call back from review"),
    "wagtail.publish": gettext_lazy("publish the page"),
    "wagtail.publish.scheduled": gettext_lazy("publish the page"),
    "wagtail.publish.schedule": gettext_lazy("schedule the publication"),
    "wagtail.schedule.cancel": gettext_lazy("call off the schedule"),
    "wagtail.unpublish": gettext_lazy("take offline"),
    "wagtail.unpublish.scheduled": gettext_lazy("take offline"),
}


class PageTurnMiddleware:
    """Run what the CMS writes on pages in one transaction that has locked them before they are read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a turn that the view began ends with the answer."""
        with ExitStack() as turn:
            request.turn = turn  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Lock the pages that are about to be written, and hold the request to what they are now."""
        keys = pages_written(request, kwargs)
        if not keys or not request.user.is_authenticated:
            return None
        request.turn.enter_context(transaction.atomic())  # type: ignore[attr-defined]
        pages = take_turns(keys)
        try:
            hold_to_now(request, pages, kwargs)
        except Overtaken as refusal:
            return answer_refusal(request, refusal)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """End the turn with nothing written; others answer."""
        request.turn.__exit__(type(exception), exception, exception.__traceback__)  # type: ignore[attr-defined]


def pages_written(request: HttpRequest, kwargs: dict[str, Any]) -> list[int]:
    """Return the keys of the pages that a request of the CMS is about to write."""
    match = request.resolver_match
    if request.method != "POST" or match is None:
        return []
    if match.url_name == "wagtail_bulk_action" and kwargs.get("model_name") == "page":
        return chosen(request.GET.getlist("id"), request.GET.get("childOf", ""))
    if match.app_name != "wagtailadmin_pages" or str(match.url_name).startswith("preview"):
        return []
    names = ("page_id", "parent_page_id", "page_to_move_id")
    return [kwargs[name] for name in names if name in kwargs]


def chosen(keys: list[str], parent: str) -> list[int]:
    """Return the keys of the pages that were ticked, or of all below a page."""
    if "all" in keys and _is_key(parent):
        below = Page.objects.filter(pk=parent).first()
        return list(below.get_children().values_list("pk", flat=True)) if below else []
    return [int(key) for key in keys if _is_key(key)]


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) <= LARGEST_KEY


def take_turns(keys: Iterable[int]) -> list[ColumnPage]:
    """Lock pages of the column in the order of their keys, and return them as they are then."""
    known = [key for key in keys if key <= LARGEST_KEY]
    found = Page.objects.filter(pk__in=known).order_by("pk").specific()
    for page in found:
        if isinstance(page, ColumnPage):
            page.take_turn()
    return [page for page in found.all() if isinstance(page, ColumnPage)]


def hold_to_now(request: HttpRequest, pages: list[ColumnPage], kwargs: dict[str, Any]) -> None:
    """Refuse what somebody else has done meanwhile; take actions from an autosave.

    The editor's form hears it too, so that what was typed comes back with the sentence.

    Raises:
        Overtaken: the page no longer is what the person saw.
    """
    match = request.resolver_match
    name = match.url_name if match else ""
    if name == "wagtail_bulk_action":
        if pages and all(_is_done(kwargs["action"], page) for page in pages):
            raise overtaken(pages[0])
    elif not request.accepts("text/html"):
        request.POST = without_actions(request.POST)
    elif name in ("edit", "revisions_revert") and pages and _is_past(request, pages[0]):
        request.POST = without_actions(request.POST)
        request.POST[OVERTAKEN] = str(overtaken(pages[0]))  # type: ignore[misc]
    elif name in ("edit", "revisions_revert") and pages and _publishes_again(request, pages[0]):
        request.POST = request.POST.copy()  # type: ignore[assignment]
        request.POST[OVERTAKEN] = str(overtaken(pages[0]))  # type: ignore[misc]
    elif pages and _is_settled(str(name), pages[0], kwargs):
        raise overtaken(pages[0])


def without_actions(sent: Any) -> Any:
    """Return what a form sent without what is to be done besides saving."""
    kept = sent.copy()
    for name in [name for name in kept if name.startswith(ACTION)]:
        del kept[name]
    return kept


def _is_past(request: HttpRequest, page: ColumnPage) -> bool:
    """Tell whether the editor asks for what the page's workflow no longer offers."""
    sent = request.POST
    if sent.get("action-workflow-action"):
        return page.current_workflow_task is None or _is_stale(sent, page)
    if sent.get("action-submit") or sent.get("action-restart-workflow"):
        return page.workflow_in_progress
    if sent.get("action-cancel-workflow"):
        return page.current_workflow_state is None
    return bool(sent.get("action-publish")) and _is_stale(sent, page)


def _publishes_again(request: HttpRequest, page: ColumnPage) -> bool:
    newest = newest_revision(page)
    here = newest is not None and newest.pk == page.live_revision_id
    return bool(request.POST.get("action-publish")) and page.live and here


def _is_stale(sent: Any, page: ColumnPage) -> bool:
    """Tell whether somebody saved another text since the form was opened."""
    newest = newest_revision(page)
    kept = sent.get("overwrite_revision_id") or sent.get("loaded_revision_id")
    if newest is None or not kept:
        return False
    if kept != str(newest.pk):
        return True
    opened = sent.get("loaded_revision_created_at")
    own = sent.get("overwrite_revision_id")
    return bool(opened and not own and opened != newest.created_at.isoformat())


def _is_settled(name: str, page: ColumnPage, kwargs: dict[str, Any]) -> bool:
    """Tell whether what another screen is about to do with a page has been done."""
    if "task_state_id" in kwargs:
        waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
        return not waiting.filter(pk=kwargs["task_state_id"]).exists()
    if name == "revisions_unschedule":
        due = Revision.objects.exclude(approved_go_live_at=None)
        return not due.filter(pk=kwargs["revision_id"]).exists()
    return _is_done(name, page)


def _is_done(action: str, page: ColumnPage) -> bool:
    if action == "publish":
        return page.live and not page.has_unpublished_changes
    return action == "unpublish" and not page.live


def overtaken(page: Page) -> Overtaken:
    """Return who was faster, when, with what, and what the page is now."""
    entries = PageLogEntry.objects.filter(page=page.pk, action__in=DONE)
    last = entries.select_related("user").order_by("-timestamp", "-pk").first()
    if last is None:
        return Overtaken([_("The page is now “%(state)s”.") % {"state": standing(page)}])
    facts = {
        "name": name_of(last.user) or _("The schedule"),
        "step": DONE[last.action],
        "when": moment_words(last.timestamp),
        "state": standing(page),
    }
    sentence = _("%(name)s already took the step “%(step)s” at %(when)s; it is now “%(state)s”.")
    return Overtaken([sentence % facts])


def standing(page: Page) -> Text:
    """Return where a page stands, in a word."""
    flow = WorkflowState.objects.for_instance(page).active().first()
    if flow is not None:
        returned = flow.status == WorkflowState.STATUS_NEEDS_CHANGES
        return (PageStatus.RETURNED if returned else PageStatus.REVIEW).label
    if page.revisions.exclude(approved_go_live_at=None).exists():
        return WorkKind.SCHEDULED.label
    if page.live:
        return PageStatus.LIVE.label
    return PageStatus.DRAFT.label if page.first_published_at is None else _("offline")
