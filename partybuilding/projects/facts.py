"""What of a project residents read at a glance: names and posts, dates, number; nothing private."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.selectors import last_entry
from partybuilding.cycles.states import CycleState
from partybuilding.projects.models import Project
from partybuilding.projects.states import ProjectState


def organizations_of(project: Project) -> list[str]:
    """Return the organisations that carry a project out, the leading one first."""
    partners = project.partners.select_related("organization")
    return [project.organization.name, *(partner.organization.name for partner in partners)]


def key_facts(project: Project, organizations: list[str]) -> list[dict[str, Any]]:
    """Return the facts beside a project's text; one without a value is left out when drawn."""
    unit = project.organization.unit
    approved = project.approved_at
    joint = _("Leading organization") if len(organizations) > 1 else _("Carried out by")
    return [
        {"label": pgettext("column", "Number"), "value": project.code},
        {"label": joint, "value": organizations[0]},
        {"label": _("Together with"), "value": "、".join(organizations[1:])},
        {"label": pgettext("column", "Reporting unit"), "value": unit and unit.name},
        {"label": pgettext("column", "Field"), "value": project.get_sector_display()},
        {
            "label": pgettext("column", "Approved on"),
            "value": approved and date_format(timezone.localtime(approved), "DATE_FORMAT"),
        },
        {"label": pgettext("column", "Grade"), "value": announced_grade(project)},
        *four_ones(project),
    ]


def announced_grade(project: Project) -> str:
    """Return the grade once the year's results are announced; nothing before."""
    is_announced = project.cycle.state in (CycleState.ANNOUNCED, CycleState.CLOSED)
    return str(project.grade_class) if is_announced and project.grade_class_id else ""


def four_ones(project: Project) -> list[dict[str, Any]]:
    """Return who holds the four ones today, by name and post only."""
    posts = project.four_ones.filter(until=None)
    return [
        {"label": post.get_duty_display(), "value": post.name, "note": post.post} for post in posts
    ]


def termination_reason(project: Project) -> str:
    """Return the public reason of a project that ended before its time; nothing otherwise."""
    if project.state != ProjectState.TERMINATED:
        return ""
    entry = last_entry(project, "terminate")
    return entry.reason if entry else ""
