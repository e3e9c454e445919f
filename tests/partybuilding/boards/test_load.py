"""What reviewers have and did: shared desks, steps of the last thirty days, days they took."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from partybuilding.boards.selectors.load import LATELY, loads
from partybuilding.boards.watched import narrowing_of, watched_by
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.projects.models import Project
from tests.factories import Cast, make_cast, make_organization, make_person, make_project
from tests.factories.boards import add_projects
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def of(viewer: Any, **narrowing: Any) -> dict[int, Any]:
    asked = narrowing_of({key: str(pk) for key, pk in narrowing.items()}, viewer)
    found = loads(watched_by(viewer, asked), viewer, timezone.localdate())
    return {one.user.pk: one for one in found}


def pass_after(project: Project, cast: Cast, days: int) -> None:
    """Let the unit pass it so many days after it came."""
    Project.objects.filter(pk=project.pk).update(state_since=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        move(Project.objects.get(pk=project.pk), "pass_first", by=cast["unit"], reason="同意。")


def test_steps_of_the_last_thirty_days_count_with_their_days(cast: Cast) -> None:
    for days in (2, 3, 8):
        pass_after(make_project("submitted", cast), cast, days)
    with time_machine.travel(timezone.now() + timedelta(days=9), tick=False):
        one = of(cast["department"])[cast["unit"].pk]
        assert (one.handled, one.median) == (3, 3)
        client = client_of(cast["department"])
        page = client.get(f"/admin/party/boards/load/{cast['unit'].pk}/")
        assert [row["days"] for row in page.context["rows"]] == ["8", "3", "2"]
        assert "初审通过" in page.content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=LATELY + 4), tick=False):
        assert of(cast["department"])[cast["unit"].pk].handled == 1


def test_a_desk_is_shared_by_its_people(cast: Cast) -> None:
    colleague = make_person(Role.UNIT, cast.organization.unit)
    add_projects(cast, "submitted", (1, 2), due=-1)
    add_projects(cast, "first_passed", (1,))
    found = of(cast["department"])
    for person in (cast["unit"], colleague):
        assert (found[person.pk].holder.open, found[person.pk].holder.overdue) == (2, 2)
    assert found[cast["department"].pk].holder.open == 1
    assert found[cast["publisher"].pk].holder.open == 0 if cast["publisher"].pk in found else True
    assert cast["applicant"].pk not in found
    assert cast["expert"].pk not in found


def test_a_unit_looks_over_its_own_reviewers_alone(cast: Cast) -> None:
    stranger = make_person(Role.UNIT, make_organization().unit)
    assert set(of(cast["unit"])) == {cast["unit"].pk}
    client = client_of(cast["unit"])
    assert client.get(f"/admin/party/boards/load/{stranger.pk}/").status_code == 404
    assert client.get(f"/admin/party/boards/load/{cast['department'].pk}/").status_code == 404
    assert client.get(f"/admin/party/boards/load/{cast['unit'].pk}/").status_code == 200


def test_a_board_of_one_unit_leaves_other_units_out(cast: Cast) -> None:
    stranger = make_person(Role.UNIT, make_organization().unit)
    found = of(cast["department"], unit=cast.organization.unit_id)
    assert cast["unit"].pk in found
    assert stranger.pk not in found
    assert cast["department"].pk in found


def test_a_post_that_names_its_organization_stands_alone(cast: Cast) -> None:
    unit = cast.organization.unit
    cast["unit"].memberships.update(post=f"{unit.name}组织委员")
    assert of(cast["department"])[cast["unit"].pk].post == f"{unit.name}组织委员"
    cast["unit"].memberships.update(post="组织委员")
    assert of(cast["department"])[cast["unit"].pk].post == f"{unit.name} 组织委员"


def test_a_step_out_of_the_first_state_has_no_days(cast: Cast) -> None:
    from partybuilding.brands.services import start_brand

    project = add_projects(cast, "implementing")[0]
    brand = start_brand(project, by=cast["editor"], name="红色驿站")
    move(brand, "nominate", by=cast["editor"], reason="特色鲜明。")
    one = of(cast["department"])[cast["editor"].pk]
    assert (one.handled, one.median) == (1, None)
