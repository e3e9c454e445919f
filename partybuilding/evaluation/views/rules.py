"""The rules by which a year is judged: to read, to lay down, and once to supplement where the year's own are frozen."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from partybuilding.core.machine.steps import Way
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.permissions import user_can_edit_cycle
from partybuilding.evaluation.forms.rules import EvaluationRulesForm
from partybuilding.evaluation.models import EvaluationRules
from partybuilding.evaluation.permissions import user_can_see_evaluation
from partybuilding.evaluation.services import delivered_rules, save_evaluation_rules
from partybuilding.evaluation.states import TieRule
from partybuilding.evaluation.views.frame import YearScreen, year_address
from partybuilding.evaluation.year_rules import (
    METHODS_EXPLAINED,
    OPTIONS_EXPLAINED,
    warnings_of,
)
from partybuilding.organizations.views.frame import KeeperForm

#: The options that a reader sees, in their order.
SHOWN = (
    "sheets_needed",
    "cross_sheets",
    "spread_fields",
    "step",
    "robust",
    "standardise",
    "peer_reviews",
    "disagreement",
    "notice_days",
    "objection_days",
    "budget_yuan",
)


def ways_of_cycle(cycle: Cycle, user: AnyUser) -> list[Way]:
    """Lead from a year's own screen to its evaluation."""
    if not user_can_see_evaluation(user):
        return []
    rules = Way(_("Rules of the evaluation"), year_address("evaluation_rules", cycle), "form")
    overview = Way(_("Year-end review"), year_address("evaluation_year", cycle), "list-ol")
    return [rules, overview]


def sheets_of(rules: EvaluationRules) -> list[dict[str, Any]]:
    """Return the criteria of both sheets with their sums."""
    found = []
    for peers, label in ((False, _("Sheet of the experts")), (True, _("Sheet of the peers"))):
        rows = rules.criteria_of(peers=peers)
        found.append(
            {
                "code": "peers" if peers else "experts",
                "label": label,
                "rows": rows,
                "points": sum(one.points for one in rows),
            }
        )
    return found


def options_of(rules: EvaluationRules) -> list[dict[str, Any]]:
    """Return every option with its value in words and what it does."""
    rows = []
    for name in SHOWN:
        value = getattr(rules, name)
        if isinstance(value, bool):
            value = _("Yes") if value else _("No")
        elif name == "step":
            value = f"{float(value):g}"
        label = rules._meta.get_field(name).verbose_name
        said = OPTIONS_EXPLAINED[name]
        rows.append({"label": label, "value": "—" if value is None else value, "said": said})
    return rows


class RulesView(YearScreen, TemplateView):
    """The rules as they stand, each with what it does."""

    template_name = "partybuilding/evaluation/rules.html"
    page_title = gettext_lazy("Rules of the evaluation")
    tab = "evaluation_rules"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Put the options into words; where none were saved, those that are delivered."""
        shown = self.rules or delivered_rules(self.cycle)
        may_edit = user_can_edit_cycle(self.cycle, self.request.user) and not shown.is_frozen
        return super().get_context_data(
            shown=shown,
            is_delivered=self.rules is None,
            may_edit=may_edit,
            method_said=METHODS_EXPLAINED[shown.method],
            warnings=list(warnings_of(shown)),
            options=options_of(shown),
            ties=[TieRule(one).label for one in shown.ties],
            sheets=sheets_of(shown),
            **kwargs,
        )


class EditRulesView(YearScreen, KeeperForm):
    """Lay the rules down while they may change; in a year whose own rules are frozen, once and with a reason."""

    template_name = "partybuilding/evaluation/rules_form.html"
    form_class = EvaluationRulesForm
    done_label = gettext_lazy("The rules of the evaluation were saved.")

    def allowed(self) -> bool:
        """Let in who keeps the rules of the year."""
        return user_can_edit_cycle(self.cycle, self.request.user)

    @property
    def supplements(self) -> bool:
        """Whether the year's own rules are in use."""
        return self.cycle.is_frozen

    def get_page_title(self) -> str:
        """Name what is done."""
        if self.supplements:
            return _("Supplement the rules of the evaluation")
        return _("Lay down the rules of the evaluation")

    @property
    def submit_label(self) -> str:
        """Say that supplementing freezes."""
        return _("Save and put into use") if self.supplements else _("Save the rules")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or say that the rules are in use."""
        if self.rules is not None and self.rules.is_frozen:
            self.template_name = "partybuilding/evaluation/refused.html"
            said = [_("The rules of this evaluation are in use and no longer change.")]
            context = self.get_context_data(form=None, sentences=said)
            return self.render_to_response(context, status=409)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the rules as they were saved, or as they are delivered."""
        rules = delivered_rules(self.cycle)
        return {**super().get_form_kwargs(), "instance": rules, "supplements": self.supplements}

    def get_initial(self) -> dict[str, Any]:
        """Remember in the form which rules were seen."""
        return {"seen": self.rules.updated_at.isoformat()} if self.rules else {}

    def write(self, form: EvaluationRulesForm) -> EvaluationRules:
        """Save them."""
        rules, given = form.save(commit=False), form.cleaned_data
        rules.criteria = form.criteria()
        seen = parse_datetime(given.get("seen") or "")
        reason = given.get("reason", "")
        return save_evaluation_rules(rules, by=self.request.user, reason=reason, seen=seen)

    def done_url(self, written: EvaluationRules) -> str:
        """Go to the rules."""
        return reverse("partybuilding:evaluation_rules", args=[self.cycle.year])
