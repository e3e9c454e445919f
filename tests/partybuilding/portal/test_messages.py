"""The inbox."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partybuilding.core.models import Notice
from tests.factories import make_project
from tests.partybuilding.portal.test_home import queries

INBOX = "/portal/messages/"


@pytest.fixture
def client(cast, browse):
    return browse(cast["applicant"])


def tell(user, number, **facts):
    now = timezone.now()
    Notice.objects.bulk_create(
        Notice(
            recipient=user,
            subject=f"消息{place}",
            key=f"k{place}",
            created_at=now + timedelta(minutes=place),
            **facts,
        )
        for place in range(number)
    )


def test_an_empty_inbox_says_what_comes_here(client) -> None:
    assert "还没有消息" in client.get(INBOX).content.decode()


def test_the_unread_come_first_then_the_newest(cast, client) -> None:
    tell(cast["applicant"], 3)
    Notice.objects.filter(subject="消息2").update(read_at=timezone.now())
    page = client.get(INBOX).content.decode()
    assert page.index("消息1") < page.index("消息0") < page.index("消息2")


def test_read_ones_are_in_order_of_time(cast, client) -> None:
    tell(cast["applicant"], 3, read_at=timezone.now())
    page = client.get(INBOX).content.decode()
    assert page.index("消息2") < page.index("消息1") < page.index("消息0")


def test_reading_one_marks_it_and_leads_to_the_project(cast, client) -> None:
    project = make_project("submitted", cast)
    notice = Notice.objects.to(cast["applicant"]).get()
    page = client.get(reverse("portal:message", args=[notice.pk])).content.decode()
    assert reverse("portal:project", args=[project.pk]) in page
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_all_are_marked_as_read_at_once(cast, client) -> None:
    tell(cast["applicant"], 3)
    client.post(INBOX)
    assert not Notice.objects.to(cast["applicant"]).unread().exists()


def test_nobody_reads_or_marks_the_messages_of_others(cast, client) -> None:
    tell(cast["unit"], 2)
    notice = Notice.objects.first()
    assert client.get(reverse("portal:message", args=[notice.pk])).status_code == 404
    client.post(INBOX)
    assert Notice.objects.to(cast["unit"]).unread().count() == 2


def test_the_inbox_costs_the_same_for_many(cast, client) -> None:
    tell(cast["applicant"], 5)
    few = queries(client, INBOX)
    Notice.objects.all().delete()
    tell(cast["applicant"], 200)
    assert queries(client, INBOX) == few
