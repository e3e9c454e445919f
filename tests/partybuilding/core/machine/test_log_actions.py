"""Steps in the CMS's site history: each once, for administrators, without what was said."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import ModelLogEntry

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.services import move
from tests.factories import make_cast, make_project
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
HISTORY = "/admin/reports/site-history/"


def actions() -> list[str]:
    found = ModelLogEntry.objects.filter(action__startswith="partybuilding.project.")
    return [entry.action.rpartition(".")[2] for entry in found.order_by("pk")]


def test_each_step_is_noted_once_and_notes_of_the_trail_are_not() -> None:
    make_project("first_passed", make_cast())
    assert actions() == ["submit", "pass_first"]


def test_a_refused_step_is_not_noted() -> None:
    cast = make_cast()
    project = make_project("submitted", cast)
    with pytest.raises(Refusal):
        move(project, "pass_first", by=cast["unit"])
    assert actions() == ["submit"]


def test_the_site_history_shows_the_step_to_administrators_without_its_words() -> None:
    make_project("first_passed", make_cast())
    admin = get_user_model().objects.create_superuser("root", password="demo")
    page = client_of(admin).get(HISTORY).text
    assert "初审通过" in page
    assert "同意推荐。" not in page


@pytest.mark.parametrize("role", ["unit", "department", "editor", "publisher"])
def test_nobody_else_reads_of_steps_in_the_site_history(role: str) -> None:
    cast = make_cast()
    make_project("declined", cast, title="不可外传")
    assert "不可外传" not in client_of(cast[role]).get(HISTORY).text
