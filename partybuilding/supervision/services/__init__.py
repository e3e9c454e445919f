"""Everything that supervision writes: the calendar, who goes when, what was seen, what is rectified."""

from partybuilding.supervision.services.calendar import (
    Outcome,
    draw_up,
    draw_up_year,
    follow_project,
    plan_many,
)
from partybuilding.supervision.services.correcting import correct_finding, correct_visit
from partybuilding.supervision.services.recording import (
    add_pictures,
    await_records,
    begin_record,
    is_begun,
    record_meeting,
    record_visit,
    report_rectified,
    visitors,
)

__all__ = [
    "Outcome",
    "add_pictures",
    "await_records",
    "begin_record",
    "correct_finding",
    "correct_visit",
    "draw_up",
    "draw_up_year",
    "follow_project",
    "is_begun",
    "plan_many",
    "record_meeting",
    "record_visit",
    "report_rectified",
    "visitors",
]
