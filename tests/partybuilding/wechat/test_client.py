"""A draft is put into the account, and nothing is ever sent: against a stand-in of the platform."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.request import urlopen

import pytest
from django.core.cache import cache

from partybuilding.core.states import Role
from partybuilding.wechat import client
from partybuilding.wechat.client import REFUSALS, PlatformRefused
from partybuilding.wechat.models import WechatExport
from partybuilding.wechat.services import push_draft
from partybuilding.wechat.sources import ArticleSource, source_of_page
from tests.architecture.sources import ROOT
from tests.factories.column import make_image
from tests.factories.news import publish_news
from tests.factories.people import make_person
from tests.factories.screens import client_of
from tests.factories.wechat import Platform, platform

LINES = {"title": "邻里议事厅“开”到楼栋", "author": "区委组织部", "digest": "居民在家门口议事。"}
DRAFT, PICTURE, COVER = (
    "/cgi-bin/draft/add",
    "/cgi-bin/media/uploadimg",
    "/cgi-bin/material/add_material",
)


@pytest.fixture
def account(settings: Any) -> Iterator[Platform]:
    """Let the platform answer on this machine."""
    cache.delete(client.TOKEN)
    with platform() as stands:
        settings.PARTYBUILDING_WECHAT_APP_ID = "wx-test"
        settings.PARTYBUILDING_WECHAT_APP_SECRET = "secret"
        settings.PARTYBUILDING_WECHAT_API_URL = stands.url
        yield stands
    cache.delete(client.TOKEN)


@pytest.fixture
def source(db: None) -> ArticleSource:
    """Publish an item with a picture in its text."""
    figure = {"image": make_image().pk, "caption": "", "alt": "议事厅"}
    text = {"type": "text", "value": "<p>议题当场认领。</p>"}
    body = [text, {"type": "figure", "value": figure}]
    return source_of_page(publish_news(body=body, lead_image=make_image("题图")).pk)


@pytest.fixture
def editor(db: None) -> Any:
    """Make the person who exports."""
    return make_person(Role.EDITOR)


def test_a_draft_carries_the_article_with_its_pictures_and_cover(
    account: Platform, source: ArticleSource, editor: Any
) -> None:
    export = push_draft(source, LINES, by=editor)
    (draft,) = account.drafts
    assert {name: draft[name] for name in LINES} == LINES
    assert draft["content"].count("https://mmbiz.qpic.cn/") == len(account.pictures) == 2
    assert "http://mmbiz" not in draft["content"]
    assert draft["content_source_url"] == source.address
    assert draft["thumb_media_id"] == "cover-1"
    assert (draft["article_type"], draft["need_open_comment"]) == ("news", 0)
    assert (export.way, export.media_id) == ("draft", "draft-1")
    assert export == WechatExport.objects.get()


def test_texts_go_out_as_they_are_without_escapes(
    account: Platform, source: ArticleSource, editor: Any
) -> None:
    push_draft(source, LINES, by=editor)
    assert LINES["title"] in account.bodies[0].decode()
    assert b"\\u" not in account.bodies[0]


def test_one_token_serves_many_calls_and_a_stale_one_is_asked_for_anew(
    account: Platform, source: ArticleSource, editor: Any
) -> None:
    push_draft(source, LINES, by=editor)
    push_draft(source, LINES, by=editor)
    assert account.tokens == 1
    account.tokens += 1  # somebody else asked for one: ours holds no longer
    push_draft(source, LINES, by=editor)
    assert account.tokens == 3
    assert len(account.drafts) == 3


@pytest.mark.parametrize(
    ("path", "code"),
    [
        *((PICTURE, code) for code in (40005, 40009)),
        *((DRAFT, code) for code in (40007, 44003, 45002, 45003, 45004, 45110, 47001, 53402)),
        *((COVER, code) for code in (40005, 40009)),
        ("/cgi-bin/token", 40013),
        ("/cgi-bin/token", 40125),
        ("/cgi-bin/token", 40164),
    ],
)
def test_what_the_platform_refuses_is_said_in_words_and_nothing_is_written_down(
    account: Platform, source: ArticleSource, editor: Any, path: str, code: int
) -> None:
    account.refuses[path] = code
    with pytest.raises(PlatformRefused) as refused:
        push_draft(source, LINES, by=editor)
    assert refused.value.code == code
    assert refused.value.sentences == (str(REFUSALS[code]),)
    assert "请" in str(refused.value)
    assert not WechatExport.objects.exists()


def test_a_wrong_secret_is_tried_once_more_and_then_said(
    account: Platform, source: ArticleSource, editor: Any, settings: Any
) -> None:
    settings.PARTYBUILDING_WECHAT_APP_SECRET = "wrong"
    with pytest.raises(PlatformRefused) as refused:
        push_draft(source, LINES, by=editor)
    assert refused.value.code == 40001
    assert account.drafts == []


def test_an_unknown_number_is_said_too(
    account: Platform, source: ArticleSource, editor: Any
) -> None:
    account.refuses[DRAFT] = 99999
    with pytest.raises(PlatformRefused) as refused:
        push_draft(source, LINES, by=editor)
    assert "99999" in str(refused.value)


def test_a_platform_that_is_down_is_said(source: ArticleSource, editor: Any, settings: Any) -> None:
    cache.delete(client.TOKEN)
    settings.PARTYBUILDING_WECHAT_APP_ID = settings.PARTYBUILDING_WECHAT_APP_SECRET = "x"
    settings.PARTYBUILDING_WECHAT_API_URL = "http://127.0.0.1:9"
    with pytest.raises(PlatformRefused) as refused:
        push_draft(source, LINES, by=editor)
    assert (refused.value.code, str(refused.value)) == (0, "暂时连不上微信平台，请稍后再试。")


def test_the_screen_puts_a_draft_and_says_where_it_is_or_why_not(
    account: Platform, source: ArticleSource, editor: Any
) -> None:
    browser = client_of(editor)
    assert "送公众号草稿箱" in browser.get(source.screen).content.decode()
    long = browser.post(source.screen, {**LINES, "title": "长" * 33, "way": "draft"})
    assert "超出1字" in long.content.decode()
    account.refuses[DRAFT] = 53402
    refused = browser.post(source.screen, {**LINES, "way": "draft"})
    assert "微信平台裁剪封面失败" in refused.content.decode()
    assert LINES["title"] in refused.content.decode()
    done = browser.post(source.screen, {**LINES, "way": "draft"}, follow=True)
    assert "文章已送到公众号草稿箱" in done.content.decode()
    assert len(account.drafts) == 1


def test_without_an_account_there_is_no_such_way(source: ArticleSource, editor: Any) -> None:
    assert client_of(editor).post(source.screen, {**LINES, "way": "draft"}).status_code == 404


def test_the_site_knows_no_account_until_one_is_named(settings: Any) -> None:
    assert not client.is_connected()
    settings.PARTYBUILDING_WECHAT_APP_ID = "wx-test"
    assert not client.is_connected()
    settings.PARTYBUILDING_WECHAT_APP_SECRET = "secret"
    assert client.is_connected()


@pytest.mark.parametrize("path", ["/cgi-bin/freepublish/submit", "/cgi-bin/message/mass/sendall"])
def test_the_stand_in_fails_when_something_is_sent_to_readers(path: str) -> None:
    def send() -> None:
        with platform() as stands, urlopen(f"{stands.url}{path}", data=b"{}") as answer:
            json.loads(answer.read())

    with pytest.raises(AssertionError, match="sent to readers"):
        send()


def test_no_source_of_the_programme_names_what_sends() -> None:
    names = ("freepublish", "message/mass")
    for folder in ("partybuilding", "home", "search", "site"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert [name for name in names if name in text] == [], path
