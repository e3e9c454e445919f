"""Each kind of fault is found where it was put, with the way to mend it, and none where nothing is amiss."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import clear_script_prefix, reverse, set_script_prefix
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from home.news.index import NewsIndexPage
from home.news.pages import NewsPage
from partybuilding.column.waiting.columns import Column
from partybuilding.core.rooms import IndexPage
from partybuilding.inspection.checks import Fault, Inspection
from partybuilding.inspection.models import OutsideLink, WatchedWord
from partybuilding.inspection.rules import PRICES, deductions_of, score_of
from partybuilding.inspection.selectors import Addresses
from partybuilding.inspection.states import FaultKind
from tests.factories import make_cast
from tests.factories.column import make_image, make_page
from tests.factories.news import make_many_news, publish_news, write_news
from tests.factories.projects import Cast
from tests.factories.rooms import only

pytestmark = pytest.mark.django_db
DAY = date(2073, 6, 1)


@pytest.fixture(autouse=True)
def nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Watch no columns but those of the test."""
    only(monkeypatch, columns=[], index_pages=[])


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return make_cast()


def look(today: date = DAY) -> Inspection:
    """Look over all pages."""
    return Inspection(None, today, ["testserver"])  # type: ignore[arg-type]


def kinds() -> list[str]:
    """Return the kinds of what is found."""
    return [fault.kind.value for fault in look().faults]


def text(html: str) -> list[dict[str, Any]]:
    """Return a body of running text."""
    return [{"type": "text", "value": html}]


def test_a_clean_site_loses_no_point(cast: Cast) -> None:
    page = make_page("implementing", cast)
    clean = publish_news(
        body=[
            *text(
                f'<p><a linktype="page" id="{page.pk}">项目</a> <a href="{page.get_url()}">项目</a> '
                f'<a href="/projects/?year=2022">目录</a> <a href="/feed.atom">订阅</a> '
                '<a href="/opinions/replies/">答复</a> <a href="#top">页首</a> '
                '<a href="mailto:a@example.org">信</a> <a href="https://www.gov.cn/">政府网</a></p>'
            ),
            {"type": "figure", "value": {"image": make_image().pk, "alt": "开会", "caption": ""}},
        ],
        lead_image=make_image(),
        lead_image_alt="开会",
    )
    found = look()
    assert found.faults == []
    assert found.score == "100"
    assert clean.pk in {sheet.pk for sheet in found.sheets}
    assert found.outside == ["https://www.gov.cn/"]


def dead_page() -> str:
    return f'<p><a linktype="page" id="{write_news("草稿").pk}">见草稿</a></p>'


def dead_document() -> str:
    return '<p><a linktype="document" id="999">见方案</a></p>'


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (dead_page, "“见草稿”指向的页面群众打不开。"),
        (dead_document, "“见方案”指向的文件已不存在。"),
        (
            lambda: '<p><a href="/news/gone/">旧闻</a></p>',
            "“旧闻”指向/news/gone/，本站没有这个地址。",
        ),
        (lambda: '<p><a href="http://testserver/nowhere/">x</a></p>', "本站没有这个地址"),
        (lambda: '<p><a href="/documents/999/plan.pdf">x</a></p>', "本站没有这个地址"),
        (lambda: '<p><a linktype="page" id="99999">x</a></p>', "群众打不开"),
    ],
)
def test_a_link_within_the_site_that_leads_nowhere_is_found(
    html: Callable[[], str], said: str
) -> None:
    page = publish_news("有链接的一条", body=text(html()))
    (fault,) = look().faults
    assert fault.kind == FaultKind.DEAD_INSIDE
    assert said in fault.what
    assert fault.where == "有链接的一条"
    assert fault.place == "正文内容第1部分（正文）"
    assert fault.url == reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_a_redirect_leads_somewhere() -> None:
    Redirect.add_redirect("/news/old/", redirect_to="/news/")
    publish_news(body=text('<p><a href="/news/old/">旧址</a></p>'))
    assert look().faults == []


def test_a_link_to_another_site_is_told_as_it_answered_last() -> None:
    publish_news(body=text('<p><a href="https://a.example.org/">甲</a></p>'))
    OutsideLink.objects.create(
        address="https://a.example.org/", fault="没有响应。", checked_at=timezone.now()
    )
    OutsideLink.objects.create(
        address="https://b.example.org/", fault="没有响应。", checked_at=timezone.now()
    )
    (fault,) = look().faults
    assert (fault.kind, fault.what) == (
        FaultKind.DEAD_OUTSIDE,
        "“甲”指向https://a.example.org/：没有响应。",
    )


