"""The decision sessions: their list, opening one, its summary, closing it."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.rules import Sentence
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.states import DecidedBy
from partybuilding.projects.casefile.contents import actions_of_session
from partybuilding.projects.models import DecisionSession, Project, SessionItem
from partybuilding.projects.permissions import user_can_hold_session, user_can_see_session
from partybuilding.projects.selectors import session_tally
from partybuilding.projects.services import close_session, open_session
from partybuilding.projects.sessions.documents import decision_list_response
from partybuilding.projects.sessions.forms import CloseForm, OpenForm
from partybuilding.projects.sessions.selectors import (
    SectorCount,
    agenda,
    agenda_stamp,
    closed_with,
    letters_of,
    sessions_with_counts,
    waiting_by_sector,
)
from partybuilding.projects.sessions.services import can_be_noted
from partybuilding.projects.states import UNDECIDED, Decision


class SessionFrame(WagtailAdminTemplateMixin):
    """A screen of the decision sessions; for others than those who may see them there is none."""

    header_icon = "group"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep to those who may see sessions."""
        super().setup(request, *args, **kwargs)
        if not user_can_see_session(request.user):
            raise Http404

    def get_page_title(self) -> str:
        """Return the name of the screen."""
        return str(self.page_title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list of sessions."""
        above = {"url": reverse("partybuilding:sessions"), "label": _("Decision sessions")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]


class SessionListView(SessionFrame, TemplateView):
    """Every session with what it settled, and how much awaits the next one."""

    template_name = "partybuilding/projects/sessions/list.html"
    page_title = gettext_lazy("Decision sessions")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the first screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect the sessions, and the years that await one."""
        sessions = list(sessions_with_counts())
        busy = {session.cycle_id for session in sessions if session.is_open}
        years = [year for year in _waiting_years() if year.pk not in busy]
        return super().get_context_data(
            open_ones=[session for session in sessions if session.is_open],
            closed_ones=[session for session in sessions if not session.is_open],
            waiting=[(year, waiting_by_sector(year)) for year in years],
            can_hold=user_can_hold_session(self.request.user),
            **kwargs,
        )


def _waiting_years() -> list[Cycle]:
    waiting = Project.objects.filter(state__in=UNDECIDED)
    years = Cycle.objects.exclude(decided_by=DecidedBy.SINGLE)
    return list(years.filter(pk__in=waiting.order_by().values("cycle")))


class OpenView(SessionFrame, FormView):
    """Open a session over what awaits the decision of a year: all fields, or some."""

    template_name = "partybuilding/projects/sessions/open.html"
    form_class = OpenForm
    page_title = gettext_lazy("Open a decision session")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep to the department; take the year from the address."""
        super().setup(request, *args, **kwargs)
        if not user_can_hold_session(request.user):
            raise Http404
        self.cycle = get_object_or_404(Cycle, pk=kwargs["cycle"])

    @cached_property
    def counts(self) -> list[SectorCount]:
        """What awaits the decision, by field."""
        return waiting_by_sector(self.cycle)

    def get_initial(self) -> dict[str, Any]:
        """Propose a title with year and day."""
        today = timezone.localdate()
        facts = {"year": self.cycle.year, "day": date_format(today, "DATE_FORMAT")}
        return {"title": _("Decision session of %(year)s (%(day)s)") % facts}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the fields to choose from."""
        return {**super().get_form_kwargs(), "counts": self.counts}

    def form_valid(self, form: OpenForm) -> HttpResponse:
        """Open it and go in, or say why not."""
        chosen = Project.objects.filter(
            cycle=self.cycle, sector__in=form.cleaned_data["sectors"]
        ).only("pk")
        try:
            session = open_session(
                self.cycle, form.cleaned_data["title"], by=self.request.user, projects=chosen
            )
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.form_invalid(form)
        return redirect("partybuilding:session", session.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the counts."""
        ticked = kwargs.get("form") or self.get_form()
        chosen = set(ticked["sectors"].value() or ())
        return super().get_context_data(
            **{**kwargs, "form": ticked},
            cycle=self.cycle,
            rows=[(count, count.sector.value in chosen) for count in self.counts],
            waiting=sum(count.waiting for count in self.counts),
            ready=sum(count.ready for count in self.counts),
        )


def problems_of(item: SessionItem) -> Iterator[Sentence]:
    """Say why a noted decision would not take effect now."""
    project: Any = item.project
    if not item.decision:
        return
    if not can_be_noted(project, item.decision):
        words = {"state": project.state_row.label}
        yield _("Now “%(state)s”; the decision will not take effect.") % words
    elif item.decided_at and project.state_since > item.decided_at:
        yield _("Handed in anew since the decision was noted; please note it again.")
    elif item.decision == Decision.APPROVE and not project.is_ready:
        yield _("Not ready: the pre-assessment, the initial rating or the four ones are missing.")


class SummaryView(SessionFrame, FormView):
    """What the session settled, decision by decision; closing it, and then the result of each item."""

    template_name = "partybuilding/projects/sessions/summary.html"
    form_class = CloseForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the session."""
        super().setup(request, *args, **kwargs)
        self.session = get_object_or_404(
            DecisionSession.objects.select_related("cycle"), pk=kwargs["pk"]
        )

    def get_page_title(self) -> str:
        """Return the session's title."""
        return str(self.session)

    def get_initial(self) -> dict[str, Any]:
        """Remember in the form which decisions were read."""
        return {"stamp": agenda_stamp(self.session)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Close it; one that is closed already is only shown."""
        if not user_can_hold_session(request.user):
            raise Http404
        if not self.session.is_open:
            return redirect("partybuilding:session_summary", self.session.pk)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: CloseForm) -> HttpResponse:
        """Let the decisions take effect, unless they changed since the list was read."""
        if form.cleaned_data["stamp"] != agenda_stamp(self.session):
            form.add_error(
                None, _("Decisions were noted or undone meanwhile; please check the list again.")
            )
            form.data = {**dict(form.data.items()), "stamp": agenda_stamp(self.session)}
            return self.form_invalid(form)
        items = close_session(self.session, by=self.request.user)
        taken = sum(
            bool(i.decision) and i.decision != Decision.DEFER and not i.refusal for i in items
        )
        refused = sum(bool(item.refusal) for item in items)
        counts = {"taken": taken, "refused": refused}
        say = messages.warning if refused else messages.success
        say(
            self.request,
            _("The session is closed: %(taken)s decisions took effect, %(refused)s did not.")
            % counts,
        )
        return redirect("partybuilding:session_summary", self.session.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Arrange the items by decision, with what stands in the way."""
        items = agenda(self.session)
        letters = {project.pk for project, _row in letters_of(self.session)}
        for item in items:
            item.problems = list(problems_of(item)) if self.session.is_open else []
            item.has_letter = item.project_id in letters
        return super().get_context_data(
            session=self.session,
            tally=session_tally(self.session),
            parts=list(_parts(items)),
            items=items,
            with_problems=[item for item in items if item.problems],
            over=self._over(items),
            closed=closed_with(self.session),
            letters=letters,
            actions=actions_of_session(self.session, self.request.user),
            can_hold=user_can_hold_session(self.request.user),
            **kwargs,
        )

    def _over(self, items: list[SessionItem]) -> int:
        """Return how many approvals would exceed the quota without a reason given for them."""
        if not self.session.is_open:
            return 0
        tally = session_tally(self.session)
        reasons = sum(bool(item.quota_reason) for item in items)
        return max(0, -tally["left"] - reasons)


def _parts(items: list[SessionItem]) -> Iterator[tuple[str, str, list[SessionItem]]]:
    """Arrange by decision; what did not take effect stands apart, so that a list is what it says."""
    effective = [item for item in items if not item.refusal]
    for decision in Decision:
        chosen = [item for item in effective if item.decision == decision]
        yield decision.value, str(decision.label), chosen
    yield "undecided", _("Not discussed"), [item for item in items if not item.decision]
    yield "refused", _("Not in effect"), [item for item in items if item.refusal]


@require_GET
def decision_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the list of what was settled as a Word file."""
    if not user_can_see_session(request.user):
        raise Http404
    session = get_object_or_404(DecisionSession, pk=pk)
    return decision_list_response(session, agenda(session))
