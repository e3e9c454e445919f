"""The screens of programme years: the rules to read and to write, the stages, the next year."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.mixins import PanelMixin

from partybuilding.core import rooms
from partybuilding.core.machine.offers import Offer, offer_of, offers
from partybuilding.core.selectors import trail_of
from partybuilding.core.services import move
from partybuilding.cycles import sheet
from partybuilding.cycles.forms import RULES, CycleStepForm, ExtendWindowForm
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.permissions import user_can_edit_cycle, user_can_see_cycles
from partybuilding.cycles.rules import rules_are_complete
from partybuilding.cycles.services import extend_window, save_rules, start_next_year
from partybuilding.cycles.sheet import consequences_of, story_of
from partybuilding.cycles.states import TABLE, CycleState
from partybuilding.organizations.views.frame import KeeperForm, Screen

REGISTER = "party_cycles_modeladmin_index"


def address(cycle: Cycle) -> str:
    """Return the address of a year's screen."""
    return reverse("partybuilding:cycle", args=[cycle.pk])


class CycleFrame(Screen):
    """A screen of one year that the user may see."""

    header_icon = "calendar"
    cycle: Cycle | None = None

    def find(self) -> None:
        """Find the year."""
        if "pk" in self.kwargs:
            years: QuerySet[Cycle] = Cycle.objects.visible_to(self.request.user)
            self.cycle = get_object_or_404(years, pk=self.kwargs["pk"])

    def allowed(self) -> bool:
        """Let in who writes the rules."""
        return user_can_edit_cycle(self.cycle, self.request.user)

    def crumbs(self) -> list[tuple[str, Any]]:
        """Lead back to the register, and from a form to the year."""
        found = [(reverse(REGISTER), _("Programme years"))]
        if self.cycle and self.get_page_title() != str(self.cycle):
            found.append((address(self.cycle), self.cycle))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the year."""
        return super().get_context_data(cycle=self.cycle, **kwargs)

    def refused(self, *sentences: Any, status: int = 409) -> HttpResponse:
        """Say why there is no form."""
        self.template_name = "partybuilding/cycles/refused.html"
        context = self.get_context_data(form=None, sentences=sentences)
        return self.render_to_response(context, status=status)

    def done_url(self, written: Any) -> str:
        """Go to the year."""
        return address(written)


class CycleView(CycleFrame, TemplateView):
    """A year's rules in sections, its stages, and its course so far."""

    cycle: Cycle
    template_name = "partybuilding/cycles/cycle.html"

    def allowed(self) -> bool:
        """Let in who sees the register."""
        return user_can_see_cycles(self.request.user)

    def get_page_title(self) -> str:
        """Return the year's name."""
        return str(self.cycle)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect the sections."""
        cycle, user = self.cycle, self.request.user
        grades, criteria = list(cycle.grades.all()), list(cycle.criteria.all())
        award = sheet.award_total(grades)
        preparing = cycle.state == CycleState.PREPARING
        return super().get_context_data(
            offers=offers(cycle, user),
            ways=[way for ways in rooms.collect("cycle_actions") for way in ways(cycle, user)],
            may_edit=user_can_edit_cycle(cycle, user),
            may_extend=cycle.state == CycleState.APPLYING,
            missing=rules_are_complete(cycle).reasons if preparing else (),
            strip=strip_of(cycle),
            limits=sheet.limits_of(cycle),
            provisional=sheet.latest_days_are_provisional(cycle),
            topics=sheet.topics_by_sector(cycle),
            criteria=criteria,
            points=sum(criterion.points for criterion in criteria),
            grades=grades,
            places=sum(grade.quota for grade in grades),
            award=award,
            award_wan=sheet.in_wan(award),
            story=story_of(trail_of(cycle).order_by("-sequence")),
            **kwargs,
        )


def strip_of(cycle: Cycle) -> list[dict[str, Any]]:
    """Return the stages of the year with where it stands."""
    codes = [state.code for state in TABLE.states]
    here = codes.index(cycle.state)
    return [
        {"number": place + 1, "label": state.label, "done": place < here, "here": place == here}
        for place, state in enumerate(TABLE.states)
    ]


class RulesView(PanelMixin, CycleFrame, KeeperForm):
    """Change the rules of a year while they are not in use."""

    cycle: Cycle
    template_name = "partybuilding/cycles/rules_form.html"
    panel = RULES
    page_title = gettext_lazy("Change the rules")
    done_label = gettext_lazy("The rules were saved.")
    submit_label = gettext_lazy("Save the rules")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or say that the rules are frozen."""
        if self.cycle.is_frozen:
            self.panel = None
            return self.refused(
                _("The rules of this year are in use and can no longer be changed.")
            )
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the year and who fills it in."""
        instance = Cycle.objects.get(pk=self.cycle.pk)
        return {**super().get_form_kwargs(), "instance": instance, "for_user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Remember in the form which rules were seen."""
        return {"seen": self.cycle.updated_at.isoformat()}

    def write(self, form: Any) -> Cycle:
        """Save the rules."""
        seen = parse_datetime(form.cleaned_data.get("seen") or "")
        return save_rules(form.save(commit=False), by=self.request.user, seen=seen)


