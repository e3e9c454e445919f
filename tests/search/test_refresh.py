"""What a page tells from other rows is found once it can be read there, and no longer when it cannot."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from partybuilding.column.services import start_page
from partybuilding.core.services import move
from partybuilding.opinions.services import withhold_exchange
from partybuilding.progress.models import CommitmentChange
from partybuilding.progress.services import Evidence, answer_question, propose_change
from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage
from tests.factories import make_cast
from tests.factories.column import publish
from tests.factories.opinions import make_exchange, make_opinion, take
from tests.factories.progress import jpeg, make_kept, make_question, report, step_of
from tests.factories.projects import Cast
from tests.factories.site import make_news
from tests.factories.supervision import finding, make_visit, take_rectification

pytestmark = pytest.mark.django_db
Commits = Callable[..., Any]


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.fixture
def told(django_capture_on_commit_callbacks: Any) -> Commits:
    """What is to be done after a commit is done."""

    def run() -> Any:
        return django_capture_on_commit_callbacks(execute=True)

    return run


def page_of(project: Project, cast: Cast) -> ProjectPage:
    """Publish the page of a project."""
    page = start_page(project, by=cast["editor"])
    publish(page, cast)
    return ProjectPage.objects.get(pk=page.pk)


def finds(client: Client, q: str, address: str) -> bool:
    """Tell whether a question in quotes leads to an address."""
    return f'href="{address}"' in client.get("/search/", {"q": f"“{q}”"}).text


def test_a_promise_is_found_as_it_reads_after_an_approved_change(
    client: Client, told: Commits
) -> None:
    cast = make_cast()
    project = make_kept(cast)
    page = page_of(project, cast)
    promise = project.commitments.get()
    with told():
        change = propose_change(
            promise, "goal", by=cast["applicant"], reason="居民要求扩大。", text="修好驼峰桥栏杆"
        )
    assert not finds(client, "驼峰桥栏杆", page.url)
    with told():
        change = CommitmentChange.objects.get(pk=change.pk)
        move(change, "approve", by=cast["department"], reason="同意。")
    assert finds(client, "驼峰桥栏杆", page.url)
    assert finds(client, "居民要求扩大", page.url)
    assert not finds(client, promise.goal, page.url)


def test_a_report_is_found_with_its_figures_and_pictures(client: Client, told: Commits) -> None:
    cast = make_cast()
    project = make_kept(cast)
    page = page_of(project, cast)
    figures, pictures = (("发放药箱", "37", "只"),), ((jpeg(), "巡诊车停在晒谷场"),)
    with told():
        report(step_of(project), cast, "三轮巡诊走遍院坝。", figures=figures, pictures=pictures)
    for words in ("走遍院坝", "发放药箱37只", "停在晒谷场"):
        assert finds(client, words, page.url), words


def test_what_was_added_to_a_report_is_found_once_it_is_accepted(
    client: Client, told: Commits
) -> None:
    cast = make_cast()
    project = make_kept(cast)
    page = page_of(project, cast)
    question = make_question("open", cast, project)
    added = Evidence("补拍签到墙照片。")
    with told():
        question = answer_question(question, by=cast["applicant"], words="见附。", evidence=added)
    assert not finds(client, "签到墙", page.url)
    with told():
        move(question, "settle", by=cast["unit"], reason="情况属实。")
    assert finds(client, "签到墙", page.url)


def test_a_finding_is_found_and_what_was_done_about_it_once_it_is_verified(
    client: Client, told: Commits
) -> None:
    cast = make_cast()
    project = make_kept(cast)
    page = page_of(project, cast)
    with told():
        visit = make_visit(project, cast, finding("消防通道堆放杂物。"))
    assert finds(client, "消防通道", page.url)
    one = visit.activity.rectifications.get()
    with told():
        one = take_rectification(one, "report_done", cast)
    assert not finds(client, "书记签字", page.url)
    with told():
        take_rectification(one, "verify", cast)
    assert finds(client, "书记签字", page.url)


@pytest.mark.parametrize("on_project", [True, False])
def test_an_answer_to_an_opinion_is_found_while_it_is_published(
    client: Client, told: Commits, on_project: bool
) -> None:
    cast = make_cast()
    project = make_kept(cast) if on_project else None
    page = page_of(project, cast) if project else None
    text = "红枫巷路灯坏了半个月，什么时候修？"
    with told():
        take(make_opinion("drafted", cast, project, text=text), "approve", cast)
    assert not client.get("/search/", {"q": "红枫巷路灯"}).text.count("results__item")
    with told():
        exchange = make_exchange(cast, project, text=text)
    address = f"/opinions/replies/{exchange.pk}/"
    assert finds(client, "红枫巷路灯", address)
    assert finds(client, "党员轮流值班", address)
    with told():
        withhold_exchange(exchange, by=cast["department"], withheld="asked")
    assert not finds(client, "红枫巷路灯", address)
    if page:
        with told():
            exchange = make_exchange(cast, project, text=text)
        page.unpublish()
        assert not finds(client, "红枫巷路灯", f"/opinions/replies/{exchange.pk}/")


def test_more_answers_than_are_shown_stand_behind_a_link(client: Client, told: Commits) -> None:
    cast = make_cast()
    with told():
        for number in range(7):
            make_exchange(cast, text=f"第{number}处健身器材坏了，请来人修。")
    text = client.get("/search/", {"q": "健身器材"}).text
    assert text.count("results__item") == 5
    assert "7" in text.split("<h1")[1].split("</h1>")[0]
    assert 'href="/opinions/replies/?q=' in text
    assert client.get("/opinions/replies/", {"q": "健身器材"}).text.count("第") >= 7
    assert "第3处" not in client.get("/opinions/replies/", {"q": "第4处"}).text


def test_the_ways_to_kinds_add_up_to_the_heading_with_the_answers_to_opinions(
    client: Client, told: Commits
) -> None:
    cast = make_cast()
    with told():
        make_exchange(cast, text="红枫巷路灯坏了半个月，什么时候修？")
        make_news("红枫巷路灯亮了", "ludeng")
    for query, found in (({}, 2), ({"kind": "news"}, 1)):
        shown = client.get("/search/", {"q": "红枫巷路灯", **query})
        ways = {kind["text"]: kind["href"] for kind in shown.context["kinds"]}
        assert list(ways) == ["全部（2）", "新闻（1）", "意见答复公开（1）"]
        assert ways["意见答复公开（1）"].startswith("/opinions/replies/?q=")
        assert f"共找到{found}条结果" in shown.text
