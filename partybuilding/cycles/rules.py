"""When a programme year may go on, and when its window is open."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core import rooms
from partybuilding.core.rules import YES, Sentence, Verdict, refuse, verdict

if TYPE_CHECKING:
    from partybuilding.cycles.models import Cycle

#: The dates that lie near the opening of applications, and by how many calendar years at most.
FOLLOWING = (
    "applications_close",
    "starts_on",
    "ends_on",
    "midterm_review_on",
    "results_due_on",
    "review_on",
)
FARTHEST_YEARS = 2


def window_is_open(cycle: "Cycle", today: date) -> Verdict:
    """Ask whether applications are accepted on this day, both ends included."""
    if cycle.state != "applying":
        return refuse(_("Applications for this year are not open."))
    if today < cycle.applications_open:
        return refuse(_("The window for applications has not opened yet."))
    if today > cycle.applications_close:
        return refuse(_("The window for applications is closed."))
    return YES


def faults_of_dates(cycle: Any) -> Iterator[tuple[str, Sentence]]:
    """Yield the dates that do not follow each other, each with the name of its field."""
    if cycle.applications_close < cycle.applications_open:
        yield "applications_close", _("The window cannot close before it opens.")
    if cycle.ends_on <= cycle.starts_on:
        yield "ends_on", _("Implementation cannot end before it starts.")
    elif not cycle.starts_on <= cycle.midterm_review_on <= cycle.ends_on:
        yield "midterm_review_on", _("The mid-term peer review lies inside the implementation.")
    if cycle.review_on < cycle.results_due_on:
        yield "review_on", _("The year-end review follows the results.")
    opens = cycle.applications_open.year
    for name in FOLLOWING:
        if abs(getattr(cycle, name).year - opens) > FARTHEST_YEARS:
            yield name, _("This day is more than two years away from the opening of applications.")


def faults_of_lists(cycle: "Cycle") -> Iterator[Sentence]:
    """Yield what stands twice among the topics of a field, the criteria and the grade classes."""
    lists = (
        (_("topics"), [(topic.sector, topic.title) for topic in cycle.topics.all()]),
        (_("criteria"), [("", criterion.name) for criterion in cycle.criteria.all()]),
        (_("grade classes"), [("", grade.name) for grade in cycle.grades.all()]),
    )
    for label, keys in lists:
        for _place, name in sorted(key for key, number in Counter(keys).items() if number > 1):
            yield _("Stands twice among the %(list)s: %(name)s.") % {"list": label, "name": name}


def rules_are_complete(cycle: "Cycle") -> Verdict:
    """Ask whether the rules can be opened: weights, criteria and grade classes add up."""
    return verdict(_missing_rules(cycle))


def _missing_rules(cycle: "Cycle") -> Iterator[Sentence]:
    if cycle.weights_total() != 100:
        yield _("The four weights of the year-end review must add up to 100.")
    if sum(criterion.points for criterion in cycle.criteria.all()) != 100:
        yield _("The points of the initial rating's criteria must add up to 100.")
    if not cycle.topics.all():
        yield _("Give at least one topic.")
    if sum(grade.quota for grade in cycle.grades.all()) > cycle.approval_quota:
        yield _("The grade classes hold more projects than can be approved.")


def nothing_was_handed_in(cycle: "Cycle") -> Verdict:
    """Ask whether no application of the year has its number yet: it is given when one is handed in."""
    if cycle.last_number:
        return refuse(
            _("Applications were handed in already; the year can no longer be closed again.")
        )
    return YES


def window_has_ended(cycle: "Cycle") -> Verdict:
    """Ask whether the window is over, so that selection can start."""
    if timezone.localdate() <= cycle.applications_close:
        return refuse(_("The window for applications is still open."))
    return YES


def results_may_be_announced(cycle: "Cycle") -> Verdict:
    """Ask whether nothing keeps the results back, e.g. that they are announced with a run."""
    functions = rooms.collect("before_announcing")
    return verdict(sentence for function in functions for sentence in function(cycle))
