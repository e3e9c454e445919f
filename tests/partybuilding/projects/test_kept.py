"""What a reviewer typed outlives a session that ran out; phrases are inserted by a click."""

from typing import Any

import pytest
from django.urls import reverse

from partybuilding.core.states import Role
from partybuilding.projects.models import Project
from tests.factories import make_cast, make_person, make_project

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page: Any, name: str) -> None:
    page.fill("[name=username]", name)
    page.fill("[name=password]", "demo")
    page.press("[name=password]", "Enter")


def test_an_opinion_survives_a_session_that_ran_out(live_server: Any, desk: Any) -> None:
    cast = make_cast()
    make_person(Role.UNIT, cast.organization.unit, username="reviewer")
    project = make_project("submitted", cast)
    address = live_server.url + reverse("partybuilding:step", args=[project.pk, "pass_first"])
    desk.goto(address)
    sign_in(desk, "reviewer")
    desk.wait_for_url(address)
    desk.fill("[name=reason]", "方案可行。")
    desk.click("text=切口小、易操作、能推广，同意推荐。")
    said = "方案可行。\n切口小、易操作、能推广，同意推荐。"
    assert desk.input_value("[name=reason]") == said
    desk.context.clear_cookies()
    desk.goto(address)
    sign_in(desk, "reviewer")
    desk.wait_for_url(address)
    assert desk.input_value("[name=reason]") == said
    desk.click("[name=and_back]")
    desk.wait_for_url("**/party/projects/?desk=mine")
    assert Project.objects.get(pk=project.pk).state == "first_passed"
    assert [error for error in desk.errors if "Content Security Policy" in error] == []
