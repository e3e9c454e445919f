"""Record what was held, visit, checks and findings in one transaction; and what becomes of each finding."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours, Refusal
from partybuilding.core.models import Attachment, Purpose
from partybuilding.core.rules import Verdict, together, verdict
from partybuilding.core.services import all_or_nothing, enter_file, note, post_notices, take_step
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.selectors import people_with
from partybuilding.projects.models import Project, SheetVersion
from partybuilding.projects.yearform.selectors import version_of
from partybuilding.supervision.addresses import activities_url
from partybuilding.supervision.corrections import FindingNote, VisitNote
from partybuilding.supervision.models import Activity, Rectification, Visit, VisitCheck
from partybuilding.supervision.permissions import user_can_supervise_project
from partybuilding.supervision.rectification_notices import notices_of_visit
from partybuilding.supervision.rules import (
    can_be_recorded,
    fits_the_quarter,
    note_is_complete,
)
from partybuilding.supervision.services.calendar import Outcome
from partybuilding.supervision.states import LOOKING, Found


def record_visit(
    activity: Activity, said: VisitNote, *, by: AnyUser, uploads: Iterable[Any] = ()
) -> Visit:
    """Record an activity as held, with its checks, pictures and findings; it is done with that.

    Each finding opens a rectification. Applicant and unit are told.

    Raises:
        NotYours: not of the task force, of the organisations themselves, or supervision has ended.
        Frozen: it is recorded already, or is not an activity that is held.
        ConditionUnmet: something is missing, does not fit, or may not be public.
        UploadRefused: a file is not what it claims, too large or dangerous; nothing is recorded then.
    """
    with all_or_nothing(uploads) as kept:
        locked = locked_activity(activity, by)
        visit = begin_record(locked)
        _refuse_unfit(locked, said, fill_checklist(visit, said.answers))
        _write(visit, said, by)
        for file in kept:
            enter_file(visit, file, by=by, purpose=Purpose.REVIEW, noted=False)
        told = {
            "activity": locked.pk,
            "kind": locked.kind,
            "held_on": said.held_on,
            "findings": len(said.findings),
        }
        note(locked.project, "supervise", by=by, data=told, files=kept)
        opened = [_issue(locked, one, by) for one in said.findings]
        post_notices(notices_of_visit(visit, opened), key=f"visit:{visit.pk}")
    return visit


def locked_activity(activity: Activity, by: AnyUser) -> Activity:
    """Lock the project before its activity, as every other service does, and ask whose it is."""
    project = (
        Project.objects.select_for_update(of=("self",))
        .select_related("cycle", "organization__unit")
        .get(pk=activity.project_id)
    )
    locked = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    locked.project = project
    if not user_can_supervise_project(project, by):
        raise NotYours(
            [_("Supervision is recorded by the task force, while the project is carried out.")]
        )
    return locked


def begin_record(activity: Activity) -> Visit:
    """Return the record of an activity before it is written, with the checklist of its year."""
    looks = activity.kind in LOOKING
    version = version_of(activity.project.cycle) if looks else None
    return Visit(activity=activity, sheet_version_id=version)


def await_records(cycle: Cycle, version: SheetVersion | None) -> None:
    """Wait for the records that are being written; each keeps the version on which it was begun."""
    list(Activity.objects.select_for_update(of=("self",)).filter(project__cycle=cycle))


def visitors(cycle: Cycle, purpose: str) -> tuple[list[Any], str]:
    """Return who has visits to record that the checklist is for: their officers, all where one has none."""
    awaited = Activity.objects.open().filter(project__cycle=cycle, kind__in=LOOKING)
    officers = set(awaited.values_list("officer", flat=True))
    force = people_with(Role.TASK_FORCE)
    told = [one for one in force if None in officers or one.pk in officers]
    return told, activities_url(kind=[kind.value for kind in LOOKING], standing="open")


def is_begun(cycle: Cycle, purpose: str) -> bool:
    """Tell whether a visit of a year was recorded that its checklist is for."""
    looked = Activity.objects.filter(project__cycle=cycle, kind__in=LOOKING)
    return Visit.objects.filter(activity__in=looked).exists()


def fill_checklist(visit: Visit, answers: Mapping[str, Any]) -> Verdict:
    """Take over what is said to the checklist, and ask whether all that is asked is answered."""
    visit.answers = visit.whole_checklist.merged({}, answers)
    asked = visit.checklist
    visit.answers = asked.kept(visit.answers)
    return verdict(gap for gaps in asked.missing(visit).values() for gap in gaps)


def _refuse_unfit(activity: Activity, said: VisitNote, checklist: Verdict) -> None:
    ready: Verdict = can_be_recorded(activity)
    if not ready:
        raise Frozen(ready.reasons)
    today = timezone.localdate()
    known = set(activity.project.commitments.values_list("pk", flat=True))
    answer = together(
        (
            fits_the_quarter(activity, said.held_on, today),
            note_is_complete(said, activity, known, today),
            checklist,
        )
    )
    if not answer:
        raise ConditionUnmet(answer.reasons)


def _write(visit: Visit, said: VisitNote, by: AnyUser) -> None:
    assert by.is_authenticated
    activity = visit.activity
    visit.held_on, visit.recorded_by = said.held_on, by
    for name in ("participants", "summary", "good_practice"):
        setattr(visit, name, getattr(said, name).strip())
    visit.save()
    VisitCheck.objects.bulk_create(checks_of(visit, said))
    activity.done_on = said.held_on
    activity.officer = activity.officer or by
    activity.save(update_fields=["done_on", "officer"])


def checks_of(visit: Visit, said: VisitNote) -> list[VisitCheck]:
    """Return the rows of what was found of each commitment; one that nobody looked at has none."""
    return [
        VisitCheck(
            visit=visit,
            commitment_id=check.commitment,
            found=check.found,
            remark=check.remark.strip(),
        )
        for check in said.checks
        if check.found != Found.NOT_SEEN or check.remark.strip()
    ]


def _issue(activity: Activity, said: FindingNote, by: AnyUser) -> Rectification:
    rectification = Rectification.objects.create(
        project=activity.project,
        activity=activity,
        commitment_id=said.commitment,
        finding=said.finding.strip(),
        requirement=said.requirement.strip(),
        first_deadline=said.rectify_by,
        rectify_by=said.rectify_by,
        due_on=said.rectify_by,
    )
    note(rectification, "issue", by=by, reason=rectification.requirement)
    return rectification


def record_meeting(
    activities: Iterable[Activity],
    *,
    by: AnyUser,
    held_on: date,
    participants: str,
    summary: str,
    remarks: Mapping[int, str] | None = None,
) -> list[Outcome]:
    """Record one dispatch meeting for many projects, each on its own.

    Args:
        summary: what was said to all.
        remarks: by activity, what was said to one; it stands below the summary.
    """
    outcomes = []
    for activity in activities:
        own = (remarks or {}).get(activity.pk, "").strip()
        text = "\n".join(part for part in (summary.strip(), own) if part)
        try:
            visit = record_visit(activity, VisitNote(held_on, participants, text), by=by)
        except Refusal as refusal:
            outcomes.append(Outcome(activity, str(refusal)))
        else:
            outcomes.append(Outcome(visit.activity))
    return outcomes


def add_pictures(visit: Visit, files: Iterable[Any], *, by: AnyUser) -> list[Attachment]:
    """Add pictures to a record that stands already, e.g. once there is a network again.

    Raises:
        NotYours: not of the task force, of the organisations themselves, or supervision has ended.
        UploadRefused: a file is not what it claims, too large or dangerous; none is kept then.
    """
    with all_or_nothing(files) as kept:
        locked = locked_activity(visit.activity, by)
        for file in kept:
            enter_file(visit, file, by=by, purpose=Purpose.REVIEW, noted=False)
        if kept:
            told = {"activity": locked.pk, "kind": locked.kind}
            note(locked.project, "attach", by=by, data=told, files=kept)
    return kept


def report_rectified(
    rectification: Rectification,
    report: str,
    *,
    by: AnyUser,
    uploads: Iterable[Any] = (),
    seen: str = "",
) -> Rectification:
    """Say what was done, with pictures or files that the organisation and the staff see.

    Raises:
        Refusal: as the door says; no file is kept then.
        UploadRefused: a file is not what it claims, too large or dangerous.
    """
    return take_step(
        rectification,
        "report_done",
        by=by,
        reason=report,
        uploads=uploads,
        seen=seen,
        purpose=Purpose.APPLICATION,
    )
