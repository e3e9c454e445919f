"""The front page gathers from every room what is due and what is new, and leaves out what is empty."""

import re

import pytest
from django.test import Client
from wagtail.images import get_image_model

from home.models import ColumnSettings, HomePage
from tests.factories import make_cast
from tests.factories.column import make_image, make_page
from tests.factories.site import make_news, make_promises, make_site

pytestmark = pytest.mark.django_db


def headings(text: str) -> list[str]:
    """Return the headings of the second level, in order."""
    return re.findall(r"<h2[^>]*>\s*([^<]+?)\s*</h2>", text)


def test_every_part_stands_in_its_order_and_leads_on(client: Client) -> None:
    site = make_site()
    ColumnSettings.objects.update(contact="023-79220000", organizer="区委组织部")
    text = client.get("/").content.decode()
    year = site.brand.brand.origins.get().project.cycle.year
    assert headings(text) == [
        f"{year}年度数据",
        "逾期承诺",
        "最新进展",
        "最新动态",
        "正在公示",
        f"{year}年度评定结果",
        "意见建议",
        "最新公开项目",
        "按领域查看",
    ]
    main = text.split("<main")[1].split("</main>")[0]
    for address in (
        f"/projects/{year}/",
        "/overdue/",
        f"{site.project.url}#commitments",
        f"{site.project.url}#progress",
        site.news.url,
        "/news/",
        site.notice.url,
        "/notices/",
        f"/projects/{year}/?grade=first",
        site.project.url,
        "/projects/?sector=urban",
    ):
        assert f'href="{address}"' in main, address
        assert client.get(address).status_code == 200, address
    assert "已逾期3天" in main
    assert "《“邻里议事厅”破解小区治理难题》第1次议事" in main
    assert "共发放奖补资金0.8万元。" in main
    assert "023-79220000" in main


def test_a_part_without_rows_is_left_out(client: Client) -> None:
    make_page(cast=make_cast())
    text = client.get("/").content.decode()
    assert headings(text)[1:] == ["意见建议", "最新公开项目", "按领域查看"]
    navigation = re.findall(r'class="nav__link"[^>]*>\s*([^<]+?)\s*<', text)
    assert [entry for entry in navigation if not entry[0].isdigit()] == [
        "首页",
        "创新项目",
        "群众意见",
    ]


def test_what_is_overdue_and_new_is_cut_short(client: Client) -> None:
    cast = make_cast()
    for _number in range(6):
        make_promises(make_page(cast=cast), cast)
    for number in range(7):
        make_news(f"第{number}条新闻", slug=f"news-{number}")
    text = client.get("/").content.decode()
    assert text.count("已逾期3天") == 5
    assert len(re.findall(r"第\d条新闻", text)) == 5


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
