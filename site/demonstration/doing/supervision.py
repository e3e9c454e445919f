"""Supervision in the demonstration: three quarters of 2022 with findings opened and closed, and the work of today."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

from django.utils import timezone

from demonstration.cases import Case, photograph
from demonstration.content import SUPERVISION
from demonstration.content.work_shapes import FindingText
from demonstration.people import Company
from demonstration.stage import Story, days, later, moment, work_day
from demonstration.year_form import checklist_answers
from partybuilding.core.calendar import add_working_days
from partybuilding.core.services import move
from partybuilding.supervision.corrections import CheckNote, FindingNote, VisitNote
from partybuilding.supervision.models import Activity, Rectification
from partybuilding.supervision.notices.services import issue_many
from partybuilding.supervision.rules import begins_on
from partybuilding.supervision.services import (
    plan_many,
    record_meeting,
    record_visit,
    report_rectified,
)
from partybuilding.supervision.states import ActivityKind, Found

DISPATCHED_ON = {2: date(2022, 5, 24), 3: date(2022, 7, 26), 4: date(2022, 10, 25)}
#: The first day of a quarter's visits, and over how many days they are spread.
VISITED_FROM = {2: (date(2022, 6, 1), 18), 3: (date(2022, 8, 8), 40), 4: (date(2022, 11, 7), 28)}
OBSERVED_FROM = {2: (date(2022, 6, 20), 8), 4: (date(2022, 12, 1), 10)}
#: A few visits of the third quarter are held after its end.
LATE_FROM, LATE_IN = date(2022, 10, 11), 16
#: In each quarter one project in so many has a finding; of one in seven of these two.
FOUND_IN = {2: 2, 3: 2, 4: 3}
TWICE_IN = 7
#: One report in so many is late, and one that can be sent back once is.
REPORTED_LATE_IN = 8
#: Working days after a visit that found something on which the notice is issued; every second one later.
TOLD_AFTER = 2
#: The day from which results are handed in.
RESULTS_FROM = date(2022, 12, 12)
#: The last day on which something is verified, before the files are closed.
VERIFIED_BY = date(2023, 1, 30)


def add_to_year(story: Story, company: Company, approved: list[Case]) -> None:
    """Dispatch, visit and observe through the year, and lead every finding to its closing."""
    acts = _Acts(company)
    cases = {case.project.pk: case for case in approved}
    found = Activity.objects.filter(project__in=cases).select_related("project")
    activities = list(found.order_by("due_on", "project__code"))
    for quarter, day in DISPATCHED_ON.items():
        of_quarter = [a for a in activities if _is(a, ActivityKind.DISPATCH, quarter)]
        for half in (0, 1):
            group = of_quarter[half::2]
            when = moment(days(day, half), hour=9 + 5 * half)
            story.add(when, partial(acts.dispatch, group, quarter, half))
    for quarter, (first, spread) in VISITED_FROM.items():
        for place, activity in enumerate(
            a for a in activities if _is(a, ActivityKind.SITE, quarter)
        ):
            case = cases[activity.project_id]
            late = quarter == 3 and place % LATE_IN == 5
            when = work_day(LATE_FROM if late else days(first, place * 7 % spread), place)
            story.add(when, partial(acts.visit, story, case, activity, quarter, place))
            told = _told_on(when, place)
            if _findings(quarter, place):
                story.add(told, partial(acts.tell, activity))
            for number in range(_findings(quarter, place)):
                _follow(story, acts, case, activity, (when, told), number)
    for quarter, (first, spread) in OBSERVED_FROM.items():
        of_half = [a for a in activities if _is(a, ActivityKind.OBSERVATION, quarter)]
        for place, activity in enumerate(of_half):
            when = work_day(days(first, place * 3 % spread), place)
            story.add(when, partial(acts.observe, activity, place))


def _is(activity: Activity, kind: str, quarter: int) -> bool:
    return activity.kind == kind and activity.quarter == quarter


def _told_on(visited: datetime, place: int) -> datetime:
    """Return when the notice of what a visit found is issued: some working days after it."""
    day = add_working_days(timezone.localdate(visited), TOLD_AFTER + place % 2)
    return moment(day, hour=16, minute=10 + place % 40)


def _findings(quarter: int, place: int) -> int:
    """Return how many findings a visit has."""
    if (place + quarter) % FOUND_IN[quarter]:
        return 0
    return 1 + (place % TWICE_IN == 0)


def _text_of(case: Case, activity: Activity, number: int) -> FindingText:
    texts = SUPERVISION.findings
    return texts[(case.number * 5 + activity.quarter * 7 + number * 3) % len(texts)]


def _follow(
    story: Story,
    acts: "_Acts",
    case: Case,
    activity: Activity,
    found: tuple[datetime, datetime],
    number: int,
) -> None:
    """Let one finding be reported, some late, some sent back once, and verified before the files close.

    Args:
        found: when it was found, and when the notice that asks to mend it was issued.
    """
    visited, told = found
    said = _text_of(case, activity, number)
    turn = case.number + activity.quarter + number
    one = partial(_finding_of, activity.pk, number)
    deadline = add_working_days(timezone.localdate(visited), case.cycle.rectification_days)
    late = turn % REPORTED_LATE_IN == 0
    day = days(deadline, 2 + turn % 9) if late else days(deadline, -1 - turn % 4)
    if deadline < RESULTS_FROM:  # results wait for what is overdue
        day = min(day, days(RESULTS_FROM, -3))
    reported = work_day(min(day, days(VERIFIED_BY, -14)), turn)
    reported = max(reported, later(told, 2, turn))
    story.add(reported, partial(acts.report, case, one, said))
    checked = later(reported, 2 + turn % 3, turn)
    if said.missing and turn % 2:
        story.add(checked, partial(acts.send_back, one, said))
        again = later(checked, 3, turn)
        story.add(again, partial(acts.report, case, one, said))
        checked = later(again, 2, turn)
    story.add(checked, partial(acts.verify, one))


def _finding_of(activity: int, number: int) -> Rectification:
    return Rectification.objects.filter(activity=activity).order_by("pk")[number]


class _Acts:
    """What the task force and the organisations do, each as who would do it."""

    def __init__(self, company: Company) -> None:
        self.task_force = company.task_force
        self.turn = count()

    def officer(self, place: int) -> Any:
        """Return the officer whose turn it is."""
        return self.task_force[place % len(self.task_force)]

    def dispatch(self, activities: list[Activity], quarter: int, half: int) -> None:
        """Hold one meeting for half of the projects."""
        remarks = {
            one.pk: SUPERVISION.remarks[place % len(SUPERVISION.remarks)]
            for place, one in enumerate(activities)
            if place % 4 == 0
        }
        by = self.officer(half)
        record_meeting(
            activities,
            by=by,
            held_on=timezone.localdate(),
            participants=f"{by.first_name}，各项目牵头书记、联系组工干部",
            summary=SUPERVISION.dispatched[quarter],
            remarks=remarks,
        )

    def visit(self, story: Story, case: Case, activity: Activity, quarter: int, place: int) -> None:
        """Visit a project: look at its commitments, note what is wrong and what is good."""
        texts = [_text_of(case, activity, n) for n in range(_findings(quarter, place))]
        practice = SUPERVISION.good_practice
        note = self._note(
            place,
            SUPERVISION.seen[(place + quarter) % len(SUPERVISION.seen)],
            practice[(place + quarter) % len(practice)] if (place + quarter) % 5 == 0 else "",
            checks=tuple(_checks(activity, bool(texts))),
            findings=tuple(_notes(case, texts)),
        )
        pictures = [photograph(case.number + quarter, case.text.sector)] if place % 16 == 0 else []
        record_visit(activity, note, by=self.officer(place), uploads=pictures)

    def tell(self, activity: Activity) -> None:
        """Issue the notice of a visit's quarter, or a supplementary one where it was issued already."""
        asked = Activity.objects.select_related("project__cycle", "project__organization__unit")
        quarter = activity.period
        notice = asked.get(
            project=activity.project_id, kind=ActivityKind.NOTICE, number=1, **quarter.lookup()
        )
        issue_many([notice], by=self.officer(quarter.number))

    def observe(self, activity: Activity, place: int) -> None:
        """Observe a project with others."""
        practice = SUPERVISION.good_practice
        good = practice[place % len(practice)] if place % 6 == 0 else ""
        seen = SUPERVISION.observed[place % len(SUPERVISION.observed)]
        note = self._note(place, seen, good, checks=tuple(_checks(activity, False)))
        record_visit(activity, note, by=self.officer(place + 1))

    def _note(self, place: int, summary: str, good: str, **more: Any) -> VisitNote:
        with_whom = SUPERVISION.companions[place % len(SUPERVISION.companions)]
        return VisitNote(
            held_on=timezone.localdate(),
            participants=f"{self.officer(place).first_name}、{with_whom}",
            summary=summary,
            good_practice=good,
            **more,
        )

    def report(self, case: Case, find: Any, said: FindingText) -> None:
        """Report a finding rectified; some with a photograph."""
        one = find()
        pictures = [photograph(one.pk, case.text.sector)] if one.pk % 12 == 0 else []
        report_rectified(one, said.report, by=case.applicant, uploads=pictures)

    def send_back(self, find: Any, said: FindingText) -> None:
        """Ask for what is missing, by a new deadline."""
        one = find()
        until = add_working_days(timezone.localdate(), 5).isoformat()
        by = one.activity.officer
        move(one, "send_back", by=by, reason=said.missing, data={"rectify_by": until})

    def verify(self, find: Any) -> None:
        """Close a finding."""
        one = find()
        move(one, "verify", by=one.activity.officer, reason="经核查，问题已整改到位，予以销号。")


