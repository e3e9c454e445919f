"""A session ends after 30 idle minutes, and readers have none."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

NOON = datetime(2022, 5, 16, 4, 0, tzinfo=UTC)


def signed_in_after(client: Client, minutes: float) -> bool:
    """Tell whether the administration still knows the browser `minutes` after noon."""
    with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
        return client.get("/admin/account/").status_code == 200


@pytest.fixture
def at_noon(editor) -> Client:
    client = Client()
    with time_machine.travel(NOON, tick=False):
        client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
        client.get("/admin/account/")
    return client


def test_a_session_survives_29_idle_minutes(at_noon: Client) -> None:
    assert signed_in_after(at_noon, 29)


def test_a_session_is_over_after_30_idle_minutes(at_noon: Client) -> None:
    assert not signed_in_after(at_noon, 30.1)


def test_work_keeps_a_session_alive(at_noon: Client) -> None:
    assert [signed_in_after(at_noon, minutes) for minutes in (20, 40, 60, 85)] == [True] * 4


def test_a_browser_left_open_at_an_editor_does_not(at_noon: Client) -> None:
    for minutes in (10, 20, 29):
        with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
            at_noon.post("/admin/editing-sessions/wagtailcore/page/2/1/")
    assert not signed_in_after(at_noon, 30.1)


@pytest.mark.parametrize(("minutes", "is_known"), [(719, True), (720.1, False)])
def test_a_session_ends_after_twelve_hours_of_work(
    at_noon: Client, minutes: float, is_known: bool
) -> None:
    for passed in range(20, 720, 20):
        assert signed_in_after(at_noon, passed)
    assert signed_in_after(at_noon, minutes) == is_known


def test_no_click_moves_the_end_on(at_noon: Client) -> None:
    for passed in [*range(25, 720, 25), 719.9]:
        signed_in_after(at_noon, passed)
    assert not signed_in_after(at_noon, 721)


def test_clicks_within_half_a_minute_write_nothing(
    at_noon: Client, django_assert_num_queries
) -> None:
    with time_machine.travel(NOON + timedelta(seconds=20), tick=False):
        answer = at_noon.get("/admin/account/")
    assert "sessionid" not in answer.cookies
    with time_machine.travel(NOON + timedelta(seconds=40), tick=False):
        answer = at_noon.get("/admin/account/")
    assert "sessionid" in answer.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/healthz", "/no-such-page/"])
def test_a_reader_gets_no_cookie(client: Client, path: str) -> None:
    answer = client.get(path)
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
