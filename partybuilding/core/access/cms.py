"""Which of the CMS's addresses somebody may open: none but those that their rights cover.

Choosers, bulk actions, reports and the internal interface show titles of drafts and of library files to
whoever may enter the admin at all. So every address is closed unless it stands here: with what all
staff need, with the library of pictures or documents, with a part of the page tree, or, when nothing is
said of it, with the whole tree.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageQuerySet, Site
from wagtail.permissions import page_permission_policy as pages

from partybuilding.core.files.library import user_works_with
from partybuilding.core.types import AnyUser

#: What all staff need: ways in and out, words for the browser, and screens that ask for themselves.
OPEN = re.compile(
    r"wagtailadmin_(home|login|logout|account|sprite|dismissibles|javascript_catalog|password_reset\w*)"
    r"|wagtail_modeladmin:javascript_catalog|javascript_catalog"
    r"|(partybuilding|second_factor):[\w:]+|party_\w+_modeladmin_\w+"
)
#: What each library shows, its bulk actions and its part of the internal interface included.
LIBRARY = r"wagtail{0}(_chooser)?:\w+|wagtailadmin_api:{0}:\w+|bulk:wagtail{0}"
PICTURES = re.compile(LIBRARY.format("images"))
DOCUMENTS = re.compile(LIBRARY.format("docs").replace("api:docs", "api:documents"))
#: What asks for the right on the very page, of those that `only_shown` keeps.
PART = re.compile(
    r"wagtailadmin_explore(_root|_results)?"
    r"|wagtailadmin_choose_page(_child|_search|_external_link|_email_link|_phone_link|_anchor_link)?"
    r"|wagtailadmin_pages:(add|preview_on_add|add_subpage|edit|preview_on_edit|view_draft|usage|delete"
    r"|unpublish|move|move_confirm|set_page_position|copy|workflow_action|collect_workflow_action_data"
    r"|confirm_workflow_cancellation|workflow_preview|set_privacy|lock|unlock|revisions_\w+|history"
    r"|history_results|workflow_history|workflow_history_detail|search|search_results)"
    r"|wagtailadmin_editing_sessions:\w+|wagtailadmin_block_preview"
)
#: The internal interface changes nothing here: what it offers knows neither reasons nor four eyes.
INTERFACE = "wagtailadmin_api:"
#: How addresses call the page that they are about.
PAGE_KEYS = ("page_id", "parent_page_id", "page_to_move_id")
PAGE_RIGHTS = ("add", "change", "publish", "bulk_delete", "lock", "unlock")


class CmsAccessMiddleware:
    """Say 404 to staff for the CMS's own addresses that their rights do not cover."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Look at the name of the address before its view is called.

        Raises:
            Http404: it is closed to this user.
        """
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return
        name = name_of(request)
        if OPEN.fullmatch(name) or not request.user.has_perm("wagtailadmin.access_admin"):
            return
        written = name.startswith(INTERFACE) and request.method not in ("GET", "HEAD", "OPTIONS")
        page = next((kwargs[key] for key in PAGE_KEYS if key in kwargs), None)
        if written or not user_can_open_address(name, request.user, page):
            raise Http404


def name_of(request: HttpRequest) -> str:
    """Return the name of an address; that of a bulk action says what it acts upon."""
    match = request.resolver_match
    if match is None:
        return ""
    if match.url_name == "wagtail_bulk_action":
        return f"bulk:{match.kwargs['app_label']}"
    return match.view_name or ""


def user_can_open_address(name: str, user: AnyUser, page: int | None = None) -> bool:
    """Tell whether a user's rights cover an address of the CMS.

    Args:
        page: the page that the address is about.
    """
    if user.is_superuser or OPEN.fullmatch(name):
        return True
    if PICTURES.fullmatch(name):
        return user_works_with(get_image_model(), user)
    if DOCUMENTS.fullmatch(name):
        return user_works_with(get_document_model(), user)
    if PART.fullmatch(name):
        may = pages.user_has_any_permission(user, PAGE_RIGHTS)
        return may and (page is None or only_shown(Page.objects.filter(pk=page), user).exists())
    return user_works_on_every_page(user)


def user_works_on_every_page(user: AnyUser) -> bool:
    """Tell whether a user's rights cover the pages of every site from its front page on."""
    tops = Page.objects.filter(pk__in=Site.objects.values("root_page"))
    return all(pages.user_has_any_permission_for_instance(user, PAGE_RIGHTS, top) for top in tops)


def only_shown(found: PageQuerySet, user: AnyUser) -> PageQuerySet:
    """Keep the pages that are public, and those that the user works on."""
    if user_works_on_every_page(user):
        return found
    own = pages.explorable_instances(user).values("pk")
    return found.filter(Q(live=True) | Q(pk__in=own))


def only_own_pages(found: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Leave in the chooser of pages what `only_shown` keeps."""
    return only_shown(found, request.user)
