"""One list of what waits for editors and publishers: kinds, counts, order, next steps, rights, cost."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from partybuilding.column.desk import page_lines
from partybuilding.column.publishing import keep_schedule
from partybuilding.column.waiting.columns import (
    PROGRESS,
    Column,
    implementing_projects,
    newest_progress,
    stale_columns,
)
from partybuilding.column.waiting.items import work_for
from partybuilding.column.waiting.rows import rows_for
from partybuilding.column.waiting.states import WorkKind
from partybuilding.core.calendar import add_working_days
from partybuilding.opinions.models import Opinion
from partybuilding.progress.services import report_step
from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage
from tests.factories import make_cast, make_project
from tests.factories.column import forge, make_page, make_pages
from tests.factories.opinions import make_opinion
from tests.factories.projects import Cast, take
from tests.factories.rooms import only
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db
LIST = "partybuilding:waiting"


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return make_cast()


@pytest.fixture(autouse=True)
def columns(monkeypatch: pytest.MonkeyPatch) -> list[Column]:
    """Watch no column but those of the test."""
    watched: list[Column] = []
    only(monkeypatch, columns=watched)
    return watched


def submit(page: ProjectPage, cast: Cast) -> Any:
    """Hand a page to the publishers."""
    return page.get_workflow().start(page, cast["editor"])


def schedule(page: ProjectPage, cast: Cast) -> None:
    """Let a page be approved for the day after tomorrow."""
    page.go_live_at = timezone.now() + timedelta(days=2)
    page.save_revision(user=cast["editor"])
    submit(page, cast).current_task_state.approve(user=cast["publisher"])


def refuse_when_due(page: ProjectPage, cast: Cast) -> None:
    """Let the time of a scheduled page come while its record keeps it back."""
    schedule(page, cast)
    forge(page.project, "first_passed")
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert keep_schedule().faults
    forge(page.project, "approved")


@pytest.fixture
def work(cast: Cast) -> dict[str, Any]:
    """Make something of every kind of work, and what is nobody's work."""
    make_project("declined", cast)
    make_page("implementing", cast)
    pages = {
        "write": make_project("approved", cast),
        "draft": make_page("approved", cast, live=False),
        "review": make_page("commitments_submitted", cast, live=False),
        "returned": make_page("approved", cast, live=False),
        "hand_in": make_page("approved", cast),
        "scheduled": make_page("approved", cast, live=False),
        "kept_back": make_page("approved", cast, live=False),
    }
    take(pages["hand_in"].project, "submit_commitments", cast)
    submit(pages["review"], cast)
    state = submit(pages["returned"], cast)
    state.current_task_state.reject(user=cast["publisher"], comment="请补充图片。")
    refuse_when_due(pages["kept_back"], cast)
    schedule(pages["scheduled"], cast)
    return pages


def test_everything_that_waits_is_listed_once_by_where_it_stands(
    cast: Cast, work: dict[str, Any]
) -> None:
    rows = rows_for(cast["editor"])
    found = {row.page or row.project: row.kind.value for row in rows}
    assert found == {one.pk: kind for kind, one in work.items()}
    assert len(rows) == len(work)
    promises = {row.kind.value for row in rows if row.promise}
    assert promises == {"review", "hand_in"}


def test_a_publication_settles_what_was_refused(cast: Cast, work: dict[str, Any]) -> None:
    page = ProjectPage.objects.get(pk=work["kept_back"].pk)
    page.go_live_at = None
    page.save_revision(user=cast["editor"])
    assert {row.kind for row in rows_for(cast["editor"]) if row.page == page.pk} == {WorkKind.DRAFT}
    submit(page, cast).current_task_state.approve(user=cast["publisher"])
    assert page.pk not in {row.page for row in rows_for(cast["editor"])}


def test_what_was_taken_offline_says_so(cast: Cast) -> None:
    page = make_page("approved", cast)
    page.unpublish(user=cast["publisher"])
    item = work_for(cast["editor"], {}).items[0]
    assert (item.row.kind, item.was_public) == (WorkKind.DRAFT, True)


def test_the_desk_counts_what_the_list_shows(cast: Cast, work: dict[str, Any]) -> None:
    editor = client_of(cast["editor"])
    lines = {line.label: line for line in page_lines(cast["editor"]) if line.count}
    assert {label: line.count for label, line in lines.items()} == {
        "承诺待公开": 2,
        "被退回页面": 1,
        "发布受阻": 1,
        "待编写页面": 1,
        "页面草稿": 1,
    }
    text = editor.get(lines["被退回页面"].url).content.decode()
    assert "请补充图片。" in text
    assert work["returned"].project.code in text
    assert work["draft"].project.code not in text
    publisher = {line.label: line.count for line in page_lines(cast["publisher"]) if line.count}
    assert publisher == {"待审核发布": 1}
    for role in ("department", "unit", "taskforce", "auditor", "applicant", "expert"):
        assert list(page_lines(cast[role])) == []


