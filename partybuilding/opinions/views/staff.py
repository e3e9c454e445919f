"""The staff screens of one opinion: the file, its steps, and whether it is published."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.core.machine.steps import (
    Forecast,
    PlainForm,
    RecordFrame,
    RecordView,
    StepView,
    Way,
)
from partybuilding.core.registers.filters import with_next
from partybuilding.core.types import AnyUser
from partybuilding.opinions.deciding import OpinionStepForm, PublicationForm
from partybuilding.opinions.desk import register_url
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.permissions import user_can_decide_publication, user_can_read_contact
from partybuilding.opinions.phrases import PHRASES
from partybuilding.opinions.redaction import Redaction, propose
from partybuilding.opinions.selectors import alike, heading_of, opinion_file
from partybuilding.opinions.services import publish_exchange, withhold_exchange
from partybuilding.opinions.states import STRIP, OpinionState
from partybuilding.organizations.selectors import names_of_holders
from partybuilding.projects.models import Project

BRIEF = "partybuilding/opinions/brief.html"


def opinion_address(opinion: Opinion, back: str = "") -> str:
    """Return the address of an opinion's file."""
    return with_next(reverse("partybuilding:opinion", args=[opinion.pk]), back)


class OpinionFrame(RecordFrame):
    """A screen of one opinion that the user may see; every other one does not exist for them."""

    header_icon = "comment"
    register_label = pgettext_lazy("menu", "Opinions of residents")

    def find(self, user: AnyUser, pk: int) -> Opinion:
        """Return the opinion with what its screens show."""
        return opinion_file(user, pk)

    def register_address(self) -> str:
        """Return the address of the register of opinions."""
        return register_url()

    def address_of(self, record: Opinion, back: str = "") -> str:
        """Return the address of the opinion's file."""
        return opinion_address(record, back)


class OpinionView(OpinionFrame, RecordView):
    """The file of an opinion on one screen."""

    strip = STRIP
    main_template = "partybuilding/opinions/main.html"

    def step_address(self, step: str) -> str:
        """Return the address of a step's form."""
        return reverse("partybuilding:opinion_step", args=[self.record.pk, step])

    def lines(self) -> Iterable[Any]:
        """Name what it is about, and the unit that has it."""
        return heading_of(self.record), self.record.unit

    def people(self) -> str:
        """Name the unit's reviewers while it is with them."""
        return names_of_holders(self.record)

    def ways(self) -> Iterator[Way]:
        """Lead to the decision on its publication."""
        opinion, user = self.record, self.request.user
        answered = opinion.state == OpinionState.ANSWERED
        if answered and user_can_decide_publication(opinion, user):
            label = (
                _("Change the publication") if opinion.is_decided else _("Decide on publication")
            )
            url = reverse("partybuilding:opinion_publication", args=[opinion.pk])
            yield Way(label, with_next(url, self.back), "view")

    def holds(self) -> dict[str, Any]:
        """Return whether the project may be opened, how many are alike, who may read the contact."""
        opinion, user = self.record, self.request.user
        seen = opinion.project_id and Project.objects.visible_to(user).filter(pk=opinion.project_id)
        return {
            "may_open_project": bool(seen and seen.exists()),
            "alike": alike(opinion, user),
            "alike_url": register_url(like=opinion.fingerprint),
            "is_own_draft": opinion.state == OpinionState.DRAFTED
            and opinion.drafted_by_id == user.pk,
            "may_read_contact": user_can_read_contact(opinion, user),
        }


class OpinionStepView(OpinionFrame, StepView):
    """The form of one step of an opinion."""

    form_class = OpinionStepForm
    brief_template = BRIEF
    phrases = PHRASES

    def after_step(self) -> str:
        """Lead back to the file."""
        return opinion_address(self.record)

    def forecast(self) -> Forecast:
        """Say of what is passed on that it goes to the unit that is yet to be chosen."""
        found = super().forecast()
        if self.step.code != "transfer":
            return found
        unit = _("The chosen reporting unit")
        told = tuple((subject, unit) for subject, _names in found.told)
        day = self.record.taken_up_anew_by(timezone.localdate())
        return replace(found, holder=unit, told=told, due_on=day)

    def done(self, moved: Opinion) -> HttpResponse:
        """Lead on; from an approved answer to the decision on its publication."""
        if self.step.code == "approve" and "and_next" not in self.request.POST:
            way = reverse("partybuilding:opinion_publication", args=[moved.pk])
            self.back = with_next(way, self.back)
        elif self.step.code == "transfer":
            self.back = self.back or register_url(desk="mine")
        return super().done(moved)

    def following(self, moved: Opinion) -> Opinion | None:
        """Return the most urgent of the other opinions that wait."""
        user = self.request.user
        waiting = Opinion.objects.visible_to(user).waiting_for(user).exclude(pk=moved.pk)
        return waiting.order_by("due_on", "pk").first()


class PublicationView(OpinionFrame, PlainForm):
    """The department's decision: the question with what is proposed to be masked, side by side."""

    form_class = PublicationForm
    template_name = "partybuilding/opinions/publication.html"
    brief_template = BRIEF
    page_title = gettext_lazy("Decide on publication")
    submit_label = gettext_lazy("Decide")
    done_label = gettext_lazy("The decision was noted.")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep to answered opinions, and to those who decide."""
        super().setup(request, *args, **kwargs)
        answered = self.record.state == OpinionState.ANSWERED
        if not (answered and user_can_decide_publication(self.record, request.user)):
            raise Http404

    @property
    def redaction(self) -> Redaction:
        """What is proposed to be masked."""
        return propose(self.record.text)

    def get_initial(self) -> dict[str, Any]:
        """Propose the masked question, or show what was published."""
        opinion = self.record
        return {
            "question": opinion.published_question or self.redaction.text,
            "withheld": opinion.withheld,
            "decision": "withhold" if opinion.withheld else "publish",
        }

    def write(self, form: PublicationForm) -> Opinion:
        """Publish or withhold it."""
        given, by = form.cleaned_data, self.request.user
        if form.publishes:
            return publish_exchange(self.record, by=by, question=given["question"])
        return withhold_exchange(self.record, by=by, withheld=given["withheld"])

    def done_url(self, written: Opinion) -> str:
        """Go to the file."""
        return opinion_address(written, self.back)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was written, with its masked places."""
        return super().get_context_data(redaction=self.redaction, **kwargs)
