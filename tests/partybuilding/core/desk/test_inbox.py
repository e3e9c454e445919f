"""One's notices in the administration: only one's own, read when opened."""

import pytest
from django.urls import reverse

from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.models import Notice
from partybuilding.core.services import post_notices
from partybuilding.core.states import Role
from tests.factories import make_person
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db
INBOX = "partybuilding:notices"


@pytest.fixture
def unit():
    return make_person(Role.UNIT)


def tell(user, number: int = 1, url: str = "") -> list[Notice]:
    for place in range(number):
        post_notices(
            [NoticeDraft([user], f"请初审：第{place}件", "正文", url)], key=f"{user.pk}:{place}"
        )
    return list(Notice.objects.to(user))


def test_the_inbox_shows_ones_own_notices_and_no_others(unit) -> None:
    tell(unit)
    other = make_person(Role.DEPARTMENT)
    assert "请初审：第0件" in client_of(unit).get(reverse(INBOX)).text
    assert "请初审" not in client_of(other).get(reverse(INBOX)).text


def test_opening_a_notice_marks_it_read_and_leads_to_its_thing(unit) -> None:
    notice = tell(unit, url="/admin/party/projects/")[0]
    answer = client_of(unit).get(reverse("partybuilding:notice", args=[notice.pk]))
    assert answer["Location"] == "/admin/party/projects/"
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_a_notice_never_leads_to_another_site(unit) -> None:
    notice = tell(unit, url="//elsewhere.example/")[0]
    answer = client_of(unit).get(reverse("partybuilding:notice", args=[notice.pk]))
    assert answer["Location"] == reverse(INBOX)


def test_somebody_elses_notice_does_not_exist(unit) -> None:
    notice = tell(unit)[0]
    address = reverse("partybuilding:notice", args=[notice.pk])
    assert client_of(make_person(Role.DEPARTMENT)).get(address).status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_all_are_marked_read_at_once_and_only_by_posting(unit) -> None:
    tell(unit, 3)
    client = client_of(unit)
    assert client.get(reverse("partybuilding:notices_read")).status_code == 405
    client.post(reverse("partybuilding:notices_read"))
    assert not Notice.objects.to(unit).unread().exists()
    assert "没有未读消息。" in client.get(reverse(INBOX), {"show": "unread"}).text


def test_the_menu_says_how_many_are_unread(unit) -> None:
    tell(unit, 2)
    assert "\\u6d88\\u606f\\uff082\\uff09" in client_of(unit).get("/admin/").text


def test_the_first_screen_shows_five_and_says_that_there_are_more(unit) -> None:
    tell(unit, 7)
    page = client_of(unit).get("/admin/").text
    assert page.count("party-notice__subject") == 5
    assert "更多消息" in page


def test_the_inbox_asks_as_often_for_two_notices_as_for_thirty(unit) -> None:
    client = client_of(unit)
    tell(unit, 2)
    client.get(reverse(INBOX))
    few = queries_of(client, reverse(INBOX))
    tell(unit, 30)
    assert queries_of(client, reverse(INBOX)) == few
