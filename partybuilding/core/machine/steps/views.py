"""Take one step with one record: what it asks for, what it will do, and who is told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages

from partybuilding.core.files.uploads import UploadRefused
from partybuilding.core.machine.attempts import Attempt, identify
from partybuilding.core.machine.offers import Offer, is_desk_step, offer_of
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.machine.registry import machine_of
from partybuilding.core.machine.steps.forms import StepForm
from partybuilding.core.machine.steps.record import RecordFrame
from partybuilding.core.machine.wording import holder_words
from partybuilding.core.selectors import last_move
from partybuilding.core.services import take_step
from partybuilding.core.services.door import due_date
from partybuilding.core.states import State, Step, Text
from partybuilding.core.types import AnyUser


@dataclass(frozen=True)
class Forecast:
    """Where a step leads to."""

    state: State | None
    holder: str
    due_on: date | None
    told: tuple[tuple[str, str], ...]


def forecast(record: Any, step: Step, user: AnyUser) -> Forecast:
    """Return what would happen if this user took the step now."""
    last = last_move(record, record.state)
    target = step.target or (last.from_state if last else "")
    state = record.row_of(target) if target else None
    return Forecast(
        state,
        holder_words(record, state) if state else "",
        due_date(record, timezone.localdate(), state) if state else None,
        tuple(_told(record, step, user)),
    )


def _told(record: Any, step: Step, user: AnyUser) -> Iterator[tuple[str, str]]:
    attempt = Attempt(
        step=step.code,
        by=user,
        identity=identify(user),
        at=timezone.now(),
        from_state=record.state,
    )
    for draft in machine_of(record).notices(record, attempt):
        names = "、".join(one.get_full_name() or one.get_username() for one in draft.recipients)
        if names:
            yield draft.subject, names


class StepView(RecordFrame, FormView):
    """The form of one step of a record; a room says which records, and may ask for more.

    Attributes:
        brief_template: shows the record in brief beside the form; gets `record`.
        phrases: standard phrases to insert, by step.
    """

    template_name = "partybuilding/core/steps/step.html"
    form_class: Any = StepForm
    brief_template = ""
    phrases: Mapping[str, Iterable[Text]] = {}

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the step; what is no step of the staff screens has no address."""
        super().setup(request, *args, **kwargs)
        code, table = kwargs["step"], machine_of(self.record).table
        if not (table.has_step(code) and is_desk_step(table.step(code))):
            raise Http404
        self.step = table.step(code)

    def after_step(self) -> str:
        """Return where a step leads that did not come from a list."""
        return self.register_address()

    def following(self, moved: Any) -> Any:
        """Return the record that waits for the user next; none when there is no such list."""
        return None

    def get_page_title(self) -> str:
        """Return the step's verb."""
        return str(self.step.label)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or say in words why there is none."""
        offer = offer_of(self.record, request.user, self.step.code)
        if offer is None or offer.blocked:
            return self.refused(offer)
        return super().get(request, *args, **kwargs)

    def refused(self, offer: Offer | None) -> HttpResponse:
        """Say what stands in the way: the state, a condition, or that it is somebody else's step."""
        names = {"step": self.step.label, "state": self.record.state_row.label}
        status = 409
        if offer is not None:
            sentences = list(offer.blocked)
        elif self.record.state not in self.step.sources:
            sentences = [_("“%(step)s” is not possible while it is “%(state)s”.") % names]
        else:
            who = "、".join(str(role.label) for role in self.step.sources[self.record.state])
            sentences = [_("“%(step)s” is for: %(who)s.") % {**names, "who": who}]
            status = 403
        self.template_name = "partybuilding/core/steps/refused.html"
        context = self.get_context_data(form=None, sentences=sentences)
        return self.render_to_response(context, status=status)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form its step and record."""
        return {**super().get_form_kwargs(), "step": self.step, "record": self.record}

    def get_initial(self) -> dict[str, Any]:
        """Remember in the form how the record was seen."""
        return {"seen": self.record.version, "next": self.back}

    def form_valid(self, form: StepForm) -> HttpResponse:
        """Go through the door; what it refuses is said in the form, and nothing typed is lost."""
        given = form.cleaned_data
        try:
            moved = take_step(
                self.record,
                self.step.code,
                by=self.request.user,
                reason=given.get("reason", ""),
                data=form.data_of_step(),
                uploads=given.get("files", ()),
                seen=given["seen"],
            )
        except UploadRefused as refused:
            form.add_error("files", str(refused))
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
        else:
            return self.done(moved)
        return self.form_invalid(form)

    def done(self, moved: Any) -> HttpResponse:
        """Say what was done, and lead back, or on to what waits next."""
        names = {"title": moved, "step": self.step.label, "state": moved.state_row.label}
        messages.success(
            self.request, _("“%(step)s” done: %(title)s. It is now “%(state)s”.") % names
        )
        if "and_next" in self.request.POST:
            following = self.following(moved)
            if following is not None:
                return redirect(self.address_of(following, self.back))
            messages.info(self.request, _("Nothing else waits for you."))
        return redirect(self.back or self.after_step())

    def forecast(self) -> Forecast:
        """Return where the step leads."""
        return forecast(self.record, self.step, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what will happen; once somebody was faster there is nothing left to send."""
        offer = offer_of(self.record, self.request.user, self.step.code)
        return super().get_context_data(
            step=self.step,
            brief_template=self.brief_template,
            phrases=self.phrases.get(self.step.code, ()),
            forecast=self.forecast() if offer else None,
            is_open=offer is not None,
            **kwargs,
        )
