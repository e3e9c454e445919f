"""The screens of awards: what an organisation receives for a project, and its payment."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.core.machine.steps import RecordFrame, RecordView, StepView, Way
from partybuilding.core.types import AnyUser
from partybuilding.evaluation.forms.runs import PaymentForm
from partybuilding.evaluation.models import Award

REGISTER = "party_awards_modeladmin_index"


class AwardFrame(RecordFrame):
    """A screen of one award."""

    header_icon = "pick"
    register_label = gettext_lazy("Ledger of awards")

    def find(self, user: AnyUser, pk: int) -> Award:
        """Return the award with project, organisation and grade."""
        rows = Award.objects.visible_to(user)
        return rows.select_related("project__cycle", "organization__unit", "grade").get(pk=pk)

    def register_address(self) -> str:
        """Return the address of the register."""
        return reverse(REGISTER)

    def address_of(self, record: Award, back: str = "") -> str:
        """Return the address of an award's own screen."""
        return reverse("partybuilding:award", args=[record.pk])


class AwardView(AwardFrame, RecordView):
    """An award on one screen."""

    main_template = "partybuilding/evaluation/awards/main.html"

    def step_address(self, step: str) -> str:
        """Return the address of a step's form."""
        return reverse("partybuilding:award_step", args=[self.record.pk, step])

    def lines(self) -> Iterable[Any]:
        """Say for what it is."""
        return self.record.project, self.record.grade

    def ways(self) -> Iterable[Way]:
        """Lead to the certificate."""
        for edition, kind in (("pdf", "PDF"), ("docx", "Word")):
            address = reverse("partybuilding:certificate", args=[self.record.pk, edition])
            yield Way(_("Certificate (%(kind)s)") % {"kind": kind}, address, "download")


class AwardStepView(AwardFrame, StepView):
    """The form of one step of an award."""

    form_class = PaymentForm
    brief_template = "partybuilding/evaluation/awards/brief.html"
