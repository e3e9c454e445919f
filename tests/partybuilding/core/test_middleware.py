"""A refusal that a view lets through is said in words, where the person is."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from partybuilding.core.middleware import RefusalMiddleware
from partybuilding.core.refusals import ConditionUnmet

pytestmark = pytest.mark.django_db
REFUSAL = ConditionUnmet(["请先登记预评估。", "请先完成立项初评。"])


def asked(path: str = "/admin/x/", **headers: str) -> HttpRequest:
    """Return a request as it stands when a view raises."""
    request = RequestFactory().post(path, headers=headers)
    SessionMiddleware(lambda _: HttpResponse()).process_request(request)
    MessageMiddleware(lambda _: HttpResponse()).process_request(request)
    return request


def answered(request: HttpRequest, exception: Exception = REFUSAL) -> HttpResponse | None:
    """Return what the middleware makes of an exception."""
    return RefusalMiddleware(lambda _: HttpResponse()).process_exception(request, exception)


def test_a_person_goes_back_and_reads_every_sentence() -> None:
    request = asked(Referer="http://testserver/admin/y/?a=1")
    response = answered(request)
    assert (response.status_code, response["Location"]) == (302, "http://testserver/admin/y/?a=1")
    assert [str(message) for message in get_messages(request)] == list(REFUSAL.sentences)


@pytest.mark.parametrize("referer", ["", "https://evil.example/admin/", "//evil.example"])
def test_nobody_is_led_elsewhere(referer: str) -> None:
    assert answered(asked(Referer=referer))["Location"] == "/admin/x/"


@pytest.mark.parametrize(
    "headers", [{"X-Requested-With": "XMLHttpRequest"}, {"Accept": "application/json"}]
)
def test_a_script_gets_the_sentence_as_json(headers: dict[str, str]) -> None:
    response = answered(asked(**headers))
    assert response.status_code == 409
    assert "请先登记预评估" in response.content.decode("unicode_escape").encode("utf-8").decode()


def test_other_faults_stay_faults() -> None:
    assert answered(asked(), ValueError("x")) is None
