"""The demonstration's public column: published by the workflow, recent, and without persons' numbers."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState

from demonstration.content import CASES, NEWS, PROJECTS_ADOPTED, UNFINISHED
from demonstration.figures import TABLES, Facts
from home.models import ColumnSettings, NewsPage
from partybuilding.brands.models import Brand
from partybuilding.casebook.selectors import offered_editions
from partybuilding.casebook.states import EditionKind
from partybuilding.cases.models import CaseStudy
from partybuilding.column.notices.pages import NoticePage
from partybuilding.column.places.selectors import places_of
from partybuilding.column.places.tiles import kept_of, mark_of_place
from partybuilding.core.models import TransitionRecord
from partybuilding.core.pages import ColumnPage, faults_of, pictures
from partybuilding.cycles.models import Cycle
from partybuilding.inspection.checks import Inspection
from partybuilding.projects.models import Commitment, CommitmentStep, Project, Source
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.selectors import counted_promises
from partybuilding.projects.states import Mark, SourceKind
from partybuilding.wechat.models import WechatExport

pytestmark = pytest.mark.django_db

#: Kinds of pages that people of the demonstration write.
WRITTEN = (NewsPage, NoticePage, ProjectPage)


def written() -> list[ColumnPage]:
    found = Page.objects.live().specific()
    return [page for page in found if isinstance(page, ColumnPage) and page.first_published_at]


def test_all_news_is_published_and_dated_as_written(year: Cycle) -> None:
    assert NewsPage.objects.live().count() == NewsPage.objects.count() == len(NEWS)
    days = [timezone.localdate(page.first_published_at) for page in NewsPage.objects.all()]
    assert {item.day for item in NEWS if item.day} <= {day.isoformat() for day in days}
    assert max(days) <= timezone.localdate()


def test_the_book_of_2022_holds_every_case_and_can_be_taken_along(year: Cycle) -> None:
    [edition] = offered_editions(2022)
    assert edition.kind == EditionKind.PUBLIC
    assert len(edition.cases) == CaseStudy.objects.filter(state="published").count()
    with edition.file.open() as file:
        assert file.read(5) == b"%PDF-"


def test_the_column_is_current(year: Cycle) -> None:
    today = timezone.localdate()
    fresh = timezone.now() - timedelta(days=10)
    assert NewsPage.objects.filter(first_published_at__gte=fresh).count() >= 5
    assert CommitmentStep.objects.filter(closed_on__gte=today - timedelta(days=30)).exists()
    assert NoticePage.objects.live().filter(closes_on__gte=today).exists()


def test_every_promise_of_2022_became_public_with_the_approval_of_its_page(year: Cycle) -> None:
    published = TransitionRecord.objects.filter(machine="project", step="publish_commitments")
    pages = ProjectPage.objects.live()
    assert published.count() == pages.count() == 64 + 1 + 12
    for page in pages:
        record = published.get(record_id=page.project_id)
        assert record.by.memberships.filter(role="publisher").exists()
        assert abs(record.at - page.first_published_at) < timedelta(minutes=1)


def test_nobody_approved_what_they_had_written(year: Cycle) -> None:
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_APPROVED)
    assert states.count() >= 65 + len(NEWS) + 4 + 12
    for state in states.select_related("current_task_state"):
        revision = state.current_task_state.revision
        author = Revision.objects.get(pk=revision.pk).user_id
        assert author
        assert state.current_task_state.finished_by_id not in (None, author)


def test_editor_and_publisher_find_pages_that_wait(year: Cycle) -> None:
    drafts = Page.objects.not_live().type(WRITTEN)
    assert drafts.count() == 2
    assert [page for page in drafts if page.specific.workflow_in_progress]
    assert Project.objects.filter(state="commitments_submitted").exists()


def test_the_gate_finds_nothing_on_any_published_page(year: Cycle) -> None:
    pages = written()
    assert len(pages) >= 65 + len(NEWS) + 4 + 12
    assert {page.title: faults for page in pages if (faults := list(faults_of(page)))} == {}


def test_no_figure_is_left_open_and_those_told_are_those_of_the_rows(year: Cycle) -> None:
    bodies = [
        page.body.stream_block.get_searchable_content(page.body) for page in NewsPage.objects.all()
    ]
    said = "\n".join(str(text) for body in bodies for text in body)
    assert not re.search(r"[{}]", said + "".join(NewsPage.objects.values_list("title", flat=True)))
    facts = Facts()
    assert {
        name: facts.figures[name] for name in ("applications", "approved", "units", "award_total")
    } == {
        "applications": "135",
        "approved": "64",
        "units": "36",
        "award_total": "34.8",
    }
    steps = CommitmentStep.objects.filter(commitment__project__cycle=year)
    unfinished = Commitment.objects.filter(project__cycle=year).unkept().count()
    assert unfinished == len(UNFINISHED)
    assert (
        int(facts.figures["done"]) + unfinished
        == steps.count()
        == Commitment.objects.filter(project__cycle=year).count()
    )
    assert 0 < int(facts.figures["late"]) < steps.count() / 10


def test_the_townships_of_the_year_that_is_judged_do_not_look_alike(year: Cycle) -> None:
    judged = Cycle.objects.order_by("-year")[1]
    promises = counted_promises(years=[judged.pk])
    places = [place for place in places_of(judged.pk, promises) if place.projects]
    standings = {(kept_of(place), place.marks[Mark.LATE]) for place in places}
    assert len(standings) > 2, standings
    marks = {mark_of_place(place) for place in places}
    assert {Mark.LATE.value, Mark.UNDER_WAY.value} <= marks, marks
    total = sum((place.marks for place in places), Counter())
    assert total[Mark.DONE_LATE], total
    assert 0 < total[Mark.LATE] < total.total() / 4, total


@pytest.mark.parametrize("name", TABLES)
def test_a_table_from_the_rows_has_a_head_and_rows_of_its_width(year: Cycle, name: str) -> None:
    head, *rows = Facts().table(name)
    assert rows
    assert {len(row) for row in rows} == {len(head)}


def test_six_brands_and_twelve_cases_are_public(year: Cycle) -> None:
    assert (
        sorted(Brand.objects.values_list("state", flat=True))
        == ["promoted"] * 4 + ["recognised"] * 2
    )
    assert set(CaseStudy.objects.values_list("state", flat=True)) == {"published"}
    assert CaseStudy.objects.count() == len(CASES) == 12
    assert all(record.page.live for record in (*Brand.objects.all(), *CaseStudy.objects.all()))
    assert all(brand.page.logo and brand.page.places for brand in Brand.objects.all())


def test_three_projects_learn_from_cases_and_others_go_on(year: Cycle, client: Client) -> None:
    adopted = Source.objects.filter(kind=SourceKind.ADOPT)
    assert adopted.count() == len(PROJECTS_ADOPTED) == 3
    going_on = Source.objects.filter(kind=SourceKind.CONTINUE)
    assert going_on.count() >= 8
    for source in (*adopted, *going_on):
        assert source.project.page.live
        assert source.origin.cycle == year
    learnt = adopted.values_list("project__organization__name", flat=True)
    shown = {client.get(source.case.page.url).text for source in adopted}
    assert all(any(name in text for text in shown) for name in learnt)
    first = going_on.first()
    assert first is not None
    assert first.project.page.url in client.get(first.origin.page.url).text


def test_every_case_keeps_the_facts_that_were_counted_from_its_rows(year: Cycle) -> None:
    for case in CaseStudy.objects.all():
        blocks = {block.block_type: block.value for block in case.page.results}
        facts = {row["label"]: row["value"] for row in blocks["facts"]["rows"]}
        rows = case.project.commitments
        kept = rows.count() - rows.unkept().count()
        assert facts["承诺兑现"] == f"{rows.count()}项中办结{kept}项"
        assert facts["评定等次"] == str(case.project.grade_class)


def test_notices_name_every_approved_project_once(year: Cycle) -> None:
    approved = Project.objects.filter(approved_at__isnull=False)
    entries = [
        entry.project_id for notice in NoticePage.objects.live() for entry in notice.entries.all()
    ]
    assert sorted(entries) == sorted(approved.values_list("pk", flat=True))
    grades = NoticePage.objects.get(slug="20230110")
    assert str(grades.body).count("<li") == 64


def test_a_first_visit_waits_for_no_picture(year: Cycle) -> None:
    for page in written():
        image = getattr(page, "lead_image", None)
        if image is not None:
            cuts = set(image.renditions.values_list("filter_spec", flat=True))
            assert {pictures.CARD, pictures.LEAD} <= cuts, page
            assert page.lead_image_alt.startswith("插画：")


def test_the_settings_of_the_site_say_that_they_are_samples(year: Cycle) -> None:
    said = ColumnSettings.objects.get()
    assert "示例" in said.host
    assert "示例" in said.site_code


def test_articles_went_out_and_the_mark_stands_on_the_one_that_changed(year: Cycle) -> None:
    assert WechatExport.objects.count() == 6
    changed = WechatExport.objects.get(differs_since__isnull=False)
    page = NewsPage.objects.get(pk=changed.page_id)
    assert "补充：" in page.body.raw_data[-1]["value"]
    assert changed.made_at < page.last_published_at < timezone.now()
    assert abs(changed.differs_since - page.last_published_at) < timedelta(minutes=1)


def test_an_inspection_invents_nothing(year: Cycle) -> None:
    found = Inspection(None, timezone.localdate())  # type: ignore[arg-type]
    assert found.faults == []
    assert len(found.sheets) > 150
