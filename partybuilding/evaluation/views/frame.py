"""What the department's screens of one year's evaluation share: the year, who may come in, the ways between them."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.models import EvaluationRules
from partybuilding.evaluation.permissions import user_can_see_evaluation, user_judges
from partybuilding.organizations.views.frame import Screen

#: The screens of a year beside each other: name of the address, and words.
TABS = (
    ("evaluation_year", gettext_lazy("Overview")),
    ("evaluation_rules", gettext_lazy("Rules")),
    ("draws", gettext_lazy("Draws")),
    ("progress", gettext_lazy("Progress of scoring")),
    ("disagreements", gettext_lazy("Disagreements")),
    ("evaluation_runs", gettext_lazy("Results")),
)


def year_address(name: str, cycle: Cycle, *args: Any) -> str:
    """Return the address of a screen of a year's evaluation."""
    return reverse(f"partybuilding:{name}", args=[cycle.year, *args])


def year_label(cycle: Cycle) -> str:
    """Name the evaluation of a year."""
    return _("Evaluation of %(year)s") % {"year": cycle.year}


class YearScreen(Screen):
    """A screen of one year's evaluation; for all but the department and administrators there is none.

    Attributes:
        tab: the name of its address, where it is one of the screens beside each other.
    """

    header_icon = "list-ol"
    tab = ""
    cycle: Cycle

    def allowed(self) -> bool:
        """Let in who sees the evaluation."""
        return user_can_see_evaluation(self.request.user)

    def find(self) -> None:
        """Find the year with the rules by which it is judged, if there are any."""
        self.cycle = get_object_or_404(Cycle, year=self.kwargs["year"])
        rules = EvaluationRules.objects.filter(cycle=self.cycle).prefetch_related("criteria")
        self.rules = rules.first()

    def crumbs(self) -> list[tuple[str, Any]]:
        """Lead back to the overview."""
        if self.tab == "evaluation_year":
            return []
        return [(year_address("evaluation_year", self.cycle), year_label(self.cycle))]

    def get_page_title(self) -> str:
        """Return the words of the screen."""
        return str(self.page_title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the year, its rules, and the ways to the other screens."""
        tabs = [
            {"url": year_address(name, self.cycle), "label": words, "here": name == self.tab}
            for name, words in TABS
        ]
        return super().get_context_data(
            cycle=self.cycle,
            rules=self.rules,
            tabs=tabs,
            judges=user_judges(self.request.user),
            **kwargs,
        )
