"""What leaves the site is written down, holds to what residents may read, and is marked when the site changes."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command

from home.news.pages import NewsPage
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.services import withdraw_page
from partybuilding.wechat import services
from partybuilding.wechat.desk import article_lines, article_remarks
from partybuilding.wechat.forms import lines_of
from partybuilding.wechat.models import WechatExport
from partybuilding.wechat.services import compare_project, compare_with_site, record_export
from partybuilding.wechat.sources import source_of_page, source_of_results
from partybuilding.wechat.states import Way
from tests.factories import make_cast
from tests.factories.announced import make_announced, make_noticed
from tests.factories.column import make_page
from tests.factories.news import publish_news, write_news
from tests.factories.projects import Cast, take
from tests.factories.site import make_bulletin
from tests.factories.spread import (
    make_brand,
    make_case,
    publish_brand_page,
    publish_case_page,
)

pytestmark = pytest.mark.django_db
LINES = {"title": "题", "author": "者", "digest": "要"}


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return make_cast()


def export(page: Any, cast: Cast, way: str = Way.COPY) -> WechatExport:
    """Let the editor export a page."""
    return record_export(source_of_page(page.pk), LINES, way, by=cast["editor"])


def change(page: NewsPage, **fields: Any) -> None:
    """Publish other words."""
    page = NewsPage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def differing() -> list[int | None]:
    """Return the keys of the pages whose article differs."""
    return list(WechatExport.objects.differing().values_list("page", flat=True))


def test_an_export_keeps_who_when_and_what_the_page_said(cast: Cast) -> None:
    page = publish_news()
    made = export(page, cast)
    source = source_of_page(page.pk)
    assert (made.page_id, made.made_by, made.name) == (
        page.pk,
        cast["editor"],
        cast["editor"].get_full_name() or cast["editor"].get_username(),
    )
    assert made.text_hash == source.manuscript.digest_of_text
    assert (made.title, made.author, made.digest) == ("题", "者", "要")
    assert made.length == len(source.html(lambda cut: cut.url))
    assert source.tells_what(made)


def test_only_what_residents_may_read_leaves(cast: Cast) -> None:
    with pytest.raises(ConditionUnmet):
        export(write_news(), cast)
    assert not WechatExport.objects.exists()


def test_a_number_of_a_person_that_was_typed_for_the_platform_does_not_leave(cast: Cast) -> None:
    source = source_of_page(publish_news().pk)
    with pytest.raises(ConditionUnmet) as refused:
        record_export(source, {**LINES, "digest": "请打13812345678。"}, Way.COPY, by=cast["editor"])
    assert str(refused.value).startswith("“摘要”含有手机号码")
    assert not WechatExport.objects.exists()


@pytest.mark.parametrize("role", ["applicant", "unit", "department", "expert", "taskforce"])
def test_others_than_editors_and_publishers_export_nothing(cast: Cast, role: str) -> None:
    source = source_of_page(publish_news().pk)
    with pytest.raises(NotYours):
        record_export(source, LINES, Way.ZIP, by=cast[role])


def test_an_article_that_is_too_long_does_not_leave_but_a_long_title_may_be_shortened_there(
    cast: Cast,
) -> None:
    long = {"type": "text", "value": f"<p>{'长' * 19_500}</p>"}
    source = source_of_page(publish_news(body=[long]).pk)
    with pytest.raises(ConditionUnmet) as refused:
        record_export(source, LINES, Way.COPY, by=cast["editor"])
    assert "一篇放不下" in str(refused.value)
    source = source_of_page(publish_news("另一条").pk)
    record_export(source, {**LINES, "title": "长" * 33}, Way.COPY, by=cast["editor"])


def test_a_change_on_the_site_is_marked_and_a_new_export_settles_it(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    page, other = publish_news(), publish_news("另一条")
    made = export(page, cast)
    export(other, cast)
    with django_capture_on_commit_callbacks(execute=True):
        change(page, body=[{"type": "text", "value": "<p>改了。</p>"}])
    assert differing() == [page.pk]
    marked = WechatExport.objects.get(pk=made.pk).differs_since
    with django_capture_on_commit_callbacks(execute=True):
        change(page, summary="又改了。")
    assert WechatExport.objects.get(pk=made.pk).differs_since == marked
    export(page, cast)
    assert differing() == []


def test_going_back_to_the_old_words_is_no_difference(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    page = publish_news()
    export(page, cast)
    for words, expected in (("别的。", [page.pk]), (page.summary, [])):
        with django_capture_on_commit_callbacks(execute=True):
            change(page, summary=words)
        assert differing() == expected


def test_a_page_that_was_taken_offline_differs(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    page = publish_news()
    export(page, cast)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_page(NewsPage.objects.get(pk=page.pk), by=cast["publisher"], reason="内容有误。")
    assert differing() == [page.pk]


def test_a_promise_that_was_changed_makes_the_article_of_its_project_differ(cast: Cast) -> None:
    page = make_page("implementing", cast)
    export(page, cast)
    assert compare_with_site() == 0
    page.project.commitments.update(deadline=date(2099, 12, 31))
    assert compare_with_site() == 1
    assert differing() == [page.pk]


def test_a_step_of_a_project_compares_its_article(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    page = make_page("implementing", cast)
    export(page, cast)
    page.project.commitments.update(goal="另一个目标，全年办结一百件。")
    with django_capture_on_commit_callbacks(execute=True):
        take(page.project, "terminate", cast)
    assert differing() == [page.pk]


def test_the_results_of_a_year_are_told_and_recorded() -> None:
    year, run = make_announced()
    source = source_of_results(year.cycle.year)
    assert source.run == run
    assert year.projects[0].title in source.html(lambda cut: cut.url)
    by = make_cast()["editor"]
    made = record_export(source, lines_of(source), Way.ZIP, by=by)
    assert (made.run, made.page) == (run, None)
    assert compare_with_site() == 0


def test_a_case_tells_its_four_parts(cast: Cast) -> None:
    case = make_case("selected", cast)
    page = publish_case_page(case.page, cast)
    html = source_of_page(page.pk).html(lambda cut: cut.url)
    for heading in ("背景与问题", "主要做法", "工作成效", "可复制的经验"):
        assert heading in html
    assert "三方共建一站" in html


def test_the_daily_comparison_says_how_many_differ(cast: Cast, capsys: Any) -> None:
    page = publish_news()
    export(page, cast)
    NewsPage.objects.filter(pk=page.pk).update(summary="悄悄改了。")
    call_command("compare_articles")
    assert "1 articles differ" in capsys.readouterr().out
    assert differing() == [page.pk]


def test_the_editor_says_it_at_once_and_the_first_screen_counts_it(cast: Cast) -> None:
    page = publish_news()
    export(page, cast)
    assert list(article_remarks(page, cast["editor"])) == []
    NewsPage.objects.filter(pk=page.pk).update(summary="悄悄改了。")
    (remark,) = article_remarks(page, cast["editor"])
    assert str(remark.text).startswith("微信版与网站版不一致")
    compare_with_site()
    assert [line.count for line in article_lines(cast["publisher"])] == [1]
    assert list(article_lines(cast["applicant"])) == []


def test_the_lines_of_the_last_article_come_back_while_the_page_says_the_same(cast: Cast) -> None:
    page = publish_news()
    export(page, cast)
    assert lines_of(source_of_page(page.pk)) == LINES
    NewsPage.objects.filter(pk=page.pk).update(title="新标题")
    assert lines_of(source_of_page(page.pk))["title"] == "新标题"


def test_an_author_that_is_too_long_is_left_out(cast: Cast) -> None:
    page = publish_news(source="某某街道某某社区党委第一党支部委员会", author="")
    assert lines_of(source_of_page(page.pk))["author"] == ""


def test_a_step_of_what_has_no_project_compares_nothing(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as waiting:
        compare_project(type(cast.cycle), record=cast.cycle)
    assert waiting == []


def test_a_comparison_that_fails_spoils_nothing_and_is_logged(
    cast: Cast,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    page = publish_news()
    export(page, cast)

    def fail(*args: Any, **kwargs: Any) -> int:
        raise RuntimeError("gone")

    monkeypatch.setattr(services, "compare_with_site", fail)
    with django_capture_on_commit_callbacks(execute=True):
        change(page, summary="改了。")
    assert "exports were not compared" in caplog.text
    assert NewsPage.objects.get(pk=page.pk).summary == "改了。"


def test_exports_are_seen_by_those_who_make_articles_alone(cast: Cast) -> None:
    export(publish_news(), cast)
    assert WechatExport.objects.visible_to(cast["publisher"]).exists()
    assert not WechatExport.objects.visible_to(cast["department"]).exists()


def test_an_export_whose_page_is_gone_stays_and_is_compared_no_more(cast: Cast) -> None:
    page = publish_news()
    made = export(page, cast)
    WechatExport.objects.filter(pk=made.pk).update(page=None)
    assert compare_with_site() == 0
    assert WechatExport.objects.get().title == "题"


def test_results_say_until_when_they_are_open_to_comment_and_differ_once_they_are_withdrawn() -> (
    None
):
    year, run = make_noticed()
    source = source_of_results(year.cycle.year)
    assert "公示" in source.manuscript.title
    assert f"{run.notice_ends_on.day}日" in source.html(lambda cut: cut.url)
    record_export(source, LINES, Way.ZIP, by=make_cast()["editor"])
    type(run).objects.filter(pk=run.pk).update(state="fixed")
    assert compare_with_site() == 1


def article_of(page: Any) -> str:
    """Set the article of a page."""
    return source_of_page(page.pk).html(lambda cut: cut.url)


def test_a_project_tells_its_promises_and_who_answers_for_them(cast: Cast) -> None:
    page = make_page("implementing", cast)
    html = article_of(page)
    commitment = page.project.commitments.first()
    assert f"<strong>1. {commitment.goal}</strong>" in html
    assert f"责任人：{commitment.person}（{commitment.post}）" in html
    assert commitment.steps.first().title in html
    assert "李示例，党委书记" in html


def test_a_project_without_promises_tells_none(cast: Cast) -> None:
    assert "公开承诺" not in article_of(make_page("approved", cast))


def test_a_brand_tells_its_story(cast: Cast) -> None:
    page = publish_brand_page(make_brand("recognised", cast), cast)
    html = article_of(page)
    assert page.brand.organization.name in html
    assert page.title in source_of_page(page.pk).manuscript.title


def test_a_bulletin_tells_its_figures_in_three_columns(cast: Cast) -> None:
    project = make_page("implementing", cast).project
    bulletin = make_bulletin(project, cast)
    html = article_of(bulletin)
    assert html.count("<th ") == 3
    assert "本季度数据" in html
    assert cast.organization.unit.name in html
