"""The staff screens of a rectification: the finding with its answer, and the steps of the task force."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.core.machine.steps import RecordFrame, RecordView, StepView, Way
from partybuilding.core.models import Purpose
from partybuilding.core.registers.filters import with_next
from partybuilding.core.types import AnyUser
from partybuilding.organizations.selectors import names_of_holders
from partybuilding.supervision.addresses import activity_url, rectification_url, rectifications_url
from partybuilding.supervision.corrections import told
from partybuilding.supervision.forms import SendBackForm
from partybuilding.supervision.models import Rectification
from partybuilding.supervision.permissions import user_can_supervise_project
from partybuilding.supervision.phrases import PHRASES
from partybuilding.supervision.selectors.files import rectification_file
from partybuilding.supervision.states import STRIP, RectificationState
from partybuilding.supervision.wording import late_words


def can_correct_finding(one: Rectification, user: AnyUser) -> bool:
    """Tell whether the user may correct a finding now."""
    stands = one.state != RectificationState.WITHDRAWN
    return stands and user_can_supervise_project(one.project, user)


class RectificationFrame(RecordFrame):
    """A screen of one rectification that the user may see; every other one does not exist for them."""

    header_icon = "list-ul"
    register_label = gettext_lazy("Rectifications")

    def find(self, user: AnyUser, pk: int) -> Rectification:
        """Return the rectification with what its screens show."""
        return rectification_file(user, pk)

    def register_address(self) -> str:
        """Return the address of the register."""
        return rectifications_url()

    def address_of(self, record: Rectification, back: str = "") -> str:
        """Return the address of the rectification's own screen."""
        return with_next(rectification_url(record.pk), back)


class RectificationView(RectificationFrame, RecordView):
    """One finding, what was asked for, what was done, and its course."""

    strip = STRIP
    main_template = "partybuilding/supervision/rectification.html"

    def step_address(self, step: str) -> str:
        """Return the address of a step's form."""
        return reverse("partybuilding:rectification_step", args=[self.record.pk, step])

    def lines(self) -> Iterable[Any]:
        """Name organisation and lateness."""
        return self.record.project.organization, late_words(self.record.days_late())

    def people(self) -> str:
        """Name who has it while it is with an organisation."""
        return names_of_holders(self.record)

    def ways(self) -> Iterator[Way]:
        """Lead to the activity that found it, and to the project's file."""
        record = self.record
        if can_correct_finding(record, self.request.user):
            url = reverse("partybuilding:rectification_correct", args=[record.pk])
            yield Way(_("Correct the finding"), with_next(url, self.back))
        yield Way(_("See the visit"), activity_url(record.activity_id), "calendar-check")
        case = reverse("partybuilding:case", args=[record.project_id])
        yield Way(_("See the project's file"), case, "folder-open-inverse")

    def holds(self) -> dict[str, Any]:
        """Return the evidence, the task force's own files, and what was corrected."""
        files = list(self.record.attachments.all())
        return {
            "evidence": [file for file in files if file.purpose == Purpose.APPLICATION],
            "corrections": list(told(self.record.corrections, to_staff=True)),
            "own": [file for file in files if file.purpose != Purpose.APPLICATION],
        }


class RectificationStepView(RectificationFrame, StepView):
    """The form of one step of a rectification."""

    brief_template = "partybuilding/supervision/rectification_brief.html"
    phrases = PHRASES

    def get_form_class(self) -> Any:
        """Ask for a new deadline where it is sent back."""
        return SendBackForm if self.step.code == "send_back" else self.form_class

    def after_step(self) -> str:
        """Lead back to the rectification."""
        return rectification_url(self.record.pk)

    def following(self, moved: Rectification) -> Rectification | None:
        """Return the most urgent of the others that wait."""
        user = self.request.user
        waiting = Rectification.objects.visible_to(user).waiting_for(user).exclude(pk=moved.pk)
        return waiting.order_by("due_on", "pk").first()
