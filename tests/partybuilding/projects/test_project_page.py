"""A project's page in its fixed order: what is promised and published, what was done, the grade."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.documents import get_document_model

from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.pages import faults_of
from partybuilding.progress.services import report_step
from partybuilding.projects.models import CommitmentStep, Project
from partybuilding.projects.page.facts import dates
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.promises.selectors import newest_closing
from partybuilding.projects.stages import STAGE_OF
from tests.factories import Cast, make_cast
from tests.factories.column import forge, make_image, make_page
from tests.factories.projects import announce, take
from tests.factories.promises import make_promise

pytestmark = pytest.mark.django_db
MOST_QUERIES = 25
WHY, SUMMARY = "因汛期施工推迟，调整至次年4月完成。", "办结居民议题66件。"
HEADINGS = re.compile(r"<(?:h2|span class=.fold__title.)[^>]*>\s*([^<]+?)\s*</")
PROMISE, EVIDENCE = "办结议题60件", "群众签字"


@pytest.fixture
def cast() -> Cast:
    """Make everybody whom a page meets."""
    return make_cast()


def make_document(title: str = "实施方案") -> Any:
    """Put a file into the library."""
    content = ContentFile(b"%PDF-1.4", name="plan.pdf")
    return get_document_model().objects.create(title=title, file=content)


def shown(page: ProjectPage) -> str:
    """Return what a resident reads."""
    response = Client().get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def previewed(page: ProjectPage) -> str:
    """Return what an editor's preview shows."""
    return page.make_preview_request().content.decode()


@pytest.mark.parametrize(("ahead", "begins"), [(-1, -1), (0, 0), (1, 0), (40, 0)])
def test_a_project_is_carried_out_from_its_promises_on_where_the_year_begins_later(
    cast: Cast, ahead: int, begins: int
) -> None:
    project = make_page("implementing", cast).project
    promised = timezone.localdate(project.commitments_published_at)
    project.cycle.starts_on = promised + timedelta(days=ahead)
    first = promised + timedelta(days=begins)
    for year, last in ((first.year, "12月31日"), (first.year + 1, f"{first.year + 1}年12月31日")):
        project.cycle.ends_on = date(year, 12, 31)
        told = {fact["label"]: fact["value"] for fact in dates(project)}
        assert told["实施期限"] == f"{date_format(first, 'DATE_FORMAT')}至{last}"


@pytest.mark.django_db(transaction=True)
def test_the_parts_stand_in_their_order() -> None:
    """A reader's request is in no transaction, so that the frame of every page is read once and not counted."""
    cast = make_cast()
    page = make_page("graded", cast)
    today = timezone.localdate()
    make_promise(page.project, today, today, None)
    page.lead_image, page.lead_image_alt = make_image(), "居民在议事"
    page.attachments = [{"type": "file", "value": make_document().pk}]
    page.save_revision().publish()
    announce(page.project, cast)
    text = shown(page)
    wanted = ["公开承诺", "办得怎么样", "这个项目做什么", "评定等次", "附件", "谁负责"]
    assert [heading for heading in HEADINGS.findall(text) if heading in wanted] == wanted
    assert text.index("公开2项承诺，") < text.index("承诺了什么") < text.index(EVIDENCE)
    for said in ("公开2项承诺，", "第2项", EVIDENCE, "0.8万元", "考核加分", "2分", "1个"):
        assert said in text
    with CaptureQueriesContext(connection) as captured:
        shown(page)
    assert len(captured) <= MOST_QUERIES


def test_more_promises_cost_no_more_queries(cast: Cast) -> None:
    page = make_page("implementing", cast)

    def queries() -> int:
        shown(page)
        with CaptureQueriesContext(connection) as captured:
            shown(page)
        return len(captured)

    few = queries()
    for _at in range(8):
        make_promise(page.project, timezone.localdate(), timezone.localdate(), None)
    assert queries() == few


@pytest.mark.parametrize("state", STAGE_OF)
def test_promises_are_read_once_they_are_published(cast: Cast, state: str) -> None:
    page = make_page("implementing", cast)
    make_promise(page.project, timezone.localdate(), timezone.localdate())
    forge(page.project, state)
    Project.objects.filter(pk=page.project_id).update(commitments_published_at=None)
    assert PROMISE not in shown(page)
    assert EVIDENCE not in shown(page)
    assert newest_closing() is None
    Project.objects.filter(pk=page.project_id).update(commitments_published_at=timezone.now())
    promised = state not in ("approved", "commitments_submitted")
    assert (PROMISE in shown(page)) == promised
    assert bool(newest_closing()) == promised


