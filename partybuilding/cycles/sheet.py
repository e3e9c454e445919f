"""A year's rules as people read them: limits with their latest days, weights, topics, grades, money."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from partybuilding.core.calendar import add_working_days, is_provisional
from partybuilding.core.rules import Sentence
from partybuilding.cycles.states import TABLE
from partybuilding.organizations.states import SECTORS

if TYPE_CHECKING:
    from partybuilding.cycles.models import Cycle

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
    "pack": gettext_lazy("Taken over from a programme pack"),
    "form": gettext_lazy("Application form changed"),
    "correct_form": gettext_lazy("Words of the application form put right"),
    "supplement_form": gettext_lazy("Questions added to the form of the year"),
}


#: What a note tells beside its name.
FACTS = {
    "extend": gettext_lazy("End of the window: %(from)s → %(to)s"),
    "pack": gettext_lazy("“%(name)s”, %(items)s items"),
}


@dataclass(frozen=True)
class Line:
    """One row of the year's trail in words."""

    row: Any
    label: Any
    tone: str
    who: str
    fact: str = ""


def consequences_of(step: str, cycle: "Cycle") -> list[str]:
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
            FACTS[row.step] % row.data if row.step in FACTS else "",
        )
        for row in rows
    ]


YUAN_OF_WAN = 10_000


@dataclass(frozen=True)
class Limit:
    """One time limit.

    Args:
        label: what has to be done.
        days: within how many working days.
        latest: the day by which it is done when everybody takes their time; None when it depends on
            a day that the rules do not know.
        counted: from when the days are counted, in words.
    """

    label: Sentence
    days: int
    latest: date | None
    counted: Sentence


def limits_of(cycle: "Cycle") -> list[Limit]:
    """Return the time limits of a year, with the latest days reckoned from the end of the window."""
    handed_in, reviewed = gettext_lazy("from the submission"), gettext_lazy("from the first review")
    review = (gettext_lazy("First review"), cycle.first_review_days, handed_in)
    steps = (
        *([review] if cycle.first_review else []),
        (
            gettext_lazy("Decision on approval"),
            cycle.decision_days,
            reviewed if cycle.first_review else handed_in,
        ),
        (
            gettext_lazy("Submission of commitments"),
            cycle.commitment_days,
            gettext_lazy("from the approval"),
        ),
        (
            gettext_lazy("Publication of commitments"),
            cycle.publication_days,
            gettext_lazy("from their submission"),
        ),
    )
    found, day = [], cycle.applications_close
    for label, days, counted in steps:
        day = add_working_days(day, days)
        found.append(Limit(label, days, day, counted))
    mending = Limit(
        gettext_lazy("Mending what was returned"),
        cycle.return_days,
        None,
        gettext_lazy("from the return"),
    )
    archiving = Limit(
        gettext_lazy("Archiving"), cycle.archive_days, None, gettext_lazy("from the grading")
    )
    spreading = (
        Limit(
            gettext_lazy("Recognition of a brand"),
            cycle.recognition_days,
            None,
            gettext_lazy("from the nomination"),
        ),
        Limit(
            gettext_lazy("Selection of a case"),
            cycle.selection_days,
            None,
            gettext_lazy("from the submission"),
        ),
        Limit(
            gettext_lazy("Publication of a case"),
            cycle.case_days,
            None,
            gettext_lazy("from the selection"),
        ),
    )
    return [found[0], mending, *found[1:], archiving, *spreading, *_limits_of_doing(cycle)]


def _limits_of_doing(cycle: "Cycle") -> list[Limit]:
    """Return the limits of the year after publication; each is counted from what asks for it."""
    rows = (
        (
            gettext_lazy("Decision on a change of a commitment"),
            cycle.change_days,
            gettext_lazy("from the proposal"),
        ),
        (
            gettext_lazy("Answer to a question on evidence"),
            cycle.question_days,
            gettext_lazy("from the question"),
        ),
        (
            gettext_lazy("Rectification of a finding"),
            cycle.rectification_days,
            gettext_lazy("from the finding"),
        ),
        (
            gettext_lazy("Verification of a rectification"),
            cycle.verification_days,
            gettext_lazy("from its report"),
        ),
        (
            gettext_lazy("Acceptance of an opinion"),
            cycle.opinion_accept_days,
            gettext_lazy("from its receipt"),
        ),
        (
            gettext_lazy("Answer to an opinion"),
            cycle.opinion_answer_days,
            gettext_lazy("from its receipt"),
        ),
        (
            gettext_lazy("Answer to an opinion after an extension"),
            cycle.opinion_extended_days,
            gettext_lazy("from its receipt"),
        ),
    )
    return [Limit(label, days, None, counted) for label, days, counted in rows]


def latest_days_are_provisional(cycle: "Cycle") -> bool:
    """Say whether these days touch a year whose holidays are not arranged yet."""
    days = [limit.latest for limit in limits_of(cycle) if limit.latest]
    return is_provisional(cycle.applications_close, max(days))


def topics_by_sector(cycle: "Cycle") -> list[tuple[Sentence, list[Any]]]:
    """Return the topics of each field, those for every field first; fields without any are left out."""
    topics = list(cycle.topics.all())
    groups: list[tuple[str, Sentence]] = [
        ("", gettext_lazy("Every field")),
        *SECTORS.offered({topic.sector for topic in topics}, cycle.pk),
    ]
    found = [(label, [topic for topic in topics if topic.sector == code]) for code, label in groups]
    return [(label, rows) for label, rows in found if rows]


def award_total(grades: Iterable[Any]) -> int:
    """Add up the award money of all places, in yuan."""
    return sum(grade.quota * grade.award_yuan for grade in grades)


def in_wan(yuan: int) -> str:
    """Write an amount of yuan in units of ten thousand, as the programme announces it."""
    return f"{(Decimal(yuan) / YUAN_OF_WAN).normalize():f}"
