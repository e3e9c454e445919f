"""The board of progress, the department's lists and screens of score sheets, and where experts differ."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView

from partybuilding.core.machine.steps import RecordFrame, RecordView, StepView
from partybuilding.core.registers.filters import with_next
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.evaluation.forms.board import AbsenceForm
from partybuilding.evaluation.models import Absence, ScoreSheet
from partybuilding.evaluation.permissions import user_judges
from partybuilding.evaluation.selectors import board
from partybuilding.evaluation.services import record_absence
from partybuilding.evaluation.services.running import faults_now
from partybuilding.evaluation.states import SheetState
from partybuilding.evaluation.views.frame import YearScreen, year_address
from partybuilding.organizations.views.frame import KeeperForm

BRIEF = "partybuilding/evaluation/parts/sheet_brief.html"
PER_PAGE = 100
#: What a list of sheets is narrowed to, by the names in its address.
KEYS = ("judge", "reviewer", "project")
#: By what the disagreements are sorted; the first is the usual one.
ORDERS = {
    "range": (pgettext_lazy("spread", "Range"), lambda one: (-one.range, one.project.code or "")),
    "deviation": (
        gettext_lazy("Standard deviation"),
        lambda one: (-one.deviation, one.project.code or ""),
    ),
    "code": (gettext_lazy("number"), lambda one: one.project.code or ""),
}


class ProgressView(YearScreen, TemplateView):
    """Who has handed in how many sheets, what waits for the department, what a run still lacks; no points."""

    template_name = "partybuilding/evaluation/progress.html"
    page_title = gettext_lazy("Progress of scoring")
    tab = "progress"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect it."""
        cycle = self.cycle
        groups, peers = board.experts_progress(cycle), board.peers_progress(cycle)
        return super().get_context_data(
            groups=groups,
            peers=peers,
            recusals=[{**one, **self._decisions(one["sheet"])} for one in board.recusals_of(cycle)],
            conflicts=board.conflicts_of(cycle),
            faults=faults_now(cycle),
            ratings=board.ratings_missing(cycle) if cycle.weight_daily else [],
            absences=board.absences_of(cycle),
            sheets_url=year_address("score_sheets", cycle),
            **kwargs,
        )

    def _decisions(self, sheet: ScoreSheet) -> dict[str, str]:
        """Return where a recusal is granted and refused, with the way back here."""
        here = year_address("progress", self.cycle)
        return {
            name: with_next(
                reverse("partybuilding:score_sheet_step", args=[sheet.pk, f"{name}_recusal"]), here
            )
            for name in ("grant", "refuse")
        }


class AbsenceView(YearScreen, KeeperForm):
    """Record why a project has no points in a part of its result."""

    form_class = AbsenceForm
    template_name = "partybuilding/evaluation/absence.html"
    page_title = gettext_lazy("Record what is missing")
    submit_label = gettext_lazy("Record it")
    done_label = gettext_lazy("It was recorded; the other parts carry its weight.")

    def allowed(self) -> bool:
        """Let in who runs the evaluation."""
        return user_judges(self.request.user)

    def crumbs(self) -> list[tuple[str, Any]]:
        """Lead back to the board."""
        address = year_address("progress", self.cycle)
        return [*super().crumbs(), (address, _("Progress of scoring"))]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the year."""
        return {**super().get_form_kwargs(), "cycle": self.cycle}

    def write(self, form: AbsenceForm) -> Absence:
        """Record it."""
        given = form.cleaned_data
        return record_absence(
            given["project"], given["part"], given["reason"], by=self.request.user
        )


class SheetsView(YearScreen, TemplateView):
    """The sheets of a year, of one expert, one organisation or one project; no points."""

    template_name = "partybuilding/evaluation/sheets.html"
    page_title = pgettext_lazy("evaluation", "Score sheets")

    def crumbs(self) -> list[tuple[str, Any]]:
        """Lead back to the board."""
        address = year_address("progress", self.cycle)
        return [*super().crumbs(), (address, _("Progress of scoring"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Narrow the list; what makes no sense in the address is ignored."""
        asked = self.request.GET
        which = {key: asked[key] for key in KEYS if is_key(asked.get(key, ""))}
        if asked.get("state") in SheetState.values:
            which["state"] = asked["state"]
        sheets = board.sheets_of(self.cycle, self.request.user, **which)
        page = Paginator(sheets, PER_PAGE).get_page(asked.get("p"))
        query = asked.copy()
        query.pop("p", None)
        rows = [{"sheet": one, "who": board.who_scores(one)} for one in page]
        return super().get_context_data(
            page=page,
            rows=rows,
            whose=rows[0]["who"] if rows and {"judge", "reviewer"} & which.keys() else "",
            query=query.urlencode(),
            today=timezone.localdate(),
            **kwargs,
        )