def _checks(activity: Activity, wrong: bool) -> Iterator[CheckNote]:
    """Note of each commitment how it stands; the second one is behind where something is wrong."""
    for place, pk in enumerate(activity.project.commitments.values_list("pk", flat=True)):
        behind = wrong and place == 1
        yield CheckNote(pk, Found.BEHIND if behind else Found.ON_TRACK)


def _notes(case: Case, texts: list[FindingText]) -> Iterator[FindingNote]:
    until = add_working_days(timezone.localdate(), case.cycle.rectification_days)
    for said in texts:
        yield FindingNote(said.finding, said.requirement, until)


def add_to_now(story: Story, company: Company, case: Case, when: dict[str, datetime]) -> None:
    """Leave work for today: a planned observation, an overdue finding, one that waits to be verified."""
    acts = _Acts(company)
    story.add(when["visited"] + timedelta(minutes=10), partial(_visit_now, acts, case))
    story.add(when["rectified"] + timedelta(minutes=10), partial(_report_now, acts, case))
    story.add(when["proposed"] + timedelta(minutes=10), partial(_plan_now, acts, case))


def _visit_now(acts: _Acts, case: Case) -> None:
    """Visit the project that is under way: one finding is due at once, the other by the usual deadline."""
    today = timezone.localdate()
    site = _recordable(case, ActivityKind.SITE, today)
    if site is None:
        return  # published at the very end of a quarter: the visits begin with the next one
    first, second = (_text_of(case, site, number) for number in (0, 1))
    usual = add_working_days(today, case.cycle.rectification_days)
    note = acts._note(
        0,
        SUPERVISION.seen[0],
        SUPERVISION.good_practice[0],
        checks=tuple(_checks(site, True)),
        findings=(
            FindingNote(first.finding, first.requirement, add_working_days(today, 1)),
            FindingNote(second.finding, second.requirement, usual),
        ),
        answers=checklist_answers(),
    )
    record_visit(site, note, by=acts.officer(0))


def _report_now(acts: _Acts, case: Case) -> None:
    """Let the organisation report the finding that is not urgent; the urgent one is left."""
    left = Rectification.objects.filter(project=case.project).order_by("-pk").first()
    if left is not None:
        said = next(text for text in SUPERVISION.findings if text.finding == left.finding)
        report_rectified(left, said.report, by=case.applicant)


def _plan_now(acts: _Acts, case: Case) -> None:
    """Give the next dispatch a day soon, and its officer."""
    today = timezone.localdate()
    dispatch = _recordable(case, ActivityKind.DISPATCH, today)
    if dispatch is not None:
        soon = min(add_working_days(today, 5), dispatch.due_on)
        plan_many([dispatch], by=acts.officer(0), planned_on=soon, officer=acts.officer(0))


def _recordable(case: Case, kind: str, today: date) -> Activity | None:
    rows = Activity.objects.filter(project=case.project, kind=kind, done_on=None)
    found = rows.select_related("project").order_by("due_on").first()
    return found if found is not None and begins_on(found) <= today else None
