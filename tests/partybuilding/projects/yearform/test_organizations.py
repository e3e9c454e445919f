"""A question that is answered with an organisation of the register."""

from typing import Any

import pytest
from django.forms import ValidationError

from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Project
from partybuilding.projects.yearform.kinds import OfRegister
from tests.factories import make_organization

pytestmark = pytest.mark.django_db
QUESTION = OfRegister(key="q0000000001", label="结对党组织")


@pytest.fixture
def organization() -> Organization:
    return make_organization(name="石城社区党委", code="SC-01")


def typed(words: str) -> Any:
    return QUESTION.input().clean(words)


@pytest.mark.parametrize("words", ["石城社区党委", " 石城社区党委 ", "SC-01"])
def test_name_and_code_find_it(organization: Organization, words: str) -> None:
    assert QUESTION.canonical(typed(words)) == {"id": organization.pk, "name": "石城社区党委"}


def test_what_is_not_there_names_what_is_alike(organization: Organization) -> None:
    with pytest.raises(ValidationError, match="名称相近的有：石城社区党委"):
        typed("石城")
    with pytest.raises(ValidationError, match="请填写党组织全称或代码"):
        typed("五福村党支部")


def test_one_that_is_no_longer_active_is_not_found(organization: Organization) -> None:
    organization.is_active = False
    organization.save()
    with pytest.raises(ValidationError):
        typed("石城社区党委")


def test_it_keeps_the_name_it_had_and_asks_for_that_of_today(organization: Organization) -> None:
    kept = QUESTION.canonical(typed("石城社区党委"))
    Organization.objects.filter(pk=organization.pk).update(name="石城街道党工委")
    project = Project(answers={QUESTION.key: kept})
    assert QUESTION.words(project) == "石城社区党委"
    assert QUESTION.initial(kept) == "石城街道党工委"
    assert typed(QUESTION.initial(kept))["name"] == "石城街道党工委"


@pytest.mark.parametrize(
    "forged", ["石城", {"id": "1", "name": "石城"}, {"id": 1}, {"id": True, "name": "x"}, None]
)
def test_what_names_no_organization_is_no_answer(forged: Any) -> None:
    assert QUESTION.canonical(forged) is None


def test_nothing_typed_is_no_answer() -> None:
    assert QUESTION.canonical(typed("  ")) is None
