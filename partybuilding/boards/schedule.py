"""When something with a day is reminded of: the stages as working days around the day."""

from dataclasses import dataclass
from datetime import date

from partybuilding.boards.states import ReminderStage
from partybuilding.conf import setting
from partybuilding.core.calendar import add_working_days, subtract_working_days
from partybuilding.core.desk.deadlines import HORIZON


@dataclass(frozen=True)
class Schedule:
    """The stages in working days: before the day, on it, and after it.

    Every stage falls on a working day. One that is due on a holiday is reminded of "on the day" on
    the last working day before it.

    Raises:
        ValueError: the stages do not follow one after the other.
    """

    before: int = 3
    after: int = 1
    unit: int = 5
    department: int = 10

    def __post_init__(self) -> None:
        if not 1 <= self.before <= HORIZON:
            raise ValueError(f"REMIND_BEFORE_DAYS is {self.before}; it is 1 to {HORIZON}.")
        if not 1 <= self.after < self.unit < self.department:
            raise ValueError(
                "REMIND_AFTER_DAYS, REMIND_UNIT_DAYS and REMIND_DEPARTMENT_DAYS are "
                f"{self.after}, {self.unit} and {self.department}; each is more than the one before."
            )

    def day_of(self, stage: ReminderStage, due_on: date) -> date:
        """Return the working day of a stage."""
        if stage == ReminderStage.BEFORE:
            return subtract_working_days(due_on, self.before)
        if stage == ReminderStage.ON:
            return subtract_working_days(due_on, 0)
        counts = {
            ReminderStage.AFTER: self.after,
            ReminderStage.UNIT: self.unit,
            ReminderStage.DEPARTMENT: self.department,
        }
        return add_working_days(due_on, counts[stage])

    def reached(self, due_on: date, today: date) -> list[ReminderStage]:
        """Return the stages whose day has come, in order."""
        return [stage for stage in ReminderStage if self.day_of(stage, due_on) <= today]


def schedule_of_site() -> Schedule:
    """Return the schedule that the settings give.

    Raises:
        ValueError: they contradict each other.
    """
    return Schedule(
        before=setting("REMIND_BEFORE_DAYS"),
        after=setting("REMIND_AFTER_DAYS"),
        unit=setting("REMIND_UNIT_DAYS"),
        department=setting("REMIND_DEPARTMENT_DAYS"),
    )
