"""The staff screens of questions and changes: the file, its steps, and the form that asks."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.steps import PlainForm, RecordFrame, RecordView, StepView, Way
from partybuilding.core.registers.filters import with_next
from partybuilding.core.types import AnyUser
from partybuilding.organizations.selectors import names_of_holders
from partybuilding.progress.desk import CHANGES_REGISTER, QUESTIONS_REGISTER, register_url
from partybuilding.progress.forms import AskForm
from partybuilding.progress.models import CommitmentChange, StepQuestion
from partybuilding.progress.permissions import side_that_asks
from partybuilding.progress.phrases import PHRASES
from partybuilding.progress.selectors import change_file, kept_by, question_file
from partybuilding.progress.services import ask_about
from partybuilding.progress.states import CHANGE_STRIP, QUESTION_STRIP
from partybuilding.projects.models import CommitmentStep
from partybuilding.projects.views.steps import ProjectFrame, case_address

HERE = "partybuilding/progress"


class QuestionFrame(RecordFrame):
    """A screen of one question that the user may see; every other one does not exist for them."""

    header_icon = "help"
    register_label = _("Questions on reports")

    def find(self, user: AnyUser, pk: int) -> StepQuestion:
        """Return the question with what its screens show."""
        return question_file(user, pk)

    def register_address(self) -> str:
        """Return the address of the register."""
        return register_url(QUESTIONS_REGISTER)

    def address_of(self, record: StepQuestion, back: str = "") -> str:
        """Return the address of the question."""
        return with_next(reverse("partybuilding:question", args=[record.pk]), back)


class ChangeFrame(RecordFrame):
    """A screen of one change that the user may see; every other one does not exist for them."""

    header_icon = "history"
    register_label = _("Changes of commitments")

    def find(self, user: AnyUser, pk: int) -> CommitmentChange:
        """Return the change with what its screens show."""
        return change_file(user, pk)

    def register_address(self) -> str:
        """Return the address of the register."""
        return register_url(CHANGES_REGISTER)

    def address_of(self, record: CommitmentChange, back: str = "") -> str:
        """Return the address of the change."""
        return with_next(reverse("partybuilding:change", args=[record.pk]), back)


class KeepingView(RecordView):
    """What the screens of a question and of a change share."""

    step_name = ""

    def step_address(self, step: str) -> str:
        """Return the address of a step's form."""
        return reverse(self.step_name, args=[self.record.pk, step])

    def lines(self) -> Iterable[Any]:
        """Name the project's number, organisation and unit."""
        project = self.record.project
        return project.code, project.organization, project.organization.unit

    def people(self) -> str:
        """Name the persons while it is with an organisation or unit."""
        return names_of_holders(self.record)

    def ways(self) -> Iterator[Way]:
        """Lead to the project's file."""
        url = case_address(self.record.project)
        yield Way(_("Project file"), url, "folder-open-inverse")


class QuestionView(QuestionFrame, KeepingView):
    """A question on one screen: what was reported, what is in doubt, what was answered."""

    strip = QUESTION_STRIP
    step_name = "partybuilding:question_step"
    main_template = f"{HERE}/question.html"


class ChangeView(ChangeFrame, KeepingView):
    """A change on one screen: what it reads before and afterwards, and why."""

    strip = CHANGE_STRIP
    step_name = "partybuilding:change_step"
    main_template = f"{HERE}/change.html"


class QuestionStepView(QuestionFrame, StepView):
    """The form of one step of a question."""

    brief_template = f"{HERE}/question_brief.html"
    phrases = PHRASES

    def after_step(self) -> str:
        """Lead back to the question."""
        return self.address_of(self.record)

    def following(self, moved: StepQuestion) -> StepQuestion | None:
        """Return the most urgent of the other questions that wait."""
        user = self.request.user
        waiting = StepQuestion.objects.visible_to(user).waiting_for(user).exclude(pk=moved.pk)
        return waiting.order_by("due_on", "pk").first()


class ChangeStepView(ChangeFrame, StepView):
    """The form of one step of a change."""

    brief_template = f"{HERE}/change_brief.html"
    phrases = PHRASES

    def after_step(self) -> str:
        """Lead back to the change."""
        return self.address_of(self.record)

    def following(self, moved: CommitmentChange) -> CommitmentChange | None:
        """Return the most urgent of the other changes that wait."""
        user = self.request.user
        waiting = CommitmentChange.objects.visible_to(user).waiting_for(user).exclude(pk=moved.pk)
        return waiting.order_by("due_on", "pk").first()


class AskView(ProjectFrame, PlainForm):
    """The form that questions the report of a step."""

    form_class = AskForm
    template_name = f"{HERE}/ask.html"
    page_title = _("Question a report")
    submit_label = _("Send the question")
    explanation = _(
        "The step stays done while it is being questioned; residents do not see the question."
    )
    done_label = _("The question was sent to the applicant.")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the step; for those who may not ask there is no such screen."""
        super().setup(request, *args, **kwargs)
        if side_that_asks(self.project, request.user) is None:
            raise Http404
        steps = CommitmentStep.objects.filter(commitment__project=self.project)
        self.step = get_object_or_404(steps.select_related("commitment"), pk=kwargs["step"])

    def write(self, form: AskForm) -> StepQuestion:
        """Ask."""
        return ask_about(self.step, by=self.request.user, words=form.cleaned_data["words"])

    def done_url(self, written: StepQuestion) -> str:
        """Go back to the project's file."""
        return f"{case_address(self.project, self.back)}#commitments"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the report that is in doubt beside the form."""
        kept = [step for item in kept_by(self.project) for step in item.steps.all()]
        step = next(one for one in kept if one.pk == self.step.pk)
        return super().get_context_data(step=step, **kwargs)
