"""What a feedback notice holds, and its assembly from visits, checks, findings and good practice of a quarter."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from partybuilding.projects.models import Project
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Activity, Rectification, Visit
from partybuilding.supervision.states import RectificationState


@dataclass(frozen=True, kw_only=True)
class Held:
    """One visit: what kind, when, what was seen. Who was there stays with the visit's record."""

    kind: str
    held_on: date
    summary: str


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What was found of one commitment, on the last visit that looked at it."""

    number: int
    goal: str
    found: str
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One finding with where it stood when the notice was issued.

    Args:
        rectification: the key of its rectification, whose state is read when it is shown.
        deadline: the one that held on the day of the notice.
        commitment: the number of the commitment that it is about, if it is about one.
        state: where it stood on that day; empty in notices of before this was kept.
        since: the day of the report or of the verification, where there was one.
    """

    rectification: int
    finding: str
    requirement: str
    deadline: date
    commitment: int | None = None
    state: str = ""
    since: date | None = None

    @property
    def is_asked_for(self) -> bool:
        """Whether something is still to be done about it."""
        return self.state in ("", RectificationState.ISSUED)


@dataclass(frozen=True, kw_only=True)
class Content:
    """A whole notice as it is assembled, without number and words.

    Args:
        year: the calendar year of its quarter.
        day: the day on which the states of the findings hold; none in older notices.
    """

    year: int
    quarter: int
    code: str
    title: str
    organizations: tuple[str, ...]
    unit: str = ""
    held: tuple[Held, ...] = ()
    checked: tuple[Checked, ...] = ()
    findings: tuple[Finding, ...] = ()
    good_practice: tuple[str, ...] = ()
    day: date | None = None

    @property
    def asked_for(self) -> tuple[Finding, ...]:
        """The findings about which something is still to be done."""
        return tuple(one for one in self.findings if one.is_asked_for)

    @property
    def period(self) -> Quarter:
        """The quarter that it is about."""
        return Quarter(self.year, self.quarter)

    def texts(self) -> Iterator[str]:
        """Yield every text that others will read."""
        yield from (self.title, *self.organizations, *self.good_practice)
        yield from (visit.summary for visit in self.held)
        yield from (f"{check.goal}\n{check.remark}" for check in self.checked)
        yield from (f"{found.finding}\n{found.requirement}" for found in self.findings)

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON keeps it; days as ISO 8601."""
        return _written(asdict(self))


def content_from(kept: Mapping[str, Any]) -> Content:
    """Read a frozen content back."""
    return Content(
        **{
            **kept,
            "organizations": tuple(kept["organizations"]),
            "good_practice": tuple(kept["good_practice"]),
            "held": tuple(Held(**_dated(row, "held_on")) for row in kept["held"]),
            "checked": tuple(Checked(**row) for row in kept["checked"]),
            "findings": tuple(
                Finding(**_dated(row, "deadline", "since")) for row in kept["findings"]
            ),
            "day": _day(kept.get("day")),
        }
    )


def _written(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _written(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_written(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _dated(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {**row, **{name: _day(row.get(name)) for name in names}}


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


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
