"""What of a project residents read at a glance: names and posts, dates, number; nothing private."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.selectors import last_entry
from partybuilding.cycles.states import ANNOUNCED
from partybuilding.projects.models import FourOnesPost, Project
from partybuilding.projects.states import Duty, ProjectState


@dataclass(frozen=True)
class Company:
    """Who carries a project out: the organisations, the leading one first, and the four ones today."""

    organizations: list[str]
    four_ones: list[dict[str, Any]]


def company_of(project: Project, posts: Iterable[FourOnesPost], today: date) -> Company:
    """Return who carries a project out, by name and post only; the lead secretary first.

    Args:
        posts: everybody who ever held or will hold one of the four ones.
    """
    ordered = sorted(posts, key=lambda post: post.duty != Duty.SECRETARY)
    return Company(
        project.told.organizations,
        [
            {"label": post.get_duty_display(), "value": post.name, "note": post.post}
            for post in ordered
            if post.holds_on(today)
        ],
    )


def key_facts(project: Project, company: Company) -> list[dict[str, Any]]:
    """Return the facts beside a project's text; one without a value is left out when drawn."""
    organizations = company.organizations
    joint = _("Leading organization") if len(organizations) > 1 else _("Carried out by")
    return [
        *company.four_ones,
        {"label": joint, "value": organizations[0]},
        {"label": _("Together with"), "value": "、".join(organizations[1:])},
        {"label": pgettext("column", "Reporting unit"), "value": project.told.unit},
        {"label": pgettext("column", "Field"), "value": project.told.sector},
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


def termination_reason(project: Project) -> str:
    """Return the public reason of a project that ended before its time; nothing otherwise."""
    if project.state != ProjectState.TERMINATED:
        return ""
    entry = last_entry(project, "terminate")
    return entry.reason if entry else ""
