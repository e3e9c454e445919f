"""Meeting mode: one project fills the screen; decide, undo, go on, with links and forms alone."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.generic import View
from wagtail.admin import messages

from partybuilding.core.machine.refusals import Refusal
from partybuilding.projects.models import DecisionSession, SessionItem
from partybuilding.projects.permissions import (
    is_of_applicants,
    user_can_hold_session,
    user_can_see_reviews,
    user_can_see_session,
)
from partybuilding.projects.phrases import PHRASES
from partybuilding.projects.selectors import session_tally
from partybuilding.projects.services import note_decision, undo_decision
from partybuilding.projects.sessions.forms import NoteForm
from partybuilding.projects.sessions.selectors import (
    NOT_NOTED,
    agenda,
    agenda_stamp,
    facts_of,
)
from partybuilding.projects.states import Decision, ProjectState

#: The phrases of the step that a decision leads to.
PHRASES_OF = {Decision.DECLINE: "decline", Decision.SEND_BACK: "send_back"}


def session_or_404(request: HttpRequest, pk: int) -> DecisionSession:
    """Return a session to those who may see sessions."""
    if not user_can_see_session(request.user):
        raise Http404
    return get_object_or_404(DecisionSession.objects.select_related("cycle"), pk=pk)


@require_GET
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the first project that is not decided, or to the summary of a closed session."""
    session = session_or_404(request, pk)
    if not session.is_open:
        return redirect("partybuilding:session_summary", pk)
    first = session.items.filter(decision="").first() or session.items.first()
    assert first, "a session is opened with items"
    address = reverse("partybuilding:session_item", args=[pk, first.pk])
    query = request.GET.urlencode()
    return redirect(f"{address}?{query}" if query else address)


@require_GET
def pulse(request: HttpRequest, pk: int) -> JsonResponse:
    """Tell whether something was noted since the screen was read: two officers may work at once."""
    response = JsonResponse({"stamp": agenda_stamp(session_or_404(request, pk))})
    response["Cache-Control"] = "no-store"
    return response


