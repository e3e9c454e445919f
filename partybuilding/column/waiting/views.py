"""待处理: the one list of what waits for editors and publishers, each line with its next step."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.column.waiting.items import Item, Work, work_for
from partybuilding.column.waiting.states import PROMISE, WorkKind
from partybuilding.core.registers.filters import with_next
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import roles_of_user, user_works_on_pages

SORT_LABELS = {
    "urgent": gettext_lazy("Mine first"),
    "longest": gettext_lazy("Waiting longest"),
    "newest": gettext_lazy("Newest first"),
}


@dataclass(frozen=True)
class Way:
    """A button of a line; one that begins a page is sent, the others are followed."""

    label: str
    url: str
    is_post: bool = False
    is_main: bool = False


@dataclass(frozen=True)
class Tab:
    """One kind of work with its number."""

    label: str
    count: int
    url: str
    is_current: bool
    tone: str = ""


class WaitingView(WagtailAdminTemplateMixin, TemplateView):
    """Everything that waits, over all kinds of pages."""

    template_name = "partybuilding/column/waiting/list.html"
    page_title = gettext_lazy("Work on the column")
    header_icon = "tasks"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in those who work on pages."""
        if not user_works_on_pages(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Return the name of the screen."""
        return str(self.page_title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the first screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List what the query asks for, with the ways on from each line."""
        user = self.request.user
        work = work_for(user, self.request.GET)
        here = reverse("partybuilding:waiting")
        back = f"{here}?{work.query()}" if work.query() else here
        roles = roles_of_user(user)
        return super().get_context_data(
            work=work,
            tabs=list(tabs_of(work)),
            lines=[(item, list(ways_of(item, user, back))) for item in work.items],
            sorts=[(code, label, code == work.sort) for code, label in SORT_LABELS.items()],
            everyone=f"?{work.query(by='')}",
            reviews=roles.is_superuser or roles.has(Role.PUBLISHER),
            **kwargs,
        )


def tabs_of(work: Work) -> Iterator[Tab]:
    """Return the kinds of work with their numbers; a kind without any is left out unless chosen."""
    yield Tab(_("All"), work.all, f"?{work.query(kind='')}", not work.kind)
    labels = {PROMISE: _("Promises to publish")}
    labels |= {kind.value: str(kind.label) for kind in WorkKind}
    for code, label in labels.items():
        count = work.counts.get(code, 0)
        if count or work.kind == code:
            yield Tab(label, count, f"?{work.query(kind=code)}", work.kind == code)


def ways_of(item: Item, user: AnyUser, back: str) -> Iterator[Way]:
    """Return what can be done with one line, the next step first."""
    roles = roles_of_user(user)
    kind = item.row.kind
    if kind == WorkKind.WRITE and item.project is not None:
        url = reverse("partybuilding:start_page", args=[item.project.pk])
        yield Way(_("Begin the page"), url, is_post=True, is_main=True)
    elif kind == WorkKind.STALE and item.row.column is not None:
        yield Way(_("Write something new"), item.row.column.url(user), is_main=True)
    elif item.page is not None:
        edit = reverse("wagtailadmin_pages:edit", args=[item.page.pk])
        reviews = roles.is_superuser or roles.has(Role.PUBLISHER)
        label, is_main = _LABELS[kind]
        if kind == WorkKind.REVIEW and reviews and not item.is_own:
            label, is_main = gettext_lazy("Open for review"), True
        yield Way(str(label), edit, is_main=is_main)
    if item.may_return and item.project is not None:
        url = reverse("partybuilding:step", args=[item.project.pk, "return_commitments"])
        yield Way(_("Return the commitments"), with_next(url, back))


_LABELS = {
    WorkKind.KEPT_BACK: (gettext_lazy("See what was refused"), True),
    WorkKind.RETURNED: (gettext_lazy("Mend the page"), True),
    WorkKind.REVIEW: (gettext_lazy("Look at the page"), False),
    WorkKind.HAND_IN: (gettext_lazy("Check and hand in"), True),
    WorkKind.DRAFT: (gettext_lazy("Edit the page"), True),
    WorkKind.SCHEDULED: (gettext_lazy("Look at the page"), False),
}
