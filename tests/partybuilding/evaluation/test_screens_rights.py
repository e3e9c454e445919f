"""Who may open which of the evaluation's staff screens: every role by every address."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from partybuilding.core.states import Role
from partybuilding.evaluation.models import ScoreSheet
from partybuilding.evaluation.services import announce_draw, draw_lots
from partybuilding.evaluation.states import DrawKind
from partybuilding.evaluation.urls import urlpatterns
from tests.factories import make_person, make_user
from tests.factories.evaluation import Judged, hold_draw, make_year, tomorrow
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
SEES = {"admin": 200, "department": 200}
RATES = {"unit": 200, "taskforce": 200}
#: By the name of an address: what whom answers; everybody else finds nothing.
ANSWERS: dict[str, dict[str, int]] = {
    "evaluation": {"admin": 302, "department": 302},
    "evaluation_year": SEES,
    "evaluation_rules": SEES,
    "evaluation_rules_edit": {"admin": 409, "department": 409},  # frozen with the year
    "draws": SEES,
    "draw_announce": {"department": 200},
    "draw": SEES,
    "draw_swap": {"department": 409},  # in force already
    "draw_step": {"admin": 403, "department": 200},
    "progress": SEES,
    "absence": {"department": 200},
    "score_sheets": SEES,
    "disagreements": SEES,
    "evaluation_runs": SEES,
    "score_sheet": SEES,
    "score_sheet_step": {"admin": 403, "department": 200},
    "daily_ratings": RATES,
    "daily_rating": RATES,
}


def addresses(year: Judged) -> Iterator[tuple[str, str]]:
    """Yield every address of the room with its name."""
    draw = hold_draw(year)
    sheet = ScoreSheet.objects.first()
    with time_machine.travel(tomorrow(-1), tick=False):
        circles = announce_draw(year.cycle, DrawKind.PEERS, by=year.department)
    draw_lots(circles, witness_name="李公证", witness_words="公平", by=year.department)
    kwargs = {
        "draw_announce": {"year": year.cycle.year, "kind": "lot"},
        "draw": {"pk": draw.pk},
        "draw_swap": {"pk": draw.pk},
        "draw_step": {"pk": circles.pk, "step": "apply"},
        "score_sheet": {"pk": sheet.pk},
        "score_sheet_step": {"pk": sheet.pk, "step": "excuse"},
        "daily_rating": {"pk": year.projects[0].pk},
        "daily_ratings": {},
        "evaluation": {},
    }
    for pattern in urlpatterns:
        own = kwargs.get(pattern.name, {"year": year.cycle.year})
        yield pattern.name, reverse(f"partybuilding:{pattern.name}", kwargs=own)


@pytest.fixture
def year() -> Judged:
    return make_year()


def test_every_role_meets_every_address(year: Judged) -> None:
    people: dict[str, Any] = {
        role.value: make_person(role) for role in Role if role not in (Role.UNIT, Role.TASK_FORCE)
    }
    people |= {
        "unit": year.casts[0]["unit"],
        "taskforce": year.task_force,
        "admin": make_user(is_superuser=True),
    }
    found = list(addresses(year))
    assert {name for name, _address in found} == set(ANSWERS)
    wrong = []
    for who, person in people.items():
        client = client_of(person)
        outside = who in (Role.APPLICANT, Role.EXPERT)  # the portal is theirs
        for name, address in found:
            expected = 302 if outside else ANSWERS[name].get(who, 404)
            status = client.get(address).status_code
            if status != expected:
                wrong.append((who, name, status, expected))
    assert wrong == []


def test_a_unit_finds_no_project_of_another_and_nobody_rates_their_own(year: Judged) -> None:
    own, other = (reverse("partybuilding:daily_rating", args=[one.pk]) for one in year.projects[:2])
    client = client_of(year.casts[0]["unit"])
    assert client.get(own).status_code == 200
    assert client.get(other).status_code == 404
    kin = make_person(Role.TASK_FORCE, year.casts[0].organization)
    assert client_of(kin).get(own).status_code == 404


def test_what_others_post_does_nothing(year: Judged) -> None:
    found = dict(addresses(year))
    client = client_of(year.task_force)
    for name in ("draw_announce", "draw_swap", "draw_step", "absence", "score_sheet_step"):
        assert client.post(found[name], {"reason": "理由充分"}).status_code == 404, name


def test_unknown_years_steps_and_kinds_are_not_found(year: Judged) -> None:
    draw, client = hold_draw(year), client_of(year.department)
    sheet = ScoreSheet.objects.first()
    for name, args in (
        ("evaluation_year", [1999]),
        ("draw_announce", [year.cycle.year, "cards"]),
        ("draw_step", [draw.pk, "dance"]),
        ("score_sheet_step", [sheet.pk, "lock"]),  # handing in is done where one scores
        ("draw", [draw.pk + 100]),
        ("score_sheet", [sheet.pk + 1000]),
    ):
        address = reverse(f"partybuilding:{name}", args=args)
        assert client.get(address).status_code == 404, address
