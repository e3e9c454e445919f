"""What a feedback notice says of one project and quarter: plain values that are frozen as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from partybuilding.supervision.calendar import Quarter
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
