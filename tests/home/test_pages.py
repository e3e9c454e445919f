"""The plain pages and the map of the site: planted with true texts, kept by editors, never lost."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction, Site

from home.branches import NEWEST, branches_of
from home.models import ColumnSettings, HomePage
from home.news.models import NewsCategory
from home.pages import SiteMapPage, TextPage
from home.starting_texts import TEXTS
from home.tree import plant
from partybuilding.core.states import Role
from partybuilding.core.text.personal_data import findings
from partybuilding.core.words.actors import said
from tests.factories import make_cast, make_person, make_user
from tests.factories.column import forge, make_page
from tests.factories.news import make_many_news
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db


def text(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize("planted", TEXTS, ids=[one.slug for one in TEXTS])
def test_every_planted_text_is_live_whole_and_dated(planted: object) -> None:
    page = text(f"/{planted.slug}/")
    assert f"<h1>{planted.title}</h1>" in page
    assert planted.lead in page
    for heading, parts in planted.parts:
        assert f"<h2>{heading}</h2>" in page
        for part in parts:
            for sentence in [part] if isinstance(part, str) else part:
                assert said(sentence) in page
                assert not findings(sentence)
    assert "本页最后更新于" in page
    assert f'<meta name="description" content="{planted.lead}">' in page
    assert page.index("<h1>") < page.index("<h2>")


def test_the_ways_to_reach_the_site_come_from_its_settings() -> None:
    assert "本栏的联系方式暂未公布。" in text("/accessibility/")
    ColumnSettings.objects.update(
        organizer="区融媒体中心", contact="023-79220000", address="示例路1号"
    )
    contact = text("/accessibility/").split('id="contact"')[1].split("</section>")[0]
    assert re.findall(r"<li>\s*([^<]+?)\s*</li>", contact) == [
        "承办单位：区融媒体中心",
        "联系电话：023-79220000",
        "地址：示例路1号",
    ]
    TextPage.objects.update(shows_contact=False)
    assert 'id="contact"' not in text("/accessibility/")


def test_what_people_changed_or_removed_stays_so() -> None:
    TextPage.objects.filter(slug="about").update(title="关于我们")
    NewsCategory.objects.exclude(code="work").delete()
    before = Page.objects.count()
    plant()
    assert Page.objects.count() == before
    assert text("/about/").count("<h1>关于我们</h1>") == 1
    assert NewsCategory.objects.count() == 1


def test_editors_change_the_plain_pages_and_lose_none_of_them() -> None:
    publisher, editor = make_person(Role.PUBLISHER), make_person(Role.EDITOR)
    for model in (TextPage, SiteMapPage):
        page = model.objects.first()
        assert page.permissions_for_user(editor).can_edit()
        for user in (editor, publisher, make_user(is_superuser=True)):
            tester = page.permissions_for_user(user)
            assert not tester.can_delete()
            assert not tester.can_copy()
            assert not tester.can_move()
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert client_of(editor).get(address).status_code == 200
    assert not HomePage.objects.get().permissions_for_user(editor).can_add_subpage()


def groups() -> dict[str, list[str]]:
    """Return what the map shows: the parts, each with what is in it."""
    page = text("/sitemap/").split('class="site-map"')[1].split("</main>")[0]
    parts = page.split("site-map__group")[1:]
    found = {}
    for part in parts:
        names = re.findall(r"<a[^>]*>\s*([^<]+?)\s*</a>", part)
        found[names[0]] = names[1:]
    return found


def test_the_map_of_an_empty_site_leads_to_what_there_is() -> None:
    assert groups() == {
        "首页": ["搜索本站", "名词解释", "关注更新"],
        "群众意见": ["查询我的意见", "公开的答复"],
        "开放数据": ["数据字典"],
        "关于本栏": ["无障碍说明", "隐私说明"],
    }


def test_the_map_shows_years_and_the_newest_and_nothing_hidden() -> None:
    cast = make_cast()
    page = make_page(cast=cast)
    news = make_many_news(NEWEST + 2)
    PageViewRestriction.objects.create(page=news[0], restriction_type="login")
    shown = groups()
    assert list(shown) == [
        *(
            "首页",
            "创新项目",
            "逾期与没有做到的承诺",
            "新闻动态",
            "群众意见",
            "开放数据",
            "关于本栏",
        ),
    ]
    assert shown["创新项目"] == [page.get_parent().title]
    assert shown["新闻动态"] == [item.title for item in news[1 : NEWEST + 1]]
    assert f"{NEWEST + 1}条" in text("/sitemap/")
    forge(page.project, "declined")
    assert "创新项目" not in groups()
    PageViewRestriction.objects.create(page=news[0].get_parent(), restriction_type="login")
    assert "新闻动态" not in groups()


def test_without_plain_pages_or_a_site_the_map_is_short_and_not_broken(rf: object) -> None:
    for page in TextPage.objects.all():
        page.unpublish()
    assert list(groups()) == ["首页", "群众意见", "开放数据"]
    itself = SiteMapPage.objects.get()
    Site.objects.all().delete()
    assert branches_of(rf.get("/sitemap/"), itself) == []


def test_the_administration_bears_the_name_of_its_site() -> None:
    client = client_of(make_person(Role.DEPARTMENT))
    Site.objects.update(site_name="石桥镇基层创新")
    assert ">石桥镇基层创新</h1>" in client.get("/admin/").text
    Site.objects.update(site_name="")
    assert f">{said('[[programme]]')}</h1>" in client.get("/admin/").text
