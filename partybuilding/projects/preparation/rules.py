"""What must be found out before the department decides, and in which way of the year it decides."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.rules import YES, Verdict, refuse, together
from partybuilding.core.text.validators import has_words
from partybuilding.cycles.states import DecidedBy, PreAssessment
from partybuilding.projects.states import Method

if TYPE_CHECKING:
    from partybuilding.cycles.models import Cycle
    from partybuilding.projects.models import Project

#: How the department settles an application.
DECIDING = frozenset({"approve", "decline"})
NO_SESSIONS = _("This year decides one by one, without sessions.")


def assessment_recorded(project: "Project") -> Verdict:
    """Ask whether what the year requires is found out: a pre-assessment, a hearing, or nothing."""
    required = project.cycle.pre_assessment
    methods = {assessment.method for assessment in project.assessments.all()}
    if required == PreAssessment.HEARING and Method.HEARING not in methods:
        return refuse(_("This year requires a hearing; record it first."))
    if required == PreAssessment.ANY and not methods:
        return refuse(_("Record the pre-assessment first."))
    return YES


def fully_rated(project: "Project") -> Verdict:
    """Ask whether the initial rating on every criterion of the year is recorded."""
    rated = {rating.criterion_id for rating in project.ratings.all()}
    if all(criterion.pk in rated for criterion in project.cycle.criteria.all()):
        return YES
    return refuse(_("Record the initial rating on every criterion first."))


def is_assessed(project: "Project") -> Verdict:
    """Ask whether a pre-assessment and the initial rating on every criterion are recorded."""
    return together((assessment_recorded(project), fully_rated(project)))


def four_ones_named(project: "Project") -> Verdict:
    """Ask whether leader, secretary, liaison officer and work team are named."""
    return YES if not project.duties_missing() else refuse(_("Name the four ones first."))


def asks_room_in_quota(project: "Project", attempt: Attempt) -> Verdict:
    """Require a reason of its own for approving more projects than the year's quota."""
    if project.quota_left() > 0 or has_words(str(attempt.data.get("quota_reason", ""))):
        return YES
    return refuse(_("The quota of the year is used up; give the reason for exceeding it."))


def decided_one_by_one(cycle: "Cycle") -> Verdict:
    """Ask whether the year lets the department decide outside a session."""
    if cycle.decided_by == DecidedBy.SESSION:
        return refuse(_("This year decides in sessions only: note the decision in a session."))
    return YES


def asks_way(project: "Project", attempt: Attempt) -> Verdict:
    """Require that it is decided in the way of the year: in a session, one by one, or in either."""
    if not attempt.data.get("session"):
        return decided_one_by_one(project.cycle)
    if project.cycle.decided_by == DecidedBy.SINGLE:
        return refuse(NO_SESSIONS)
    return YES
