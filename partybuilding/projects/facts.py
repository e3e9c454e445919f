"""What of a project residents read at a glance: names and posts, dates, number; nothing private."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.selectors import last_entry
from partybuilding.cycles.sheet import in_wan
from partybuilding.cycles.states import ANNOUNCED
from partybuilding.projects.models import Project
from partybuilding.projects.states import Duty, ProjectState


def organizations_of(project: Project) -> list[str]:
    """Return the organisations that carry a project out, the leading one first."""
    partners = project.partners.select_related("organization")
    return [project.organization.name, *(partner.organization.name for partner in partners)]


def key_facts(project: Project, organizations: list[str]) -> list[dict[str, Any]]:
    """Return the facts beside a project's text; one without a value is left out when drawn."""
    unit = project.organization.unit
    joint = _("Leading organization") if len(organizations) > 1 else _("Carried out by")
    return [
        *four_ones(project),
        {"label": joint, "value": organizations[0]},
        {"label": _("Together with"), "value": "、".join(organizations[1:])},
        {"label": pgettext("column", "Reporting unit"), "value": unit and unit.name},
        {"label": pgettext("column", "Field"), "value": project.get_sector_display()},
        {"label": pgettext("column", "Number"), "value": project.code},
        *dates(project),
        {"label": pgettext("column", "Grade"), "value": announced_grade(project)},
    ]


def dates(project: Project) -> list[dict[str, Any]]:
    """Return when a project was approved and promised, and when it is carried out."""
    cycle = project.cycle
    span = {"first": _day(cycle.starts_on), "last": _day(cycle.ends_on)}
    promised = project.commitments_published_at if project.has_promised else None
    return [
        {"label": pgettext("column", "Approved on"), "value": _day_of(project.approved_at)},
        {"label": pgettext("column", "Commitments published on"), "value": _day_of(promised)},
        {
            "label": pgettext("column", "Carried out"),
            "value": _("%(first)s to %(last)s") % span,
        },
    ]


def _day_of(moment: datetime | None) -> str:
    return _day(timezone.localdate(moment)) if moment else ""


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def is_announced(project: Project) -> bool:
    """Tell whether the grade of a project is public: the results of its year are announced."""
    return bool(project.grade_class_id) and project.cycle.state in ANNOUNCED


def announced_grade(project: Project) -> str:
    """Return the grade once the year's results are announced; nothing before."""
    return str(project.grade_class) if is_announced(project) else ""


def grade_facts(project: Project) -> list[dict[str, Any]]:
    """Return the announced grade with its bonus points and award in yuan; nothing before."""
    if not is_announced(project):
        return []
    grade = project.grade_class
    points = f"{grade.bonus_points.normalize():f}"
    return [
        {"label": pgettext("column", "Grade"), "value": str(grade)},
        {"label": _("Bonus points in the assessment"), "value": _("%(n)s points") % {"n": points}},
        {
            "label": _("Award money"),
            "value": _("%(wan)s ten thousand yuan") % {"wan": in_wan(grade.award_yuan)},
        },
    ]


def four_ones(project: Project) -> list[dict[str, Any]]:
    """Return who holds the four ones today, by name and post only; the lead secretary first."""
    posts = sorted(
        project.four_ones.filter(until=None), key=lambda post: post.duty != Duty.SECRETARY
    )
    return [
        {"label": post.get_duty_display(), "value": post.name, "note": post.post} for post in posts
    ]


def termination_reason(project: Project) -> str:
    """Return the public reason of a project that ended before its time; nothing otherwise."""
    if project.state != ProjectState.TERMINATED:
        return ""
    entry = last_entry(project, "terminate")
    return entry.reason if entry else ""
