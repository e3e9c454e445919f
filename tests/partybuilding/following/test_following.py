"""Following by mail: agreed to twice, ended with one click, told once, and the address is nobody's business."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from partybuilding.core.models import Delivery
from partybuilding.core.services import deliver_mail
from partybuilding.core.services.outbox import dismiss_mails, post_mail
from partybuilding.following.models import Following
from partybuilding.following.news import Scope, news_of
from partybuilding.following.services import (
    CONFIRMING,
    LEAVING,
    ask,
    confirm,
    following_of,
    forget_unconfirmed,
    tell_news,
    token,
)
from partybuilding.opinions.guards import new_stamp
from partybuilding.organizations.models import Organization
from tests.factories import make_cast
from tests.factories.column import make_page

pytestmark = pytest.mark.django_db
ADDRESS = "resident@example.com"
MONDAY = datetime(2026, 11, 30, 8, tzinfo=timezone.get_fixed_timezone(480))


@pytest.fixture(autouse=True)
def mail_server(settings: Any) -> None:
    cache.clear()
    settings.EMAIL_HOST = "mail.example.com"


def send_form(asked: str = "", address: str = ADDRESS, **more: Any) -> Any:
    """Send the form as a browser does, some seconds after it was opened."""
    client = Client()
    url = f"{reverse('follow')}{asked}"
    page = client.get(url)
    given = {
        "address": address,
        "homepage": "",
        "csrfmiddlewaretoken": page.cookies["csrftoken"].value,
    }
    early = timezone.now() - timedelta(seconds=30)
    from unittest.mock import patch

    with patch("partybuilding.opinions.guards.timezone.now", return_value=early):
        given["stamp"] = new_stamp()
    return client.post(url, {**given, **more})


def followed(scope: Scope | None = None, since: datetime | None = None) -> Following:
    """Follow something and agree to it."""
    ask(ADDRESS, scope or Scope())
    following = Following.objects.latest("pk")
    confirm(following)
    Delivery.objects.all().delete()
    if since:
        Following.objects.filter(pk=following.pk).update(told_until=since)
    following.refresh_from_db()
    return following


def test_without_a_mail_server_it_says_so_and_tells_the_other_ways(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    page = make_page()
    year, code = page.project.cycle.year, page.slug
    answer = Client().get(f"{reverse('follow')}?project={page.project_id}")
    main = answer.text.split("<main")[1].split("</main")[0]
    assert (answer.status_code, "<form" in main, "本站目前不发邮件" in main) == (200, False, True)
    assert f'href="/projects/{year}/{code}/history/"' in main
    assert f"http://testserver/projects/{year}/{code}/feed.atom" in main
    assert Client().post(reverse("follow"), {"address": ADDRESS}).status_code == 404
    assert not Following.objects.exists()


def test_who_gives_no_address_is_told_the_other_ways_too() -> None:
    page = make_page()
    unit = page.project.organization.unit
    Organization.objects.filter(pk=unit.pk).update(township="石会镇")
    for asked, way in {
        "": "/progress/",
        f"?place={unit.pk}": reverse("township", args=[unit.pk]),
    }.items():
        main = Client().get(f"{reverse('follow')}{asked}").text.split("<main")[1]
        assert f'href="{way}"' in main
        assert "feed.atom" in main
        assert "不用邮箱" in main
        assert "本站目前不发邮件" not in main


def test_no_button_leads_a_reader_into_the_code_of_a_feed() -> None:
    page = make_page()
    unit = page.project.organization.unit
    Organization.objects.filter(pk=unit.pk).update(township="石会镇")
    for address in (page.url, reverse("township", args=[unit.pk])):
        main = Client().get(address).text.split("<main")[1].split("</main")[0]
        assert "feed.atom" not in main, address


def test_pages_of_projects_and_townships_and_the_maps_lead_to_it() -> None:
    page = make_page()
    unit = page.project.organization.unit
    Organization.objects.filter(pk=unit.pk).update(township="石会镇")
    ways = {
        page.url: f"{reverse('follow')}?project={page.project_id}",
        reverse("township", args=[unit.pk]): f"{reverse('follow')}?place={unit.pk}",
        "/sitemap/": reverse("follow"),
        "/sitemap.xml": reverse("follow"),
    }
    for address, way in ways.items():
        text = Client().get(address).text
        assert f'href="{way}"' in text or f"{way}</loc>" in text, address
    assert f"{reverse('glossary')}</loc>" in Client().get("/sitemap.xml").text
    main = Client().get("/sitemap/").text.split("<main")[1].split("</main")[0]
    assert reverse("glossary") in main
    assert reverse("townships") in main


def test_nothing_is_told_before_the_owner_agreed() -> None:
    page = make_page()
    answer = send_form(f"?project={page.project_id}")
    assert "邮箱" in answer.text
    following = Following.objects.get()
    assert (following.address, following.project, following.confirmed_at) == (
        ADDRESS,
        page.project,
        None,
    )
    assert tell_news(MONDAY) == 0
    deliver_mail()
    [sent] = mail.outbox
    assert page.title in sent.subject
    link = reverse("follow_confirm", args=[token(following, CONFIRMING)]).rsplit("/", 2)[0]
    assert link in sent.body
    assert not Delivery.objects.exists()


def test_opening_the_link_agrees_to_nothing_but_the_button_does() -> None:
    ask(ADDRESS, Scope())
    url = reverse("follow_confirm", args=[token(Following.objects.get(), CONFIRMING)])
    assert "同意" in Client().get(url).text
    assert Following.objects.confirmed().count() == 0
    assert "已订阅" in Client().post(url).text
    assert Following.objects.confirmed().count() == 1


def test_a_link_is_good_for_one_purpose_and_for_seven_days() -> None:
    ask(ADDRESS, Scope())
    following = Following.objects.get()
    assert following_of(token(following, LEAVING), CONFIRMING) is None
    assert following_of("forged", LEAVING) is None
    old = token(following, CONFIRMING)
    from unittest.mock import patch

    later = timezone.now().timestamp()
    for days, found in ((6.9, following), (7.1, None)):
        with patch("django.core.signing.time.time", return_value=later + days * 86_400):
            assert following_of(old, CONFIRMING) == found


def test_the_answer_does_not_tell_who_follows() -> None:
    fresh = send_form().text
    following = Following.objects.get()
    confirm(following)
    Delivery.objects.all().delete()
    again = send_form().text
    assert "邮箱" in again
    assert len(again) == len(fresh)
    assert not Delivery.objects.exists()


@pytest.mark.usefixtures("whole_window")
def test_nobody_fills_the_box_of_another() -> None:
    for _turn in range(5):
        assert send_form().status_code == 200
    assert Delivery.objects.count() == 3


@pytest.mark.usefixtures("whole_window")
def test_one_network_address_has_its_limit(settings: Any) -> None:
    settings.PARTYBUILDING_OPINIONS_PER_ADDRESS = 1
    assert send_form(address="a@example.com").status_code == 200
    assert send_form(address="b@example.com").status_code == 429


@pytest.mark.parametrize("address", ["", "no address", "a@b", "x@example.com\nBcc: y@example.com"])
def test_what_is_no_address_is_asked_again(address: str) -> None:
    answer = send_form(address=address)
    assert "邮箱地址" in answer.text
    assert not Following.objects.exists()


def test_machines_are_held_back() -> None:
    send_form(homepage="https://spam.example.com")
    assert not Following.objects.exists()


def test_a_project_is_told_the_next_morning_and_once() -> None:
    page = make_page()
    following = followed(Scope(project=page.project), since=timezone.now() - timedelta(days=30))
    assert news_of(Scope(project=page.project), following.told_until)
    tuesday = timezone.now() + timedelta(days=1)
    assert tell_news(tuesday) == 1
    assert tell_news(tuesday + timedelta(days=1)) == 0
    deliver_mail()
    [sent] = mail.outbox
    leaving = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert leaving in sent.body
    assert page.title in sent.subject


@pytest.mark.parametrize(("days", "mails"), [(0, 1), (1, 0), (6, 0), (7, 1)])
def test_everything_is_told_on_mondays(days: int, mails: int) -> None:
    make_page()
    now = MONDAY + timedelta(days=days)
    followed(since=now - timedelta(days=2))
    from partybuilding.projects.pages import ProjectPage

    ProjectPage.objects.update(first_published_at=now - timedelta(days=1))
    assert tell_news(now) == mails


def test_a_monday_that_was_missed_is_made_up_for() -> None:
    make_page()
    now = MONDAY + timedelta(days=1)
    followed(since=now - timedelta(days=8))
    from partybuilding.projects.pages import ProjectPage

    ProjectPage.objects.update(first_published_at=now - timedelta(days=3))
    assert tell_news(now) == 1


def test_a_place_is_told_of_its_own_projects_only() -> None:
    cast = make_cast()
    page = make_page(cast=cast)
    unit = cast.organization.unit
    Organization.objects.filter(pk=unit.pk).update(township="城东街道")
    unit.refresh_from_db()
    since = timezone.now() - timedelta(days=30)
    assert page.title in [entry.title for entry in news_of(Scope(place=unit), since)]
    other = Organization.objects.create(
        name="别处", code="other", kind=unit.kind, is_reporting_unit=True, township="别处镇"
    )
    assert news_of(Scope(place=other), since) == []
    assert news_of(Scope(place=unit), timezone.now()) == []


def test_a_quiet_week_sends_nothing() -> None:
    followed(since=MONDAY - timedelta(days=7))
    assert tell_news(MONDAY) == 0
    assert not Delivery.objects.exists()


def test_one_click_ends_it_and_forgets_the_address() -> None:
    following = followed()
    url = reverse("follow_leave", args=[token(following, LEAVING)])
    assert Client(enforce_csrf_checks=True).get(url).status_code == 200
    assert Following.objects.exists()
    answer = Client(enforce_csrf_checks=True).post(url, {"List-Unsubscribe": "One-Click"})
    assert "已退订" in answer.text
    assert not Following.objects.exists()
    assert "已退订" in Client().post(url).text


@pytest.mark.parametrize(("days", "left"), [(6, 1), (8, 0)])
def test_an_address_that_nobody_confirmed_is_forgotten(days: int, left: int) -> None:
    ask(ADDRESS, Scope())
    Following.objects.update(asked_at=timezone.now() - timedelta(days=days))
    forget_unconfirmed()
    assert Following.objects.count() == left


def test_the_command_forgets_and_tells(capsys: Any) -> None:
    make_page()
    followed(since=MONDAY - timedelta(days=7))
    call_command("tell_followers")
    assert "Mails written:" in capsys.readouterr().out


def test_staff_see_no_address(capsys: Any) -> None:
    post_mail(ADDRESS, "新情况", "正文")
    Delivery.objects.update(state="parked")
    row = Delivery.objects.get()
    assert ADDRESS not in f"{row} {row.shown_address} {row.recipient_name}"
    call_command("parked_mails")
    said = capsys.readouterr().out
    assert "新情况" in said
    assert ADDRESS not in said
    client = Client()
    client.force_login(make_cast()["department"])
    shown = client.get(reverse("partybuilding:mails")).text
    assert "新情况" in shown
    assert ADDRESS not in shown
    assert dismiss_mails(Delivery.objects.all(), by=None) == 1
    kept = ModelLogEntry.objects.get(action__startswith="partybuilding.mail.")
    assert ADDRESS not in f"{kept.label} {kept.data}"


def test_a_project_that_residents_cannot_read_is_not_followed() -> None:
    page = make_page(live=False)
    send_form(f"?project={page.project_id}")
    assert Following.objects.get().what == "all"
    assert news_of(Scope(project=page.project), timezone.now() - timedelta(days=900)) == []
