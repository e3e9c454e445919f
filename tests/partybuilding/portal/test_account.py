"""Coming in, going out, and what was typed when the session ran out."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from partybuilding.core.states import Role
from partybuilding.portal import typed_text
from tests.factories import make_person, make_project, make_user

LOGIN = "/portal/login/"


def sign_in(client, user, **more):
    data = {"username": user.username, "password": "demo", **more}
    return client.post(LOGIN, data)


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.APPLICANT, "/portal/"),
        (Role.EXPERT, "/portal/"),
        (Role.UNIT, "/admin/"),
        (Role.DEPARTMENT, "/admin/"),
        (Role.EDITOR, "/admin/"),
    ],
)
def test_everybody_is_led_where_they_work(role, place, db, client) -> None:
    assert sign_in(client, make_person(role))["Location"] == place


def test_whoever_asked_for_a_page_gets_there(cast, client) -> None:
    project = make_project("draft", cast)
    address = reverse("portal:project", args=[project.pk])
    asked = client.get(address)["Location"]
    assert asked == f"{LOGIN}?next={quote(address, safe='')}"
    assert sign_in(client, cast["applicant"], next=address)["Location"] == address


def test_signing_in_never_leads_to_another_site(cast, client) -> None:
    answer = sign_in(client, cast["applicant"], next="https://evil.example/")
    assert answer["Location"] == "/portal/"


def test_a_wrong_password_is_told_beside_the_form(cast, client) -> None:
    data = {"username": cast["applicant"].username, "password": "wrong"}
    answer = client.post(LOGIN, data)
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()


def test_after_too_many_guesses_the_door_stays_shut(cast, client, settings) -> None:
    settings.AXES_ENABLED = True
    data = {"username": cast["applicant"].username, "password": "wrong"}
    answers = [client.post(LOGIN, data).status_code for _ in range(settings.AXES_FAILURE_LIMIT)]
    assert answers[-1] == 429
    assert sign_in(client, cast["applicant"]).status_code == 429


def test_one_goes_out_by_post_alone(cast, browse) -> None:
    client = browse(cast["applicant"])
    assert client.get("/portal/logout/").status_code == 405
    assert client.post("/portal/logout/")["Location"] == LOGIN
    assert client.get("/portal/")["Location"].startswith(LOGIN)


def test_the_password_can_be_changed(cast, browse) -> None:
    client = browse(cast["applicant"])
    data = {
        "old_password": "demo",
        "new_password1": "长且难猜-93kd",
        "new_password2": "长且难猜-93kd",
    }
    assert client.post("/portal/password/", data)["Location"] == "/portal/"
    cast["applicant"].refresh_from_db()
    assert cast["applicant"].check_password("长且难猜-93kd")


def test_what_was_typed_survives_a_session_that_ran_out(cast, client) -> None:
    project = make_project("draft", cast)
    address = reverse("portal:section", args=[project.pk, "problem"])
    asked = client.post(address, {"problem": "写了一个小时的话"})
    assert asked.context["next"] == address
    answer = sign_in(client, cast["applicant"], next=address, kept=asked.context["kept"])
    assert answer["Location"] == address
    assert "写了一个小时的话" in client.get(address).content.decode()
    assert "写了一个小时的话" not in client.get(address).content.decode()


def test_the_rows_of_a_plan_survive_it_too(cast, client) -> None:
    project = make_project("draft", cast)
    address = reverse("portal:section", args=[project.pk, "plan"])
    rows = {"steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "0", "steps-0-task": "挨户走访"}
    asked = client.post(address, {"overview": "三步走", **rows})
    sign_in(client, cast["applicant"], next=address, kept=asked.context["kept"])
    page = client.get(address).content.decode()
    assert "挨户走访" in page
    assert "三步走" in page


def test_kept_text_that_was_tampered_with_is_dropped(cast, client) -> None:
    answer = sign_in(client, cast["applicant"], kept="forged:text")
    assert answer.status_code == 302
    assert client.session.get(typed_text.IN_SESSION) is None


def test_text_too_long_to_carry_is_left_to_the_browser(cast, client) -> None:
    project = make_project("draft", cast)
    address = reverse("portal:section", args=[project.pk, "problem"])
    answer = client.post(address, {"problem": "长" * (typed_text.MAX_LENGTH + 1)})
    assert answer.status_code == 302


def test_autosave_says_that_the_session_ran_out(cast, client) -> None:
    project = make_project("draft", cast)
    address = reverse("portal:autosave", args=[project.pk, "problem"])
    answer = client.post(address, {"problem": "x"}, headers={"accept": "application/json"})
    assert answer.status_code == 401
    assert "重新登录" in answer.json()["message"]


def test_the_login_page_needs_no_account(db, client) -> None:
    make_user()
    assert client.get(LOGIN).status_code == 200
