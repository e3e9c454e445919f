"""The screens of draws: announce, hold, look at, repeat, exchange by hand, put into force, declare void."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from partybuilding.core.machine.steps import PlainForm, RecordFrame, RecordView, StepView, Way
from partybuilding.core.registers.filters import with_next
from partybuilding.core.types import AnyUser
from partybuilding.evaluation.arithmetic.canonical import digest
from partybuilding.evaluation.forms.draws import DrawStepForm, SwapForm
from partybuilding.evaluation.link_map import link_map
from partybuilding.evaluation.models import Draw
from partybuilding.evaluation.permissions import user_judges
from partybuilding.evaluation.selectors import drawn
from partybuilding.evaluation.selectors.drawing import participants_of
from partybuilding.evaluation.selectors.repeating import repeated
from partybuilding.evaluation.services import announce_draw, swap
from partybuilding.evaluation.states import DrawKind, DrawState
from partybuilding.evaluation.views.frame import YearScreen, year_address, year_label
from partybuilding.organizations.views.frame import KeeperForm

BRIEF = "partybuilding/evaluation/parts/draw_brief.html"
#: What each kind of draw decides, in a sentence.
KINDS_EXPLAINED = {
    DrawKind.GROUPS: gettext_lazy(
        "Which expert group visits which project, and which projects of other groups each expert scores "
        "from the file."
    ),
    DrawKind.PEERS: gettext_lazy("Which organization reviews which others at mid-term."),
    DrawKind.LOT: gettext_lazy(
        "The order between projects with exactly equal results, where nothing else decides."
    ),
}


class DrawsView(YearScreen, TemplateView):
    """The draws of a year: those that stand, those that can be announced, those that are void."""

    template_name = "partybuilding/evaluation/draws.html"
    page_title = gettext_lazy("Draws")
    tab = "draws"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect them by kind."""
        draws = list(Draw.objects.visible_to(self.request.user).filter(cycle=self.cycle))
        for draw in draws:
            draw.cycle = self.cycle
        standing = {one.kind: one for one in draws if one.state != DrawState.VOID}
        kinds = [
            {
                "kind": kind,
                "said": said,
                "draw": standing.get(kind),
                "announce": year_address("draw_announce", self.cycle, kind.value),
            }
            for kind, said in KINDS_EXPLAINED.items()
            if kind != DrawKind.PEERS or self.cycle.weight_peer or kind in standing
        ]
        void = [one for one in draws if one.state == DrawState.VOID]
        return super().get_context_data(kinds=kinds, void=void, **kwargs)


