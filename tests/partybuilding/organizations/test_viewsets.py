"""Who issues papers is set in the CMS by administrators alone, and each change is noted there."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from partybuilding.core.states import Role
from partybuilding.organizations.models import IssuingBody
from tests.factories import make_person, make_user
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
GIVEN = {"since": "2026-06-01", "name": "中共示例区委组织部", "letter_code": "示组"}


def test_an_administrator_adds_a_row_from_a_day_on() -> None:
    client = client_of(make_user(is_superuser=True, is_staff=True))
    answer = client.post(reverse("issuing_bodies:add"), GIVEN, follow=True)
    assert "中共示例区委组织部" in answer.content.decode()
    assert "版头名称" in client.get(reverse("issuing_bodies:index")).content.decode()
    assert IssuingBody.on(date(2026, 6, 1)).letter_code == "示组"


def test_two_bodies_do_not_begin_on_one_day() -> None:
    IssuingBody.objects.create(since=date(2026, 6, 1), name="先")
    client = client_of(make_user(is_superuser=True, is_staff=True))
    assert client.post(reverse("issuing_bodies:add"), GIVEN).status_code == 200
    assert IssuingBody.objects.count() == 1


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.EDITOR, Role.UNIT])
def test_nobody_else_sets_it(role: Any) -> None:
    client = client_of(make_person(role))
    client.post(reverse("issuing_bodies:add"), GIVEN)
    assert not IssuingBody.objects.exists()
    assert client.get(reverse("issuing_bodies:index")).status_code in (302, 403, 404)
