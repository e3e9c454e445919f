"""The lines of supervision on the first screen."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.states import Role, Tone
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.supervision.addresses import activities_url, rectifications_url
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.filters import NOBODY, THIS_QUARTER
from partybuilding.supervision.selectors.files import (
    desk_of_activities,
    desk_of_rectifications,
    findings_below,
)
from partybuilding.supervision.states import HELD, TABLE, UNRESOLVED


def supervision_lines(user: AnyUser) -> Iterator[DeskLine]:
    """Return what waits for the task force, and what a unit has to press for."""
    roles = roles_of_user(user)
    if roles.has(Role.TASK_FORCE):
        yield from _of_task_force(user)
    if roles.has(Role.UNIT):
        yield from _of_unit(user)


def _of_task_force(user: AnyUser) -> Iterator[DeskLine]:
    today = timezone.localdate()
    for row in desk_of_rectifications(user, today):
        state = TABLE.state(row["state"])
        label = _("Rectifications: %(state)s") % {"state": state.label}
        url = rectifications_url(desk="mine", state=state.code)
        yield DeskLine(label, row["n"], row["late"], url, state.tone)
    counts = desk_of_activities(user, Quarter.of(today).last)
    visits = [kind.value for kind in HELD]
    mine = activities_url(officer=user.pk, due=THIS_QUARTER, kind=visits)
    yield DeskLine(
        _("My supervision this quarter"), counts["mine"], counts["mine_late"], mine, Tone.ACTIVE
    )
    nobody = activities_url(officer=NOBODY, due=THIS_QUARTER, kind=visits)
    yield DeskLine(
        _("Supervision without an officer"),
        counts["nobody"],
        counts["nobody_late"],
        nobody,
        Tone.WAITING,
    )


def _of_unit(user: AnyUser) -> Iterator[DeskLine]:
    counts = findings_below(user, timezone.localdate())
    url = rectifications_url(state=[state.value for state in UNRESOLVED])
    label = _("Findings of our organizations being rectified")
    yield DeskLine(label, counts["n"], counts["late"], url, Tone.WAITING)
