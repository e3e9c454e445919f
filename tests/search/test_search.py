"""The search page: grouped, narrowed, counted, marked; only what residents may read; plain GET."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from partybuilding.column.pages import ProjectIndexPage
from search.models import Entry, Promotion, Subject, Synonym, Unanswered
from tests.factories import make_cast
from tests.factories.column import forge, make_page, make_pages
from tests.factories.news import TEXT, publish_news
from tests.factories.screens import asked
from tests.factories.spread import make_brand, make_case, publish_case_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


def ask(client: Client, q: Any, **more: Any) -> str:
    """Return the page of a question as text."""
    response = client.get("/search/", {"q": q, **more})
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def heading(text: str) -> str:
    """Return the h1 of a page."""
    found = re.search(r"<h1>(.*?)</h1>", text, re.S)
    assert found
    return re.sub(r"<.*?>", "", found[1]).strip()


def count(text: str) -> int:
    """Return how many results are shown."""
    return text.count("results__item")


def test_a_project_is_found_by_what_its_page_and_its_record_say(client: Client) -> None:
    cast = make_cast()
    page = make_page(cast=cast)
    commitment = page.project.commitments.first()
    words = (
        *("议事厅", "满意度", "議事廳", cast.organization.name, cast.organization.unit.name),
        *(page.project.code, "议事厅 满意度", commitment.goal[:6], commitment.person),
    )
    for q in words:
        text = ask(client, q)
        assert page.get_url() in text, q
        assert "1" in heading(text), q


def test_promises_are_found_once_they_are_public(client: Client) -> None:
    page = make_page("approved")
    goal = "每周三晚上院坝会当场答复"
    page.project.commitments.create(goal=goal, person="某某", post="书记")
    page.save()
    assert count(ask(client, f"“{goal}”")) == 0


def test_what_is_hidden_is_neither_found_nor_counted_nor_completed(client: Client) -> None:
    cast = make_cast()
    pages = make_pages(3, cast)
    title = pages[0].title
    assert "3" in heading(ask(client, "议事厅"))
    forge(pages[0].project, "declined")
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=pages[1].pk), restriction_type="password", password="x"
    )
    text = ask(client, "议事厅")
    assert "1" in heading(text)
    assert pages[2].get_url() in text
    pages[2].unpublish()
    text = ask(client, "议事厅")
    assert count(text) == 0
    for page in pages:
        assert page.get_url() not in text
    assert client.get("/search/suggest", {"q": title[:2]}).json()["items"] == []


def test_a_renamed_organization_is_found_by_its_new_name(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    cast = make_cast()
    page = make_page(cast=cast)
    with django_capture_on_commit_callbacks(execute=True):
        cast.organization.name = "中共更名之后社区委员会"
        cast.organization.save()
    assert page.get_url() in ask(client, "更名之后")


def test_a_step_of_the_record_reaches_the_index(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    from partybuilding.core.models import TransitionRecord

    page = make_page()
    Entry.objects.filter(page=page.pk).update(year=1999)
    row = TransitionRecord.objects.filter(machine="project", record_id=page.project_id).last()
    assert row is not None
    row.pk, row.sequence = None, row.sequence + 1
    row._state.adding = True
    with django_capture_on_commit_callbacks(execute=True):
        row.save()
    assert Entry.objects.get(page=page.pk).year == page.project.cycle.year


def test_an_index_that_waits_is_not_told_of_steps_either(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    cast = make_cast()
    make_page(cast=cast)
    settings.WAGTAILSEARCH_BACKENDS = {
        "default": {**settings.WAGTAILSEARCH_BACKENDS["default"], "AUTO_UPDATE": False}
    }
    with django_capture_on_commit_callbacks() as told:
        cast.organization.save()
    assert told == []


def test_results_are_narrowed_by_kind_field_and_year(client: Client) -> None:
    cast = make_cast()
    pages = make_pages(4, cast)
    index = ProjectIndexPage.objects.get()
    index.introduction = "<p>这里有全部议事厅项目。</p>"
    index.title = "议事厅总览"
    index.save()
    Entry.objects.filter(page__in=[page.pk for page in pages[:2]]).update(year=2031)
    Entry.objects.filter(page=pages[0].pk).update(sector="hospital")
    text = ask(client, "议事厅")
    assert "5" in heading(text)
    assert "项目（4）" in text
    assert "其他页面（1）" in text
    assert "1" in heading(ask(client, "议事厅", kind="page"))
    assert "2" in heading(ask(client, "议事厅", year=2031))
    narrowed = ask(client, "议事厅", kind="project", year=2031, sector="hospital")
    assert "1" in heading(narrowed)
    assert 'name="kind" value="project"' in narrowed
    assert "5" in heading(ask(client, "议事厅", kind="secret", year="x", sector="'", page="zwei"))


def test_results_come_in_pages_of_twenty(client: Client) -> None:
    make_pages(23, make_cast())
    first = ask(client, "议事厅")
    last = ask(client, "议事厅", page=2)
    assert "23" in heading(first)
    assert (count(first), count(last)) == (20, 3)
    assert "page=2" in first


def test_results_stand_by_relevance_or_by_their_day(client: Client) -> None:
    pages = make_pages(23, cast=make_cast())
    for at, page in enumerate(pages):
        Entry.objects.filter(page=page).update(date=date(2026, 1, 1) + timedelta(days=at * 7 % 23))
    nearest = ask(client, "议事厅", year=pages[0].specific.search_year)
    assert re.search(r'href="[^"]*sort=newest"[^>]*>\s*最新', nearest)
    assert re.search(r'aria-current="true">\s*最相关', nearest)
    newest = ask(client, "议事厅", year=pages[0].specific.search_year, sort="newest")
    assert re.search(r'aria-current="true">\s*最新', newest)
    days = re.findall(r'<time [^>]*datetime="([^"]+)"', newest)
    assert len(days) == 20
    assert days == sorted(days, reverse=True)
    assert 'name="sort" value="newest"' in newest, "what narrows the results keeps their order"
    assert re.search(r'href="\?[^"]*sort=newest[^"]*page=2', newest)
    back = re.search(r'href="([^"]+)"[^>]*>\s*最相关', newest)
    assert back
    assert "sort" not in back[1]
    assert "year" in back[1]
    assert re.search(r'aria-current="true">\s*最相关', ask(client, "议事厅", sort="nonsense"))


def test_words_are_marked_and_everything_else_is_escaped(client: Client) -> None:
    page = make_page()
    page.summary = "<b>议事厅</b> & 院坝会"
    page.save()
    text = ask(client, "議事廳 院坝会")
    assert "&lt;b&gt;<mark>议事厅</mark>&lt;/b&gt; &amp; <mark>院坝会</mark>" in text
    hostile = ask(client, '"><script>alert(1)</script>')
    assert "<script>alert" not in hostile


def test_what_only_has_similar_words_is_said_to_be_near_and_not_counted(client: Client) -> None:
    page = make_page()
    text = ask(client, "首次量子")
    assert heading(text) == "没有找到“首次量子”"
    near = text.split("含有相近词语的内容", 1)
    assert page.get_url() in near[1]
    assert count(near[0]) == 0
    assert Unanswered.objects.filter(text="首次量子").exists()


def test_what_is_near_shows_the_characters_that_it_shares(client: Client) -> None:
    page = make_page(title="互助菜园")
    near = ask(client, "助餐").split("含有相近词语的内容", 1)[1]
    [title] = re.findall(rf'href="{page.get_url()}">(.*?)</a>', near)
    assert "<mark>助</mark>" in title
    assert "助" not in re.sub(r"<mark>助</mark>", "", title)


def test_of_many_pages_that_say_a_word_those_with_it_in_their_title_stand_first(
    client: Client,
) -> None:
    cast = make_cast()
    make_pages(11, cast)
    page = make_page(cast=cast, title="议事厅里说家常")
    shown = client.get("/search/", {"q": "议事厅", "sort": ""}).context["found"]
    assert shown.count == 12
    assert shown.answer.pks[0] == page.pk


def test_a_question_without_anything_near_finds_nothing(client: Client) -> None:
    make_page()
    text = ask(client, "量子")
    assert heading(text) == "没有找到“量子”"
    assert "含有相近词语的内容" not in text


def test_pinyin_and_initials_find_without_a_script(client: Client) -> None:
    cast = make_cast()
    cast.organization.name = "石城社区党委"
    cast.organization.save()
    page = make_page(cast=cast)
    for q, read in (("shicheng", "石城"), ("shi cheng", "石城"), ("scsq", "石城社区")):
        text = ask(client, q)
        assert page.get_url() in text, q
        assert f"<mark>{read}</mark>" in text, q
        assert "拼音" in text, q


def test_a_word_that_sounds_alike_is_the_answer(client: Client) -> None:
    cast = make_cast()
    cast.organization.name = "石城社区党委"
    cast.organization.save()
    page = make_page(cast=cast)
    text = ask(client, "时成社区")
    assert page.get_url() in text
    assert "读音相近" in text
    assert "<mark>石城社区</mark>" in text
    assert heading(ask(client, "时乘射去")) == "没有找到“时乘射去”"


def test_a_slip_of_the_pen_is_put_right_by_what_stands_in_a_text(client: Client) -> None:
    page = make_page(distinctiveness="每晚由掌灯人开门，邻里说事。")
    for q in ("掌登人", "掌登人什么时候开门", "仗灯人开门"):
        text = ask(client, q)
        assert page.get_url() in text, q
        assert "读音相近" in text, q
    assert "读音相近" not in ask(client, "掌等")
    page.unpublish()
    assert "掌灯人" not in ask(client, "掌登人")


def test_what_tells_of_the_same_project_stands_with_what_answers(client: Client) -> None:
    cast = make_cast()
    page = make_page("graded", cast, distinctiveness="檐下听风亭里议事。")
    project = page.project
    case = publish_case_page(make_case("selected", cast, project).page, cast)
    news = publish_news("一年回顾", body=[TEXT, {"type": "projects", "value": [page.pk]}])
    brand = make_brand("promoted", cast, project).page
    told = dict(Subject.objects.values_list("page", "project"))
    assert told == {
        page.pk: project.pk,
        case.pk: project.pk,
        news.pk: project.pk,
        brand.pk: project.pk,
    }

    answers, near = ask(client, "檐下听风亭").split("含有相近词语的内容", 1)
    assert page.get_url() in answers
    assert case.get_url() in near
    assert news.get_url() in near
    assert brand.get_url() in answers, "it tells of the project in the same words"
    case.unpublish()
    assert case.get_url() not in ask(client, "檐下听风亭")


def test_synonyms_that_editors_join_find_each_other(client: Client) -> None:
    page = make_page()
    assert heading(ask(client, "恳谈室")) == "没有找到“恳谈室”"
    Synonym.objects.create(words="恳谈室 议事厅")
    text = ask(client, "恳谈室")
    assert page.get_url() in text
    assert "1条结果" in heading(text)


def test_a_recommended_page_stands_first_while_it_may_be_read(client: Client) -> None:
    page = make_page()
    Promotion.objects.create(words="投诉 举报", page=page, note="先看这里")
    text = ask(client, "我要投诉")
    assert text.index("先看这里") > 0
    assert "推荐" in text
    page.unpublish()
    assert "先看这里" not in ask(client, "我要投诉")


def test_nothing_found_says_what_to_try_and_is_remembered_once(client: Client) -> None:
    make_page()
    text = ask(client, "量子计算机")
    assert "可以这样试试" in text
    assert 'value="量子计算机"' in text
    assert "创新项目" in text
    ask(client, "量子计算机")
    row = Unanswered.objects.get()
    assert (row.text, row.count) == ("量子计算机", 1)


@pytest.mark.parametrize("q", ["", "   ", "\x00", None])
def test_without_words_nothing_is_looked_for(client: Client, q: Any) -> None:
    make_page()
    response = client.get("/search/", {"q": q} if q is not None else {})
    assert response.status_code == 200
    assert "站内搜索" in response.content.decode()
    assert count(response.content.decode()) == 0


@pytest.mark.parametrize("q", ["%_", "'; DROP TABLE x;--", '"', "\\", "🙂", "*", "长" * 5000])
def test_hostile_words_break_nothing(client: Client, q: str) -> None:
    make_page()
    assert count(ask(client, q)) == 0


def test_only_reading_is_possible_and_any_cache_may_keep_it(client: Client) -> None:
    assert client.post("/search/", {"q": "x"}).status_code == 405
    assert client.post("/search/suggest", {"q": "x"}).status_code == 405
    response = client.get("/search/", {"q": "x"})
    assert "public" in response["Cache-Control"]
    assert "noindex" in response.content.decode()
    response = client.get("/search/suggest", {"q": "x"})
    assert "public" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("q", ["议事厅", "议事厅开放时间表", "yishiting", "量子计算机"])
def test_a_search_takes_few_queries_however_many_results(client: Client, q: str) -> None:
    hidden = [page.pk for page in make_pages(24, make_cast())[2:]]

    def queries() -> int:
        cache.clear()
        ask(client, q)
        with CaptureQueriesContext(connection) as queries_taken:
            ask(client, q)
        return len(asked(queries_taken))

    Page.objects.filter(pk__in=hidden).update(live=False)
    few = queries()
    Page.objects.filter(pk__in=hidden).update(live=True)
    # Few hits ask for what holds the words in pieces, too; many hits never ask more than that.
    assert queries() <= few <= 26


def test_before_a_question_the_page_leads_to_what_can_be_done_here(client: Client) -> None:
    make_page()
    shown = client.get("/search/")
    ways = {post.href: str(post.title) for post in shown.context["services"]}
    assert ways["/opinions/"] == "提意见"
    assert ways["/results/"] == "评审结果"
    for href in ways:
        assert f'href="{href}"' in shown.text
        assert client.get(href).status_code == 200, href


def test_the_ways_of_the_page_cost_the_same_for_a_question_of_many_services(
    client: Client,
) -> None:
    ask(client, "公示")
    with CaptureQueriesContext(connection) as one:
        ask(client, "公示")
    with CaptureQueriesContext(connection) as several:
        ask(client, "公示结果进展")
    assert len(asked(several)) <= len(asked(one)) + 3
