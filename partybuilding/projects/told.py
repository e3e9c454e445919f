"""What papers and decisions of a project rest on: the names of the registers, today's or frozen ones.

A draft reads the registers as they are. From its submission on a project reads what was frozen with the
last step that a paper tells of, whatever becomes of organisation, unit, secretary or topic since.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from partybuilding.projects.states import DUTIES

if TYPE_CHECKING:
    from partybuilding.projects.models import Project

#: The steps that a paper tells of; each freezes anew.
FREEZING = ("submit", "pass_first", "not_recommend", "approve", "decline")


@dataclass(frozen=True, kw_only=True)
class Told:
    """The names that stand on a project's papers.

    Args:
        four_ones: who holds which duty: its code, name and post.
        issuer: the body that signs, when the step was the department's.
        head: how it reads in the head of a letter.
        number: the document number of the letter, when it carries one.
        text: the version of the words in which the letter is written; 0 for those delivered.
    """

    organization: str
    unit: str = ""
    partners: tuple[str, ...] = ()
    secretary_name: str = ""
    secretary_post: str = ""
    topic: str = ""
    sector: str = ""
    four_ones: tuple[tuple[str, str, str], ...] = ()
    issuer: str = ""
    head: str = ""
    number: str = ""
    text: int = 0

    @property
    def organizations(self) -> list[str]:
        """Those that apply, the leading one first."""
        return [self.organization, *self.partners]

    def as_json(self, at: datetime) -> dict[str, Any]:
        """Return it as the record and the trail keep it, with the moment of the step."""
        lists = {
            "partners": list(self.partners),
            "four_ones": [list(row) for row in self.four_ones],
        }
        return {**asdict(self), **lists, "at": at.isoformat()}


_NAMES = {field.name for field in fields(Told)}


def told_from(kept: Mapping[str, Any]) -> Told:
    """Read frozen names back."""
    said = {name: value for name, value in kept.items() if name in _NAMES}
    duties = tuple(tuple(row) for row in kept.get("four_ones", ()))
    return Told(**{**said, "partners": tuple(kept.get("partners", ())), "four_ones": duties})


class _Registers:
    """Today's registers under the names of `Told`; each is read when it is asked for."""

    issuer = head = number = ""
    text = 0

    def __init__(self, project: "Project") -> None:
        self._project, self._lead = project, project.organization

    @property
    def organization(self) -> str:
        return str(self._lead.name)

    @property
    def unit(self) -> str:
        return self._lead.unit.name if self._lead.unit else ""

    @property
    def partners(self) -> tuple[str, ...]:
        return tuple(partner.organization.name for partner in self._project.partners.all())

    @property
    def organizations(self) -> list[str]:
        return [self.organization, *self.partners]

    @property
    def secretary_name(self) -> str:
        return str(self._lead.secretary_name)

    @property
    def secretary_post(self) -> str:
        return str(self._lead.secretary_post)

    @property
    def topic(self) -> str:
        return self._project.topic.title if self._project.topic else ""

    @property
    def sector(self) -> str:
        return str(self._project.get_sector_display())

    @property
    def four_ones(self) -> tuple[tuple[str, str, str], ...]:
        today = timezone.localdate()
        held = {row.duty: row for row in self._project.four_ones.all() if row.holds_on(today)}
        there = [held[code] for code in DUTIES.codes(self._project.cycle_id) if code in held]
        return tuple((row.duty, row.name, row.post) for row in there)


def registers_of(project: Any) -> _Registers:
    """Return what today's registers say of a project."""
    return _Registers(project)


def frozen_now(project: Any, **issued: Any) -> Told:
    """Return what the registers say now, as it is to stay.

    Args:
        issued: issuer, head, number and text of the paper that the step gives rise to.
    """
    today = registers_of(project)
    return Told(**{**{name: getattr(today, name) for name in _NAMES}, **issued})
