"""What residents find of the news: the list with its filters, one item, the feed."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from pypinyin import lazy_pinyin
from wagtail.models import PageViewRestriction

from home.news.addresses import LONGEST, address_of
from home.news.index import NewsIndexPage
from home.news.models import NewsCategory
from home.news.pages import NewsPage
from tests.factories import make_cast
from tests.factories.column import forge, make_image, make_page
from tests.factories.news import dated, make_many_news, publish_news, write_news

pytestmark = pytest.mark.django_db
MOST_QUERIES = 25


def text(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def titles(address: str) -> list[str]:
    """Return the titles of the links to news below the head of the list."""
    found = re.findall(r'href="/news/[a-z0-9-]+/">\s*([^<]+?)\s*</a>', text(address))
    return [title for title in found if title]


def queries(address: str) -> int:
    cache.clear()
    Client().get(address)
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(address).status_code == 200
    return len(asked)


def in_year(page: NewsPage, year: int) -> NewsPage:
    return dated(page, datetime(year, 5, 16, 1, 30, tzinfo=UTC))


# The list


def test_an_empty_list_says_what_will_stand_there() -> None:
    page = text("/news/")
    assert "暂无新闻" in page
    assert "共0条新闻" in page
    assert "订阅本列表" not in page


def test_the_newest_stands_first_with_its_picture() -> None:
    make_many_news(6, lead_image=make_image(), lead_image_alt="居民在议事厅里开会")
    page = text("/news/")
    assert "共6条新闻" in page
    assert titles("/news/") == [f"第{count}期简报" for count in range(6)]
    lead = page.split('class="news__lead"')[1].split("</article>")[0]
    assert 'alt="居民在议事厅里开会"' in lead
    assert "居民在家门口议事。" in lead
    assert "loading" not in lead
    assert page.count('class="news__lead"') == 1


def test_the_list_has_pages_of_twenty_and_leads_on_the_first_alone() -> None:
    make_many_news(23)
    assert len(titles("/news/")) == 20
    assert titles("/news/?page=2") == ["第20期简报", "第21期简报", "第22期简报"]
    assert "news__lead" not in text("/news/?page=2")
    assert titles("/news/?page=99") == titles("/news/?page=2")


def test_category_and_year_narrow_the_list_and_can_be_taken_off() -> None:
    policy, work = write_news("选题参考问答", category="policy"), write_news("申报开始")
    in_year(policy, 2022), in_year(work, 2023)
    page = text("/news/?category=policy")
    assert titles("/news/?category=policy") == ["选题参考问答"]
    assert "找到1条新闻" in page
    assert '<meta name="robots" content="noindex, follow">' in page
    assert "分类：政策解读" in page
    assert 'href="/news/feed.atom?category=policy"' in page
    assert titles("/news/?year=2023") == ["申报开始"]
    both = text("/news/?category=policy&year=2023")
    assert "没有符合条件的新闻" in both
    assert 'href="/news/?year=2023"' in both
    assert 'href="/news/?category=policy"' in both


@pytest.mark.parametrize("query", ["category=none", "year=abc", "category=", "page=x", "q=1"])
def test_what_is_unknown_is_ignored(query: str) -> None:
    publish_news()
    page = text(f"/news/?{query}")
    assert "共1条新闻" in page
    assert "已选条件" not in page


def test_an_item_without_category_cannot_be_asked_for() -> None:
    page = publish_news()
    NewsPage.objects.filter(pk=page.pk).update(category=None)
    assert "共1条新闻" in text("/news/?category=None")


def test_drafts_and_restricted_items_are_nowhere() -> None:
    hidden, draft = publish_news("内部通报"), write_news("还没写完")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    for address in ("/", "/news/", "/news/feed.atom", "/sitemap/", "/sitemap.xml"):
        page = text(address)
        assert hidden.title not in page, address
        assert hidden.slug not in page, address
        assert draft.title not in page, address
    assert Client().get(draft.url).status_code == 404


def test_list_item_and_feed_cost_the_same_at_two_hundred_items() -> None:
    newest = make_many_news(5, lead_image=make_image(), lead_image_alt="会场")[0]
    addresses = ("/news/", newest.url, "/news/feed.atom", "/sitemap/", "/news/?category=work")
    few = [queries(address) for address in addresses]
    make_many_news(195, lead_image=make_image(), lead_image_alt="会场")
    many = [queries(address) for address in addresses]
    assert many == few
    assert max(many) <= MOST_QUERIES, dict(zip(addresses, many, strict=True))


# One item


def test_an_item_says_where_it_comes_from_and_its_date_is_that_of_the_head() -> None:
    page = publish_news(author="李记者", category="media")
    shown = text(page.url)
    published = timezone.localtime(page.first_published_at)
    day, words = f"{published:%Y-%m-%d %H:%M}", date_format(published, "DATETIME_FORMAT")
    for said in ("来源：区委组织部", "作者：李记者", f"{words}</time>"):
        assert said in shown
    assert f'<meta name="PubDate" content="{day}">' in shown
    assert '<meta name="ArticleTitle" content="邻里议事厅开到楼栋">' in shown
    assert '<meta name="ContentSource" content="区委组织部">' in shown
    assert '<meta name="ColumnType" content="新闻动态">' in shown
    assert '"@type": "NewsArticle"' in shown
    assert 'href="/news/?category=media">媒体关注</a>' in shown


def test_an_item_leads_to_its_neighbours_and_to_its_kind() -> None:
    first, second, third = reversed(make_many_news(3))
    policy = dated(write_news("另一类", category="policy"), timezone.now() - timedelta(days=9))
    shown = text(second.url)
    neighbours = shown.split('aria-label="上一篇和下一篇"')[1].split("</nav>")[0]
    assert neighbours.index(first.url) < neighbours.index("上一篇") < neighbours.index(third.url)
    assert "同类新闻" not in shown
    assert third.title in text(first.url).split("同类新闻")[1]
    assert policy.title not in text(third.url).split("</nav>")[-1]
    same = dated(write_news("同一分钟"), third.first_published_at)
    assert same.url in text(third.url).split('aria-label="上一篇和下一篇"')[1]
    assert third.url in text(same.url).split('aria-label="上一篇和下一篇"')[1]


def test_an_item_alone_leads_nowhere() -> None:
    shown = text(publish_news().url)
    assert "上一篇" not in shown
    assert "同类新闻" not in shown


def test_an_item_without_category_still_shows() -> None:
    page = publish_news()
    NewsPage.objects.filter(pk=page.pk).update(category=None)
    assert "article-header__category" not in text(page.url)
    assert "区委组织部" in text("/news/")


def test_related_projects_are_those_that_may_be_read() -> None:
    cast = make_cast()
    shown, hidden, draft = (
        make_page(cast=cast),
        make_page(cast=cast),
        make_page(cast=cast, live=False),
    )
    forge(hidden.project, "declined")
    chosen = [hidden.pk, shown.pk, draft.pk, shown.pk]
    page = publish_news(body=[{"type": "projects", "value": chosen}])
    part = text(page.url).split("相关项目")[1].split("</aside>")[0]
    assert part.count("<li") == 1
    assert shown.url in part
    forge(shown.project, "declined")
    assert "相关项目" not in text(page.url)


def test_a_draft_and_a_new_item_can_be_previewed() -> None:
    for page in (write_news(), NewsPage(title="刚开始写", summary="", source="")):
        if page.pk is None:
            index = NewsIndexPage.objects.get()
            page.path, page.depth = f"{index.path}9999", index.depth + 1
        shown = page.make_preview_request().content.decode()
        assert page.title in shown
        assert "PubDate" not in shown


# The feed


def test_the_feed_takes_the_query_of_the_list() -> None:
    make_many_news(3)
    page = publish_news("选题参考问答", category="policy")
    feed = text("/news/feed.atom?category=policy&unknown=1")
    assert feed.count("<entry>") == 1
    assert "<title>新闻动态（政策解读）</title>" in feed
    assert f'href="http://testserver{page.url}"' in feed
    assert 'href="http://testserver/news/?category=policy"' in feed
    assert '<category term="政策解读"' in feed
    assert text("/news/feed.atom").count("<entry>") == 4


def test_without_an_index_the_feed_is_empty_and_not_broken() -> None:
    NewsIndexPage.objects.get().unpublish()
    assert "<title>新闻动态</title>" in text("/news/feed.atom")
    page = publish_news()
    NewsPage.objects.filter(pk=page.pk).update(category=None)
    assert "<category" not in text("/news/feed.atom")


# Addresses


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("申报开始", "shen-bao-kai-shi"),
        ("2022年度：64个项目！", "2022-nian-du-64-ge-xiang-mu"),
        ("“12345”工作法", "12345-gong-zuo-fa"),
        ("绿水青山", "lv-shui-qing-shan"),
        ("！！！", "news"),
        ("x" * 200, "x" * LONGEST),
    ],
)
def test_an_address_is_the_titles_pinyin(title: str, address: str) -> None:
    assert address_of(title) == address


def test_a_long_address_ends_with_a_whole_syllable() -> None:
    title = "石城社区党委同志愿者一起把暑期课堂办到了居民家门口的院坝里边去"
    address = address_of(title)
    assert LONGEST - 6 < len(address) <= LONGEST
    assert "-".join(lazy_pinyin(title)).startswith(f"{address}-")


def test_categories_stand_in_their_order() -> None:
    make_many_news(2)
    publish_news("选题参考问答", category="policy")
    NewsCategory.objects.filter(code="policy").update(order=1)
    page = text("/news/")
    assert page.index("政策解读（1）") < page.index("工作动态（2）")
    assert "媒体关注（" not in page
