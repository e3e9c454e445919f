"""Notices and their mails: told once, sent once, retried, parked where a person sees it."""

from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.models import Delivery, Notice
from partybuilding.core.services import deliver_mail, mark_read, park_waiting, post_notices
from partybuilding.core.services.outbox import RETRY_AFTER, MailServerDown
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_is_configured(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"
    settings.WAGTAILADMIN_BASE_URL = "https://example.cn"


def tell(key: str = "k", **fields: Any) -> list[Notice]:
    user = make_user(email="someone@example.cn", **fields)
    return post_notices([NoticeDraft([user], "请初审", "正文", "/portal/")], key=key)


def test_a_notice_is_told_once_however_often_it_is_posted() -> None:
    user = make_user(email="a@example.cn")
    for _turn in range(3):
        post_notices([NoticeDraft([user], "请初审", "")], key="same")
    assert Notice.objects.count() == Delivery.objects.count() == 1


def test_without_a_mail_server_notices_stay_in_the_inbox(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    tell()
    assert (Notice.objects.count(), Delivery.objects.count()) == (1, 0)


def test_a_title_with_a_line_break_stops_no_mail() -> None:
    user = make_user(email="someone@example.cn")
    (notice,) = post_notices([NoticeDraft([user], "请初审：议事\n厅\u202e", "正文")], key="k")
    Notice.objects.filter(pk=notice.pk).update(
        subject="请初审：议事\r\n厅"
    )  # as former years kept it
    assert deliver_mail()["sent"] == 1
    assert (notice.subject, mail.outbox[0].subject) == ("请初审：议事 厅", "请初审：议事 厅")


def test_a_person_without_an_address_gets_no_mail() -> None:
    post_notices([NoticeDraft([make_user(email="")], "请初审", "")], key="k")
    assert Delivery.objects.count() == 0


def test_a_mail_is_sent_once_with_the_full_address() -> None:
    tell()
    assert deliver_mail()["sent"] == 1
    assert deliver_mail()["sent"] == 0
    assert "https://example.cn/portal/" in mail.outbox[0].body


def test_no_more_mails_are_sent_in_one_go_than_asked_for() -> None:
    for key in "abc":
        tell(key)
    assert [deliver_mail(limit=2)["sent"] for _turn in range(2)] == [2, 1]


def test_a_refused_mail_is_tried_again_later_and_then_parked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise SMTPException("no such mailbox")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    tell()
    assert deliver_mail() == {"sent": 0, "failed": 1, "parked": 0}
    assert deliver_mail() == {"sent": 0, "failed": 0, "parked": 0}
    later = timezone.now()
    for minutes in RETRY_AFTER:
        later += timedelta(minutes=minutes + 1)
        with time_machine.travel(later, tick=False):
            deliver_mail()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("parked", len(RETRY_AFTER) + 1)
    assert "no such mailbox" in delivery.last_error


def test_a_server_that_is_down_costs_no_mail_an_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: Any) -> None:
        raise ConnectionRefusedError("down")

    tell()
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "open", away)
        with pytest.raises(MailServerDown, match="down"):
            deliver_mail()
    assert Delivery.objects.get().attempts == 0
    assert deliver_mail()["sent"] == 1


def test_many_mails_go_over_one_connection_and_a_broken_one_is_opened_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[str] = []
    send = EmailBackend.send_messages

    def watched(self: EmailBackend, messages: Any) -> int:
        calls.append("send")
        if calls.count("send") == 2:
            raise SMTPException("connection lost")
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "__init__", lambda self, **facts: calls.append("made"))
    monkeypatch.setattr(EmailBackend, "send_messages", watched)
    monkeypatch.setattr(EmailBackend, "close", lambda self: calls.append("close"))
    for key in "abc":
        tell(key)
    mail.outbox = []
    calls.clear()
    monkeypatch.setattr(EmailBackend, "fail_silently", False, raising=False)
    assert deliver_mail() == {"sent": 2, "failed": 1, "parked": 0}
    assert calls == ["made", "send", "send", "close", "send", "close"]


def test_a_mail_that_another_run_takes_meanwhile_is_left_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tell()
    monkeypatch.setattr("partybuilding.core.services.outbox._claim", lambda: None)
    assert deliver_mail() == {"sent": 0, "failed": 0, "parked": 0}


def test_what_waits_is_parked_where_nobody_knows_whether_it_was_sent() -> None:
    tell("a")
    tell("b")
    Delivery.objects.filter(notice__key__startswith="a").update(state="sending")
    assert park_waiting("restored") == 2
    assert set(Delivery.objects.values_list("state", "last_error")) == {("parked", "restored")}


def test_a_mail_cut_off_while_sending_is_parked_and_never_sent_again() -> None:
    tell()
    Delivery.objects.update(state="sending", next_attempt_at=timezone.now() - timedelta(hours=1))
    assert deliver_mail()["sent"] == 0
    assert Delivery.objects.get().state == "parked"
    assert mail.outbox == []


def test_the_first_reading_is_remembered() -> None:
    notice = tell()[0]
    notice = Notice.objects.get(key=notice.key)
    first = mark_read(notice).read_at
    assert mark_read(notice).read_at == first
