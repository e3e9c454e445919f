"""The screens on which a form in use is corrected: words put right, questions added, and the second officer's say."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.blocks import BlockField

from partybuilding.core.machine.refusals import Refusal
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.views import CycleFrame
from partybuilding.organizations.views.frame import KeeperForm
from partybuilding.projects.models import SheetCorrection
from partybuilding.projects.yearform.blocks import LONGEST_HELP, LONGEST_LABEL, supplement_block
from partybuilding.projects.yearform.correcting import (
    HELP,
    confirm,
    drop,
    open_correction,
    propose,
    supplement,
    words_in,
)
from partybuilding.projects.yearform.selectors import draft_of
from partybuilding.projects.yearform.supplements import open_purposes

#: Said beside the reason, since whoever proposes should know it before.
TWO = _("A second officer of the department confirms it; until then nothing changes.")


class ProposalForm(forms.Form):
    """Why something is proposed."""

    reason = forms.CharField(
        label=_("reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=TWO,
    )


class ProposalView(CycleFrame, KeeperForm):
    """Propose something for a form in use, and go back to it."""

    cycle: Cycle
    template_name = "partybuilding/organizations/form.html"
    done_label = _("Proposed; a second officer of the department confirms it.")

    def done_url(self, written: Cycle) -> str:
        """Go back to the form."""
        return reverse("partybuilding:year_form", args=[written.pk])


class CorrectionForm(ProposalForm):
    """The words of a form in use, each in a field of its own, and why they are put right."""

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


class CorrectionView(ProposalView):
    """Propose other words for a form in use."""

    form_class = CorrectionForm
    page_title = _("Put words right")
    submit_label = _("Propose the correction")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the words of today."""
        return {**super().get_form_kwargs(), "content": draft_of(self.cycle).content}

    def write(self, form: CorrectionForm) -> Cycle:
        """Propose them."""
        reason = form.cleaned_data["reason"]
        return propose(self.cycle, form.words(), by=self.request.user, reason=reason).cycle


class SupplementForm(ProposalForm):
    """Questions for parts that nobody has begun to answer, and why they are added."""

    def __init__(self, *args: Any, there: Mapping[str, bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["added"] = BlockField(
            supplement_block(there),
            label=_("Questions to be added"),
            help_text=_(
                "They come behind the questions of today, which stay as they are. A part that somebody "
                "has begun to answer is not offered."
            ),
        )
        self.order_fields(["added", "reason"])


class SupplementView(ProposalView):
    """Propose to ask more in parts of a form in use that nobody has begun to answer."""

    template_name = "partybuilding/projects/yearform/supplement.html"
    form_class = SupplementForm
    page_title = _("Add questions")
    submit_label = _("Propose the questions")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the parts that can be added to."""
        asked = {part["code"] for part in draft_of(self.cycle).content["parts"]}
        free = open_purposes(self.cycle).items()
        there = {purpose: purpose in asked for purpose, is_free in free if is_free}
        return {**super().get_form_kwargs(), "there": there}

    def write(self, form: SupplementForm) -> Cycle:
        """Propose them."""
        added = form.cleaned_data["added"].get_prep_value()
        reason = form.cleaned_data["reason"]
        return supplement(self.cycle, added, by=self.request.user, reason=reason).cycle


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
            else (confirm, _confirmed(waiting))
        )
        try:
            if waiting is not None:
                act(waiting, by=request.user)
                messages.success(request, done)
        except Refusal as refusal:
            messages.error(request, " ".join(map(str, refusal.sentences)))
        return self.get(request)


def _confirmed(correction: SheetCorrection | None) -> Any:
    if correction is not None and correction.added:
        return _("The questions were added; whoever fills in the part was told.")
    return _("The words were put right; whoever still fills them in was told.")
