"""The screen of an article: who sees it, what it shows, how the article leaves; the zip; the register."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image
from wagtail.images import get_image_model

from home.news.pages import NewsPage
from partybuilding.core.states import Role
from partybuilding.wechat.models import WechatExport
from partybuilding.wechat.pictures import (
    COVERS,
    MOST_BYTES,
    WIDTH,
    content_of,
    cover,
    covers,
    drawn,
    picture,
)
from partybuilding.wechat.services import compare_with_site
from tests.factories import make_cast
from tests.factories.announced import make_announced
from tests.factories.column import make_image
from tests.factories.news import publish_news, write_news
from tests.factories.notices import publish_notice
from tests.factories.pictures import photograph
from tests.factories.projects import Cast
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db
LINES = {"title": "邻里议事厅开到楼栋", "author": "区委组织部", "digest": "居民议事。"}
REGISTER = "party_wechat_modeladmin_index"
MAKERS = {Role.EDITOR, Role.PUBLISHER}


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return make_cast()


def screen(page: Any) -> str:
    """Return the address of the article of a page."""
    return reverse("partybuilding:wechat_page", args=[page.pk])


@pytest.mark.parametrize("role", list(Role))
def test_editors_and_publishers_make_articles_and_for_all_others_there_is_none(
    cast: Cast, role: Role
) -> None:
    page = publish_news()
    browser = client_of(cast[role.value])
    may = role in MAKERS
    seen = browser.get(screen(page)).status_code
    sent = browser.post(screen(page), {**LINES, "way": "copy"}).status_code
    listed = browser.get(reverse(REGISTER)).status_code
    if may:
        assert (seen, sent, listed) == (200, 200, 200)
    else:
        assert {seen, sent, listed} <= {302, 403, 404}
    assert WechatExport.objects.count() == may


def test_the_screen_shows_the_article_its_counters_and_what_left(cast: Cast) -> None:
    page = publish_news()
    browser = client_of(cast["editor"])
    browser.post(screen(page), {**LINES, "way": "copy"})
    shown = browser.get(screen(page)).content.decode()
    assert "复制到公众号" in shown
    assert "保存后再看一遍" in shown
    assert "9</span> / 32" in shown
    assert "srcdoc=" in shown
    assert WechatExport.objects.get().text_hash[:12] in shown
    assert "送公众号草稿箱" not in shown
    assert "与网站版不一致" not in shown


def test_a_text_that_changed_since_says_so_on_the_screen(cast: Cast) -> None:
    page = publish_news()
    browser = client_of(cast["editor"])
    browser.post(screen(page), {**LINES, "way": "copy"})
    NewsPage.objects.filter(pk=page.pk).update(summary="改了。")
    assert "微信版与网站版不一致" in browser.get(screen(page)).content.decode()
    compare_with_site()
    listed = browser.get(reverse(REGISTER), {"differs": "true"}).content.decode()
    assert "起不一致" in listed


def test_a_draft_is_shown_but_does_not_leave(cast: Cast) -> None:
    page = write_news()
    browser = client_of(cast["editor"])
    shown = browser.get(screen(page)).content.decode()
    assert "页面还没有对群众公开" in shown
    assert "复制到公众号" not in shown
    answer = browser.post(screen(page), {**LINES, "way": "copy"})
    assert answer.status_code == 409
    assert "已经公开" in answer.json()["error"]
    answer = browser.post(screen(page), {**LINES, "way": "zip"})
    assert "已经公开" in answer.content.decode()
    assert not WechatExport.objects.exists()


def test_a_list_is_no_article(cast: Cast) -> None:
    index = publish_news().get_parent()
    assert client_of(cast["editor"]).get(screen(index)).status_code == 404


def test_the_title_is_asked_for_where_it_is_missing(cast: Cast) -> None:
    page = publish_news()
    browser = client_of(cast["editor"])
    lines = {**LINES, "title": " "}
    assert browser.post(screen(page), {**lines, "way": "copy"}).json() == {"error": "请填写标题。"}
    assert "请填写标题。" in browser.post(screen(page), {**lines, "way": "zip"}).content.decode()


def test_the_zip_holds_article_pictures_covers_and_checklist(cast: Cast) -> None:
    figure = {"image": make_image().pk, "caption": "五楼", "alt": "议事厅"}
    body = [{"type": "figure", "value": figure}, {"type": "heading", "value": "怎么做"}]
    page = publish_news(body=body)
    browser = client_of(cast["publisher"])
    answers = [browser.post(screen(page), {**LINES, "way": "zip"}) for _ in range(2)]
    assert answers[0].content == answers[1].content
    with zipfile.ZipFile(BytesIO(answers[0].content)) as archive:
        names = archive.namelist()
        assert names == sorted(["article.html", "checklist.txt", "images/01.jpg", *COVERS])
        html = archive.read("article.html").decode()
        checklist = archive.read("checklist.txt").decode("utf-8-sig")
        for name, size in COVERS.items():
            assert Image.open(BytesIO(archive.read(name))).size == size
    assert 'src="images/01.jpg"' in html
    assert LINES["title"] in checklist
    assert "标题：9字，上限32字" in checklist
    assert "保存后再看一遍" in checklist
    assert "1张图片" in checklist
    assert "&" not in checklist


def test_pictures_are_light_and_no_wider_than_a_telephone_shows() -> None:
    cache.clear()  # where pictures of rolled-back tests are remembered
    file = ContentFile(photograph(size=(2600, 1700)), name="large.jpg")
    cut = picture(get_image_model().objects.create(title="大图", file=file))
    assert cut.file.size <= MOST_BYTES
    assert cut.width == WIDTH
    assert Image.open(BytesIO(content_of(cut))).format == "JPEG"


def test_a_picture_whose_file_is_lost_is_left_out(cast: Cast) -> None:
    image = make_image()
    page = publish_news(
        body=[{"type": "figure", "value": {"image": image.pk, "alt": "x", "caption": ""}}]
    )
    image.file.storage.delete(image.file.name)
    shown = client_of(cast["editor"]).get(screen(page))
    assert shown.status_code == 200
    assert "&lt;img" not in shown.content.decode()


def test_a_notice_tells_its_list_and_how_to_object(cast: Cast) -> None:
    page = publish_notice(cast)
    shown = client_of(cast["editor"]).get(screen(page)).content.decode()
    assert "立项名单" in shown
    assert "区委组织部组织科" in shown


def test_the_results_of_a_year_have_an_article_once_they_are_public() -> None:
    year, _run = make_announced()
    browser = client_of(make_cast()["editor"])
    address = reverse("partybuilding:wechat_results", args=[year.cycle.year])
    assert year.projects[0].title in browser.get(address).content.decode()
    other = reverse("partybuilding:wechat_results", args=[1999])
    assert browser.get(other).status_code == 404
    assert address in browser.get(reverse(REGISTER)).content.decode()


def test_the_page_editor_leads_to_the_article(cast: Cast) -> None:
    page = publish_news()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert screen(page) in client_of(cast["editor"]).get(edit).content.decode()


def test_the_register_costs_the_same_for_many_rows(cast: Cast) -> None:
    page = publish_news()
    browser = client_of(cast["editor"])
    made = {
        "page": page,
        "way": "copy",
        "name": "郑",
        "title": "题",
        "text_hash": "0" * 64,
        "length": 9,
    }
    WechatExport.objects.bulk_create(WechatExport(**made) for _ in range(3))
    browser.get(reverse(REGISTER))
    few = queries_of(browser, reverse(REGISTER))
    WechatExport.objects.bulk_create(WechatExport(**made) for _ in range(60))
    assert queries_of(browser, reverse(REGISTER)) <= few + 1


@pytest.mark.parametrize("title", ["短", "关于2022年度基层党建创新项目立项名单的公示" * 6, ""])
def test_a_page_without_a_picture_has_its_title_on_the_covers(title: str) -> None:
    made = covers(None, title)
    assert {Image.open(BytesIO(made[name])).size for name in COVERS} == set(COVERS.values())


def test_a_lead_picture_whose_file_is_lost_has_the_title_instead() -> None:
    cache.clear()
    image = make_image()
    image.file.storage.delete(image.file.name)
    assert cover(image, "题", (900, 383)) == drawn("题", (900, 383))
