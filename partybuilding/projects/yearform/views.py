"""The screens of a year's form: to write it with a preview beside it, or to read it once it is in use."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import PreviewSidePanel
from wagtail.admin.views.generic.mixins import PanelMixin

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.machine.steps import Way
from partybuilding.core.sheets import Field, Sheet
from partybuilding.core.sheets.kinds.choices import OneOf
from partybuilding.core.sheets.questions import Question
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.permissions import user_can_edit_cycle, user_can_see_cycles
from partybuilding.cycles.views import CycleFrame
from partybuilding.organizations.views.frame import KeeperForm
from partybuilding.projects.models import SheetDraft
from partybuilding.projects.yearform.blocks import LONGEST_HELP, LONGEST_LABEL
from partybuilding.projects.yearform.compose import sheet_from
from partybuilding.projects.yearform.conditions import words_of
from partybuilding.projects.yearform.correcting import (
    HELP,
    confirm,
    drop,
    may_confirm,
    open_correction,
    propose,
    words_in,
)
from partybuilding.projects.yearform.selectors import draft_of
from partybuilding.projects.yearform.services import save_form


def ways_of_form(cycle: Cycle, user: AnyUser) -> list[Way]:
    """Lead from a year's own screen to its form."""
    address = reverse("partybuilding:year_form", args=[cycle.pk])
    return [Way(_("Application form"), address, "form")] if user_can_see_cycles(user) else []


def read_parts(draft: SheetDraft) -> list[dict[str, Any]]:
    """Return the form as it is read: its parts, each with its questions and what they ask for."""
    sheet = sheet_from(draft.content)
    return [
        {
            "code": part.code,
            "label": part.label,
            "help": part.help,
            "rows": [
                _row(field, sheet) for field in part.fields if field.is_written or field.is_own
            ],
        }
        for part in sheet.parts
    ]


def _row(field: Field, sheet: Sheet) -> dict[str, Any]:
    own = isinstance(field, Question)
    return {
        "label": field.label,
        "help": field.help,
        "kind": field.name if isinstance(field, Question) else _("delivered"),
        "is_own": own,
        "required": bool(field.required),
        "options": field.say_options() if isinstance(field, OneOf) else "",
        "when": words_of(field, sheet),
    }


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


class CorrectionForm(forms.Form):
    """The words of a form in use, each in a field of its own, and why they are put right."""

    reason = forms.CharField(
        label=_("reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, content: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = words_in(content)
        names = dict(self.places)
        for (key, of), words in self.places.items():
            is_help = of == HELP
            label = names.get((key, "label"), words)
            self.fields[f"{key}-{of}"] = forms.CharField(
                label=format_lazy(_("Explanation of “{name}”"), name=label) if is_help else words,
                initial=words,
                required=not is_help,
                max_length=LONGEST_HELP if is_help else LONGEST_LABEL,
                widget=forms.Textarea(attrs={"rows": 2}) if is_help else forms.TextInput(),
            )

    def words(self) -> dict[tuple[str, str], str]:
        """Return what was typed, by its place."""
        return {place: self.cleaned_data["-".join(place)] for place in self.places}


class CorrectionView(CycleFrame, KeeperForm):
    """Propose other words for a form in use."""

    cycle: Cycle
    template_name = "partybuilding/organizations/form.html"
    form_class = CorrectionForm
    page_title = _("Put words right")
    submit_label = _("Propose the correction")
    done_label = _("Proposed; a second officer of the department confirms it.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the words of today."""
        return {**super().get_form_kwargs(), "content": draft_of(self.cycle).content}

    def write(self, form: CorrectionForm) -> Cycle:
        """Propose them."""
        reason = form.cleaned_data["reason"]
        return propose(self.cycle, form.words(), by=self.request.user, reason=reason).cycle

    def done_url(self, written: Cycle) -> str:
        """Go back to the form."""
        return reverse("partybuilding:year_form", args=[written.pk])


class CloseCorrectionView(CycleFrame, View):
    """Confirm or drop what was proposed, as the button says."""

    cycle: Cycle

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the form, where the buttons are."""
        return redirect("partybuilding:year_form", self.cycle.pk)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the button's step and say what came of it."""
        waiting = open_correction(self.cycle)
        act, done = (
            (drop, _("The correction was dropped."))
            if request.POST.get("act") == "drop"
            else (confirm, _("The words were put right; applicants with drafts were told."))
        )
        try:
            if waiting is not None:
                act(waiting, by=request.user)
                messages.success(request, done)
        except Refusal as refusal:
            messages.error(request, " ".join(map(str, refusal.sentences)))
        return self.get(request)
