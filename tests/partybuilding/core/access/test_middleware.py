"""A refusal that a view lets through is said in words, where the person is."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DataError, IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from partybuilding.core.access.requests import RefusalMiddleware
from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.states import Role
from partybuilding.organizations.models import Organization
from tests.factories.people import make_person
from tests.factories.screens import client_of

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


@pytest.mark.parametrize(
    ("columns", "said"),
    [({"code": "D"}, ["同样的内容刚刚已有人录入，请先查看核对。"]), ({"code": None}, None)],
)
def test_what_another_request_wrote_first_is_refused(
    columns: dict[str, str | None], said: list[str] | None
) -> None:
    """Only what may stand once: a missing value is the program's fault."""
    Organization.objects.create(name="示例党委", code="D")
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        Organization.objects.create(name="示例支部", **columns)
    request = asked()
    answer = answered(request, raised.value)
    assert ([str(message) for message in get_messages(request)] or None) == said
    assert (answer is not None) == (said is not None)


@pytest.mark.parametrize(
    "error", [OverflowError("int too large"), DataError("out of range"), ValueError("NUL (0x00)")]
)
def test_a_value_that_no_column_holds_is_a_wrong_address(error: Exception) -> None:
    assert answered(asked(), error).status_code == 404


#: What a filter, an order or a page may be asked for.
NAMES = ("cycle", "unit", "sector", "due", "state", "p", "o", "pk")


@pytest.mark.parametrize(
    "register", ["projects", "changes", "brands", "opinions", "rectifications"]
)
def test_odd_numbers_in_addresses_of_staff_lists_are_no_faults(register: str) -> None:
    client = client_of(make_person(Role.DEPARTMENT))
    address = f"/admin/party/{register}/"
    assert client.get(address).status_code == 200
    for odd in ("9" * 20, "-" + "9" * 400, "²١", "1e400", "\0"):
        answer = client.get(address, dict.fromkeys(NAMES, odd))
        assert answer.status_code in (200, 302, 404), odd
    for number in ("9" * 20, 2**63):
        assert client.get(f"{address}inspect/{number}/").status_code == 404
