"""What the CMS's own page screens show of a record: its file, its state, why it cannot be published."""

from collections.abc import Iterator
from typing import Any

from django.contrib.messages import add_message, get_messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages import unpublish as stock
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.pages import PublicationRefused, RecordPage
from partybuilding.core.services import withdraw_page
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import user_works_on_pages
from partybuilding.projects.casefile.contents import CaseAction
from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage

#: The workflow's own names of its actions.
APPROVE, RETURN = "approve", "reject"
#: The button that publishes what was just written: nobody's but a system administrator's.
PUBLISH = "action-publish"
#: The stock screen; Wagtail 8 calls it by the name that Wagtail 7 gives its base.
UnpublishScreen = getattr(stock, "Unpublish", stock.UnpublishView)
#: The bulk action's name in the CMS.
UNPUBLISH = "unpublish"


def case_buttons(
    page: Page, user: AnyUser, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from the editor of a project's page to its case file."""
    if isinstance(page, ProjectPage) and _sees(user, page.project_id):
        url = reverse("partybuilding:case", args=[page.project_id])
        yield Button(_("Project file"), url, icon_name="folder-open-inverse", priority=5)


def page_ways(project: Project, user: AnyUser) -> Iterator[CaseAction]:
    """Lead from the case file to the project's page in the CMS."""
    if not project.state_row.public or not user_works_on_pages(user):
        return
    page = ProjectPage.objects.filter(project=project).only("pk").first()
    if page is None:
        url = f"{reverse('party_column_modeladmin_index')}?q={project.code}"
        yield CaseAction(_("Write the public page"), url, "doc-empty-inverse")
    else:
        yield CaseAction(
            _("Edit the public page"), reverse("wagtailadmin_pages:edit", args=[page.pk]), "edit"
        )


def say_why_not_published(request: HttpRequest, page: Page) -> None:
    """Tell who asked to publish a page that its record keeps back: it was kept as a draft."""
    asked = request.method == "POST" and request.POST.get("action-publish")
    if asked and isinstance(page, RecordPage) and not page.record_allows_live():
        for sentence in page.refusal().sentences:
            messages.error(request, sentence)


def say_what_was_decided(request: HttpRequest, page: Page) -> None:
    """Tell a reviewer what became of the page, instead of that it was updated."""
    if request.method != "POST" or not request.POST.get("action-workflow-action"):
        return
    for message in list(get_messages(request))[:-1]:
        add_message(request, message.level, message.message, message.extra_tags)
    title = {"title": page.get_admin_display_title()}
    if request.POST.get("workflow-action-name") == RETURN:
        said = _("“%(title)s” was returned to the editor.")
    elif Page.objects.filter(pk=page.pk, live=True, has_unpublished_changes=False).exists():
        said = _("“%(title)s” was approved and published.")
    else:
        said = _("“%(title)s” was approved.")
    messages.success(request, said % title)


def withdraw_with_reason(request: HttpRequest, page: Page) -> HttpResponse:
    """Take a page offline in the stock screen's stead: it alone, with the reason that was given."""
    view = UnpublishScreen()
    view.setup(request, page_id=page.pk)
    reason = request.POST.get("reason", "")
    try:
        withdraw_page(page, by=request.user, reason=reason)
    except Refusal as refusal:
        view.objects_to_unpublish = [page]
        said = view.get_context_data(reason=reason, sentences=refusal.sentences)
        return view.render_to_response(said)
    messages.success(request, view.get_success_message())
    return HttpResponseRedirect(view.get_next_url())


def refuse_unpublishing_many(
    request: HttpRequest, action: str, objects: list[Any], view: Any
) -> None:
    """Refuse to take several pages offline at once.

    Raises:
        PublicationRefused: it was asked for.
    """
    if action == UNPUBLISH and view.model is Page:
        raise PublicationRefused([_("Take pages offline one at a time, each with its reason.")])


def offer_what_is_due(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Put the approval first for who reviews a page; leave it out while the record keeps it back.

    Whoever saves has written last, so that publishing at once is never offered (four eyes).
    """
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name != PUBLISH]
    page = context.get("page")
    approvals = [item for item in items if getattr(item, "name", "") == APPROVE]
    if isinstance(page, RecordPage) and not page.record_allows_live():
        items[:] = [item for item in items if item not in approvals]
        return
    for item in approvals:
        if not item.launch_modal:
            items.remove(item)
            items.insert(0, item)


def with_record_state(
    parent_page: Page, pages: QuerySet[Page], request: HttpRequest
) -> QuerySet[Page]:
    """Fetch the state of every project with the list of pages in which its page stands."""
    state = Project.objects.filter(page=OuterRef("pk")).values("state")
    return pages.annotate(record_state=Subquery(state))


def _sees(user: AnyUser, project_id: int) -> bool:
    return Project.objects.visible_to(user).filter(pk=project_id).exists()