def test_words_of_the_list_are_found_everywhere_but_not_within_the_better_one(cast: Cast) -> None:
    WatchedWord.objects.create(word="村长", better="村委会主任", reason="法定称谓。")
    WatchedWord.objects.create(word="十九大", better="党的十九大")
    page = make_page("implementing", cast)
    page.project.commitments.update(goal="村长带头，全年办结六十件。")
    table = {
        "columns": [{"type": "text", "heading": "村长"}],
        "rows": [{"values": ["村长村长"]}],
        "caption": "党的十九大",
    }
    publish_news(
        "村长来了", body=[{"type": "table", "value": {"table": table, "row_header": True}}]
    )
    publish_news("草稿之外", summary="十九大以来")
    found = [(fault.where, fault.place, fault.what) for fault in look().faults]
    word = "出现“村长”，建议改为“村委会主任”。法定称谓。"
    assert (page.title, "承诺", word) in [(a, b.replace("公开", ""), c) for a, b, c in found]
    assert [one for one in found if one[0] == "村长来了"] == [
        ("村长来了", "标题", word),
        ("村长来了", "正文内容第1部分（表格） · 表格", word),
        ("村长来了", "正文内容第1部分（表格） · 表格第1行", word),
    ]
    assert [one for one in found if "十九大" in one[2]] == [
        ("草稿之外", "摘要", "出现“十九大”，建议改为“党的十九大”。")
    ]


def test_pictures_without_words_are_found_in_texts_and_at_the_head() -> None:
    image = make_image().pk
    blank = {"image": image, "alt": " ", "caption": "图"}
    body = [
        {"type": "gallery", "value": [blank, {**blank, "alt": "开会"}]},
        {"type": "figure", "value": blank},
    ]
    publish_news(body=body, lead_image=make_image(), lead_image_alt="")
    assert [(fault.kind.value, fault.place) for fault in look().faults] == [
        ("no_alt", "题图"),
        ("no_alt", "正文内容第1部分（组图）第1项"),
        ("no_alt", "正文内容第2部分（配图）"),
    ]


def test_pages_without_date_or_source_are_found() -> None:
    page = publish_news()
    NewsPage.objects.filter(pk=page.pk).update(first_published_at=None, source=" ")
    assert kinds() == ["no_date", "no_source"]


def test_a_draft_costs_nothing() -> None:
    write_news(source="", body=text('<p><a href="/news/gone/">旧闻</a></p>'))
    assert look().faults == []


@pytest.mark.parametrize(("age", "expected"), [(10, []), (11, ["stale"])])
def test_a_column_is_stale_the_day_after_its_last_day(
    monkeypatch: pytest.MonkeyPatch, age: int, expected: list[str]
) -> None:
    newest = DAY - timedelta(days=age)
    column = Column("news", "新闻", "newspage", 10, lambda: newest, lambda user: "/mend/")
    only(monkeypatch, columns=[column], index_pages=[])
    assert kinds() == expected
    assert [fault.url for fault in look().faults] == ["/mend/"] * len(expected)


def test_a_written_column_without_content_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    part = IndexPage(NewsIndexPage, "新闻动态", "news", order=60, is_written=True)
    only(monkeypatch, columns=[], index_pages=[part])
    (fault,) = look().faults
    assert (fault.kind, fault.what) == (FaultKind.EMPTY, "栏目里没有可读的内容。")
    publish_news()
    assert look().faults == []


def test_what_is_deducted_is_explained_and_capped() -> None:
    faults = [Fault(kind, "", "", "", "") for kind in FaultKind for _ in range(3)]
    found = deductions_of(faults)
    assert [one.points for one in found] == [
        min(3 * PRICES[k].each, PRICES[k].most) for k in FaultKind
    ]
    assert all(str(one.price.why) for one in found)
    many = deductions_of([Fault(FaultKind.NO_ALT, "", "", "", "")] * 1000)
    assert score_of(many) == Decimal(95)
    every = deductions_of([Fault(kind, "", "", "", "") for kind in FaultKind] * 100)
    assert score_of(every) == 0


def test_many_pages_cost_as_many_queries_as_few() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert look().faults == []
        return len(asked)

    link = f'<p><a linktype="page" id="{publish_news().pk}">一</a></p>'
    figure = {"image": make_image().pk, "alt": "开会", "caption": ""}
    body = [*text(link), {"type": "figure", "value": figure}]
    make_many_news(3, body=body)
    few = queries()
    make_many_news(30, body=body)
    assert queries() == few


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("/dangjian/news/", True),
        ("/news/", True),
        ("/dangjian/nowhere/", False),
        ("http://[", False),
        ("https://testserver/news", True),
        ("/admin/", True),
    ],
)
def test_the_site_may_live_below_a_prefix(address: str, leads: bool) -> None:
    set_script_prefix("/dangjian/")
    try:
        assert Addresses(["testserver"]).leads_somewhere("address", address) == leads
    finally:
        clear_script_prefix()
