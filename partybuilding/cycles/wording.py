"""Say in words what a stage of the year means, and what has happened in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.cycles.states import TABLE

#: What follows from a step; the year's own facts are filled in.
CONSEQUENCES = {
    "open_applications": [
        gettext_lazy("Organizations can apply from %(opens)s to %(closes)s."),
        gettext_lazy("The rules are frozen: from then on they cannot be changed for this year."),
        gettext_lazy("The end of the window can still be extended."),
    ],
    "take_back_opening": [
        gettext_lazy("Nobody can apply until the year is opened again; drafts stay as they are."),
        gettext_lazy("The rules can be changed again."),
    ],
    "start_selection": [
        gettext_lazy("No application can be submitted any more; drafts stay drafts."),
        gettext_lazy("Returned applications can still be submitted by their own deadlines."),
    ],
    "start_implementation": [
        gettext_lazy("The year counts as being implemented; open decisions can still be taken."),
    ],
    "start_evaluation": [
        gettext_lazy("The year turns to judging results and grades."),
    ],
    "announce": [
        gettext_lazy("Grades become public; graded projects can no longer be reopened."),
    ],
    "close": [
        gettext_lazy("The year is over; it stays readable and can be the model of another."),
    ],
}
#: What is noted of a year beside its steps.
NOTES = {
    "create": gettext_lazy("Year prepared"),
    "rules": gettext_lazy("Rules changed"),
    "extend": gettext_lazy("Window extended"),
}


@dataclass(frozen=True)
class Line:
    """One row of the year's trail in words."""

    row: Any
    label: Any
    tone: str
    who: str
    fact: str = ""


def consequences_of(step: str, cycle: Any) -> list[str]:
    """Say what follows when a year takes a step."""
    facts = {"opens": cycle.applications_open, "closes": cycle.applications_close}
    return [str(sentence) % facts for sentence in CONSEQUENCES[step]]


def story_of(rows: Iterable[Any]) -> list[Line]:
    """Return the rows of a year's trail in words."""
    return [
        Line(
            row,
            NOTES.get(row.step) or row.step_label,
            str(TABLE.step(row.step).tone) if TABLE.has_step(row.step) else "note",
            " ".join(part for part in (row.by_organization, row.by_post, row.by_name) if part),
            _("End of the window: %(from)s → %(to)s") % row.data if row.step == "extend" else "",
        )
        for row in rows
    ]
