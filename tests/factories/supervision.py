"""Activities of the supervision calendar, records of visits, and rectifications in any state."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from partybuilding.core.services import move
from partybuilding.projects.models import Project
from partybuilding.supervision.calendar import Quarter, last_working_day
from partybuilding.supervision.corrections import CheckNote, FindingNote, VisitNote
from partybuilding.supervision.models import Activity, Rectification, Visit
from partybuilding.supervision.services import record_visit, report_rectified
from partybuilding.supervision.states import LOOKING
from tests.factories.projects import Cast
from tests.replay import replayed


def make_activity(project: Project, kind: str = "site", **fields: Any) -> Activity:
    """Return the activity of this quarter; one that the calendar lacks is added."""
    now = Quarter.of(timezone.localdate())
    facts = {"project": project, "kind": kind, "year": now.year, "quarter": now.number}
    due_on = max(last_working_day(now, now.last), timezone.localdate())
    activity, _made = Activity.objects.get_or_create(**facts, number=1, defaults={"due_on": due_on})
    for name, value in fields.items():
        setattr(activity, name, value)
    activity.save()
    return Activity.objects.select_related("project__cycle").get(pk=activity.pk)


def finding(text: str = "台账更新不及时。", days: int = 14, **fields: Any) -> FindingNote:
    """Return one finding with a deadline so many days from now."""
    facts = {
        "finding": text,
        "requirement": "补齐记录，每周更新。",
        "rectify_by": timezone.localdate() + timedelta(days=days),
        **fields,
    }
    return FindingNote(**facts)


def visit_note(*findings: FindingNote, **fields: Any) -> VisitNote:
    """Return the record of a visit of today."""
    facts: dict[str, Any] = {
        "held_on": timezone.localdate(),
        "participants": "工作专班郝示例、归口单位负责人",
        "summary": "现场查看台账，分工上墙。",
        **fields,
    }
    return VisitNote(findings=tuple(findings), **facts)


def checks_of(project: Project, found: str = "on_track") -> tuple[CheckNote, ...]:
    """Return the same finding for each commitment."""
    keys = project.commitments.values_list("pk", flat=True)
    return tuple(CheckNote(pk, found) for pk in keys)


@replayed
def make_visit(
    project: Project, cast: Cast, *findings: FindingNote, kind: str = "site", **fields: Any
) -> Visit:
    """Record this quarter's activity."""
    checked = checks_of(project) if kind in LOOKING else ()
    note = visit_note(*findings, **{"checks": checked, **fields})
    return record_visit(make_activity(project, kind), note, by=cast["taskforce"])


_INPUTS: dict[str, dict[str, Any]] = {
    "report_done": {"reason": "已补齐记录，书记签字。"},
    "verify": {"reason": "经核查整改到位。"},
    "send_back": {"reason": "佐证不足。"},
    "withdraw": {"reason": "经核实，台账当日已更新。"},
}
_WAYS: dict[str, tuple[str, ...]] = {
    "issued": (),
    "reported": ("report_done",),
    "verified": ("report_done", "verify"),
    "withdrawn": ("withdraw",),
}


@replayed
def make_rectification(
    state: str, cast: Cast, project: Project, *, kind: str = "site", **fields: Any
) -> Rectification:
    """Find something on a visit, and bring its rectification to a state."""
    visit = make_visit(project, cast, finding(**fields), kind=kind)
    one = visit.activity.rectifications.get()
    for step in _WAYS[state]:
        one = take_rectification(one, step, cast)
    return one


def take_rectification(one: Rectification, step: str, cast: Cast, **given: Any) -> Rectification:
    """Take one step with everything it asks for."""
    if step == "report_done":
        return report_rectified(one, "已补齐记录，书记签字。", by=cast["applicant"], **given)
    return move(one, step, by=cast["taskforce"], **{**rectification_inputs(step), **given})


def rectification_inputs(step: str) -> dict[str, Any]:
    """Return what a step asks for; a new deadline lies some days ahead."""
    if step == "send_back":
        return {**_INPUTS[step], "data": {"rectify_by": later_day(10).isoformat()}}
    return _INPUTS[step]


def later_day(days: int) -> date:
    """Return the day so many days from now."""
    return timezone.localdate() + timedelta(days=days)
