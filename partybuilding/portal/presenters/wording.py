"""The portal's words for each state of a project: what to do, who has it, what comes next."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, pgettext_lazy

from partybuilding.core.calendar import is_provisional
from partybuilding.core.machine.wording import day_words
from partybuilding.core.states import Role, Text
from partybuilding.projects.states import ProjectState

if TYPE_CHECKING:
    from partybuilding.projects.models import Project


def days_left(day: date, today: date | None = None) -> str:
    """Say how many calendar days are left, or how many it is overdue."""
    left = (day - (today or timezone.localdate())).days
    if left < 0:
        return _("%(days)s days overdue") % {"days": -left}
    if left == 0:
        return _("ends today")
    return _("%(days)s days left") % {"days": left}


def due_note(project: "Project", today: date | None = None) -> str:
    """Say how much time is left, and that the day is provisional while holidays are not arranged."""
    if project.due_on is None:
        return ""
    words = days_left(project.due_on, today)
    counted = project.state_row.due is not None and project.state_row.due.days
    if counted and is_provisional(timezone.localdate(project.state_since), project.due_on):
        words += _("; provisional, the holidays of the year are not arranged yet")
    return words


def due_sentence(project: "Project") -> str:
    """Say who is to do what by the due day, in the words of the state; empty when nothing is due."""
    words = {**TO_DO, **OTHERS_TO_DO}.get(project.state)
    if words is None or project.due_on is None:
        return ""
    return _(words) % {"day": day_words(project.due_on)}


S = ProjectState

#: What the applicant is asked to do, by the due day.
TO_DO = {
    S.DRAFT: gettext_noop("Please submit the application by %(day)s."),
    S.RETURNED: gettext_noop("Please correct and submit it again by %(day)s."),
    S.APPROVED: gettext_noop("Please submit the public commitments by %(day)s."),
    S.IMPLEMENTING: gettext_noop("Please submit the results by %(day)s."),
}
#: What others are to do, by the due day.
OTHERS_TO_DO = {
    S.SUBMITTED: gettext_noop("The reporting unit is to finish the first review by %(day)s."),
    S.NOT_RECOMMENDED: gettext_noop("The Organization Department is to decide by %(day)s."),
    S.FIRST_PASSED: gettext_noop("The Organization Department is to decide by %(day)s."),
    S.COMMITMENTS_SUBMITTED: gettext_noop("The commitments are to be published by %(day)s."),
    S.RESULTS_SUBMITTED: gettext_noop("The year-end review is to be held by %(day)s."),
}
#: What comes next, for the applicant.
NEXT = {
    S.DRAFT: gettext_lazy("After it is submitted, the reporting unit reviews first."),
    S.SUBMITTED: gettext_lazy(
        "Once the first review is passed, the Organization Department pre-assesses and decides."
    ),
    S.RETURNED: gettext_lazy("After it is corrected and submitted, it is reviewed again."),
    S.NOT_RECOMMENDED: gettext_lazy(
        "The first review is finished. The Organization Department decides; you are told the "
        "result here."
    ),
    S.FIRST_PASSED: gettext_lazy(
        "The Organization Department pre-assesses and decides; you are told the result here."
    ),
    S.APPROVED: gettext_lazy("Write the public commitments and submit them."),
    S.COMMITMENTS_SUBMITTED: gettext_lazy(
        "After the editors' check they are published on the column, and the work begins."
    ),
    S.IMPLEMENTING: gettext_lazy(
        "Work as promised, take part in dispatches and supervision, submit results at year end."
    ),
    S.RESULTS_SUBMITTED: gettext_lazy(
        "Experts score on site; the grade follows from the whole year's review."
    ),
    S.GRADED: gettext_lazy(
        "The Organization Department announces the grades and archives the file."
    ),
}
#: What comes next after a draft in a year without a first review by the units.
DECIDED_NEXT = gettext_lazy(
    "After it is submitted, the Organization Department pre-assesses and decides."
)
SIDES = {
    Role.APPLICANT: pgettext_lazy("portal", "Applying organization"),
    Role.UNIT: pgettext_lazy("portal", "Reporting unit"),
    Role.DEPARTMENT: gettext_lazy("Organization Department"),
    Role.TASK_FORCE: gettext_lazy("Task force"),
    Role.EXPERT: gettext_lazy("Expert groups"),
    Role.EDITOR: gettext_lazy("Editors of the column"),
    Role.PUBLISHER: gettext_lazy("Editors of the column"),
    Role.AUDITOR: pgettext_lazy("portal", "Audit"),
    Role.LEADER: gettext_lazy("Leader in charge"),
}


def next_words(project: "Project") -> Text:
    """Say what comes next, by the rules of the project's year; empty when nothing does."""
    if project.state == S.DRAFT and not project.cycle.first_review:
        return DECIDED_NEXT
    return NEXT.get(project.state, "")


def first_reviewer(project: "Project") -> str:
    """Name the side that has what is handed in, by the rules of the project's year."""
    entered = project.table.step("submit").target
    return str(SIDES[project.table.state(entered).holders[0]])


def side(role: str, project: "Project") -> str:
    """Name the side that a role acts for; never a person."""
    label = str(SIDES[Role(role)])
    unit = project.organization.unit
    if role == Role.UNIT and unit is not None:
        return _("%(side)s (%(name)s)") % {"side": label, "name": unit.name}
    if role == Role.APPLICANT:
        return _("%(side)s (%(name)s)") % {"side": label, "name": project.organization.name}
    return label


def holder(project: "Project") -> str:
    """Name who has the project on the desk."""
    return "、".join(side(role, project) for role in project.state_row.holders)
