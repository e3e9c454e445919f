"""A year's rules as people read them: limits with their latest days, weights, topics, grades, money."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from partybuilding.core.calendar import add_working_days, is_provisional
from partybuilding.core.rules import Sentence
from partybuilding.organizations.states import Sector

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


def limits_of(cycle: Any) -> list[Limit]:
    """Return the time limits of a year, with the latest days reckoned from the end of the window."""
    steps = (
        (_("First review"), cycle.first_review_days, _("from the submission")),
        (_("Decision on approval"), cycle.decision_days, _("from the first review")),
        (_("Submission of commitments"), cycle.commitment_days, _("from the approval")),
        (_("Publication of commitments"), cycle.publication_days, _("from their submission")),
    )
    found, day = [], cycle.applications_close
    for label, days, counted in steps:
        day = add_working_days(day, days)
        found.append(Limit(label, days, day, counted))
    mending = Limit(_("Mending what was returned"), cycle.return_days, None, _("from the return"))
    archiving = Limit(_("Archiving"), cycle.archive_days, None, _("from the grading"))
    spreading = (
        Limit(_("Recognition of a brand"), cycle.recognition_days, None, _("from the nomination")),
        Limit(_("Selection of a case"), cycle.selection_days, None, _("from the submission")),
        Limit(_("Publication of a case"), cycle.case_days, None, _("from the selection")),
    )
    return [found[0], mending, *found[1:], archiving, *spreading, *_limits_of_doing(cycle)]


def _limits_of_doing(cycle: Any) -> list[Limit]:
    """Return the limits of the year after publication; each is counted from what asks for it."""
    rows = (
        (_("Decision on a change of a commitment"), cycle.change_days, _("from the proposal")),
        (_("Answer to a question on evidence"), cycle.question_days, _("from the question")),
        (_("Rectification of a finding"), cycle.rectification_days, _("from the finding")),
        (_("Verification of a rectification"), cycle.verification_days, _("from its report")),
        (_("Acceptance of an opinion"), cycle.opinion_accept_days, _("from its receipt")),
        (_("Answer to an opinion"), cycle.opinion_answer_days, _("from its receipt")),
        (
            _("Answer to an opinion after an extension"),
            cycle.opinion_extended_days,
            _("from its receipt"),
        ),
    )
    return [Limit(label, days, None, counted) for label, days, counted in rows]


def latest_days_are_provisional(cycle: Any) -> bool:
    """Say whether these days touch a year whose holidays are not arranged yet."""
    days = [limit.latest for limit in limits_of(cycle) if limit.latest]
    return is_provisional(cycle.applications_close, max(days))


def topics_by_sector(cycle: Any) -> list[tuple[Sentence, list[Any]]]:
    """Return the topics of each field, those for every field first; fields without any are left out."""
    topics = list(cycle.topics.all())
    groups: list[tuple[str, Sentence]] = [("", _("Every field")), *Sector.choices]
    found = [(label, [topic for topic in topics if topic.sector == code]) for code, label in groups]
    return [(label, rows) for label, rows in found if rows]


def award_total(grades: Iterable[Any]) -> int:
    """Add up the award money of all places, in yuan."""
    return sum(grade.quota * grade.award_yuan for grade in grades)


def in_wan(yuan: int) -> str:
    """Write an amount of yuan in units of ten thousand, as the programme announces it."""
    return f"{(Decimal(yuan) / YUAN_OF_WAN).normalize():f}"
