"""Take one step with a project, or give a returned application more time."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages

from partybuilding.core.offers import Offer, is_desk_step, offer_of
from partybuilding.core.refusals import Refusal
from partybuilding.core.uploads import UploadRefused
from partybuilding.projects.desk import register_url
from partybuilding.projects.forecast import forecast
from partybuilding.projects.forms import ExtendForm, StepForm
from partybuilding.projects.permissions import user_can_extend_return
from partybuilding.projects.phrases import PHRASES
from partybuilding.projects.selectors import next_waiting
from partybuilding.projects.services import extend_return
from partybuilding.projects.services.steps import take_step
from partybuilding.projects.states import TABLE, ProjectState
from partybuilding.projects.views.frame import ProjectFrame, case_address


class StepView(ProjectFrame, FormView):
    """The form of one step: what it asks for, what it will do, and who is told."""

    template_name = "partybuilding/projects/step.html"
    form_class = StepForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the step; what is no step of the staff screens has no address."""
        super().setup(request, *args, **kwargs)
        code = kwargs["step"]
        if not (TABLE.has_step(code) and is_desk_step(TABLE.step(code))):
            raise Http404
        self.step = TABLE.step(code)

    def get_page_title(self) -> str:
        """Return the step's verb."""
        return str(self.step.label)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or say in words why there is none."""
        offer = offer_of(self.project, request.user, self.step.code)
        if offer is None or offer.blocked:
            return self.refused(offer)
        return super().get(request, *args, **kwargs)

    def refused(self, offer: Offer | None) -> HttpResponse:
        """Say what stands in the way: the state, a condition, or that it is somebody else's step."""
        names = {"step": self.step.label, "state": self.project.state_row.label}
        status = 409
        if offer is not None:
            sentences = list(offer.blocked)
        elif self.project.state not in self.step.sources:
            sentences = [_("“%(step)s” is not possible while it is “%(state)s”.") % names]
        else:
            who = "、".join(str(role.label) for role in self.step.sources[self.project.state])
            sentences = [_("“%(step)s” is for: %(who)s.") % {**names, "who": who}]
            status = 403
        self.template_name = "partybuilding/projects/refused.html"
        context = self.get_context_data(form=None, sentences=sentences)
        return self.render_to_response(context, status=status)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form its step and project."""
        return {**super().get_form_kwargs(), "step": self.step, "project": self.project}

    def get_initial(self) -> dict[str, Any]:
        """Remember in the form how the project was seen."""
        return {"seen": self.project.version, "next": self.back}

    def form_valid(self, form: StepForm) -> HttpResponse:
        """Go through the door; what it refuses is said in the form, and nothing typed is lost."""
        given = form.cleaned_data
        try:
            moved = take_step(
                self.project,
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
            following = next_waiting(self.request.user, moved)
            if following is not None:
                return redirect(case_address(following, self.back))
            messages.info(self.request, _("Nothing else waits for you."))
        return redirect(self.back or register_url(desk="mine"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what will happen; once somebody was faster there is nothing left to send."""
        offer = offer_of(self.project, self.request.user, self.step.code)
        return super().get_context_data(
            step=self.step,
            phrases=PHRASES.get(self.step.code, ()),
            forecast=forecast(self.project, self.step, self.request.user) if offer else None,
            is_open=offer is not None,
            **kwargs,
        )


class ExtendView(ProjectFrame, FormView):
    """A later deadline for a returned application."""

    template_name = "partybuilding/projects/extend.html"
    form_class = ExtendForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep to returned applications of one's own desk; for others there is no such screen."""
        super().setup(request, *args, **kwargs)
        returned = self.project.state == ProjectState.RETURNED
        if not (returned and user_can_extend_return(self.project, request.user)):
            raise Http404

    def get_page_title(self) -> str:
        """Name the screen."""
        return _("Extend the deadline")

    def form_valid(self, form: ExtendForm) -> HttpResponse:
        """Extend, or say why not."""
        given = form.cleaned_data
        try:
            extend_return(
                self.project, given["until"], by=self.request.user, reason=given["reason"]
            )
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.form_invalid(form)
        messages.success(self.request, _("The deadline was extended."))
        return redirect(case_address(self.project, self.back))
