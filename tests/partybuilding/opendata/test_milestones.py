"""Promises in the words of OCDS: the state says the status, what was terminated has none."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from partybuilding.opendata.tables.milestones import STATUS
from partybuilding.projects.models import Commitment
from partybuilding.projects.states import CommitmentState
from tests.factories import make_cast
from tests.factories.column import forge, make_page
from tests.factories.promises import make_promise
from tests.partybuilding.opendata.conftest import Data

pytestmark = pytest.mark.django_db
TODAY, DAY = timezone.localdate, timedelta(days=1)


def test_every_state_has_its_status() -> None:
    assert STATUS == {
        CommitmentState.NOT_STARTED: "scheduled",
        CommitmentState.UNDER_WAY: "scheduled",
        CommitmentState.DONE: "met",
        CommitmentState.OVERDUE: "notMet",
        CommitmentState.TERMINATED: "",
    }
    assert set(STATUS) == set(CommitmentState)


def rows(name: str) -> list[dict[str, Any]]:
    return Data.fetched().json(name)


def test_the_days_are_those_of_the_promise_on_both_sides_of_its_deadline() -> None:
    page, today = make_page("implementing", make_cast()), TODAY()
    Commitment.objects.filter(project=page.project).delete()
    make_promise(page.project, today, None)
    make_promise(page.project, today - DAY, None)
    make_promise(page.project, today, today - DAY, None)
    make_promise(page.project, today - DAY, today)
    told = rows("commitments")
    assert [row["status"] for row in told] == ["scheduled", "notMet", "scheduled", "met"]
    assert [row["days_late"] for row in told] == [0, 1, 0, 1]
    assert [row["dateMet"] for row in told] == [None, None, None, today.isoformat()]
    assert [row["number"] for row in told] == [1, 2, 3, 4]
    assert {row["x_terminated"] for row in told} == {False}
    assert {row["dueDate"] for row in told} == {row["x_originalDueDate"] for row in told}


def test_what_was_terminated_has_no_status_but_says_so() -> None:
    page = make_page("implementing", make_cast())
    Commitment.objects.filter(project=page.project).delete()
    make_promise(page.project, TODAY(), TODAY(), None)
    forge(page.project, "terminated")
    (told,) = rows("commitments")
    assert (told["status"], told["state_code"], told["x_terminated"]) == ("", "terminated", True)
    done, left = rows("steps")
    assert (done["status"], done["x_terminated"]) == ("met", False)
    assert (left["status"], left["x_terminated"]) == ("", True)
