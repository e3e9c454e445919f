"""First and last days of what is decided about promises: yesterday, today, tomorrow for every rule."""

from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.services import move
from partybuilding.progress.deadlines import AHEAD, step_deadlines
from partybuilding.progress.models import StepQuestion
from partybuilding.progress.services import propose_change
from tests.factories import Cast, make_cast
from tests.factories.progress import day, make_kept, make_question, step_of

pytestmark = pytest.mark.django_db
WHY = "场地因修缮停用。"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.mark.parametrize(("after", "ok"), [(-1, False), (0, False), (1, True)])
def test_the_last_day_to_answer_is_waited_for(cast: Cast, after: int, ok: bool) -> None:
    question = make_question("open", cast)
    hours = timezone.now().replace(hour=4)
    judged = hours + (question.due_on - timezone.localdate(hours)) + timedelta(days=after)
    with time_machine.travel(judged, tick=False), suppress(ConditionUnmet):
        move(question, "uphold", by=cast["unit"], reason="现场未见议事记录。")
    assert StepQuestion.objects.get().state == ("upheld" if ok else "open")


@pytest.mark.parametrize(("days", "ok"), [(-1, False), (0, True), (1, True)])
def test_a_new_deadline_is_today_at_the_earliest(cast: Cast, days: int, ok: bool) -> None:
    assert proposes(make_kept(cast).commitments.get(), cast, days) is ok


@pytest.mark.parametrize(("past", "ok"), [(-1, True), (0, True), (1, False)])
def test_a_new_deadline_is_the_last_day_of_the_year_at_the_latest(
    cast: Cast, past: int, ok: bool
) -> None:
    commitment = make_kept(cast).commitments.get()
    last = (cast.cycle.ends_on - timezone.localdate()).days
    assert proposes(commitment, cast, last + past) is ok


@pytest.mark.parametrize(("opens", "ok"), [(0, True), (1, False)])
def test_a_new_deadline_is_the_first_day_of_the_year_at_the_earliest(
    cast: Cast, opens: int, ok: bool
) -> None:
    commitment = make_kept(cast).commitments.get()
    cast.cycle.applications_open = day(opens)
    cast.cycle.save()
    assert proposes(commitment, cast, 0) is ok


@pytest.mark.parametrize(("days", "ok"), [(19, True), (20, True), (21, False)])
def test_a_step_ends_on_its_commitments_last_day_at_the_latest(
    cast: Cast, days: int, ok: bool
) -> None:
    project = make_kept(cast, 20)
    project.commitments.get().steps.update(deadline=day(5))
    assert proposes(step_of(project), cast, days) is ok


@pytest.mark.parametrize(("days", "told"), [(AHEAD - 1, 1), (AHEAD, 1), (AHEAD + 1, 0), (-9, 1)])
def test_steps_are_told_of_forty_days_ahead(cast: Cast, days: int, told: int) -> None:
    make_kept(cast, days)
    assert len(list(step_deadlines(timezone.localdate()))) == told


def proposes(target: object, cast: Cast, days: int) -> bool:
    """Tell whether a new deadline in so many days can be proposed."""
    try:
        propose_change(target, "deadline", by=cast["applicant"], reason=WHY, day=day(days))
    except ConditionUnmet:
        return False
    return True
