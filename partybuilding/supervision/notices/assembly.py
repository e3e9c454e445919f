"""Assemble a notice from what was recorded of a project in a quarter: visits, checks, findings, good practice."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from partybuilding.projects.models import Project
from partybuilding.supervision.models import Activity, Rectification, Visit
from partybuilding.supervision.notices.content import Checked, Content, Finding, Held


def content_of(activity: Activity, told: QuerySet, since: datetime | None = None) -> Content:
    """Return what there is to tell of the quarter of a notice that is due; five queries.

    Args:
        told: the findings that other notices of the quarter tell already.
        since: only visits that were recorded after this moment, for a supplementary notice.
    """
    project = activity.project
    of_quarter = activity.period.lookup("activity__")
    recorded = {"recorded_at__gt": since} if since else {}
    visits = list(
        Visit.objects.filter(activity__project=project, **of_quarter, **recorded)
        .select_related("activity")
        .prefetch_related("checks__commitment")
        .order_by("held_on", "pk")
    )
    found = (
        Rectification.objects.counted()
        .filter(project=project, **of_quarter)
        .exclude(pk__in=told.values("rectification"))
    )
    numbers = {key: at for at, key in enumerate(_commitments(project), start=1)}
    return Content(
        year=activity.year,
        quarter=activity.quarter,
        code=project.code or "",
        title=str(project),
        organizations=tuple(_organizations(project)),
        unit=str(project.organization.unit or ""),
        held=tuple(_held(visit) for visit in visits),
        checked=tuple(_checked(visits, numbers)),
        findings=tuple(_finding(row, numbers) for row in found.order_by("first_deadline", "pk")),
        good_practice=tuple(v.good_practice.strip() for v in visits if v.good_practice.strip()),
    )


def _commitments(project: Project) -> Iterable[int]:
    return project.commitments.order_by("order", "pk").values_list("pk", flat=True)


def _organizations(project: Project) -> Iterable[str]:
    yield project.organization.name
    for partner in project.partners.select_related("organization"):
        yield partner.organization.name


def _held(visit: Visit) -> Held:
    return Held(kind=visit.activity.kind, held_on=visit.held_on, summary=visit.summary.strip())


def _checked(visits: Iterable[Visit], numbers: dict[int, int]) -> Iterable[Checked]:
    """Keep the last check of each commitment, in the order of the commitments."""
    last = {check.commitment_id: check for visit in visits for check in visit.checks.all()}
    for key in sorted(last, key=lambda key: numbers.get(key, 0)):
        check = last[key]
        yield Checked(
            number=numbers.get(key, 0),
            goal=check.commitment.goal,
            found=check.found,
            remark=check.remark.strip(),
        )


def _finding(row: Rectification, numbers: dict[int, int]) -> Finding:
    return Finding(
        rectification=row.pk,
        commitment=numbers.get(row.commitment_id or 0),
        finding=row.finding,
        requirement=row.requirement,
        deadline=row.rectify_by,
        state=row.state,
        since=row.verified_on or row.reported_on,
    )
