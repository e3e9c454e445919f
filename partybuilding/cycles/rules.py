"""When a programme year may go on, and when its window is open."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.rules import YES, Sentence, Verdict, no, verdict


def window_is_open(cycle: Any, today: date) -> Verdict:
    """Ask whether applications are accepted on this day, both ends included."""
    if cycle.state != "applying":
        return no(_("Applications for this year are not open."))
    if today < cycle.applications_open:
        return no(_("The window for applications has not opened yet."))
    if today > cycle.applications_close:
        return no(_("The window for applications is closed."))
    return YES


def rules_are_complete(cycle: Any) -> Verdict:
    """Ask whether the rules can be opened: weights, criteria and grade classes add up."""
    return verdict(_missing_rules(cycle))


def _missing_rules(cycle: Any) -> Iterator[Sentence]:
    if cycle.weights_total() != 100:
        yield _("The four weights of the year-end review must add up to 100.")
    if sum(criterion.points for criterion in cycle.criteria.all()) != 100:
        yield _("The points of the initial rating's criteria must add up to 100.")
    if not cycle.topics.all():
        yield _("Give at least one topic.")
    if sum(grade.quota for grade in cycle.grades.all()) > cycle.approval_quota:
        yield _("The grade classes hold more projects than can be approved.")


def window_has_ended(cycle: Any) -> Verdict:
    """Ask whether the window is over, so that selection can start."""
    if timezone.localdate() <= cycle.applications_close:
        return no(_("The window for applications is still open."))
    return YES
