"""The boards: pipeline, overdue by holder, load of the reviewers, and a leader's own projects."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.boards import permissions
from partybuilding.boards.desk import board_url
from partybuilding.boards.presenters import holder_rows, load_rows, pipeline_rows, trail_rows
from partybuilding.boards.selectors.charges import charges_of
from partybuilding.boards.selectors.holders import (
    HOLDERS,
    holders,
    late_holders,
    oldest,
    with_people,
)
from partybuilding.boards.selectors.load import LATELY, loads, steps_taken
from partybuilding.boards.selectors.pipeline import pipeline
from partybuilding.boards.watched import (
    Narrowing,
    Watched,
    choices_of,
    narrowing_of,
    units_to_choose,
    watched_by,
)
from partybuilding.cycles.models import Cycle

PER_PAGE = 50


class BoardView(WagtailAdminTemplateMixin, TemplateView):
    """One board with its filters, and the ways to the others."""

    name = ""
    header_icon = "table"
    may: Any = staticmethod(permissions.user_can_see_boards)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep to those who look over the work; for all others there is no such screen."""
        super().setup(request, *args, **kwargs)
        if not self.may(request.user):
            raise Http404
        self.today = timezone.localdate()

    def get_page_title(self) -> str:
        """Return the name of the board."""
        return str(self.page_title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the first screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def narrowing(self) -> Narrowing:
        """What the address narrows the board to."""
        return narrowing_of(self.request.GET, self.request.user)

    @cached_property
    def watched(self) -> list[Watched]:
        """What the user watches."""
        return watched_by(self.request.user, self.narrowing)

    @property
    def filters(self) -> list[dict[str, Any]]:
        """The choices of year and unit; a unit that sees only itself has no choice of units."""
        user, chosen = self.request.user, self.narrowing
        years = [(one.pk, one.name) for one in Cycle.objects.visible_to(user).order_by("-year")]
        units = list(units_to_choose(user).values_list("pk", "name").order_by("code_key"))
        found: list[tuple[str, str, Any, Any]] = [
            ("cycle", _("programme year"), years, chosen.cycle)
        ]
        if len(units) > 1:
            found.append(("unit", _("reporting unit"), units, chosen.unit))
        return [
            {"name": name, "label": label, "options": options, "value": value and value.pk}
            for name, label, options, value in found
        ]

    @property
    def tabs(self) -> Iterable[dict[str, Any]]:
        """The boards that the user may see, this one marked; the narrowing goes along."""
        user = self.request.user
        boards = [
            ("board", _("Pipeline by state"), True),
            ("board_overdue", _("Overdue and who has it"), True),
            ("board_load", _("Load of the reviewers"), permissions.user_can_see_load(user)),
        ]
        return [
            {
                "label": label,
                "url": board_url(name, **self.narrowing.query),
                "here": name == self.name,
            }
            for name, label, may in boards
            if may
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what every board has."""
        return super().get_context_data(
            tabs=self.tabs,
            filters=self.filters,
            narrowing=self.narrowing,
            clear_url=board_url(self.name),
            today=self.today,
            **kwargs,
        )


class PipelineView(BoardView):
    """How many records stand in each state, how late and for how long."""

    name = "board"
    template_name = "partybuilding/boards/pipeline.html"
    page_title = gettext_lazy("Board: pipeline by state")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count the records of the chosen kind."""
        kinds = choices_of(self.watched)
        chosen = kinds.get(self.request.GET.get("kind", "")) or next(iter(kinds.values()), None)
        stations = pipeline(chosen, self.today) if chosen else []
        return super().get_context_data(
            kinds=[
                {
                    "label": one.label,
                    "url": board_url(self.name, kind=code, **self.narrowing.query),
                    "here": one is chosen,
                }
                for code, one in kinds.items()
            ],
            kind=chosen,
            **(pipeline_rows(chosen, stations) if chosen else {}),
            **kwargs,
        )


class OverdueView(BoardView):
    """Who has what is overdue, and what has been overdue longest."""

    name = "board_overdue"
    template_name = "partybuilding/boards/overdue.html"
    page_title = gettext_lazy("Board: overdue and who has it")
    header_icon = "warning"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count by holder over all machines, and list the oldest."""
        watched = list(choices_of(self.watched).values())
        late = late_holders(holders(watched, self.today))
        listed = with_people(late[:HOLDERS])
        return super().get_context_data(
            **holder_rows(watched, listed, self.today),
            more=len(late) - len(listed),
            oldest=oldest(watched, self.today),
            **kwargs,
        )


class LoadView(BoardView):
    """What each reviewer has to do and did lately."""

    name = "board_load"
    template_name = "partybuilding/boards/load.html"
    page_title = gettext_lazy("Board: load of the reviewers")
    header_icon = "group"
    may = staticmethod(permissions.user_can_see_load)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count by person."""
        watched = list(choices_of(self.watched).values())
        found = loads(watched, self.request.user, self.today)
        return super().get_context_data(
            **load_rows(watched, found, self.narrowing), lately=LATELY, **kwargs
        )


class HandledView(BoardView):
    """The steps that one reviewer took lately, with how long each had waited."""

    name = "board_load"
    template_name = "partybuilding/boards/handled.html"
    header_icon = "history"
    may = staticmethod(permissions.user_can_see_load)

    @cached_property
    def reviewer(self) -> Any:
        """The person, if the user looks over them."""
        found = {
            load.user.pk: load.user for load in loads(self.watched, self.request.user, self.today)
        }
        pk = self.kwargs["pk"]
        if pk not in found:
            raise Http404
        return found[pk]

    def get_page_title(self) -> str:
        """Name the person."""
        name = self.reviewer.get_full_name() or self.reviewer.get_username()
        return _("Handled lately: %(name)s") % {"name": name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List the steps, the newest first."""
        rows = steps_taken(self.watched, self.today).filter(by=self.reviewer).order_by("-at", "-pk")
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            page_obj=page, rows=trail_rows(page.object_list, self.watched), lately=LATELY, **kwargs
        )


class ChargesView(WagtailAdminTemplateMixin, TemplateView):
    """我包抓的项目: a leader's projects as they stand, those with something overdue first."""

    template_name = "partybuilding/boards/charges.html"
    page_title = gettext_lazy("Projects in my charge")
    header_icon = "user"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep to those who look over the work."""
        super().setup(request, *args, **kwargs)
        if not permissions.user_can_see_boards(request.user):
            raise Http404

    def get_page_title(self) -> str:
        """Return the name of the screen."""
        return str(self.page_title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the first screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List the projects."""
        user = self.request.user
        found = charges_of(user, watched_by(user), timezone.localdate())
        late = sum(charge.needs_attention for charge in found)
        return super().get_context_data(charges=found, late=late, **kwargs)
