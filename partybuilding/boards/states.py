"""The fixed words of boards and reminders: spans of days, stages of a reminder and what became of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Waited(TextChoices):
    """How many days a record has been in its state, in spans."""

    WEEK = "week", _("up to 7 days")
    MONTH = "month", _("8 to 30 days")
    QUARTER = "quarter", _("31 to 90 days")
    LONGER = "longer", _("over 90 days")

    @property
    def span(self) -> tuple[int, int | None]:
        """The fewest and the most days, None when there is no most."""
        return _SPANS[self]


_SPANS = {
    Waited.WEEK: (0, 7),
    Waited.MONTH: (8, 30),
    Waited.QUARTER: (31, 90),
    Waited.LONGER: (91, None),
}


class ReminderStage(TextChoices):
    """When something is reminded of; each comes after the one before it."""

    BEFORE = "before", pgettext_lazy("reminder", "Before the day")
    ON = "on", pgettext_lazy("reminder", "On the day")
    AFTER = "after", pgettext_lazy("reminder", "After the day")
    UNIT = "unit", pgettext_lazy("reminder", "Told to the reporting unit")
    DEPARTMENT = "department", pgettext_lazy("reminder", "Told to the Organization Department")

    @classmethod
    def above(cls) -> frozenset["ReminderStage"]:
        """Return the stages that are for those above the holders."""
        return frozenset({cls.UNIT, cls.DEPARTMENT})


class Settled(TextChoices):
    """What became of one stage: told, or passed because a later one came first."""

    SENT = "sent", pgettext_lazy("reminder", "Told")
    SKIPPED = "skipped", pgettext_lazy("reminder", "Skipped")
