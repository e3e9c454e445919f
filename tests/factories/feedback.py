"""What a quarter's supervision left behind: activities, visits, findings as rows, and the office that issues."""

from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from partybuilding.organizations.models import IssuingBody
from partybuilding.projects.models import Project
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Activity, Rectification, Visit, VisitCheck
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.services import draft_notice, issue_many
from tests.factories.projects import Cast
from tests.replay import replayed

CODE = "区委组督"


def set_office(name: str = "区委组织部", code: str = CODE) -> None:
    """Let the settings name the body that issues, with its code letters."""
    facts = {"name": name, "supervision_code": code}
    IssuingBody.objects.update_or_create(since=date(2020, 1, 1), defaults=facts)


def this_quarter() -> Quarter:
    """Return the quarter that today lies in."""
    return Quarter.of(timezone.localdate())


def make_activity(
    project: Project, kind: str = "notice", quarter: int | Quarter | None = None, **fields: Any
) -> Activity:
    """Make one activity of the rhythm, due at the end of its quarter; the calendar may have it already.

    Args:
        quarter: its number in this year, or a quarter of another; this one if none is given.
    """
    period = quarter if isinstance(quarter, Quarter) else this_quarter()
    if isinstance(quarter, int):
        period = Quarter(period.year, quarter)
    facts = {"due_on": period.last_working_day, **fields}
    activity, _made = Activity.objects.update_or_create(
        project=project,
        kind=kind,
        year=period.year,
        quarter=period.number,
        number=1,
        defaults=facts,
    )
    return activity


def make_visit(
    project: Project,
    quarter: int | Quarter | None = None,
    *findings: tuple[str, str],
    kind: str = "site",
    **fields: Any,
) -> Visit:
    """Make a site supervision with its record, a check of every commitment, and its findings."""
    today = timezone.localdate()
    activity = make_activity(project, kind, quarter, done_on=today)
    facts = {
        "participants": "专班周查看、李查看",
        "summary": "实地查看议事厅，查阅台账，与居民座谈。",
        **fields,
    }
    visit = Visit.objects.create(activity=activity, **facts)
    VisitCheck.objects.bulk_create(
        VisitCheck(visit=visit, commitment=commitment, found="on_track", remark="台账齐全")
        for commitment in project.commitments.all()
    )
    for finding, requirement in findings:
        make_rectification(activity, finding=finding, requirement=requirement)
    return visit


def make_rectification(
    activity: Activity, *, state: str = "issued", deadline: date | None = None, **fields: Any
) -> Rectification:
    """Make a finding that is to be put right, in any state."""
    day = deadline or timezone.localdate() + timedelta(days=10)
    facts = {
        "finding": "议事记录不全",
        "requirement": "补齐议事记录并公示",
        "first_deadline": day,
        "rectify_by": day,
        **fields,
    }
    return Rectification.objects.create(
        project=activity.project, activity=activity, state=state, **facts
    )


@replayed
def make_draft(
    project: Project, cast: Cast, quarter: int | Quarter | None = None, *findings: tuple[str, str]
) -> FeedbackNotice:
    """Let the task force begin the notice of a quarter in which a visit was made."""
    set_office()
    make_visit(project, quarter, *findings, good_practice="党员认领楼栋，问题不过夜。")
    return draft_notice(make_activity(project, "notice", quarter), by=cast["taskforce"])


def make_issued(
    project: Project, cast: Cast, quarter: int | Quarter | None = None, *findings: tuple[str, str]
) -> FeedbackNotice:
    """Let the task force issue the notice of a quarter."""
    notice = make_draft(project, cast, quarter, *findings)
    outcomes = issue_many([notice.activity], by=cast["taskforce"])
    assert outcomes[0].ok, outcomes[0].refusal
    return FeedbackNotice.objects.get(pk=notice.pk)


def scatter_supervision(project: Project, quarter: Quarter, chance: Random) -> None:
    """Leave activities, visits and rectifications of every kind around a quarter's end."""
    last = quarter.last_working_day

    def day() -> date:
        return last + timedelta(days=chance.randrange(-20, 21))

    for kind in ("dispatch", "site", "notice", "observation"):
        if chance.random() < 0.8:
            done = day() if chance.random() < 0.7 else None
            activity = make_activity(project, kind, quarter, due_on=last, done_on=done)
            for _at in range(chance.randrange(3)):
                make_rectification(
                    activity,
                    state=chance.choice(("issued", "reported", "verified")),
                    deadline=day(),
                )
