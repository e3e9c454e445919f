"""A change of a published commitment as residents read it: kept with the commitment, for ever.

The case of the change (who proposed and decided it) is a record of its own in the room above; what
took effect is told here, so that public pages read published rows alone.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partybuilding.projects.states.codes import ChangedPart


@dataclass(frozen=True)
class Reads:
    """What one part of a promise reads: a text, a person with post, or a day."""

    text: str = ""
    post: str = ""
    day: date | None = None

    def __str__(self) -> str:
        if self.day is not None:
            return date_format(self.day, "DATE_FORMAT")
        words = {"name": self.text, "post": self.post}
        return _("%(name)s (%(post)s)") % words if self.post else self.text


@dataclass(frozen=True)
class AppliedChange:
    """One change that took effect.

    Args:
        number: the key of its record.
        at: when it took effect.
        reason: public.
        step: the key of the step that it changes; None when it changes the commitment itself.
        along: the keys of the steps that were due with the commitment and moved along with it.
    """

    number: int
    part: str
    old: Reads
    new: Reads
    at: datetime
    reason: str
    step: int | None = None
    along: tuple[int, ...] = ()

    @property
    def part_label(self) -> str:
        """What was changed, in words."""
        return str(ChangedPart(self.part).label)

    def touches(self, step: int) -> bool:
        """Tell whether it changed a step, by itself or along with its commitment."""
        return self.step == step or step in self.along

    def as_json(self) -> dict[str, Any]:
        """Return it as the commitment keeps it."""
        told = asdict(self)
        for side in ("old", "new"):
            told[side]["day"] = told[side]["day"] and told[side]["day"].isoformat()
        return {**told, "at": self.at.isoformat(), "along": list(self.along)}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "AppliedChange":
        """Read it back."""
        old, new = (
            Reads(**{**told[side], "day": _day(told[side]["day"])}) for side in ("old", "new")
        )
        at = parse_datetime(told["at"])
        return cls(**{**told, "old": old, "new": new, "at": at, "along": tuple(told["along"])})


def _day(text: str | None) -> date | None:
    return parse_date(text) if text else None
