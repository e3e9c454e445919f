"""The registers of supervision: the activities of the calendar, and the rectifications."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.columns import Column, TitleColumn
from partybuilding.core.registers import RegisterAdmin, RegisterView
from partybuilding.core.wording import day_words, due_words, holder_words, waiting_words
from partybuilding.projects.admin import DueColumn, StateColumn, TickColumn
from partybuilding.supervision.addresses import activity_url, rectification_url
from partybuilding.supervision.filters import ActivityFilters, RectificationFilters
from partybuilding.supervision.models import Activity, Rectification
from partybuilding.supervision.permissions import user_can_plan_supervision, user_can_see_plan
from partybuilding.supervision.selectors.files import activities_of, rectifications_of
from partybuilding.supervision.states import Standing
from partybuilding.supervision.wording import (
    activity_late_words,
    deadline_words,
    late_words,
    when_words,
)


def officer_name(activity: Activity) -> str:
    """Name the officer in charge; nothing while there is none."""
    officer = activity.officer
    return (officer.get_full_name() or officer.get_username()) if officer else ""


def planned_words(activity: Activity) -> str:
    """Say when it was held, or is planned to be."""
    day = activity.done_on or activity.planned_on
    return day_words(day) if day else ""


class TickOpen(TickColumn):
    """A box to tick beside each activity that is still to be held."""

    def __init__(self, back: str) -> None:
        super().__init__(frozenset(), back)

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Say whether there is a box."""
        context = super(TickColumn, self).get_cell_context_data(instance, parent_context)
        return {**context, "tickable": instance.standing in (Standing.OPEN, Standing.OVERDUE)}


class LateColumn(Column):
    """How late it is, in the look of what is late."""

    cell_template_name = "partybuilding/supervision/late.html"


