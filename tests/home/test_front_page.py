"""The front page gathers from every room what is due and what is new, and leaves out what is empty."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.images import get_image_model

from home.front import in_short
from home.models import ColumnSettings, HomePage
from partybuilding.progress.services import Evidence, report_step
from partybuilding.projects.models import Commitment
from tests.factories import make_cast, open_cycle
from tests.factories.column import forge, make_image, make_page
from tests.factories.promises import make_promise
from tests.factories.site import make_promises, make_site

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def headings(text: str) -> list[str]:
    """Return the headings of the second level, in order, without what is written between lines."""
    found = re.findall(r"<h2[^>]*>(.*?)</h2>", text, re.DOTALL)
    return ["".join(re.sub(r"<[^>]+>", "", one).split()) for one in found]


def read(address: str = "/") -> str:
    return Client().get(address).content.decode()


def test_every_part_stands_in_its_order_and_leads_on() -> None:
    site = make_site()
    text = read()
    past = site.brand.brand.origins.get().project.cycle.year
    year = site.project.get_parent().specific.cycle.year
    assert headings(text)[1:] == [
        *("找我身边的项目", f"{past}年度，从申报到评定"),
        *("最近办成的事", "动态与公告", "群众意见"),
    ]
    main = text.split("<main")[1].split("</main>")[0]
    for address in (
        f"/?year={year}",
        "/overdue/",
        f"{site.project.url}#commitments",
        "/progress/",
        site.news.url,
        "/news/",
        site.notice.url,
        "/opinions/",
        "/opinions/lookup/",
        "/opinions/replies/",
        site.exchange_url,
        site.township_url,
    ):
        assert f'href="{address}"' in main, address
        assert Client().get(address).status_code == 200, address
    assert "逾期3天" in main
    assert "办结积案" in main
    assert "第1次议事：议事1次" in main


def test_the_sentence_and_the_bar_are_those_of_the_rows() -> None:
    cast = make_cast()
    page = make_page(cast=cast)
    Commitment.objects.all().delete()
    today = timezone.localdate()
    make_promise(page.project, today, today, goal="做到了的")
    make_promise(page.project, today - 2 * DAY, today, goal="迟了的")
    left = make_promise(page.project, today - DAY, None, goal="没做到的")
    make_promise(page.project, today + DAY, None, goal="还没到的")
    text = "".join(re.sub(r"<[^>]+>", "", read()).split())
    assert "公开4项承诺，2项做到了，1项还没到日子，1项逾期。" in text
    assert "逾期1天" in text
    assert "现在没有逾期的承诺" not in text
    Commitment.objects.filter(pk=left.pk).update(
        explanation="印刷费未能列支，拟明年补办。另附说明。"
    )
    forge(page.project, "graded")
    text = "".join(re.sub(r"<[^>]+>", "", read()).split())
    assert "公开4项承诺，2项做到了，1项还没到日子，1项没有做到。" in text
    assert "印刷费未能列支，拟明年补办" in text
    assert "另附说明" not in text
    assert "现在没有逾期的承诺" in text


def test_the_year_is_chosen_by_the_address_and_anything_else_is_ignored() -> None:
    older, newer = make_cast(open_cycle(year=2061)), make_cast(open_cycle(year=2062))
    make_page(cast=older)
    make_page(cast=newer)
    chosen = re.compile(r'<a class="years__link"[^>]*aria-current="true">([^<]+)</a>')
    assert chosen.findall(read("/?year=2061")) == ["2061年度（进行中）"]
    for address in ("/", "/?year=1999", "/?year=x"):
        assert chosen.findall(read(address)) == ["2062年度（进行中）"]


def test_what_is_late_is_named_three_times_and_then_counted() -> None:
    cast = make_cast()
    for _number in range(5):
        make_promises(make_page(cast=cast), cast)
    text = read()
    assert text.count("逾期3天") == 3
    assert "再看2项" in text


def test_a_card_without_a_picture_bears_the_seal_of_its_field() -> None:
    cast = make_cast()
    page = make_page(cast=cast, sector="rural")
    report_step(
        make_promise(page.project, timezone.localdate(), None).steps.get(),
        by=cast["applicant"],
        evidence=Evidence("喇叭装好了。"),
    )
    card = read().split('class="evidence-card"')[1].split("</a>")[0]
    assert "<img" not in card
    assert ">农<" in card
    other = make_cast(cast.cycle)
    make_promises(make_page(cast=other), other)
    cards = read().split('class="evidence-card"')[1:]
    assert any("/progress/pictures/" in one for one in cards)


def test_a_reason_is_cut_at_a_comma() -> None:
    assert (
        in_short("文稿已审定，因年底印刷费未能列支。另附。") == "文稿已审定，因年底印刷费未能列支"
    )
    long = "文稿已审定，因年底印刷费未能列支，600册未能付印，拟于2023年一季度印发到户"
    assert in_short(long) == "文稿已审定，因年底印刷费未能列支，600册未能付印……"
    assert in_short("字" * 40) == "字" * 32 + "……"
    assert in_short("") == ""


def test_the_foot_leads_to_the_plain_pages_and_shows_badges_with_a_link(client: Client) -> None:
    image = make_image("标识")
    ColumnSettings.objects.update(site_badge=image, report_badge=image, report_badge_url="")
    foot = client.get("/").content.decode().split("<footer")[1]
    for address in ("/about/", "/accessibility/", "/privacy/", "/sitemap/"):
        assert f'href="{address}"' in foot
    assert "<img" not in foot, "a badge without a link proves nothing and is not shown"
    ColumnSettings.objects.update(site_badge_url="https://bszs.example.cn/1")
    foot = client.get("/").content.decode().split("<footer")[1]
    assert 'href="https://bszs.example.cn/1"' in foot
    assert 'alt="党政机关网站标识"' in foot
    assert get_image_model().objects.get().renditions.get().width <= 200


def test_an_unpublished_plain_page_leaves_the_foot(client: Client) -> None:
    HomePage.objects.get().get_children().get(slug="about").specific.unpublish()
    assert 'href="/about/"' not in client.get("/").content.decode()


def test_a_missing_page_leads_to_the_search_and_the_front_page(client: Client) -> None:
    response = client.get("/news/no-such-item/")
    assert response.status_code == 404
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    assert 'href="/search/"' in main
    assert 'href="/"' in main