def test_an_editor_sees_the_promises_as_they_will_be_published(cast: Cast) -> None:
    page = make_page("commitments_submitted", cast, live=False)
    assert PROMISE in previewed(page)
    forge(page.project, "approved")
    assert PROMISE not in previewed(ProjectPage.objects.get(pk=page.pk))


def test_a_terminated_project_says_so_of_every_promise_and_keeps_its_lateness(cast: Cast) -> None:
    page = make_page("implementing", cast)
    page.project.commitments.all().update(deadline=timezone.localdate() - timedelta(days=3))
    take(page.project, "terminate", cast)
    text = shown(page)
    assert "场地被征用" in text
    assert "1项已终止" in text
    assert "终止时已逾期3天" in text


def test_every_word_that_goes_out_passes_the_gate_with_its_place(cast: Cast) -> None:
    page = make_page("commitments_submitted", cast, live=False)
    commitment = page.project.commitments.get()
    phone = "13812345678"
    commitment.person = commitment.short_name = phone
    commitment.save()
    commitment.steps.update(title=phone)
    page.project.four_ones.filter(duty="liaison").update(post=f"组织部{phone}")
    page.attachments = [{"type": "file", "value": make_document(title=phone).pk}]
    page.save()
    faults = "".join(faults_of(ProjectPage.objects.get(pk=page.pk)))
    for place in (
        "承诺第1条责任人",
        "承诺第1条公开简称",
        "承诺第1条第1步步骤",
        "联系组工干部职务",
        "页面附件名称",
    ):
        assert place in faults
    forge(page.project, "approved")
    assert "承诺" not in "".join(faults_of(ProjectPage.objects.get(pk=page.pk)))


def test_the_results_pass_the_gate_once_they_are_handed_in(cast: Cast) -> None:
    page = make_page("implementing", cast)
    phone = "13812345678"
    page.project.commitments.update(explanation=phone)
    Project.objects.filter(pk=page.project_id).update(results_summary=f"办结66件，电{phone}")
    assert faults_of(ProjectPage.objects.get(pk=page.pk)) == []
    forge(page.project, "results_submitted")
    faults = "".join(faults_of(ProjectPage.objects.get(pk=page.pk)))
    for place in ("承诺第1条情况说明", "成果总结"):
        assert place in faults


@pytest.mark.parametrize("state", STAGE_OF)
def test_results_and_explanations_are_read_once_they_are_handed_in(cast: Cast, state: str) -> None:
    page = make_page("implementing", cast)
    page.project.commitments.update(explanation=WHY)
    Project.objects.filter(pk=page.project_id).update(results_summary=SUMMARY)
    forge(page.project, state)
    told = state in ("results_submitted", "graded", "archived")
    assert [words in shown(page) for words in (WHY, SUMMARY)] == [told, told]


def test_a_kept_commitment_needs_no_explanation(cast: Cast) -> None:
    page = make_page("implementing", cast)
    page.project.commitments.update(explanation=WHY)
    step = CommitmentStep.objects.get(commitment__project=page.project_id)
    report_step(step, by=cast["applicant"], evidence="办结66件。")
    forge(page.project, "results_submitted")
    assert WHY not in shown(page)


def test_evidence_with_a_persons_number_is_refused(cast: Cast) -> None:
    page = make_page("implementing", cast)
    step = CommitmentStep.objects.get(commitment__project=page.project_id)
    with pytest.raises(ConditionUnmet, match="佐证说明"):
        report_step(step, by=cast["applicant"], evidence="联系人13812345678")
    report_step(step, by=cast["applicant"], evidence="办结66件。")
    assert "办结66件" in shown(page)


def test_the_newest_closing_is_of_a_promise_that_residents_read(cast: Cast) -> None:
    today = timezone.localdate()
    page, other = make_page("implementing", cast), make_page("graded", cast)
    draft = make_page("implementing", cast, live=False)
    for project, days in ((page.project, 9), (other.project, 5), (draft.project, 2)):
        make_promise(project, today, today - timedelta(days=days), None)
    assert newest_closing() == today - timedelta(days=5)
    other.unpublish()
    assert newest_closing() == today - timedelta(days=9)
    with CaptureQueriesContext(connection) as captured:
        newest_closing()
    assert len(captured) == 1
