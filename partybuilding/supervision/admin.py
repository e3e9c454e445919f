"""The registers of supervision: the activities of the calendar, and the rectifications."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.lookups import IsNull
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.wording import day_words
from partybuilding.core.registers.admin import DUE_FIRST, RegisterAdmin, RegisterView
from partybuilding.core.registers.cells import (
    Column,
    StateColumn,
    TickColumn,
    TitleColumn,
    standing_columns,
    unit_column,
)
from partybuilding.projects.admin import OF_PROJECT
from partybuilding.projects.yearform.columns import columns_of
from partybuilding.supervision.addresses import activity_url, rectification_url
from partybuilding.supervision.filters import ActivityFilters, RectificationFilters
from partybuilding.supervision.models import Activity, Rectification, Visit
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


#: What is still to be held, which may be given a day and an officer.
TICKABLE = frozenset({Standing.OPEN, Standing.OVERDUE})


class LateColumn(Column):
    """How late it is, in the look of what is late."""

    cell_template_name = "partybuilding/supervision/late.html"


class ActivityRegisterView(RegisterView):
    """The register with the bar that gives the ticked activities a day and an officer."""

    template_name = "partybuilding/supervision/register.html"
    paginate_by = 100

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Say whether the user plans, and where the bar leads back to."""
        return {
            **super().get_context_data(*args, **kwargs),
            "can_plan": user_can_plan_supervision(self.request.user),
            "here": self.model_admin.list_url(self.request),
        }

    def columns_of_file(self, queryset: QuerySet) -> list[Any]:
        """Add a column for every question of the years' checklists."""
        held = Visit.objects.filter(activity__in=queryset.order_by().values("pk"))
        filled = held.exclude(sheet_version=None).only("activity_id", "sheet_version_id", "answers")
        visits = {visit.activity_id: visit for visit in filled.order_by("activity__year", "pk")}

        def cells(activity: Activity) -> dict[str, Any]:
            visit = visits.get(activity.pk)
            asked = visit.checklist.questions if visit else {}
            return {key: question.cell(visit) for key, question in asked.items()}

        sheets = [visit.whole_checklist for visit in visits.values()]
        return [*super().columns_of_file(queryset), *columns_of(sheets, cells)]


class ActivityAdmin(RegisterAdmin):
    """The register of activities."""

    model = Activity
    shown_to = staticmethod(user_can_see_plan)
    rows_of = staticmethod(activities_of)
    base_url_path = "party/activities"
    index_view_class = ActivityRegisterView
    menu_label = _("Supervision activities")
    menu_icon = "calendar-check"
    filterset_class = ActivityFilters
    search_fields = ("project__title", "project__code", "project__organization__name")
    #: What is still to be held comes first, the most urgent at the top; by nothing of another table, so that
    #: an index has the order.
    default_ordering = (IsNull(F("done_on"), False), "due_on", "project_id", "kind")
    export_columns = (
        *OF_PROJECT,
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

    def opened_at(self, item: Activity) -> str:
        """Return the address of the activity."""
        return activity_url(item.pk)

    def get_columns(self, request: HttpRequest) -> Iterator[Any]:
        """Yield the columns; boxes to tick only for those who plan."""
        if user_can_plan_supervision(request.user):
            yield TickColumn(TICKABLE, self.list_url(request), "standing")
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
        yield unit_column(Activity)
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
            sort_key="officer__written__key",
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
    shown_to = staticmethod(user_can_see_plan)
    rows_of = staticmethod(rectifications_of)
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
    default_ordering = DUE_FIRST
    export_columns = (
        (_("finding"), str),
        (_("what is asked for"), lambda one: one.requirement),
        *OF_PROJECT,
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

    def opened_at(self, item: Rectification) -> str:
        """Return the address of the rectification."""
        return rectification_url(item.pk)

    def get_columns(self, request: HttpRequest) -> Iterator[Any]:
        """Yield the columns of the list."""
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
        yield unit_column(Rectification)
        yield from standing_columns()
        yield Column("deadline", label=_("to be rectified by"), accessor=deadline_words)
        yield LateColumn(
            "late", label=_("Lateness"), accessor=lambda one: late_words(one.days_late())
        )