class MeetingView(View):
    """One item of the session, with the agenda beside it and the decisions below it."""

    http_method_names = ("get", "post", "head", "options")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find session and item."""
        super().setup(request, *args, **kwargs)
        self.session = session_or_404(request, kwargs["pk"])
        items = agenda(self.session)
        for place, item in enumerate(items, start=1):
            item.place, item.total = place, len(items)
        self.items = items
        asked = next((one for one in items if one.pk == kwargs["item"]), None)
        if asked is None:
            raise Http404
        self.item = asked

    @cached_property
    def show(self) -> str:
        """The decision that the agenda is narrowed to; unknown ones are ignored."""
        asked = self.request.GET.get("show", "")
        return asked if asked in Decision or asked == NOT_NOTED else ""

    @cached_property
    def tally(self) -> dict[str, int]:
        """The count of the noted decisions."""
        return session_tally(self.session)

    @cached_property
    def obstacle(self) -> str:
        """Why this officer cannot note a decision here; nothing when they can."""
        user, project = self.request.user, self.item.project
        if not self.session.is_open:
            return _("The session is closed; its decisions have taken effect.")
        if not user_can_hold_session(user):
            return _("Only department officers note decisions.")
        if is_of_applicants(project, user):
            return _(
                "You belong to an applying organization of this project: another officer decides."
            )
        return ""

    @property
    def over_quota(self) -> bool:
        """Whether approving this project would exceed the quota."""
        own = self.item.decision == Decision.APPROVE
        return self.tally["left"] + own < 1

    def address(self, item: SessionItem | None, **asked: str) -> str:
        """Return the address of an item, the agenda narrowed as it is."""
        if item is None:
            return ""
        query = urlencode({k: v for k, v in {"show": self.show, **asked}.items() if v})
        url = reverse("partybuilding:session_item", args=[self.session.pk, item.pk])
        return f"{url}?{query}" if query else url

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the item; `?decide=` opens the form of a decision for who has no JavaScript."""
        return self.shown()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Note a decision or take it back; what is missing is asked for in its form."""
        if not user_can_hold_session(request.user):
            raise Http404
        asked = request.POST.get("decision", "")
        if asked == "undo":
            return self.attempt(self.undo, None)
        if asked not in Decision:
            raise Http404
        form = NoteForm(
            request.POST,
            decision=asked,
            year=self.item.project.cycle_id,
            over_quota=self.over_quota,
        )
        if not form.is_valid():
            return self.shown(form, status=422)
        return self.attempt(self.note, form)

    def attempt(self, act: Any, form: NoteForm | None) -> HttpResponse:
        """Act and come back to the item, or say why not."""
        try:
            act(form)
        except Refusal as refusal:
            messages.error(self.request, str(refusal))
            return self.shown(form, status=409)
        return redirect(self.address(self.item))

    def note(self, form: NoteForm) -> None:
        """Note the decision; the last one wins, and says whose it replaced."""
        before, given = self.item, form.cleaned_data
        note_decision(
            self.item,
            given["decision"],
            by=self.request.user,
            grounds=given.get("grounds", ()),
            reason=given["reason"],
            quota_reason=given.get("quota_reason", ""),
        )
        facts = {"code": before.project.code, "decision": Decision(given["decision"]).label}
        messages.success(self.request, _("%(code)s noted: %(decision)s.") % facts)
        if replaced := self.replaced(before):
            messages.warning(self.request, replaced)

    def replaced(self, before: SessionItem) -> str:
        """Say whose decision was replaced, when it was somebody else's."""
        if not before.decision or before.decided_by in (None, self.request.user):
            return ""
        return _("It replaces “%(decision)s”, noted by %(name)s at %(time)s.") % {
            "decision": before.get_decision_display(),
            "name": before.decided_by.get_full_name() or before.decided_by.get_username(),
            "time": f"{timezone.localtime(before.decided_at):%H:%M}",
        }

    def undo(self, form: None) -> None:
        """Take the decision back."""
        undo_decision(self.item, by=self.request.user)
        messages.info(
            self.request, _("%(code)s: decision undone.") % {"code": self.item.project.code}
        )

    def shown(self, form: NoteForm | None = None, status: int = 200) -> HttpResponse:
        """Show the item with the given form open."""
        asked = form.data.get("decision", "") if form else self.request.GET.get("decide", "")
        context = {
            "session": self.session,
            "item": self.item,
            "agenda": self.listed(),
            "filters": self.filters(),
            "show": self.show,
            "tally": self.tally,
            "stamp": agenda_stamp(self.session),
            "obstacle": self.obstacle,
            "over_quota": self.over_quota,
            "facts": self.facts(),
            "dialogs": [] if self.obstacle else self.dialogs(form, asked),
            **self.neighbours(),
        }
        return render(
            self.request, "partybuilding/projects/sessions/meeting.html", context, status=status
        )

    def facts(self) -> Any:
        """Collect what the meeting knows of the project."""
        project, user = self.item.project, self.request.user
        return facts_of(project.pk, user, reviews=user_can_see_reviews(project, user))

    def dialogs(self, form: NoteForm | None, asked: str) -> list[dict[str, Any]]:
        """Return the form of each decision: the given one as it was sent, the others empty."""
        rows = []
        for decision in Decision:
            given = form if form is not None and asked == decision else self.fresh(decision)
            phrases = PHRASES.get(PHRASES_OF.get(decision, ""), ())
            rows.append(
                {"decision": decision, "form": given, "open": asked == decision, "phrases": phrases}
            )
        return rows

    def fresh(self, decision: Decision) -> NoteForm:
        """Return the form of a decision, with what is noted already."""
        noted = self.item if self.item.decision == decision else None
        initial = {
            "reason": noted.reason if noted else "",
            "grounds": noted.grounds if noted else [],
            "quota_reason": noted.quota_reason if noted else "",
        }
        return NoteForm(
            decision=decision,
            year=self.item.project.cycle_id,
            over_quota=self.over_quota,
            initial=initial,
        )

    def listed(self) -> list[dict[str, Any]]:
        """Return the rows of the agenda, narrowed as asked."""
        user = self.request.user
        return [
            {
                "item": item,
                "url": self.address(item),
                "here": item.pk == self.item.pk,
                "own": is_of_applicants(item.project, user),
                "lacking": self.lacks(item),
            }
            for item in self.items
            if self.shows(item)
        ]

    def shows(self, item: SessionItem) -> bool:
        """Tell whether an item is in the narrowed agenda."""
        return not self.show or (item.decision or NOT_NOTED) == self.show

    def lacks(self, item: SessionItem) -> bool:
        """Tell whether an approval that is open or noted could not take effect yet."""
        may_be_approved = item.decision in ("", Decision.APPROVE) and self.session.is_open
        not_recommended = item.project.state == ProjectState.NOT_RECOMMENDED
        return may_be_approved and not not_recommended and not item.project.is_ready  # type: ignore[attr-defined]

    def filters(self) -> list[dict[str, Any]]:
        """Return the ways to narrow the agenda, each with its number of items."""
        here = reverse("partybuilding:session_item", args=[self.session.pk, self.item.pk])
        noted = Counter(one.decision or NOT_NOTED for one in self.items)
        rows = [("", _("All items"), len(self.items))]
        rows += [(NOT_NOTED, _("Not discussed"), noted[NOT_NOTED])]
        rows += [(one.value, str(one.label), noted[one.value]) for one in Decision]
        return [
            {
                "label": label,
                "count": count,
                "here": code == self.show,
                "url": f"{here}?{urlencode({'show': code})}" if code else here,
            }
            for code, label, count in rows
        ]

    def neighbours(self) -> dict[str, str]:
        """Return where next and previous lead within the narrowed agenda."""
        place = self.item.place
        before = [one for one in self.items if one.place < place and self.shows(one)]
        after = [one for one in self.items if one.place > place and self.shows(one)]
        return {
            "previous": self.address(before[-1] if before else None),
            "next": self.address(after[0] if after else None),
        }
