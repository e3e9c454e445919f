"""What the page of a township shows: its sentence, what is under way, what is done, and who else works there."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partybuilding.core.answers.wording import worded
from partybuilding.core.selectors import count_of
from partybuilding.core.text.phrases import in_a_row
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.replies import readable_replies, received_on
from partybuilding.organizations.models import Organization
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.models import Commitment
from partybuilding.projects.page.facts import announced_grade
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.bar import bar_of
from partybuilding.projects.promises.cards import marked, moved_words
from partybuilding.projects.promises.saying import mark_of_all, said, summed
from partybuilding.projects.promises.selectors import marks_of
from partybuilding.projects.stages import stage_of
from partybuilding.projects.states import Mark

#: Opinions that the page shows.
OPINIONS = 2


def township_parts(
    pages: Sequence[ProjectPage],
    promises: Sequence[Commitment],
    place: int,
    request: HttpRequest,
    today: date,
) -> dict[str, Any]:
    """Return the parts of the page of a township.

    Args:
        pages: its projects, the newest year first.
        promises: theirs that residents read.
        place: its key.
    """
    by_project: dict[int, list[Commitment]] = defaultdict(list)
    for promise in promises:
        by_project[promise.project_id].append(promise)
    entries = [entry_of(page, by_project[page.project_id], place, request, today) for page in pages]
    marks = marks_of(promises, today)
    facts = {"projects": len(pages), "promises": len(promises)}
    opening = _("%(projects)s projects, %(promises)s commitments") % facts
    own = [entry for entry in entries if entry["is_own"]]
    return {
        "say": said(marks, opening, tells_lateness=True) if promises else [],
        "bar": bar_of(marks),
        "running": _by_year(entry for entry in own if not entry["is_over"]),
        "over": _by_year(entry for entry in own if entry["is_over"]),
        "others": [entry for entry in entries if not entry["is_own"]],
    }


def _by_year(entries: Any) -> list[dict[str, Any]]:
    years = groupby(entries, key=lambda entry: entry["year"])
    return [{"year": year, "entries": list(these)} for year, these in years]


def entry_of(
    page: ProjectPage, promises: list[Commitment], place: int, request: HttpRequest, today: date
) -> dict[str, Any]:
    """Return what the page shows of one project, with its promises one by one."""
    project = page.project
    stage, organization = stage_of(project.state), project.organization
    marks, total = marks_of(promises, today), len(promises)
    kept = marks[Mark.DONE] + marks[Mark.DONE_LATE]
    facts = {"kept": kept, "total": total}
    return {
        "href": page.get_url(request),
        "title": page.title,
        "year": project.cycle.year,
        "sign": SECTORS.sign(project.sector),
        "organization": project.told.organization,
        "sector": project.told.sector,
        "stage": stage.public,
        "tone": stage.tone,
        "grade": announced_grade(project),
        "is_over": project.is_over or stage.code == "terminated",
        "is_own": organization.unit_id == place or organization.pk == place,
        "promises": [line_of(promise, today) for promise in promises],
        "sum": summed(marks),
        # One line of another unit's project.
        "mark": mark_of_all(marks).value,
        "state": _("%(kept)s of %(total)s kept") % facts if total else "",
        "meta": in_a_row(
            project.told.organization, _("Year %(year)s") % {"year": project.cycle.year}
        ),
    }


def line_of(promise: Commitment, today: date) -> dict[str, Any]:
    """Return one promise in a line: what, where it stands, who, by when, when it was done."""
    at = promise.promise
    facts = {
        "deadline": date_format(at.original, "DATE_FORMAT") if at.original else "",
        "done": date_format(at.closed_on, "DATE_FORMAT") if at.is_kept and at.closed_on else "",
    }
    if facts["done"] and at.closed_on != at.original:
        when = _("promised by %(deadline)s, done on %(done)s") % facts
    else:
        when = _("promised by %(deadline)s") % facts
    return {
        "title": promise.name,
        "meta": in_a_row(promise.person, when),
        "moved": moved_words(promise),
        **marked(at, today),
    }


def opinions_at(pages: Sequence[ProjectPage], place: int, request: HttpRequest) -> dict[str, Any]:
    """Return the newest published exchanges on the projects of a township, and how many there are; two queries."""
    projects = tuple(page.project_id for page in pages)
    newest = [
        {
            "question": one.published_question,
            "about": one.project.page.title if one.project else "",
            "outcome": one.get_outcome_display(),
            "date": received_on(one),
            "pk": one.pk,
        }
        for one in _newest_replies(projects, place)
    ]
    return {"newest": newest, "count": sum(_replies_counted(projects, place)) if newest else 0}


def _replies_at(projects: tuple[int, ...], place: int) -> QuerySet[Opinion]:
    return readable_replies().filter(Q(project__in=projects) | Q(project=None, unit=place))


@worded
def _newest_replies(projects: tuple[int, ...], place: int) -> QuerySet[Opinion]:
    return _replies_at(projects, place).order_by("-published_at", "-pk")[:OPINIONS]


@worded
def _replies_counted(projects: tuple[int, ...], place: int) -> QuerySet[Organization, Any]:
    counted = Organization.objects.filter(pk=place).annotate(
        n=count_of(_replies_at(projects, place))
    )
    return counted.values_list("n", flat=True)