class CycleStepView(CycleFrame, KeeperForm):
    """One stage on: what it means, then through the door."""

    cycle: Cycle
    template_name = "partybuilding/cycles/step.html"
    form_class = CycleStepForm

    def find(self) -> None:
        """Find the year and the step; what is no step of a year has no address."""
        super().find()
        if not TABLE.has_step(self.kwargs["step"]):
            raise Http404
        self.step = TABLE.step(self.kwargs["step"])

    def get_page_title(self) -> str:
        """Return the step's verb."""
        return str(self.step.label)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or say in words what stands in the way."""
        offer = offer_of(self.cycle, request.user, self.step.code)
        if offer is None or offer.blocked:
            return self.refused(*self._why(offer))
        return super().get(request, *args, **kwargs)

    def _why(self, offer: Offer | None) -> list[Any]:
        if offer is not None:
            return list(offer.blocked)
        names = {"step": self.step.label, "state": self.cycle.state_row.label}
        if self.cycle.state not in self.step.sources:
            return [_("“%(step)s” is not possible while it is “%(state)s”.") % names]
        who = "、".join(str(role.label) for role in self.step.sources[self.cycle.state])
        return [_("“%(step)s” is for: %(who)s.") % {**names, "who": who}]

    def get_initial(self) -> dict[str, Any]:
        """Remember in the form how the year was seen."""
        return {"seen": self.cycle.version}

    def get_form(self, form_class: Any = None) -> CycleStepForm:
        """Ask for the reason where the step wants one."""
        form = super().get_form(form_class)
        if "reason" in self.step.asks:
            form.ask_reason()
        return form

    @property
    def submit_label(self) -> str:
        """Repeat the step on its button."""
        return _("Confirm: %(step)s") % {"step": self.step.label}

    @property
    def done_label(self) -> str:
        """Say what was done."""
        return _("“%(step)s” done: %(name)s.") % {"step": self.step.label, "name": self.cycle}

    def write(self, form: CycleStepForm) -> Cycle:
        """Go through the door."""
        given, by = form.cleaned_data, self.request.user
        return move(self.cycle, self.step.code, by=by, reason=given["reason"], seen=given["seen"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the step means."""
        target = TABLE.state(self.step.target)
        meaning = consequences_of(self.step.code, self.cycle)
        return super().get_context_data(step=self.step, target=target, meaning=meaning, **kwargs)


class ExtendWindowView(CycleFrame, KeeperForm):
    """A later end of the window."""

    cycle: Cycle
    template_name = "partybuilding/cycles/extend.html"
    form_class = ExtendWindowForm
    page_title = gettext_lazy("Extend the window")
    submit_label = gettext_lazy("Confirm the extension")
    done_label = gettext_lazy("The window was extended.")

    def allowed(self) -> bool:
        """Let in who writes the rules, while the window is open."""
        return super().allowed() and self.cycle.state == CycleState.APPLYING

    def write(self, form: ExtendWindowForm) -> Cycle:
        """Extend it."""
        given = form.cleaned_data
        return extend_window(
            self.cycle, given["until"], by=self.request.user, reason=given["reason"]
        )


class NextYearView(CycleFrame, KeeperForm):
    """A new year with the rules of this one; asked back first."""

    cycle: Cycle
    template_name = "partybuilding/cycles/next_year.html"
    form_class = Form
    page_title = gettext_lazy("Prepare the next year from this one")
    submit_label = gettext_lazy("Confirm and prepare")
    done_label = gettext_lazy("The next year was prepared; please look through its rules.")

    def write(self, form: Form) -> Cycle:
        """Copy the rules."""
        return start_next_year(self.cycle, by=self.request.user)