def is_key(text: str) -> bool:
    """Tell whether a text can be the key of a row."""
    return text.isascii() and text.isdecimal() and len(text) < 10


class SheetFrame(RecordFrame):
    """The department's screen of one score sheet."""

    header_icon = "form"
    register_label = pgettext_lazy("evaluation", "Score sheets")
    record: ScoreSheet

    def find(self, user: AnyUser, pk: int) -> ScoreSheet:
        """Return the sheet."""
        return board.sheet_of(user, pk)

    def register_address(self) -> str:
        """Return the address of the board."""
        return year_address("progress", self.record.cycle)

    def address_of(self, record: ScoreSheet, back: str = "") -> str:
        """Return the address of a sheet's own screen."""
        return with_next(reverse("partybuilding:score_sheet", args=[record.pk]), back)


class SheetView(SheetFrame, RecordView):
    """A sheet as it was handed in, what it was before, whether it is what was sealed."""

    template_name = "partybuilding/evaluation/record.html"
    main_template = "partybuilding/evaluation/sheet.html"

    def lines(self) -> Iterator[Any]:
        """Say whose sheet it is and of what kind."""
        yield self.record.get_kind_display()
        yield board.who_scores(self.record)
        yield self.record.group

    def step_address(self, step: str) -> str:
        """Return the address of a step's form."""
        return reverse("partybuilding:score_sheet_step", args=[self.record.pk, step])

    def holds(self) -> dict[str, Any]:
        """Return the points once they are handed in, and the earlier versions."""
        sheet, criteria = self.record, self.record.criteria
        rows = [{"criterion": one, "points": sheet.points_of(one)} for one in criteria]
        earlier = [
            {
                "number": number,
                "rows": [(one.name, past["points"].get(one.code, "—")) for one in criteria],
                **{name: past[name] for name in ("total", "place", "seal", "reopened_for")},
            }
            for number, past in enumerate(sheet.earlier, start=1)
        ]
        is_locked = sheet.state == SheetState.LOCKED
        return {
            "is_locked": is_locked,
            "rows": rows if is_locked else [],
            "answers": sheet.form.answered(sheet) if is_locked else [],
            "earlier": earlier,
            "is_sealed": sheet.is_sealed_as_stored() if is_locked else None,
        }


class SheetStepView(SheetFrame, StepView):
    """The form of one step that the department takes with a sheet."""

    brief_template = BRIEF

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep to the department's steps; handing in is done where one scores."""
        super().setup(request, *args, **kwargs)
        if Role.DEPARTMENT not in self.step.roles():
            raise Http404

    def after_step(self) -> str:
        """Lead back to the sheet."""
        return self.address_of(self.record)

    def following(self, moved: ScoreSheet) -> ScoreSheet | None:
        """Return the next recusal to decide."""
        waiting = board.recusals_of(moved.cycle)
        return next((one["sheet"] for one in waiting if one["sheet"].pk != moved.pk), None)


class DisagreementsView(YearScreen, TemplateView):
    """How far the experts of each project lie apart, and what their leader says of it."""

    template_name = "partybuilding/evaluation/disagreements.html"
    page_title = gettext_lazy("Disagreements")
    tab = "disagreements"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect and sort them."""
        asked = self.request.GET.get("sort", "")
        chosen = asked if asked in ORDERS else next(iter(ORDERS))
        wide = self.rules.disagreement if self.rules else 100
        rows = sorted(board.spreads_of(self.cycle, wide), key=ORDERS[chosen][1])
        orders = [
            {"code": code, "label": label, "here": code == chosen}
            for code, (label, _key) in ORDERS.items()
        ]
        return super().get_context_data(rows=rows, orders=orders, wide=wide, **kwargs)