class AnnounceView(YearScreen, KeeperForm):
    """Announce a draw, seeing among whom it will be."""

    template_name = "partybuilding/evaluation/announce.html"
    form_class = Form
    submit_label = gettext_lazy("Announce the draw")
    done_label = gettext_lazy("The draw was announced; its digest is public.")

    def find(self) -> None:
        """Find the year and the kind of draw."""
        super().find()
        if self.kwargs["kind"] not in DrawKind.values:
            raise Http404
        self.kind = DrawKind(self.kwargs["kind"])

    def allowed(self) -> bool:
        """Let in who holds draws."""
        return user_judges(self.request.user)

    def get_page_title(self) -> str:
        """Name what is announced."""
        return _("Announce: %(kind)s") % {"kind": self.kind.label}

    def crumbs(self) -> list[tuple[str, Any]]:
        """Lead back to the draws."""
        return [*super().crumbs(), (year_address("draws", self.cycle), _("Draws"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say among whom it will be drawn."""
        among = participants_of(self.cycle, self.kind) if self.rules else {}
        facts = drawn.figures_of(self.kind, among) if among else []
        said = KINDS_EXPLAINED[self.kind]
        return super().get_context_data(kind=self.kind, said=said, facts=facts, **kwargs)

    def write(self, form: Form) -> Draw:
        """Announce it."""
        return announce_draw(self.cycle, self.kind, by=self.request.user)

    def done_url(self, written: Draw) -> str:
        """Go to the draw."""
        return reverse("partybuilding:draw", args=[written.pk])


class DrawFrame(RecordFrame):
    """A screen of one draw; for all but the department and administrators there is none."""

    header_icon = "resubmit"
    record: Draw

    def find(self, user: AnyUser, pk: int) -> Draw:
        """Return the draw with its year."""
        draws: QuerySet[Draw] = Draw.objects.visible_to(user)
        return draws.select_related("cycle").get(pk=pk)

    @property
    def register_label(self) -> str:
        """Name the evaluation of the year."""
        return year_label(self.record.cycle)

    def register_address(self) -> str:
        """Return the address of the year's draws."""
        return year_address("draws", self.record.cycle)

    def address_of(self, record: Draw, back: str = "") -> str:
        """Return the address of a draw."""
        return with_next(reverse("partybuilding:draw", args=[record.pk]), back)


class DrawView(DrawFrame, RecordView):
    """A draw: what was published, what was said, what came out, and whether it comes out again."""

    template_name = "partybuilding/evaluation/record.html"
    main_template = "partybuilding/evaluation/draw.html"

    def step_address(self, step: str) -> str:
        """Return the address of a step's form."""
        return reverse("partybuilding:draw_step", args=[self.record.pk, step])

    @property
    def can_swap(self) -> bool:
        """Whether projects may be exchanged by hand now."""
        is_open = (self.record.kind, self.record.state) == (DrawKind.GROUPS, DrawState.DRAWN)
        return is_open and user_judges(self.request.user)

    def ways(self) -> Iterator[Way]:
        """Lead to the repetition, and to exchanges by hand."""
        address = reverse("partybuilding:draw", args=[self.record.pk])
        if self.record.seed:
            yield Way(gettext_lazy("Draw again as a check"), f"{address}?again=1#again", "rotate")
        if self.can_swap:
            yield Way(gettext_lazy("Exchange projects"), f"{address}swap/", "resubmit")

    def holds(self) -> dict[str, Any]:
        """Return what was drawn, with names."""
        draw = self.record
        asked = draw.seed and self.request.GET.get("again")
        found = {
            "figures": drawn.figures_of(draw.kind, draw.participants),
            "list_digest": digest(draw.participants),
            "is_for_tomorrow": timezone.localdate(draw.created_at) == timezone.localdate(),
            "repetition": repeated(draw) if asked else None,
            "can_swap": self.can_swap,
        }
        if draw.kind == DrawKind.LOT:
            names = drawn.Names(draw) if draw.result else None
            order = draw.result.get("order", ())
            return {**found, "order": [names.project(one) for one in order] if names else []}
        return {**found, **(drawn_of(draw) if draw.result else {})}


def drawn_of(draw: Draw) -> dict[str, Any]:
    """Return what a draw of groups or circles came to."""
    names = drawn.Names(draw)
    broken = drawn.broken_in_words(draw, names)
    if draw.kind == DrawKind.PEERS:
        reviews = list(drawn.reviews_of(draw, names))
        return {"circles": drawn.circles_in_words(draw), "reviews": reviews, "broken": broken}
    groups, links = drawn.groups_of(draw, names), drawn.links_between(draw)
    swaps = [
        {
            **one,
            "at": datetime.fromisoformat(one["at"]),
            "moves": [
                (names.project(code), names.group(key)) for code, key in one["moves"].items()
            ],
        }
        for one in draw.swaps
    ]
    places = {group.key: place for place, group in enumerate(groups, start=1)}
    between = [
        {"source": names.group(one.source), "target": names.group(one.target), "sheets": one.sheets}
        for one in links
    ]
    return {
        "groups": groups,
        "broken": broken,
        "exclusions": drawn.exclusions_of(draw, names),
        "swaps": swaps,
        "is_firm": draw.result.get("is_firm"),
        "between": between,
        "map": link_map(list(places), [(one.source, one.target, one.sheets) for one in links]),
        "by_expert": drawn.links_by_expert(draw, names),
    }


class DrawStepView(DrawFrame, StepView):
    """The form of one step of a draw."""

    form_class = DrawStepForm
    brief_template = BRIEF

    def after_step(self) -> str:
        """Lead back to the draw."""
        return self.address_of(self.record)


class SwapView(DrawFrame, PlainForm):
    """Exchange projects between groups by hand; the same conflicts are asked as in the draw."""

    form_class = SwapForm
    brief_template = BRIEF
    page_title = gettext_lazy("Exchange projects")
    submit_label = gettext_lazy("Exchange")
    done_label = gettext_lazy("The projects were exchanged.")
    explanation = gettext_lazy(
        "Nobody of the group may have a conflict of interest with the project that comes to it."
    )

    def find(self, user: AnyUser, pk: int) -> Draw:
        """Return a draw of groups that the user may exchange in.

        Raises:
            Http404: it is of another kind, or the user does not hold draws.
        """
        draw = super().find(user, pk)
        if draw.kind != DrawKind.GROUPS or not draw.result or not user_judges(user):
            raise Http404
        return draw

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or say that it is too late."""
        if self.record.state == DrawState.DRAWN:
            return super().get(request, *args, **kwargs)
        self.template_name = "partybuilding/core/steps/refused.html"
        said = [_("Projects are exchanged after the draw and before it is in force.")]
        context = self.get_context_data(form=None, sentences=said)
        return self.render_to_response(context, status=409)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the names and where each project is."""
        names, placed = drawn.Names(self.record), self.record.result["groups"]
        return {**super().get_form_kwargs(), "names": names, "placed": placed}

    def get_initial(self) -> dict[str, Any]:
        """Choose the project from whose row one came."""
        return {"project": self.request.GET.get("project", "")}

    def write(self, form: SwapForm) -> Draw:
        """Exchange them."""
        given = form.cleaned_data
        return swap(
            self.record,
            given["project"],
            given["group"],
            given["reason"],
            by=self.request.user,
            other=given["other"],
        )

    def done_url(self, written: Draw) -> str:
        """Go back to the draw."""
        return self.address_of(written)
