"""The open steps as deadlines: who is told after their applicants, and that a broken step hides no other."""

from typing import Any

import pytest
from django.utils import timezone

from partybuilding.organizations.models import Organization
from partybuilding.progress import deadlines
from partybuilding.progress.deadlines import step_deadlines
from tests.factories import Cast, make_cast
from tests.factories.progress import make_kept, step_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_where_no_unit_stands_above_the_department_alone_is_told(cast: Cast) -> None:
    project = make_kept(cast, 5)
    Organization.objects.filter(pk=project.organization_id).update(unit=None)
    (deadline,) = step_deadlines(timezone.localdate())
    unit, department = deadline.above
    assert unit == ()
    assert cast["department"] in department


def test_each_step_is_told_to_its_own_organization_and_unit(cast: Cast) -> None:
    other = make_cast(cast.cycle)
    for one in (cast, other):
        make_kept(one, 5)
    mine, theirs = step_deadlines(timezone.localdate())
    for deadline, own in ((mine, cast), (theirs, other)):
        assert deadline.holders == (own["applicant"],)
        assert deadline.above[0] == (own["unit"],)
        assert {cast["department"], other["department"]} <= set(deadline.above[1])


def test_a_step_of_which_no_deadline_can_be_made_is_named_and_hides_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = step_of(make_kept(cast, 5)), step_of(make_kept(cast, 6))
    reverse = deadlines.reverse

    def lost(name: str, args: list[Any]) -> str:
        if args == [bad.commitment.project_id]:
            raise LookupError(name)
        return reverse(name, args=args)

    monkeypatch.setattr(deadlines, "reverse", lost)
    fault, deadline = step_deadlines(timezone.localdate())
    assert str(fault) == f"step:{bad.pk}: LookupError: portal:progress"
    assert deadline.item == f"step:{good.pk}"