def test_editors_are_warned_of_opinions_whose_answer_is_nearly_due(cast: Cast) -> None:
    label, today = "临近答复期限的群众意见", timezone.localdate()
    days = (add_working_days(today, 2), add_working_days(today, 3), today - timedelta(days=1))
    for day in days:
        Opinion.objects.filter(pk=make_opinion().pk).update(answer_by=day)
    answered = make_opinion("answered", cast)
    Opinion.objects.filter(pk=answered.pk).update(answer_by=today)
    line = next(line for line in page_lines(cast["editor"]) if line.label == label)
    assert (line.count, line.overdue, line.url) == (2, 1, "")
    assert label not in {line.label for line in page_lines(cast["publisher"])}


def test_overdue_promises_are_counted_as_late(cast: Cast, work: dict[str, Any]) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        line = next(line for line in page_lines(cast["editor"]) if line.label == "承诺待公开")
        text = client_of(cast["editor"]).get(f"{reverse(LIST)}?kind=promise").content.decode()
    assert line.overdue == 2
    assert text.count("前公开") == 2


def test_filters_narrow_and_count_and_unknown_ones_are_ignored(
    cast: Cast, work: dict[str, Any]
) -> None:
    every = work_for(cast["editor"], {})
    assert (every.all, every.counts["promise"], every.counts["draft"]) == (7, 2, 1)
    promises = work_for(cast["editor"], {"kind": "promise"})
    assert {item.row.kind for item in promises.items} == {WorkKind.REVIEW, WorkKind.HAND_IN}
    other = work_for(cast["editor"], {"type": "noticepage"})
    assert (other.items, other.all) == ([], 0)
    assert [name for name, _label, _count in every.types] == ["projectpage"]
    odd = {"kind": "x", "type": "user", "sort": "y", "page": "999"}
    assert work_for(cast["editor"], odd).all == 7


def test_ones_own_work_comes_first_and_the_longest_wait_when_asked(
    cast: Cast, work: dict[str, Any]
) -> None:
    for_editor = [item.row.kind.value for item in work_for(cast["editor"], {}).items]
    assert for_editor[0] == "hand_in"  # promises before the rest
    assert for_editor[-2:] == ["review", "scheduled"]
    assert work_for(cast["publisher"], {}).items[0].row.kind == WorkKind.REVIEW
    old = ProjectPage.objects.get(pk=work["draft"].pk)
    early = timezone.now() - timedelta(days=40)
    ProjectPage.objects.filter(pk=old.pk).update(latest_revision_created_at=early)
    longest = work_for(cast["editor"], {"sort": "longest"}).items[0]
    assert (longest.page and longest.page.pk, longest.days) == (old.pk, 40)
    assert work_for(cast["editor"], {"sort": "newest"}).items[-1].days == 40


def test_each_line_offers_the_next_step_of_who_looks(cast: Cast, work: dict[str, Any]) -> None:
    edit = {
        kind: reverse("wagtailadmin_pages:edit", args=[one.pk])
        for kind, one in work.items()
        if kind != "write"
    }
    back = reverse("partybuilding:step", args=[work["review"].project_id, "return_commitments"])
    text = " ".join(client_of(cast["editor"]).get(reverse(LIST)).content.decode().split())
    assert all(f'href="{url}"' in text for url in edit.values())
    assert reverse("partybuilding:start_page", args=[work["write"].pk]) in text
    for words in ("查看原因", "修改页面", "核对并送审", "新建页面", "编辑", "查看页面", "退回承诺"):
        assert words in text
    assert back in text
    assert "> 审核 <" not in text
    address = f"{reverse(LIST)}?kind=review"
    seen = " ".join(client_of(cast["publisher"]).get(address).content.decode().split())
    assert "> 审核 <" in seen
    assert back not in seen


def test_who_wrote_last_is_told_that_others_review_it(cast: Cast) -> None:
    page = make_page("approved", cast, live=False)
    page.summary = "发布人改了一句"
    page.save_revision(user=cast["publisher"])
    page.get_workflow().start(page, cast["publisher"])
    text = " ".join(client_of(cast["publisher"]).get(reverse(LIST)).content.decode().split())
    assert "本人最后修改，须由他人审核" in text
    assert "> 审核 <" not in text
    lines = {line.label: line.count for line in page_lines(cast["publisher"])}
    assert lines == {"待审核发布": 0, "本人所写、待他人审核": 1}


