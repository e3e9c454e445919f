"""The notices of a quarter: which quarters ask for them, and the issuing of many at once."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.desk.showing import part_asked, ways_to
from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.supervision.addresses import feedback_quarter_url, quarter_at
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Activity
from partybuilding.supervision.notices.permissions import user_sees_rounds
from partybuilding.supervision.notices.selectors import (
    DUE,
    UNTOLD,
    Due,
    due_of,
    quarter_notices,
    rounds,
    to_supplement,
)
from partybuilding.supervision.notices.services import issue_many
from partybuilding.supervision.wording import quarter_words

#: The parts of a quarter's screen.
PARTS = {
    "": _("All notices of the quarter"),
    DUE: _("Still to issue"),
    UNTOLD: _("Awaiting a supplementary notice"),
}


class RoundsFrame(WagtailAdminTemplateMixin):
    """A screen of those who see the notices of all projects."""

    header_icon = "tasks"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep out who does not see every record."""
        if not user_sees_rounds(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Return the name of the screen."""
        return str(self.page_title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the register."""
        register = {
            "url": reverse("party_feedback_modeladmin_index"),
            "label": _("Feedback notices"),
        }
        return [
            *self.breadcrumbs_items,
            register,
            *self.above(),
            {"url": "", "label": self.get_page_title()},
        ]

    def above(self) -> list[dict[str, Any]]:
        """Return the screens between the register and this one."""
        return []


class RoundsView(RoundsFrame, TemplateView):
    """The quarters that ask for notices, with how many of them were issued."""

    template_name = "partybuilding/supervision/notices/rounds.html"
    page_title = _("Issue by quarter")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect the quarters."""
        left = {
            (one["project__cycle"], Quarter(one["activity__year"], one["activity__quarter"])): one
            for one in to_supplement()
        }
        rows = [
            {
                "round": one,
                "quarter_words": quarter_words(one.quarter),
                "url": feedback_quarter_url(one.cycle, one.quarter),
                "untold": left.get((one.cycle, one.quarter), {}).get("findings", 0),
            }
            for one in rounds()
        ]
        return super().get_context_data(rows=rows, **kwargs)


class QuarterView(RoundsFrame, TemplateView):
    """Every notice that a quarter asks for; those that are ticked are issued, each on its own."""

    template_name = "partybuilding/supervision/notices/quarter.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the programme year; a quarter that no calendar year has does not exist."""
        super().setup(request, *args, **kwargs)
        self.cycle = get_object_or_404(Cycle, pk=kwargs["cycle"])
        self.quarter = quarter_at(kwargs["year"], kwargs["quarter"])

    def get_page_title(self) -> str:
        """Return the quarter's name."""
        return str(_("Feedback notices of %(quarter)s")) % {"quarter": quarter_words(self.quarter)}

    def above(self) -> list[dict[str, Any]]:
        """Lead back to the quarters."""
        return [{"url": reverse("partybuilding:feedback_rounds"), "label": RoundsView.page_title}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Issue what was ticked, and show each one's result; safe to send again."""
        ticked = {int(text) for text in request.POST.getlist("activity") if text.isdecimal()}
        rows = quarter_notices(self.cycle, self.quarter, request.user)
        chosen: list[Activity] = [row.activity for row in rows if row.activity.pk in ticked]
        outcomes = issue_many(chosen, by=request.user)
        issued = sum(outcome.ok for outcome in outcomes)
        context = self.get_context_data(
            outcomes=outcomes, issued=issued, refused=len(outcomes) - issued
        )
        return self.render_to_response(context)

    def shown_of(self, rows: list[Due]) -> list[Due]:
        """Keep what a number of the desk counts, where the address asks for it."""
        part = part_asked(self.request, PARTS)
        if part == DUE:
            return due_of(rows, timezone.localdate())
        return [row for row in rows if row.untold] if part == UNTOLD else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect the notices of the quarter as they stand now."""
        user = self.request.user
        rows = quarter_notices(self.cycle, self.quarter, user)
        shown = self.shown_of(rows)
        return super().get_context_data(
            rows=shown,
            all=len(rows),
            ways=ways_to(self.request, PARTS),
            fit=sum(not row.blocked for row in shown),
            issued_already=sum(row.is_issued for row in rows),
            writes=roles_of_user(user).has(Role.TASK_FORCE),
            **kwargs,
        )
