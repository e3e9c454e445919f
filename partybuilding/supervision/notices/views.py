"""The staff screens of one feedback notice: how it reads, its words, its steps, its paper."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.machine.steps import PlainForm, RecordFrame, RecordView, StepView, Way
from partybuilding.core.registers.filters import way_back, with_next
from partybuilding.core.types import AnyUser
from partybuilding.supervision.addresses import feedback_quarter_url
from partybuilding.supervision.models import Activity
from partybuilding.supervision.notices.desk import register_url
from partybuilding.supervision.notices.documents import EDITIONS, notice_response
from partybuilding.supervision.notices.forms import CorrectionForm, WordsForm
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.permissions import (
    user_can_edit_feedback,
    user_can_write_feedback,
    user_sees_rounds,
)
from partybuilding.supervision.notices.phrases import PHRASES
from partybuilding.supervision.notices.presentation import kind_words, reading_of
from partybuilding.supervision.notices.selectors import asking_activity, feedback_file
from partybuilding.supervision.notices.services import draft_correction, draft_notice, save_words
from partybuilding.supervision.notices.states import STRIP, FeedbackState
from partybuilding.supervision.wording import when_words

BRIEF = "partybuilding/supervision/notices/brief.html"


def feedback_address(notice: FeedbackNotice, back: str = "") -> str:
    """Return the address of a notice's own screen."""
    return with_next(reverse("partybuilding:feedback", args=[notice.pk]), back)


class FeedbackFrame(RecordFrame):
    """A screen of one notice that the user may see; every other notice does not exist for them."""

    header_icon = "doc-full-inverse"
    register_label = gettext_lazy("Feedback notices")

    def find(self, user: AnyUser, pk: int) -> FeedbackNotice:
        """Return the notice with what its screens show."""
        return feedback_file(user, pk)

    def register_address(self) -> str:
        """Return the address of the register of notices."""
        return register_url()

    def address_of(self, record: FeedbackNotice, back: str = "") -> str:
        """Return the address of the notice's own screen."""
        return feedback_address(record, back)


class FeedbackView(FeedbackFrame, RecordView):
    """A notice as it reads, and what can be done with it."""

    strip = STRIP
    main_template = "partybuilding/supervision/notices/main.html"

    def step_address(self, step: str) -> str:
        """Return the address of a step's form."""
        return reverse("partybuilding:feedback_step", args=[self.record.pk, step])

    def lines(self) -> Iterable[Any]:
        """Name its number, quarter, project and unit."""
        notice = self.record
        place = notice.project.organization
        kind = kind_words(notice) if notice.supplement or notice.corrects_id else ""
        return notice.number, kind, when_words(notice.told), place, place.unit

    def ways(self) -> Iterator[Way]:
        """Lead to the words, the papers and the case file."""
        notice = self.record
        if user_can_edit_feedback(notice, self.request.user):
            url = reverse("partybuilding:feedback_words", args=[notice.pk])
            yield Way(_("Change the words"), with_next(url, self.back))
        if notice.state == FeedbackState.ISSUED and user_can_write_feedback(
            notice.project, self.request.user
        ):
            url = reverse("partybuilding:feedback_correct", args=[notice.pk])
            yield Way(_("Correct by a new notice"), with_next(url, self.back))
        for edition, kind in (("pdf", "PDF"), ("docx", "Word")):
            url = reverse("partybuilding:feedback_paper", args=[notice.pk, edition])
            yield Way(kind, url, "download")
        url = reverse("partybuilding:case", args=[notice.project_id])
        yield Way(_("Project file"), url, "folder-open-inverse")

    def holds(self) -> dict[str, Any]:
        """Return the notice as it reads."""
        return {"reading": reading_of(self.record)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Leave out the step that follows by itself from issuing a correction."""
        context = super().get_context_data(**kwargs)
        own = [one for one in context["offers"] if one["offer"].step.code != "correct"]
        return {**context, "offers": own}


class FeedbackStepView(FeedbackFrame, StepView):
    """The form of one step of a notice."""

    brief_template = BRIEF
    phrases = PHRASES

    def after_step(self) -> str:
        """Lead back to the notice."""
        return feedback_address(self.record)

    def following(self, moved: FeedbackNotice) -> FeedbackNotice | None:
        """Return the most urgent of the other drafts."""
        user = self.request.user
        waiting = FeedbackNotice.objects.visible_to(user).waiting_for(user).exclude(pk=moved.pk)
        return waiting.order_by("due_on", "pk").first()


class WordsView(FeedbackFrame, PlainForm):
    """The words before and after what was assembled."""

    form_class = WordsForm
    brief_template = BRIEF
    page_title = gettext_lazy("Change the words")
    submit_label = gettext_lazy("Save")
    explanation = gettext_lazy(
        "What stands between comes from the visits of the quarter and is frozen when the notice is issued."
    )
    done_label = gettext_lazy("The words were saved.")

    def get_initial(self) -> dict[str, Any]:
        """Show the words as they are."""
        return {"opening": self.record.opening, "closing": self.record.closing}

    def write(self, form: WordsForm) -> FeedbackNotice:
        """Save them."""
        return save_words(self.record, by=self.request.user, **form.cleaned_data)

    def done_url(self, written: FeedbackNotice) -> str:
        """Go to the notice."""
        return feedback_address(written, self.back)


class CorrectionView(FeedbackFrame, PlainForm):
    """The reason for which an issued notice is corrected; its correction is drafted with it."""

    form_class = CorrectionForm
    brief_template = BRIEF
    page_title = gettext_lazy("Correct by a new notice")
    submit_label = gettext_lazy("Draft the correction")
    explanation = gettext_lazy(
        "A new notice with a number of its own is drafted from the records as they are now. When it is "
        "issued, it says which one it corrects; this one stays readable and says by which it was corrected."
    )
    done_label = gettext_lazy("The correction is drafted; look through it and issue it.")

    def write(self, form: CorrectionForm) -> FeedbackNotice:
        """Draft it."""
        return draft_correction(
            self.record, by=self.request.user, reason=form.cleaned_data["reason"]
        )

    def done_url(self, written: FeedbackNotice) -> str:
        """Go to the draft."""
        return feedback_address(written, self.back)


@require_POST
def start(request: HttpRequest, activity: int) -> HttpResponse:
    """Begin the notice that an activity asks for, or find the one that stands."""
    if not user_sees_rounds(request.user):
        raise Http404
    try:
        asking = asking_activity(activity)
    except Activity.DoesNotExist:
        raise Http404 from None
    try:
        notice = draft_notice(asking, by=request.user)
    except Refusal as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return redirect(feedback_quarter_url(asking.project.cycle_id, asking.period))
    return redirect(feedback_address(notice, way_back(request)))


@require_GET
def paper(request: HttpRequest, pk: int, edition: str) -> HttpResponse:
    """Return a notice as PDF or Word, to staff who may see it."""
    try:
        notice = feedback_file(request.user, pk)
    except FeedbackNotice.DoesNotExist:
        raise Http404 from None
    if edition not in EDITIONS:
        raise Http404
    return notice_response(notice, edition)
