"""The screens of a year's form: to write it with a preview beside it, or to read it once it is in use."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import PreviewSidePanel
from wagtail.admin.views.generic.mixins import PanelMixin

from partybuilding.core.machine.steps import Way
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.permissions import user_can_edit_cycle, user_can_see_cycles
from partybuilding.cycles.views import CycleFrame
from partybuilding.organizations.views.frame import KeeperForm
from partybuilding.projects.models import SheetDraft
from partybuilding.projects.yearform.correcting import (
    may_confirm,
    open_correction,
)
from partybuilding.projects.yearform.reading import read_added, read_parts
from partybuilding.projects.yearform.selectors import draft_of
from partybuilding.projects.yearform.services import save_form
from partybuilding.projects.yearform.supplements import open_purposes


def ways_of_form(cycle: Cycle, user: AnyUser) -> list[Way]:
    """Lead from a year's own screen to its form."""
    address = reverse("partybuilding:year_form", args=[cycle.pk])
    return [Way(_("Application form"), address, "form")] if user_can_see_cycles(user) else []


class YearForm(WagtailAdminModelForm):
    """The form of a year in blocks."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


INTRODUCTION = _(
    "What is here is asked, in this order. Open a part to rename, explain, move or take out its questions and "
    "to add your own; the preview at the side shows it as on a phone. Behind them the year can ask own questions "
    "for the report of the results, for the checklist of supervision, and for the score sheets of experts and of "
    "peers. Once the year is opened, the form can no longer be changed."
)

FORM = ObjectList(
    [FieldPanel("parts", heading=_("Parts of the form, in their order"), help_text=INTRODUCTION)],
    base_form_class=YearForm,
).bind_to_model(SheetDraft)


class YearFormView(PanelMixin, CycleFrame, KeeperForm):
    """Write the form of a year while its rules may change; afterwards it can be looked at."""

    cycle: Cycle
    template_name = "partybuilding/cycles/rules_form.html"
    panel = FORM
    page_title = _("Application form")
    done_label = _("The form was saved.")
    submit_label = _("Save the form")

    def find(self) -> None:
        """Find the year and what is written for it."""
        super().find()
        self.draft = draft_of(self.cycle)

    def allowed(self) -> bool:
        """Let staff read it; who keeps the rules writes it."""
        return user_can_see_cycles(self.request.user)

    @property
    def may_write(self) -> bool:
        """Whether this user may change it now."""
        return user_can_edit_cycle(self.cycle, self.request.user) and not self.cycle.is_frozen

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the editor, or what is asked to those who only read it."""
        if self.may_write:
            return super().get(request, *args, **kwargs)
        self.panel, self.template_name = None, "partybuilding/projects/yearform/read.html"
        waiting = open_correction(self.cycle)
        keeps = user_can_edit_cycle(self.cycle, request.user)
        context = self.get_context_data(
            form=None,
            parts=read_parts(self.draft),
            waiting=waiting,
            may_confirm=waiting is not None and may_confirm(waiting, request.user),
            may_drop=waiting is not None and keeps,
            may_correct=waiting is None and keeps and self.draft.version_id is not None,
            may_supplement=waiting is None and keeps and any(open_purposes(self.cycle).values()),
            added=read_added(self.draft, waiting) if waiting else [],
        )
        return self.render_to_response(context)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form what is written."""
        given = super().get_form_kwargs()
        return {**given, "instance": draft_of(self.cycle), "for_user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Remember in the form what was seen."""
        return {"seen": self.draft.updated_at.isoformat()} if self.draft.pk else {}

    def write(self, form: Any) -> Cycle:
        """Save it."""
        blocks = form.cleaned_data["parts"].get_prep_value()
        seen = parse_datetime(form.cleaned_data.get("seen") or "")
        return save_form(self.cycle, blocks, by=self.request.user, seen=seen).cycle

    def done_url(self, written: Any) -> str:
        """Stay: what was saved is looked at and written on."""
        return reverse("partybuilding:year_form", args=[written.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Put the preview at the side of the editor."""
        context = super().get_context_data(**kwargs)
        if not self.may_write:
            return context
        address = reverse("partybuilding:year_form_preview", args=[self.cycle.pk])
        preview = PreviewSidePanel(self.draft, self.request, preview_url=address)
        side = MediaContainer([preview])
        context["media"] += side.media
        return {**context, "side_panels": side}
