"""The screen of a year's pack: hand it out, hold another one against the year, take over what is chosen."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.machine.steps import Way
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.permissions import user_can_edit_cycle, user_can_see_cycles
from partybuilding.cycles.views import CycleFrame
from partybuilding.organizations.forms.fields import day_field
from partybuilding.organizations.views.frame import KeeperForm, attempt
from partybuilding.packs.file import LARGEST, Pack, read_pack
from partybuilding.packs.services import apply_pack, begin_year, differences, pack_of
from partybuilding.packs.shipped import shipped


def ways_of_pack(cycle: Cycle, user: AnyUser) -> list[Way]:
    """Lead from a year's own screen to its pack."""
    if not user_can_see_cycles(user):
        return []
    return [Way(_("Programme pack"), reverse("partybuilding:pack", args=[cycle.pk]), "download")]


class PackForm(forms.Form):
    """Which pack is held against the year: one that comes with the program, or a file."""

    shipped = forms.ChoiceField(label=gettext_lazy("Delivered pack"), required=False)
    file = forms.FileField(
        label=gettext_lazy("Or a file from another district"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.packs = shipped()
        choices = [(code, pack.name) for code, pack in self.packs.items()]
        self.fields["shipped"].choices = [("", _("Please choose")), *choices]  # type: ignore[attr-defined]
        self.pack: Pack | None = None

    def clean(self) -> dict[str, Any]:
        """Read the pack; a file takes the place of the delivered one that was proposed."""
        cleaned = super().clean() or {}
        file, code = cleaned.get("file"), cleaned.get("shipped")
        if not (file or code):
            raise forms.ValidationError(_("Choose a delivered pack or a file."))
        name = "file" if file else "shipped"
        try:
            self.pack = read_pack(file.read(LARGEST + 1)) if file else self.packs[str(code)]
        except Refusal as refusal:
            self.add_error(name, "".join(map(str, refusal.sentences)))
        return cleaned


class BeginForm(PackForm):
    """The year, the day on which it opens, and the pack that it begins with."""

    year = forms.IntegerField(
        label=gettext_lazy("year of the programme"), min_value=2000, max_value=9999
    )
    opens = day_field(gettext_lazy("Applications open on"))

    field_order = ("year", "opens")


class BeginView(CycleFrame, KeeperForm):
    """Prepare a year: a pack brings its rules, lists, form and judging, to be changed until it opens."""

    form_class = BeginForm
    template_name = "partybuilding/packs/begin.html"
    page_title = gettext_lazy("Prepare a year")
    submit_label = gettext_lazy("Prepare the year")
    done_label = gettext_lazy("The year is prepared; look through its rules before it opens.")

    @cached_property
    def last(self) -> Cycle | None:
        """The last year that there is."""
        return Cycle.objects.order_by("-year").first()

    def get_initial(self) -> dict[str, Any]:
        """Propose the year after the last one, and the delivered programme."""
        today, last = timezone.localdate(), self.last
        year = last.year + 1 if last else today.year
        opens = max(today, date(year, 1, 1)) if year >= today.year else today
        return {"year": year, "opens": opens, "shipped": next(iter(shipped()))}

    def write(self, form: BeginForm) -> Cycle:
        """Prepare it."""
        assert form.pack is not None
        given = form.cleaned_data
        return begin_year(form.pack, given["year"], given["opens"], by=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lead to the way from the last year, where there is one."""
        return super().get_context_data(last=self.last, **kwargs)


class PackView(CycleFrame, KeeperForm):
    """The pack of a year, and, while the year is in preparation, the way to take another one over."""

    cycle: Cycle
    template_name = "partybuilding/packs/pack.html"
    form_class = PackForm
    page_title = gettext_lazy("Programme pack")
    submit_label = gettext_lazy("Compare")

    def allowed(self) -> bool:
        """Let in who sees the years; who keeps them can take a pack over."""
        return user_can_see_cycles(self.request.user)

    def form_valid(self, form: PackForm) -> HttpResponse:
        """Show the differences, or say what is wrong with the pack."""
        assert form.pack is not None
        pack = form.pack
        found = attempt(form, lambda: differences(self.cycle, pack, by=self.request.user))
        if form.errors:
            return self.form_invalid(form)
        self.template_name = "partybuilding/packs/compare.html"
        groups = [
            [one for one in found if one.is_for_all == is_for_all] for is_for_all in (False, True)
        ]
        context = self.get_context_data(form=form, pack=pack, of_year=groups[0], for_all=groups[1])
        return self.render_to_response({**context, "text": pack.written().decode()})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the pack of the year itself."""
        may_take = user_can_edit_cycle(self.cycle, self.request.user) and not self.cycle.is_frozen
        return super().get_context_data(own=pack_of(self.cycle), may_take=may_take, **kwargs)


class DownloadView(CycleFrame, View):
    """The pack of a year as a file."""

    cycle: Cycle

    def allowed(self) -> bool:
        """Let in who sees the years."""
        return user_can_see_cycles(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hand it out."""
        name = f"pack-{self.cycle.year}.json"
        answer = HttpResponse(pack_of(self.cycle).written(), content_type="application/json")
        answer["Content-Disposition"] = content_disposition_header(True, name) or ""
        return answer


class ApplyView(CycleFrame, View):
    """Takes over what was chosen of a pack; what was compared comes with the form."""

    cycle: Cycle

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the comparison."""
        return redirect("partybuilding:pack", self.cycle.pk)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take over, and go to the year; or say why not."""
        try:
            pack = read_pack(request.POST.get("text", "").encode())
            apply_pack(self.cycle, pack, request.POST.getlist("item"), by=request.user)
        except Refusal as refusal:
            messages.error(request, " ".join(map(str, refusal.sentences)))
            return self.get(request)
        messages.success(request, _("Taken over from “%(name)s”.") % {"name": pack.name})
        return redirect("partybuilding:cycle", self.cycle.pk)
