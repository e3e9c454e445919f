"""Parked mails in the administration and by command: looked at, sent again, let be."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import ModelLogEntry

from partybuilding.boards.desk import mail_lines
from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.models import Delivery
from partybuilding.core.services import post_notices
from tests.factories import Cast, make_cast, make_user
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/party/boards/mails/"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def parked(settings: Any) -> list[Delivery]:
    settings.EMAIL_HOST = "mail.example"
    for key in "abc":
        user = make_user(email=f"{key}@example.cn")
        post_notices([NoticeDraft([user], f"请初审{key}", "")], key=key)
    Delivery.objects.update(state="parked", attempts=6, last_error="SMTPException: no")
    return list(Delivery.objects.order_by("pk"))


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def test_the_department_sees_them_and_nobody_else_finds_the_screen(
    cast: Cast, parked: list[Delivery]
) -> None:
    text = client_of(cast["department"]).get(ADDRESS).content.decode()
    assert "请初审a" in text
    assert "SMTPException: no" in text
    for role in ("unit", "editor"):
        assert client_of(cast[role]).get(ADDRESS).status_code == 404
        assert client_of(cast[role]).post(ADDRESS, {"mail": parked[0].pk}).status_code == 404
    assert states() == ["parked"] * 3


def test_what_is_ticked_is_sent_again_or_dismissed(cast: Cast, parked: list[Delivery]) -> None:
    client = client_of(cast["department"])
    client.post(ADDRESS, {"mail": [parked[0].pk], "send": "1"})
    client.post(ADDRESS, {"mail": [parked[1].pk], "dismiss": "1"})
    client.post(ADDRESS, {"send": "1"})
    client.post(ADDRESS, {"mail": ["x"], "send": "1"})
    assert states() == ["pending", "dismissed", "parked"]
    kept = ModelLogEntry.objects.filter(action__startswith="partybuilding.mail.").order_by("pk")
    who, address = cast["department"].pk, parked[0].address
    assert list(kept.values_list("action", "user", "object_id", "label")) == [
        ("partybuilding.mail.send_again", who, str(parked[0].pk), address),
        ("partybuilding.mail.dismiss", who, str(parked[1].pk), parked[1].address),
    ]
    history = client_of(make_user(is_superuser=True)).get("/admin/reports/site-history/").text
    assert f"未发出的邮件不再发送：“{parked[1].notice.subject}”" in history
    assert Delivery.objects.get(pk=parked[0].pk).attempts == 0


def test_a_mail_that_was_sent_is_not_sent_again(cast: Cast, parked: list[Delivery]) -> None:
    Delivery.objects.update(state="sent")
    client_of(cast["department"]).post(ADDRESS, {"mail": [parked[0].pk], "send": "1"})
    assert states() == ["sent"] * 3


def test_the_first_screen_tells_the_department_how_many_there_are(
    cast: Cast, parked: list[Delivery]
) -> None:
    (line,) = mail_lines(cast["department"])
    assert (line.count, line.url) == (3, reverse("partybuilding:mails"))
    assert list(mail_lines(cast["unit"])) == []


def test_nothing_is_parked(cast: Cast) -> None:
    assert "没有搁置的邮件" in client_of(cast["department"]).get(ADDRESS).content.decode()


def test_the_list_asks_as_often_for_many(
    cast: Cast, parked: list[Delivery], django_assert_max_num_queries: Any
) -> None:
    client = client_of(cast["department"])
    client.get(ADDRESS)
    with django_assert_max_num_queries(25):
        client.get(ADDRESS)


def run(**options: Any) -> str:
    out = StringIO()
    call_command("parked_mails", stdout=out, **options)
    return out.getvalue()


def test_by_command_the_same(parked: list[Delivery]) -> None:
    assert "请初审a" in run()
    run(send=[str(parked[0].pk)])
    run(dismiss=["all"])
    assert states() == ["pending", "dismissed", "dismissed"]


@pytest.mark.parametrize("number", ["0", "x"])
def test_a_number_of_no_parked_mail_changes_nothing(parked: list[Delivery], number: str) -> None:
    with pytest.raises(CommandError):
        run(send=[str(parked[0].pk), number])
    assert states() == ["parked"] * 3
