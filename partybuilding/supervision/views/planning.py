"""Give ticked activities a day and an officer; draw the plan of a whole year up."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.registers.filters import way_back
from partybuilding.cycles.models import Cycle
from partybuilding.supervision.addresses import activities_url
from partybuilding.supervision.forms import MeetingForm, PlanForm
from partybuilding.supervision.models import Activity
from partybuilding.supervision.permissions import (
    user_can_plan_supervision,
    user_can_supervise_project,
)
from partybuilding.supervision.selectors.files import activities_of, open_dispatches
from partybuilding.supervision.services import draw_up_year, plan_many, record_meeting

#: The most that are written at once.
MOST = 300


def asked_ids(asked: Any) -> list[int]:
    """Return the keys that were ticked, each once."""
    ids = [int(text) for text in asked.getlist("id") if text.isdecimal()]
    return list(dict.fromkeys(ids))[:MOST]


class PlanView(WagtailAdminTemplateMixin, FormView):
    """Day and officer for the ticked activities, and afterwards the result of each."""

    template_name = "partybuilding/supervision/plan.html"
    form_class = PlanForm
    page_title = gettext_lazy("Set day and officer")
    header_icon = "calendar-alt"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the ticked activities among what the user sees."""
        super().setup(request, *args, **kwargs)
        if not user_can_plan_supervision(request.user):
            raise Http404
        ids = asked_ids(request.POST or request.GET)
        order = ("due_on", "project__organization__unit__code", "project__code", "kind")
        found = activities_of(request.user).filter(pk__in=ids).order_by(*order)
        self.activities = list(found)
        self.back = way_back(request) or activities_url()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the register."""
        above = {"url": self.back, "label": _("Supervision activities")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]

    def get_initial(self) -> dict[str, Any]:
        """Show day and officer of a single activity as they are."""
        if len(self.activities) != 1:
            return {}
        one: Activity = self.activities[0]
        return {"planned_on": one.planned_on, "officer": one.officer_id}

    def form_valid(self, form: PlanForm) -> HttpResponse:
        """Write each on its own, and show each one's result; safe to send again."""
        given = form.cleaned_data
        try:
            outcomes = plan_many(
                self.activities,
                by=self.request.user,
                planned_on=given["planned_on"],
                officer=given["officer"],
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=form, **results(outcomes)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the activities and the way back."""
        return super().get_context_data(activities=self.activities, back=self.back, **kwargs)


def results(outcomes: list[Any]) -> dict[str, Any]:
    """Return what the page of results shows."""
    done = sum(outcome.ok for outcome in outcomes)
    return {"outcomes": outcomes, "done": done, "refused": len(outcomes) - done}


class MeetingView(WagtailAdminTemplateMixin, FormView):
    """One dispatch meeting recorded for many projects at once."""

    template_name = "partybuilding/supervision/meeting.html"
    form_class = MeetingForm
    page_title = gettext_lazy("Record a dispatch meeting")
    header_icon = "group"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the open dispatches that the user may record."""
        super().setup(request, *args, **kwargs)
        user = request.user
        if not user_can_plan_supervision(user):
            raise Http404
        found = open_dispatches(user).prefetch_related("project__partners")
        self.activities = [a for a in found if user_can_supervise_project(a.project, user)]
        self.back = way_back(request) or reverse("partybuilding:supervision")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the board."""
        above = {"url": self.back, "label": _("Supervision plan")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each dispatch with whether it is ticked, and the remark that was typed."""
        posted = self.request.POST
        ticked = set(asked_ids(posted or self.request.GET))
        return [
            {
                "activity": one,
                "ticked": one.pk in ticked,
                "remark": posted.get(f"remark-{one.pk}", ""),
            }
            for one in self.activities
        ]

    def get_initial(self) -> dict[str, Any]:
        """Begin with today and the officer's own name."""
        user: Any = self.request.user
        name = user.get_full_name()
        return {"held_on": timezone.localdate(), "participants": name}

    def form_valid(self, form: MeetingForm) -> HttpResponse:
        """Record each on its own, and show each one's result."""
        chosen = [row for row in self.rows if row["ticked"]]
        if not chosen:
            form.add_error(None, _("Tick at least one project."))
            return self.form_invalid(form)
        outcomes = record_meeting(
            [row["activity"] for row in chosen],
            by=self.request.user,
            remarks={row["activity"].pk: row["remark"] for row in chosen},
            **form.cleaned_data,
        )
        return self.render_to_response(self.get_context_data(form=form, **results(outcomes)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the dispatches and the way back."""
        return super().get_context_data(rows=self.rows, back=self.back, **kwargs)


@require_POST
def draw_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Complete the calendar of a year, and say how many activities it lacked."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user), pk=pk)
    try:
        added = draw_up_year(cycle, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("%(count)s activity was added.", "%(count)s activities were added.", added)
        nothing = _("The plan is complete; nothing was added.")
        messages.success(request, words % {"count": added} if added else nothing)
    return redirect(f"{reverse('partybuilding:supervision')}?cycle={cycle.pk}")
