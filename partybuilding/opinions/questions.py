"""The three questions of the public appraisal, their scales, and when a result may be told; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.states import Text

#: Fewer sheets than these say nothing about a project: no figure is shown (样本不足).
FEWEST = 10


@dataclass(frozen=True)
class Question:
    """One question with its scale, the best step first; the last may say that one cannot tell."""

    text: Text
    short: Text
    choices: tuple[tuple[str, Text], ...]


QUESTIONS: Mapping[str, Question] = {
    "known": Question(
        _("Do you know what this project promised?"),
        pgettext_lazy("appraisal", "Known"),
        (
            ("well", _("I know it well")),
            ("heard", _("I have heard of it")),
            ("no", _("I do not know it")),
        ),
    ),
    "kept": Question(
        _("Was what was promised done?"),
        pgettext_lazy("appraisal", "Kept"),
        (
            ("all", _("All of it was done")),
            ("part", _("Some of it was done")),
            ("none", _("It was not done")),
            ("unsure", _("I cannot tell")),
        ),
    ),
    "content": Question(
        _("Are you satisfied with the result?"),
        pgettext_lazy("appraisal", "Satisfied"),
        (
            ("yes", _("Satisfied")),
            ("mostly", _("Mostly satisfied")),
            ("no", _("Not satisfied")),
            ("unsure", _("No opinion")),
        ),
    ),
}


@dataclass(frozen=True)
class Period:
    """From when to when an appraisal is open; both days count."""

    opens_on: date
    closes_on: date

    def is_open(self, day: date) -> bool:
        """Tell whether sheets are taken on a day."""
        return self.opens_on <= day <= self.closes_on

    def is_over(self, day: date) -> bool:
        """Tell whether the last day has passed."""
        return day > self.closes_on


def is_enough(number: int) -> bool:
    """Tell whether so many sheets make a result."""
    return number >= FEWEST


def share(part: int, whole: int) -> str:
    """Write a part of a whole as a percentage."""
    return f"{part / whole:.0%}"
