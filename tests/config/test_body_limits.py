"""A stranger's body is refused by its length, before it is read; people may send a report's pictures."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from config.body_limits import PEOPLE, STRANGERS, BodyLimitMiddleware

pytestmark = pytest.mark.django_db
ADDRESSES = ["/", "/opinions/", "/search/", "/portal/login/", "/admin/login/", "/nowhere/"]


def sent(length: int, user: object) -> HttpResponse:
    def never(request: HttpRequest) -> HttpResponse:
        return HttpResponse("taken")

    request = RequestFactory().post("/x/", {})
    request.META["CONTENT_LENGTH"] = str(length)
    request.user = user
    return BodyLimitMiddleware(never)(request)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_sends_no_more_than_the_public_forms_need(address: str) -> None:
    def unread(*args: object) -> bytes:
        raise AssertionError("The body was read.")

    body: Callable[..., bytes] = unread
    extra = {"wsgi.input": type("Body", (), {"read": body, "readline": body})()}
    answer = Client().post(
        address, "", content_type="text/plain", CONTENT_LENGTH=str(200 * 2**20), **extra
    )
    assert answer.status_code == 413
    assert "内容过大" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "door"),
    [
        ("/portal/projects/1/steps/2/report/", "/portal/login/"),
        ("/admin/images/add/", "/admin/login/"),
    ],
)
def test_whose_session_has_ended_is_led_back_to_the_page(address: str, door: str) -> None:
    answer = Client().post(
        address, "", content_type="text/plain", CONTENT_LENGTH=str(STRANGERS + 1)
    )
    assert answer.status_code == 413
    text = answer.content.decode()
    assert f'href="{door}?next={quote(address, safe="")}"' in text
    assert "登录已失效" in text
    assert "内容过大" not in text


@pytest.mark.parametrize(("more", "status"), [(-1, 200), (0, 200), (1, 413)])
def test_the_limits_hold_to_the_byte(more: int, status: int, editor) -> None:
    assert sent(STRANGERS + more, AnonymousUser()).status_code == status
    assert sent(PEOPLE + more, editor).status_code == status


@pytest.mark.parametrize("length", ["", "many", "-5", "²"])
def test_an_odd_length_is_no_fault(length: str) -> None:
    assert sent(length, AnonymousUser()).status_code == 200
