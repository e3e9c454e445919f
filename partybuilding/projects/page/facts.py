"""What of a project goes out with its page: at a glance, and word by word for the gate."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.selectors import last_entry
from partybuilding.cycles.states import ANNOUNCED
from partybuilding.projects.models import Commitment, CommitmentStep, FourOnesPost, Project
from partybuilding.projects.promises.rows import day_words
from partybuilding.projects.states import RESULTS_IN, Duty, ProjectState


def personal_texts_of(page: Any) -> Iterator[tuple[str, str]]:
    """Yield the words of the record that the page publishes: four ones, commitments, names of files."""
    project = Project.objects.get(pk=page.project_id)
    for post in project.four_ones.effective().filter(
        Q(until=None) | Q(until__gte=timezone.localdate())
    ):
        yield _("%(duty)s, name") % {"duty": post.get_duty_display()}, post.name
        yield _("%(duty)s, post") % {"duty": post.get_duty_display()}, post.post
    if project.has_promised or project.state == ProjectState.COMMITMENTS_SUBMITTED:
        commitments = project.commitments.prefetch_related("steps")
        for number, commitment in enumerate(commitments, start=1):
            yield from texts_of_commitment(commitment, number)
    if project.state in RESULTS_IN:
        yield _label(Project, "results_summary"), project.results_summary
    for file in page.files_to_read():
        yield _("Name of an attachment of the page"), file["name"]


def texts_of_commitment(commitment: Commitment, number: int) -> Iterator[tuple[str, str]]:
    """Yield the words of one commitment; a place reads like 承诺第2条 责任人."""
    told = ("explanation",) if commitment.project.state in RESULTS_IN else ()
    for name in ("goal", "short_name", "person", "post", *told):
        here = {"number": number, "part": _label(Commitment, name)}
        place = _("Commitment no. %(number)s, %(part)s") % here
        yield place, getattr(commitment, name)
    for at, step in enumerate(commitment.steps.all(), start=1):
        for name in ("title", "evidence"):
            here = {"number": number, "step": at, "part": _label(CommitmentStep, name)}
            place = _("Commitment no. %(number)s, step %(step)s, %(part)s") % here
            yield place, getattr(step, name)


def _label(model: type[Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.verbose_name)


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
    """Return when a project was approved and promised, and when it is carried out: from its promises on, if earlier."""
    cycle = project.cycle
    promised = project.commitments_published_at if project.has_promised else None
    first = min(cycle.starts_on, timezone.localdate(promised)) if promised else cycle.starts_on
    span = {"first": _day(first), "last": day_words(cycle.ends_on, first.year)}
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


def moment_words(moment: datetime) -> str:
    """Write a day and its time."""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


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
