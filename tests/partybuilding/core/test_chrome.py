"""The furniture of the administration by role: no menu item, panel or search that it does not need."""

import json
import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from tests.factories import make_person
from tests.factories.people import make_unit
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
OURS = {"home", "boards", "choosing", "doing", "opinions", "spreading", "grounds", "notices"}
#: What of it editors and publishers have no part in.
NOT_THEIRS = {"boards", "opinions"}
PAGES = {"explorer", "images", "documents", "reports"}


def first_screen(user: Any) -> str:
    return client_of(user).get("/admin/").text


def menu(page: str) -> set[str]:
    """Return the names of the menu's items."""
    found = re.search(r'id="wagtail-sidebar-props"[^>]*>(.+?)</script>', page, re.DOTALL)
    props = json.loads(found.group(1))
    names = set()
    for module in props["modules"]:
        if module["_type"].endswith("MainMenuModule"):
            names = {item["_args"][0]["name"] for item in module["_args"][0]}
    return names


@pytest.mark.parametrize("role", [Role.UNIT, Role.DEPARTMENT, Role.TASK_FORCE, Role.AUDITOR])
def test_reviewers_find_the_six_groups_boards_and_messages_and_nothing_else(role: Role) -> None:
    assert menu(first_screen(make_person(role))) == OURS | {"judging"}


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PUBLISHER])
def test_editors_and_publishers_find_the_pages_too(role: Role) -> None:
    found = menu(first_screen(make_person(role)))
    assert found >= OURS - NOT_THEIRS | {"waiting", "explorer", "images", "documents"}
    assert not found & {"settings", "help"}


def test_administrators_keep_everything() -> None:
    admin = get_user_model().objects.create_superuser("root", password="demo")
    assert menu(first_screen(admin)) >= OURS | PAGES | {"settings", "help"}


def test_who_holds_two_roles_finds_what_both_need() -> None:
    person = make_person(Role.UNIT)
    appoint(person, Role.EDITOR, make_unit(), by=None)
    person = get_user_model().objects.get(pk=person.pk)
    assert menu(first_screen(person)) >= OURS | {"explorer"}


@pytest.mark.parametrize("role", [Role.UNIT, Role.DEPARTMENT, Role.TASK_FORCE, Role.AUDITOR])
def test_no_list_of_pages_and_no_search_of_pages_for_reviewers(role: Role) -> None:
    answer = client_of(make_person(role)).get("/admin/")
    names = {getattr(panel, "name", "") for panel in answer.context["panels"]}
    # Where no year has opened yet, the first days stand above.
    assert names - {"party_first_days"} == {"party_desk", "party_notices"}
    assert 'action="/admin/pages/' not in answer.text


@pytest.mark.parametrize("role", list(Role))
def test_the_administration_is_for_staff(role: Role) -> None:
    status = client_of(make_person(role)).get("/admin/").status_code
    assert status == (302 if role in (Role.APPLICANT, Role.EXPERT) else 200)


def test_the_site_bears_its_own_name_and_no_other() -> None:
    client = client_of(make_person(Role.UNIT))
    for address in ("/admin/", "/admin/party/notices/", "/admin/party/projects/"):
        page = client.get(address).text
        title = re.search(r"<title>(.+?)</title>", page, re.DOTALL).group(1)
        assert "Wagtail" not in title
        assert "基层党建创新项目" in title