def test_what_others_wrote_and_what_is_ones_own_are_counted_and_listed_apart(cast: Cast) -> None:
    for writer in ("publisher", "editor", "editor"):
        page = make_page("approved", cast, live=False)
        page.summary = "改了一句"
        page.save_revision(user=cast[writer])
        page.get_workflow().start(page, cast[writer])
    client = client_of(cast["publisher"])
    lines = {line.label: line for line in page_lines(cast["publisher"])}
    for label, count, said in (
        ("待审核发布", 2, "以下页面由他人最后修改"),
        ("本人所写、待他人审核", 1, "以下页面由您最后修改"),
    ):
        answer = client.get(lines[label].url)
        assert lines[label].count == count == len(answer.context["lines"])
        assert said in answer.text
    assert len(client.get(f"{reverse(LIST)}?by=nobody").context["lines"]) == 3


def test_an_editor_returns_commitments_from_the_list_and_comes_back(cast: Cast) -> None:
    page = make_page("commitments_submitted", cast, live=False)
    editor = client_of(cast["editor"])
    text = editor.get(f"{reverse(LIST)}?kind=promise").content.decode()
    address = reverse("partybuilding:step", args=[page.project_id, "return_commitments"])
    assert f"{address}?next=%2Fadmin%2Fparty%2Fcolumn%2Fwaiting%2F%3Fkind%3Dpromise" in text
    form = {"reason": "请补充时限。", "next": reverse(LIST), "seen": page.project.version}
    response = editor.post(address, form)
    assert response.status_code == 302
    assert response["Location"] == reverse(LIST)
    assert Project.objects.get(pk=page.project_id).state == "approved"


@pytest.mark.parametrize("role", ["unit", "department", "taskforce", "auditor"])
def test_others_do_not_open_the_list(cast: Cast, role: str) -> None:
    assert client_of(cast[role]).get(reverse(LIST)).status_code == 302
    menu = client_of(cast[role]).get(reverse("wagtailadmin_home")).content.decode()
    assert reverse(LIST) not in menu


def test_a_column_without_news_is_work_for_editors(cast: Cast, columns: list[Column]) -> None:
    newest = [date(2026, 3, 1)]
    columns.append(
        Column("news", "工作动态", "", 10, lambda: newest[0], lambda user: "/admin/pages/add/")
    )
    columns.append(Column("empty", "空栏目", "", 10, lambda: None, lambda user: ""))
    assert stale_columns(date(2026, 3, 11)) == []
    assert [column.code for column, _day in stale_columns(date(2026, 3, 12))] == ["news"]
    with time_machine.travel("2026-03-20T04:00:00Z"):
        item = work_for(cast["editor"], {"kind": "stale"}).items[0]
        text = client_of(cast["editor"]).get(f"{reverse(LIST)}?kind=stale").content.decode()
    assert (item.title, item.days) == ("工作动态", 19)
    assert "19天没有更新" in text
    assert 'href="/admin/pages/add/"' in text


def test_progress_is_watched_while_projects_are_implemented(
    cast: Cast, columns: list[Column]
) -> None:
    make_project("approved", cast)
    assert newest_progress() is None
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        page = make_page("implementing", cast)
    assert newest_progress() == timezone.localdate() - timedelta(days=3)
    step = page.project.commitments.first().steps.first()
    report_step(step, by=cast["applicant"], evidence="已召开首次议事会。")
    assert newest_progress() == timezone.localdate()
    columns.append(PROGRESS)
    late = timezone.localdate() + timedelta(days=31)
    assert [column.code for column, _day in stale_columns(late)] == ["progress"]
    item = work_for(cast["editor"], {"kind": "stale"}, late).items[0]
    assert (item.title, item.days) == ("承诺进展", 31)
    assert implementing_projects(cast["editor"]).endswith("/party/column/?status=live")


def test_the_list_costs_the_same_at_ten_and_at_a_hundred(cast: Cast) -> None:
    drafts = make_pages(10, cast)
    ProjectPage.objects.filter(pk__in=[page.pk for page in drafts]).update(
        has_unpublished_changes=True
    )
    submit(make_page("commitments_submitted", cast, live=False), cast)
    editor = client_of(cast["editor"])
    queries_of(editor, reverse(LIST))
    few = queries_of(editor, reverse(LIST))
    made = make_pages(100, make_cast(cast.cycle))
    ProjectPage.objects.filter(pk__in=[page.pk for page in made]).update(
        has_unpublished_changes=True
    )
    queries_of(editor, reverse(LIST))  # making so many may take as long as a session goes unrenewed
    assert queries_of(editor, reverse(LIST)) <= few
    response = editor.get(f"{reverse(LIST)}?page=2&kind=draft")
    assert "第2页，共4页" in response.content.decode()
