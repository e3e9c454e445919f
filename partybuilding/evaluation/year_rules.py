"""What the rules of an evaluation must add up to, and what each option does, in words."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from partybuilding.core.rules import Sentence
from partybuilding.evaluation.states import Method, TieRule

#: What each method does with the points of several judges, as a village secretary would be told.
METHODS_EXPLAINED: dict[str, Sentence] = {
    Method.RAW: _("Everybody's points count as they are. Who meets severe judges is worse off."),
    Method.TRIMMED: _(
        "From five sheets on, one highest and one lowest are left out. It helps against a judge who "
        "favours a friend, not against severity."
    ),
    Method.TWO_WAY: _(
        "By the projects that several judges scored, the program finds who gives more and who gives "
        "less than the others, and takes that out. Judges of different groups must share projects."
    ),
    Method.TWO_WAY_TRIMMED: _(
        "First severity is taken out, then from five sheets on one highest and one lowest are left "
        "out. In trials it found the best projects most often."
    ),
    Method.Z_GROUPS: _(
        "Every group is brought to the same mean and spread. Where groups did not get equally good "
        "projects, it ruins the ranking."
    ),
}
#: What is warned of when a method is chosen.
METHODS_WARNED = frozenset({Method.Z_GROUPS})


def faults_of_rules(rules: Any) -> Iterator[Sentence]:
    """Yield what keeps the rules of an evaluation from being used."""
    sides = ((False, _("the experts' sheet")), (True, _("the peers' sheet")))
    for peers, name in sides:
        criteria = rules.criteria_of(peers=peers)
        total = sum(one.points for one in criteria)
        if total != 100:
            facts = {"sheet": name, "total": total}
            yield _("The criteria of %(sheet)s give %(total)s points; they must give 100.") % facts
        if len({one.name for one in criteria}) < len(criteria):
            yield _("A criterion stands twice on %(sheet)s.") % {"sheet": name}
    ties = list(rules.ties)
    if set(ties) - set(TieRule.values) or len(set(ties)) < len(ties):
        yield _("Order what decides between equal results, each once.")
    elif TieRule.LOT in ties and ties[-1] != TieRule.LOT:
        yield _("A lot decides last: it leaves no tie behind.")
    if rules.method.startswith("two_way") and not rules.cross_sheets:
        yield _("Correcting for severity needs experts who also score projects of other groups.")
    if str(rules.step) not in {"0.5", "1", "1.0"}:
        yield _("Points are given in steps of 0.5 or 1.")
