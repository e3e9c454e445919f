"""What residents read of how promises are kept: the project's page, its history, feeds, lists and pictures."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import Page, PageViewRestriction

from home.tree import plant
from partybuilding.core.services import move
from partybuilding.progress.models import StepReport
from partybuilding.progress.services import Evidence, answer_question, ask_about, propose_change
from partybuilding.projects.models import Commitment, Project
from partybuilding.projects.pages import ProjectPage
from tests.factories import Cast, make_cast
from tests.factories.column import forge, make_page
from tests.factories.progress import (
    day,
    jpeg,
    make_change,
    report,
    step_of,
    take_question,
)
from tests.factories.projects import announce, take
from tests.factories.promises import make_promise

pytestmark = pytest.mark.django_db
MOST_QUERIES = 25
NASTY = "<script>alert(1)</script>"


@pytest.fixture
def cast() -> Cast:
    plant()
    return make_cast()


@pytest.fixture
def page(cast: Cast) -> ProjectPage:
    """Publish a project with one commitment of two open steps, due in 20 days."""
    made = make_page("implementing", cast)
    made.project.commitments.all().delete()
    make_promise(made.project, day(20), None, None)
    return made


def read(url: str, **headers: str) -> Any:
    response = Client().get(url, headers=headers)
    assert response.status_code == 200, url
    assert not response.cookies
    return response


def history(page: ProjectPage) -> str:
    return reverse("project_history", args=[page.project.cycle.year, page.project.code])


def feed(page: ProjectPage) -> str:
    return reverse("project_feed", args=[page.project.cycle.year, page.project.code])


def asked(url: str) -> int:
    read(url)
    with CaptureQueriesContext(connection) as captured:
        read(url)
    return len(captured)


def test_a_report_is_read_at_once_with_figures_and_pictures(cast: Cast, page: ProjectPage) -> None:
    made = report(
        step_of(page.project),
        cast,
        f"首次议事{NASTY}",
        figures=(("议事", "12", "次"),),
        pictures=((jpeg(), "居民在议事"), (jpeg(), "")),
    )
    text = read(page.url).text
    assert NASTY not in text
    for said in (
        "首次议事",
        "议事12次",
        'alt="居民在议事"',
        'loading="lazy"',
        "看办理情况、数据和照片",
    ):
        assert said in text
    small = reverse("report_picture", args=[made.pk, 0, "small"])
    assert f'src="{small}"' in text
    assert 'width="480" height="270"' in text


def test_a_day_of_a_year_to_come_is_read_with_its_year(cast: Cast, page: ProjectPage) -> None:
    year = timezone.localdate().year
    page.project.commitments.all().delete()
    make_promise(page.project, date(year, 12, 31), None)
    assert "12月31日前" in read(page.url).text
    assert f"{year}年12月31日前" not in read(page.url).text
    page.project.commitments.all().delete()
    make_promise(page.project, date(year + 1, 5, 31), None)
    assert f"{year + 1}年5月31日前" in read(page.url).text


def test_a_picture_is_served_while_its_report_may_be_read(cast: Cast, page: ProjectPage) -> None:
    made = report(step_of(page.project), cast, pictures=((jpeg(), "议事"),))
    url = reverse("report_picture", args=[made.pk, 0, "large"])
    answer = read(url)
    assert answer["Content-Type"] == "image/jpeg"
    assert "must-revalidate" in answer["Cache-Control"]
    picture = Image.open(BytesIO(answer.getvalue()))
    assert max(picture.size) == 1080
    assert not dict(picture.getexif())
    again = Client().get(url, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for wrong in ((made.pk, 9, "large"), (made.pk, 0, "alt"), (made.pk + 99, 0, "large")):
        assert Client().get(reverse("report_picture", args=wrong)).status_code == 404
    page.unpublish()
    assert Client().get(url).status_code == 404


def test_a_lost_file_is_no_fault_of_the_server(cast: Cast, page: ProjectPage) -> None:
    made = report(step_of(page.project), cast, pictures=((jpeg(), "议事"),))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE partybuilding_stepreport SET pictures = %s", ['[{"large": "x/y.jpg"}]']
        )
    assert Client().get(reverse("report_picture", args=[made.pk, 0, "large"])).status_code == 404


def test_an_approved_change_is_told_on_the_page_and_a_refused_one_is_not(
    cast: Cast, page: ProjectPage
) -> None:
    make_change("refused", cast, page.project, 30)
    assert "场地因修缮" not in read(page.url).text
    make_change("approved", cast, page.project, 40)
    text = read(page.url).text
    for said in ("已调整（1次）", "原定", "调整为", "场地因修缮停用两个月"):
        assert said in text


def test_an_open_question_is_not_public_and_a_completion_taken_back_is(
    cast: Cast, page: ProjectPage
) -> None:
    report(step_of(page.project), cast, "首次议事会已召开。")
    question = ask_about(step_of(page.project), by=cast["unit"], words="记录在哪里？")
    given = Evidence("补充会议记录。")
    answer_question(question, by=cast["applicant"], words="记录在社区。", evidence=given)
    text = read(page.url).text
    for said in ("记录在哪里", "记录在社区", "补充会议记录", "核实"):
        assert said not in text
    take_question(question, "uphold", cast)
    for url in (page.url, history(page)):
        text = read(url).text
        assert "现场未见议事记录。" in text
        assert "首次议事会已召开。" in text
        assert "补充会议记录" not in text


def test_what_was_added_is_public_once_accepted(cast: Cast, page: ProjectPage) -> None:
    report(step_of(page.project), cast)
    question = ask_about(step_of(page.project), by=cast["unit"], words="记录在哪里？")
    given = Evidence("补充会议记录。", pictures=((jpeg(), "记录"),))
    answer_question(question, by=cast["applicant"], words="记录在社区。", evidence=given)
    url = reverse("report_picture", args=[StepReport.objects.first().pk, 0, "small"])
    assert Client().get(url).status_code == 404
    take_question(question, "settle", cast)
    assert "补充会议记录。" in read(page.url).text
    assert "补充佐证：第1次议事" in read(history(page)).text
    assert read(url).getvalue()


def test_the_history_tells_everything_from_to_when_and_why(cast: Cast, page: ProjectPage) -> None:
    assert "未作调整" in read(history(page)).text
    assert read(history(page)).text.split("<main")[0].count("办理记录") >= 2, (
        "one name in title and way back"
    )
    report(step_of(page.project), cast)
    make_change("approved", cast, page.project, 40)
    text = read(history(page)).text
    for said in ("已立项", "公开承诺1项", "报告完成：第1次议事", "调整完成时限", "场地因修缮"):
        assert said in text
    assert "<del>" in text
    assert "共调整1次" in text
    entries = read(feed(page)).text
    for said in ("调整完成时限", "报告完成：第1次议事", "公开承诺1项"):
        assert said in entries


def test_a_changed_step_is_named(cast: Cast, page: ProjectPage) -> None:
    change = propose_change(
        step_of(page.project), "title", by=cast["applicant"], reason="改为季度。", text="季度议事"
    )
    move(change, "approve", by=cast["department"])
    assert "调整步骤“季度议事”的步骤内容" in read(history(page)).text


def test_an_end_a_new_beginning_and_the_grade_stand_in_the_history(
    cast: Cast, page: ProjectPage
) -> None:
    ended = take(page.project, "terminate", cast)
    assert "场地被征用" in read(history(page)).text
    take(ended, "reopen", cast)
    text = read(history(page)).text
    assert "项目恢复实施" in text
    assert "项目终止" in text
    graded = make_page("graded", cast)
    announce(graded.project, cast)
    assert "等次：一等" in read(feed(graded)).text


def test_the_history_says_what_was_late_and_what_was_not_kept(cast: Cast) -> None:
    made = make_page("implementing", cast)
    made.project.commitments.all().delete()
    make_promise(made.project, day(-3), None)
    make_promise(made.project, day(-3), None)
    report(step_of(made.project), cast)
    text = read(history(made)).text
    assert "报告完成：第1次议事（迟3天）" in text
    assert "没有做到" not in text.split("<main")[1]
    left = made.project.commitments.order_by("pk").last()
    Commitment.objects.filter(pk=left.pk).update(explanation="印刷费未能列支。", goal="印发600册")
    forge(made.project, "graded")
    announce(made.project, cast)
    text = read(history(made)).text.split("<main")[1]
    [entry] = [part for part in text.split("<li") if "没有做到" in part]
    assert "承诺2：印发600册" in entry
    assert "印刷费未能列支。" in entry
    assert f"unkept-{left.pk}" in read(feed(made)).text


def test_what_is_reported_on_the_last_day_is_not_late(cast: Cast) -> None:
    made = make_page("implementing", cast)
    made.project.commitments.all().delete()
    make_promise(made.project, day(0), None)
    report(step_of(made.project), cast)
    assert "报告完成：第1次议事" in read(history(made)).text
    assert "迟" not in read(history(made)).text.split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("url", [history, feed])
def test_what_residents_may_not_read_has_no_history(
    cast: Cast, page: ProjectPage, url: Any
) -> None:
    address = url(page)
    assert Client().post(history(page)).status_code == 405
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert Client().get(address).status_code == 404
    PageViewRestriction.objects.all().delete()
    page.unpublish()
    assert Client().get(address).status_code == 404


def test_progress_is_listed_by_date_and_narrowed(cast: Cast, page: ProjectPage) -> None:
    other = make_page("implementing", cast)
    Project.objects.filter(pk=other.project_id).update(sector="rural")
    report(step_of(page.project), cast, "城市的进展。")
    report(step_of(other.project), cast, "农村的进展。")
    text = read("/progress/").text
    assert "落实进展共2条" in text
    assert text.index("农村的进展") < text.index("城市的进展")
    narrowed = read("/progress/?sector=rural&unit=abc&page=99&x=1").text
    assert "农村的进展" in narrowed
    assert "城市的进展" not in narrowed
    assert "共1条进展符合条件" in narrowed
    unit = cast.organization.unit_id
    assert "共2条" in read(f"/progress/?unit={unit}").text
    entries = read("/progress/feed.atom?sector=rural").text
    assert "农村的进展" in entries
    assert "城市的进展" not in entries


def test_progress_opens_with_what_became_of_the_promises_of_the_year(
    cast: Cast, page: ProjectPage
) -> None:
    assert read("/progress/").context["say"] == [], "nothing was reported yet"
    report(step_of(page.project), cast, "首次议事会已召开。")
    make_promise(page.project, day(-2), None)
    year, count = cast.cycle.year, page.project.commitments.count()
    for query in ("", f"?year={year}"):
        say = "".join(part["text"] for part in read(f"/progress/{query}").context["say"])
        assert say.startswith(f"{year}年度公开承诺{count}项，")
        assert "1项逾期" in say
    narrowed = read(f"/progress/?year={year}&sector={page.project.sector}").context
    assert (narrowed["say"], narrowed["bar"]) == ([], None)


def test_what_was_taken_back_stays_in_the_list_and_says_so(cast: Cast, page: ProjectPage) -> None:
    report(step_of(page.project), cast, "首次议事会已召开。")
    question = ask_about(step_of(page.project), by=cast["unit"], words="记录在哪里？")
    take_question(question, "answer", cast)
    take_question(question, "uphold", cast)
    report(step_of(page.project), cast, "议事会已经补开。")
    text = read("/progress/").text
    assert text.count("第1次议事") == 2
    assert "已撤销完成" in text
    assert "现场未见议事记录。" in read("/progress/feed.atom").text


def test_overdue_lists_what_is_late_moved_or_near_with_who_answers_for_it(
    cast: Cast, page: ProjectPage
) -> None:
    project = page.project
    project.commitments.all().delete()
    for days, goal in ((-9, "逾期的"), (12, "临近的"), (90, "远期的"), (2, "已完成的")):
        closed = timezone.localdate() if goal == "已完成的" else None
        make_promise(project, day(days), closed, goal=goal)
    moved = make_promise(project, day(1), None, goal="改期的")
    change = propose_change(
        moved, "deadline", by=cast["applicant"], reason="场地停用，须另找地方。", day=day(200)
    )
    move(change, "approve", by=cast["department"])
    text = read("/overdue/").text.split('id="list"')[1].split('id="missed"')[0]
    assert "逾期与临期承诺共2项" in text
    for said in ("逾期的", "逾期9天", "李示例", "党委书记", "临近的", "还剩12天"):
        assert said in text
    for absent in ("远期的", "已完成的", "改期的"):
        assert absent not in text
    assert "临近的" not in read("/overdue/?kind=late").text.split('id="list"')[1]
    with time_machine.travel(timezone.now() + timedelta(days=5), tick=False):
        later = read("/overdue/?kind=moved").text
    assert "改期的" in later
    assert "按原定时限已逾期4天" in later


def test_only_what_is_still_carried_out_is_late(cast: Cast, page: ProjectPage) -> None:
    Commitment.objects.update(deadline=day(-3))
    assert "逾期与临期承诺共1项" in read("/overdue/").text
    take(page.project, "terminate", cast)
    assert "现在没有逾期的承诺" in read("/overdue/").text


def test_a_year_that_is_asked_for_stands_before_what_is_late_in_others(
    cast: Cast, page: ProjectPage
) -> None:
    other = make_page("implementing", make_cast())
    running = other.project.cycle.year
    Commitment.objects.update(deadline=day(-3), goal="印发600册")
    Commitment.objects.filter(project=other.project).update(goal="正在逾期的")
    forge(page.project, "graded")
    year = page.project.cycle.year
    assert "正在逾期的" in read("/overdue/").text
    text = read(f"/overdue/?year={year}").text
    assert "印发600册" in text
    assert "正在逾期的" not in text
    after = text.split('id="moved"')[1]
    assert f"{year}年度没有现在逾期的承诺" in after
    late = Commitment.objects.filter(project=other.project).count()
    assert f'<a href="/overdue/">其他年度逾期与临期的承诺共{late}项</a>' in after
    narrowed = read(f"/overdue/?year={running}").text
    assert narrowed.index("正在逾期的") < narrowed.index('id="missed"')
    assert "印发600册" not in narrowed


def test_what_was_not_kept_is_told_with_its_reason_and_who_answered_for_it(
    cast: Cast, page: ProjectPage
) -> None:
    Commitment.objects.update(deadline=day(-3), explanation="印刷费未能列支。", goal="印发600册")
    assert "没有做到的：一项也没有" in read("/overdue/").text
    forge(page.project, "graded")
    text = read("/overdue/").text
    assert "现在没有逾期的承诺" in text
    missed = text.split('id="missed"')[1].split("</section>")[0]
    for said in ("没有做到的1项", "印发600册", "没有做到", "印刷费未能列支。", "责任人："):
        assert said in missed, said


def test_what_was_kept_late_stands_by_its_days_and_what_moved_with_both_days(
    cast: Cast, page: ProjectPage
) -> None:
    project = page.project
    project.commitments.all().delete()
    for days in range(1, 9):
        make_promise(project, day(-days), timezone.localdate(), goal=f"迟{days}天的")
    moved = make_promise(project, day(1), None, goal="改期的")
    change = propose_change(
        moved, "deadline", by=cast["applicant"], reason="场地停用，须另找地方。", day=day(200)
    )
    move(change, "approve", by=cast["department"])
    text = read("/overdue/").text
    late = text.split('id="late"')[1].split("</section>")[0]
    assert "迟了才做到的8项" in late
    assert [late.index(f"迟{days}天的") for days in range(8, 0, -1)] == sorted(
        late.index(f"迟{days}天的") for days in range(1, 9)
    )
    assert late.index("再看2项") < late.index("迟2天的")
    told = text.split('id="moved"')[1].split("</section>")[0]
    assert "改过期限的1项" in told
    assert "场地停用，须另找地方。" in told
    assert day(1).strftime('datetime="%Y-%m-%d"') in told
    assert day(200).strftime('datetime="%Y-%m-%d"') in told


def test_progress_stands_in_no_navigation_while_it_is_empty(cast: Cast, page: ProjectPage) -> None:
    Commitment.objects.update(deadline=day(90))

    def ways(url: str) -> tuple[bool, bool]:
        text = read(url).text
        return 'href="/progress/"' in text, 'href="/overdue/"' in text

    assert ways("/projects/") == (False, True)
    assert ways("/sitemap/") == (False, True)
    report(step_of(page.project), cast)
    assert ways("/projects/") == (True, True)
    assert ways("/sitemap/") == (True, True)
    assert ways("/") == (True, True)
    assert "暂无" not in read("/progress/").text


def test_the_indexes_exist_once_below_the_front_page(cast: Cast) -> None:
    plant()
    for slug in ("progress", "overdue"):
        assert Page.objects.filter(slug=slug, depth=3).count() == 1
        assert "暂无落实进展" in read("/progress/").text


def test_many_rows_ask_no_more(cast: Cast, page: ProjectPage) -> None:
    def filled(number: int) -> None:
        for _at in range(number):
            make_promise(page.project, day(5), None)
        steps = page.project.commitments.count()
        for at in range(steps):
            report(step_of(page.project, at), cast, pictures=((jpeg(size=(60, 40)), ""),))
        make_promise(page.project, day(-5), None)

    urls = ("/progress/", "/overdue/", history(page), feed(page), "/progress/feed.atom", page.url)
    filled(2)
    few = [asked(url) for url in urls]
    filled(6)
    many = [asked(url) for url in urls]
    assert many == few
    assert max(many) <= MOST_QUERIES, dict(zip(urls, many, strict=True))
