"""The screens of objections to results: received, examined, upheld or dismissed."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.steps import PlainForm, RecordFrame, RecordView, StepView
from partybuilding.core.types import AnyUser
from partybuilding.evaluation.forms.runs import ObjectionForm
from partybuilding.evaluation.models import Objection, Run
from partybuilding.evaluation.permissions import user_judges
from partybuilding.evaluation.services import object_to
from partybuilding.evaluation.states import RunState
from partybuilding.evaluation.views.runs import RunFrame

BRIEF = "partybuilding/evaluation/objections/brief.html"
REGISTER = "party_objections_modeladmin_index"


def objection_address(objection: Objection) -> str:
    """Return the address of an objection's screen."""
    return reverse("partybuilding:objection", args=[objection.pk])


class ObjectionFrame(RecordFrame):
    """A screen of one objection, for those who may see the evaluation."""

    header_icon = "comment"
    register_label = _("Objections to results")

    def find(self, user: AnyUser, pk: int) -> Objection:
        """Return the objection with its run and project."""
        rows = Objection.objects.visible_to(user)
        return rows.select_related("run__cycle__evaluation", "project__organization").get(pk=pk)

    def register_address(self) -> str:
        """Return the address of the register."""
        return reverse(REGISTER)

    def address_of(self, record: Objection, back: str = "") -> str:
        """Return the address of an objection's own screen."""
        return objection_address(record)


class ObjectionView(ObjectionFrame, RecordView):
    """An objection on one screen."""

    main_template = "partybuilding/evaluation/objections/main.html"

    def step_address(self, step: str) -> str:
        """Return the address of a step's form."""
        return reverse("partybuilding:objection_step", args=[self.record.pk, step])

    def lines(self) -> Iterable[Any]:
        """Say what it is about."""
        return self.record.run, self.record.project or _("The results as a whole")


class ObjectionStepView(ObjectionFrame, StepView):
    """The form of one step of an objection."""

    brief_template = BRIEF

    def after_step(self) -> str:
        """Lead back to the objection."""
        return objection_address(self.record)


class EnterObjectionView(RunFrame, PlainForm):
    """Enter an objection that came by letter, call or visit."""

    form_class = ObjectionForm
    brief_template = "partybuilding/evaluation/runs/brief.html"
    page_title = _("Enter an objection")
    submit_label = _("Enter the objection")
    explanation = _(
        "For objections by letter, telephone or visit; the form on the site enters its own."
    )
    done_label = _("The objection was entered.")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep to the department, and to results that are open to comment."""
        super().setup(request, *args, **kwargs)
        if not user_judges(request.user):
            raise Http404
        get_object_or_404(Run, pk=self.record.pk, state=RunState.NOTICED)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form the run."""
        return {**super().get_form_kwargs(), "run": self.record}

    def write(self, form: ObjectionForm) -> Objection:
        """Receive it."""
        return object_to(self.record, by=self.request.user, **form.cleaned_data)

    def done_url(self, written: Objection) -> str:
        """Go to the objection."""
        return objection_address(written)
