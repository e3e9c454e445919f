"""Objections: while results are open to comment, signed, answered; an upheld one puts the run aside."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from partybuilding.core.calendar import add_working_days
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.evaluation.models import Run
from partybuilding.evaluation.services import compute, object_to
from partybuilding.organizations.services import appoint
from tests.factories.evaluation import Judged, bare_run, make_run, make_year

pytestmark = pytest.mark.django_db
WORDS = {"name": "王示例", "contact": "023-79220000", "text": "现场情况与材料不一致。"}


@pytest.fixture
def year() -> Judged:
    return make_year(projects=1)


def open_run(year: Judged, last: int = 3) -> Run:
    run = bare_run(year.cycle, "noticed")
    run.notice_ends_on = timezone.localdate() + timedelta(days=last)
    run.save(update_fields=["notice_ends_on"])
    return run


@pytest.mark.parametrize(("last", "taken"), [(-1, False), (0, True), (1, True)])
def test_it_is_received_until_the_last_day(year: Judged, last: int, taken: bool) -> None:
    run = open_run(year, last)
    if not taken:
        with pytest.raises(ConditionUnmet, match="公示期"):
            object_to(run, **WORDS)
        return
    objection = object_to(run, **WORDS)
    assert objection.number == f"YY{timezone.localdate().year}-001"
    assert objection.due_on == add_working_days(timezone.localdate(), 5)
    assert object_to(run, **WORDS) == objection
    assert object_to(run, **{**WORDS, "name": "李示例"}).number.endswith("-002")


@pytest.mark.parametrize("state", ["computed", "frozen", "announced", "discarded"])
def test_only_what_is_open_to_comment_is_objected_to(year: Judged, state: str) -> None:
    run = bare_run(year.cycle, state)
    Run.objects.filter(pk=run.pk).update(notice_ends_on=timezone.localdate())
    with pytest.raises(ConditionUnmet):
        object_to(run, **WORDS)


@pytest.mark.parametrize("lacking", ["name", "contact", "text"])
def test_it_is_signed_reasoned_and_can_be_answered(year: Judged, lacking: str) -> None:
    with pytest.raises(ConditionUnmet):
        object_to(open_run(year), **{**WORDS, lacking: " "})


def test_nobody_decides_on_their_own_organization(year: Judged) -> None:
    objection = object_to(open_run(year), project=year.projects[0], **WORDS)
    torn = year.department
    appoint(torn, Role.APPLICANT, year.projects[0].organization, by=None)
    with pytest.raises(NotYours):
        move(objection, "examine", by=type(torn).objects.get(pk=torn.pk))


def test_an_answer_says_something(year: Judged) -> None:
    objection = move(object_to(open_run(year), **WORDS), "examine", by=year.department)
    for step in ("uphold", "dismiss"):
        with pytest.raises(ConditionUnmet):
            move(objection, step, by=year.department, reason="好。")


def test_an_upheld_one_discards_the_run_and_another_can_be_computed() -> None:
    year, run = make_run()
    run = move(move(run, "fix", by=year.department), "open_comment", by=year.department)
    objection = move(object_to(run, **WORDS), "examine", by=year.department)
    upheld = move(objection, "uphold", by=year.department, reason="经核查，互评位次填写有误。")
    assert (upheld.answer, upheld.state) == ("经核查，互评位次填写有误。", "upheld")
    run.refresh_from_db()
    assert run.state == "discarded"
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert compute(year.cycle, by=year.department).number == 2
