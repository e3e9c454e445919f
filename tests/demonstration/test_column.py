"""The demonstration's public column: published by the workflow, recent, and without persons' numbers."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState

from demonstration.content import NEWS, UNFINISHED
from demonstration.figures import TABLES, Facts
from home.models import ColumnSettings, NewsPage
from partybuilding.brands.models import Brand
from partybuilding.cases.models import CaseStudy
from partybuilding.column.notices.pages import NoticePage
from partybuilding.core.models import TransitionRecord
from partybuilding.core.pages import ColumnPage, faults_of, pictures
from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import Commitment, CommitmentStep, Project
from partybuilding.projects.pages import ProjectPage

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


@pytest.mark.parametrize("name", TABLES)
def test_a_table_from_the_rows_has_a_head_and_rows_of_its_width(year: Cycle, name: str) -> None:
    head, *rows = Facts().table(name)
    assert rows
    assert {len(row) for row in rows} == {len(head)}


def test_six_brands_and_six_cases_are_public(year: Cycle) -> None:
    assert (
        sorted(Brand.objects.values_list("state", flat=True))
        == ["promoted"] * 4 + ["recognised"] * 2
    )
    assert set(CaseStudy.objects.values_list("state", flat=True)) == {"published"}
    assert CaseStudy.objects.count() == 6
    assert all(record.page.live for record in (*Brand.objects.all(), *CaseStudy.objects.all()))


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
