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
#: So many sheets are needed to leave the extremes out, and so many links where groups are specialists.
LEAST_TO_TRIM, LEAST_LINKS = 5, 2
#: What is warned of when a method is chosen.
METHODS_WARNED = frozenset({Method.Z_GROUPS})

#: What each other option does, beside its field.
OPTIONS_EXPLAINED: dict[str, Sentence] = {
    "step": _("Half points tell projects apart more finely; whole points are given faster."),
    "sheets_needed": _(
        "From five sheets on, one highest and one lowest can be left out. With three sheets only the "
        "middle one would be left, with four the mean of two; so nothing is left out below five. Seven "
        "judges a group are worth more than any formula."
    ),
    "cross_sheets": _(
        "Every expert also scores so many projects of other groups, from file and pictures. Only so can "
        "be told who is severe and who is generous. With 0 the groups stand apart, and no formula can "
        "tell severity from quality."
    ),
    "spread_fields": _(
        "Every group gets about as many projects of each field and of each unit. Without it a group may "
        "become one of specialists; then experts have to score projects of other groups."
    ),
    "peer_reviews": _(
        "The organizations of a field stand in a circle by lot, and each reviews the next ones: nobody "
        "itself, and no two each other. Fields that are too small are joined."
    ),
    "robust": _(
        "Corrects experts who filled in only a few sheets more cautiously. Usually it is not needed."
    ),
    "standardise": _(
        "Without it the part whose points lie furthest apart decides most, whatever its weight: with the "
        "usual spreads, 50/20/10/20 decide like 82/7/7/4. With it all parts are brought to one spread "
        "first, and the weights mean what they say."
    ),
    "ties": _(
        "When two projects have exactly the same result, these decide one after the other. What is left "
        "empty does not decide. If nothing decides, the run stops; a lot drawn in public leaves no tie."
    ),
    "notice_days": _("Counted in working days from the day after the result is opened to comment."),
    "objection_days": _(
        "Counted in working days from the receipt. An open objection stops the announcement."
    ),
    "disagreement": _(
        "Where the highest and the lowest points of a project lie at least so far apart, the group's "
        "leader explains it in words. No score changes by that."
    ),
    "budget_yuan": _("A run that would cost more is refused. Left empty, there is no limit."),
}


def warnings_of(rules: Any) -> Iterator[Sentence]:
    """Yield what whoever lays these rules down should know; nothing of it keeps them from being used."""
    if rules.method in METHODS_WARNED:
        yield _(
            "Standardising within groups is fair only where groups got equally good projects by chance. "
            "In trials it found 50 of 100 of the best projects, the plain mean 64."
        )
    if rules.method.endswith("trimmed") and rules.sheets_needed < LEAST_TO_TRIM:
        yield _("With fewer than five sheets a project, no highest and lowest points are left out.")
    if not rules.cross_sheets and not rules.method.startswith("two_way"):
        yield _(
            "No expert scores a project of another group: severe groups cost their projects places."
        )
    if not rules.spread_fields and rules.cross_sheets < LEAST_LINKS:
        yield _(
            "Groups of specialists can be compared only with at least two projects of other groups each."
        )
    if TieRule.LOT not in rules.ties:
        yield _("The order ends without a lot: equal results that nothing decides stop the run.")


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
