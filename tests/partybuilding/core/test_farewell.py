"""What was published stays: it is not deleted, and goes offline one page at a time, with its reason in public."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.transaction import atomic
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from home.models import HomePage, NewsIndexPage, NewsPage
from home.pages import TextPage
from partybuilding.column.pages import ProjectIndexPage
from partybuilding.core.models import TransitionRecord
from partybuilding.core.pages import OFFLINE, PublicationRefused
from partybuilding.core.services import withdraw_page
from partybuilding.core.states import Role
from tests.factories import make_cast, make_person, make_user
from tests.factories.column import make_page
from tests.factories.news import publish_news, write_news
from tests.factories.notices import approve, make_notice
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
REASON = "数据有误，核实后重新发布。"
BULK = "/admin/bulk/wagtailcore/page/{}/"


@pytest.fixture
def publisher() -> Any:
    return make_person(Role.PUBLISHER)


def offline(page: Page, by: Any, **data: str) -> Any:
    """Ask on the stock screen to take a page offline."""
    address = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    return client_of(by).post(address, {"next": "/admin/", **data})


def test_the_address_of_a_news_item_says_when_and_why_it_went(publisher: Any) -> None:
    page = publish_news()
    asked = client_of(publisher).get(reverse("wagtailadmin_pages:unpublish", args=[page.pk])).text
    assert 'name="reason"' in asked
    assert "include_descendants" not in asked
    assert offline(page, publisher, reason=REASON).status_code == 302
    answer = Client().get(page.url)
    assert answer.status_code == 410
    assert REASON in answer.text
    assert f"{timezone.localdate():%Y}" in answer.text
    assert "议题当场认领" not in answer.text
    assert page.summary not in answer.text
    entry = PageLogEntry.objects.get(page=page.pk, action=OFFLINE)
    assert (entry.user, entry.data["reason"]) == (publisher, REASON)
    assert REASON in client_of(publisher).get(f"/admin/pages/{page.pk}/history/").text


def test_a_notice_and_a_plain_page_say_it_too(publisher: Any) -> None:
    cast = make_cast()
    notice = approve(make_notice(cast, opens_on=timezone.localdate()), cast)
    for page in (notice, TextPage.objects.get(slug="about")):
        withdraw_page(page, by=publisher, reason=REASON)
        answer = Client().get(page.url)
        assert (answer.status_code, REASON in answer.text) == (410, True)


def test_the_trail_of_a_record_keeps_it() -> None:
    cast = make_cast()
    page = make_page(cast=cast)
    offline(page, cast["publisher"], reason=REASON)
    row = TransitionRecord.objects.filter(machine="project", record_id=page.project_id).last()
    assert (row.step, row.reason, row.by) == ("offline", REASON, cast["publisher"])
    assert row.is_note
    assert row.step_label == "页面已撤下"
    answer = Client().get(page.url)
    assert (answer.status_code, REASON in answer.text) == (410, True)


def test_published_again_it_is_read_again(publisher: Any) -> None:
    page = publish_news()
    withdraw_page(page, by=publisher, reason=REASON)
    page.save_revision(user=make_user()).publish(user=publisher)
    assert Client().get(page.url).status_code == 200


def test_what_went_by_its_term_says_so() -> None:
    page = publish_news()
    NewsPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(hours=1))
    NewsPage.objects.get(pk=page.pk).unpublish(set_expired=True)
    answer = Client().get(page.url)
    assert (answer.status_code, "展示期限已到" in answer.text) == (410, True)


def test_what_was_never_read_is_not_found_and_what_went_without_a_reason_says_so() -> None:
    draft, gone = write_news(), publish_news("另一条")
    gone.unpublish()
    assert Client().get(draft.url).status_code == 404
    answer = Client().get(gone.url)
    assert (answer.status_code, "没有记录原因" in answer.text) == (410, True)


@pytest.mark.parametrize(
    ("reason", "said"), [("", "请写明撤下原因"), ("电话13812345678", "138****5678")]
)
def test_without_a_fit_reason_it_stays_and_the_words_stay_too(
    publisher: Any, reason: str, said: str
) -> None:
    page = publish_news()
    answer = offline(page, publisher, reason=reason)
    assert said in answer.text
    assert f">{reason}</textarea>" in answer.text
    assert Page.objects.get(pk=page.pk).live


def test_a_second_comer_hears_that_it_is_offline(publisher: Any) -> None:
    page = publish_news()
    withdraw_page(page, by=publisher, reason=REASON)
    with pytest.raises(PublicationRefused, match="已撤下"):
        withdraw_page(page, by=publisher, reason=REASON)


def test_nothing_below_is_taken_along(publisher: Any) -> None:
    page = publish_news()
    parts = [NewsIndexPage.objects.get(), HomePage.objects.get()]
    for part in parts:
        asked = offline(part, publisher, reason=REASON, include_descendants="on")
        assert asked.status_code in (302, 403)
    client_of(publisher).post(
        f"{BULK.format('unpublish')}?id={page.pk}&next=/admin/", {"include_descendants": "on"}
    )
    assert all(Page.objects.get(pk=each.pk).live for each in (page, *parts))


def test_the_internal_interface_takes_nothing_offline_and_deletes_nothing(publisher: Any) -> None:
    page = publish_news()
    admin = make_user(is_superuser=True)
    for user in (publisher, admin):
        for action in ("unpublish", "delete", "publish"):
            address = f"/admin/api/main/pages/{page.pk}/action/{action}/"
            answer = client_of(user).post(address, {"recursive": True}, "application/json")
            assert answer.status_code == 404
    assert Page.objects.get(pk=page.pk).live


def test_what_was_published_is_deleted_on_no_road(publisher: Any) -> None:
    page, index = publish_news(), NewsIndexPage.objects.get()
    page.unpublish()
    for user in (publisher, make_user(is_superuser=True)):
        client = client_of(user)
        for each in (page, index):
            client.post(f"/admin/pages/{each.pk}/delete/", {"confirm_site_name": ""})
            client.post(f"{BULK.format('delete')}?id={each.pk}&next=/admin/")
    for each in (page, index, Page.objects.get(pk=page.pk)):
        with pytest.raises(PublicationRefused), atomic():
            type(each).objects.get(pk=each.pk).delete()
    with pytest.raises(PublicationRefused), atomic():
        Page.objects.filter(pk=page.pk).delete()
    assert Page.objects.filter(pk__in=(page.pk, index.pk)).count() == 2


def test_a_draft_is_deleted_as_ever(publisher: Any) -> None:
    page = write_news()
    client_of(publisher).post(f"/admin/pages/{page.pk}/delete/")
    assert not Page.objects.filter(pk=page.pk).exists()


def test_what_was_public_is_not_hidden_behind_a_password(publisher: Any) -> None:
    page, draft = publish_news(), write_news("另一条")
    may = [
        each.permissions_for_user(publisher).can_set_view_restrictions() for each in (page, draft)
    ]
    assert may == [False, True]
    assert not ProjectIndexPage.objects.get().permissions_for_user(publisher).can_delete()
