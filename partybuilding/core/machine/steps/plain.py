"""A short form about one record that calls one service and leads on."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.generic import FormView
from wagtail.admin import messages

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.machine.steps.frame import RecordFrame
from partybuilding.core.states import Text


class PlainForm(RecordFrame, FormView):
    """A form whose answer goes to one service; what it refuses is said in the form."""

    template_name = "partybuilding/core/steps/plain_form.html"
    brief_template = ""
    submit_label: Text = ""
    explanation: Text = ""
    done_label: Text = ""

    def write(self, form: Any) -> Any:
        """Call the service with what was given, and return what it made or changed."""
        raise NotImplementedError

    def done_url(self, written: Any) -> str:
        """Return where to go on."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        """Write, or say why not with everything typed kept."""
        try:
            written = self.write(form)
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.form_invalid(form)
        messages.success(self.request, self.done_label)
        return redirect(self.done_url(written))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words around the form."""
        return super().get_context_data(
            brief_template=self.brief_template,
            submit_label=self.submit_label,
            explanation=self.explanation,
            **kwargs,
        )