class ActivityRegisterView(RegisterView):
    """The register with the bar that gives the ticked activities a day and an officer."""

    template_name = "partybuilding/supervision/register.html"
    paginate_by = 100

    def get_table_kwargs(self) -> dict[str, Any]:
        """Let the box in the heading tick all others."""
        return {**super().get_table_kwargs(), "attrs": {"data-controller": "w-bulk"}}

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Say whether the user plans, and where the bar leads back to."""
        return {
            **super().get_context_data(*args, **kwargs),
            "can_plan": user_can_plan_supervision(self.request.user),
            "here": self.model_admin.list_url(self.request),
        }


class ActivityAdmin(RegisterAdmin):
    """The register of activities."""

    model = Activity
    base_url_path = "party/activities"
    index_view_class = ActivityRegisterView
    menu_label = _("Supervision activities")
    menu_icon = "calendar-check"
    filterset_class = ActivityFilters
    search_fields = ("project__title", "project__code", "project__organization__name")
    default_ordering = ("due_on", "project__organization__unit__code", "project__code", "kind")
    export_columns = (
        (_("number"), lambda activity: activity.project.code),
        (_("project title"), lambda activity: activity.project),
        (_("leading organization"), lambda activity: activity.project.organization.name),
        (_("reporting unit"), lambda activity: activity.project.organization.unit),
        (_("kind of activity"), lambda activity: activity.get_kind_display()),
        (_("quarter"), when_words),
        (_("state"), lambda activity: Standing(activity.standing).label),
        (_("officer in charge"), officer_name),
        (_("planned for"), lambda activity: activity.planned_on),
        (_("due on"), lambda activity: activity.due_on),
        (_("done on"), lambda activity: activity.done_on),
        (_("Lateness"), activity_late_words),
        (_("Findings"), lambda activity: activity.findings),
    )

    def may_list(self, user: Any) -> bool:
        """Show it to overseers and unit reviewers."""
        return user_can_see_plan(user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Activity]:
        """Return what the user may see."""
        return activities_of(request.user)

    def opened_at(self, item: Activity) -> str:
        """Return the address of the activity."""
        return activity_url(item.pk)

    def get_columns(self, request: HttpRequest) -> list[Any]:
        """Return the columns; boxes to tick only for those who plan."""
        return list(self._columns(request))

    def _columns(self, request: HttpRequest) -> Iterator[Any]:
        if user_can_plan_supervision(request.user):
            yield TickOpen(self.list_url(request))
        yield TitleColumn(
            "project",
            label=_("project title"),
            accessor=lambda activity: str(activity.project),
            sort_key="project__title",
            get_url=self.opener(request),
        )
        yield Column(
            "kind", label=_("kind of activity"), accessor="get_kind_display", sort_key="kind"
        )
        yield Column(
            "unit",
            label=_("reporting unit"),
            accessor="project.organization.unit",
            sort_key="project__organization__unit__name",
            classname="party-unit",
        )
        yield Column("quarter", label=_("quarter"), accessor=when_words, classname="party-waiting")
        yield StateColumn(
            "standing",
            label=_("state"),
            accessor=lambda activity: Standing(activity.standing),
            sort_key="standing",
        )
        yield LateColumn("late", label=_("Lateness"), accessor=activity_late_words)
        yield Column(
            "officer",
            label=_("officer in charge"),
            accessor=officer_name,
            sort_key="officer__first_name",
        )
        yield Column(
            "planned", label=_("Planned or held"), accessor=planned_words, sort_key="planned_on"
        )
        yield Column(
            "due",
            label=_("Last day in time"),
            accessor=lambda activity: day_words(activity.due_on),
            sort_key="due_on",
        )


class RectificationAdmin(RegisterAdmin):
    """The register of rectifications."""

    model = Rectification
    base_url_path = "party/rectifications"
    menu_label = _("Rectifications")
    menu_icon = "list-ul"
    filterset_class = RectificationFilters
    search_fields = (
        "finding",
        "project__title",
        "project__code",
        "project__organization__name",
    )
    default_ordering = ("-state_since", "-pk")
    export_columns = (
        (_("finding"), str),
        (_("what is asked for"), lambda one: one.requirement),
        (_("number"), lambda one: one.project.code),
        (_("project title"), lambda one: one.project),
        (_("leading organization"), lambda one: one.project.organization.name),
        (_("reporting unit"), lambda one: one.project.organization.unit),
        (_("Found at"), lambda one: one.activity.get_kind_display()),
        (_("quarter"), lambda one: when_words(one.activity)),
        (_("state"), lambda one: one.state_row.label),
        (_("in this state since"), lambda one: timezone.localdate(one.state_since)),
        (_("first deadline"), lambda one: one.first_deadline),
        (_("to be rectified by"), lambda one: one.rectify_by),
        (_("reported on"), lambda one: one.reported_on),
        (_("verified on"), lambda one: one.verified_on),
        (_("Lateness"), lambda one: late_words(one.days_late())),
    )

    def may_list(self, user: Any) -> bool:
        """Show it to overseers and unit reviewers."""
        return user_can_see_plan(user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rectification]:
        """Return what the user may see."""
        return rectifications_of(request.user)

    def opened_at(self, item: Rectification) -> str:
        """Return the address of the rectification."""
        return rectification_url(item.pk)

    def get_columns(self, request: HttpRequest) -> list[Any]:
        """Return the columns of the list."""
        return list(self._columns(request))

    def _columns(self, request: HttpRequest) -> Iterator[Any]:
        yield TitleColumn(
            "finding",
            label=_("finding"),
            accessor=str,
            sort_key="finding",
            get_url=self.opener(request),
        )
        yield Column(
            "project",
            label=_("project title"),
            accessor="project",
            sort_key="project__title",
            classname="party-place",
        )
        yield Column(
            "unit",
            label=_("reporting unit"),
            accessor="project.organization.unit",
            sort_key="project__organization__unit__name",
            classname="party-unit",
        )
        yield StateColumn("state", label=_("state"), accessor="state_row", sort_key="state")
        yield Column(
            "holder", label=_("On whose desk"), accessor=holder_words, classname="party-holder"
        )
        yield Column(
            "waiting",
            label=_("Waiting time"),
            accessor=waiting_words,
            sort_key="state_since",
            classname="party-waiting",
        )
        yield DueColumn("due", label=_("due on"), accessor=due_words, sort_key="due_on")
        yield Column("deadline", label=_("to be rectified by"), accessor=deadline_words)
        yield LateColumn(
            "late", label=_("Lateness"), accessor=lambda one: late_words(one.days_late())
        )
