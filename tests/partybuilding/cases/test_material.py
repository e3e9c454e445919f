"""What the file of a graded project gives for its case: every figure counted from rows, pictures of public evidence."""

from typing import Any

import pytest
from django.utils import timezone
from wagtail.images import get_image_model

from partybuilding.cases.services import start_case
from partybuilding.progress.services import Evidence, report_step
from partybuilding.projects.models import Commitment, Project
from tests.factories import Cast, make_cast, make_project
from tests.factories.progress import jpeg
from tests.factories.projects import announce, finish, take
from tests.factories.promises import make_promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def graded(cast: Cast) -> Project:
    """A graded project with two promises, one kept with a picture of its evidence."""
    project = make_project("implementing", cast)
    Commitment.objects.filter(project=project).delete()
    today = timezone.localdate()
    kept = make_promise(project, today, None, None, goal="建成议事厅")
    make_promise(project, today, None, goal="办结积案")
    picture = (jpeg(size=(1200, 900)), "居民在议事")
    for number, step in enumerate(kept.steps.order_by("pk")):
        given = Evidence("议事12次。", (), (picture,) if not number else ())
        report_step(step, by=cast["applicant"], evidence=given)
    finish(project, cast)
    project = take(Project.objects.get(pk=project.pk), "submit_results", cast)
    return take(project, "grade", cast)


def blocks(page: Any, name: str) -> dict[str, Any]:
    return {block.block_type: block.value for block in getattr(page, name)}


def test_problem_practice_and_what_was_done_are_taken_over(cast: Cast, graded: Project) -> None:
    page = start_case(graded, by=cast["editor"])
    assert not page.live
    assert graded.problem in page.text_of("situation")
    assert graded.distinctiveness in page.text_of("practice")
    steps = blocks(page, "practice")["steps"]["steps"]
    assert len(steps) == 2
    assert {step["text"] for step in steps} == {"议事12次。"}


def test_every_figure_is_counted_from_rows(cast: Cast, graded: Project) -> None:
    found = blocks(start_case(graded, by=cast["editor"]), "results")
    facts = {row["label"]: row["value"] for row in found["facts"]["rows"]}
    assert facts["承诺兑现"] == "2项中办结1项"
    assert facts["项目编号"] == graded.code
    numbers = [(item["number"], item["label"]) for item in found["numbers"]]
    assert numbers == [("2", "公开承诺"), ("1", "已办结承诺"), ("2", "已完成实施步骤")]


def test_the_grade_is_told_once_it_is_announced(cast: Cast, graded: Project) -> None:
    before = blocks(start_case(graded, by=cast["editor"]), "results")["facts"]["rows"]
    assert "评定等次" not in {row["label"] for row in before}
    announce(graded, cast)
    project = Project.objects.get(pk=graded.pk)
    after = blocks(start_case(project, by=cast["editor"], title="另一篇"), "results")["facts"][
        "rows"
    ]
    assert {row["label"]: row["value"] for row in after}["评定等次"] == "一等"


def test_pictures_of_evidence_are_copied_into_the_library(cast: Cast, graded: Project) -> None:
    found = blocks(start_case(graded, by=cast["editor"]), "results")["figure"]
    image = get_image_model().objects.get()
    assert found["image"] == image
    assert (found["alt"], image.uploaded_by_user) == ("居民在议事", cast["editor"])
    assert max(image.width, image.height) <= 1080


def test_evidence_that_was_not_accepted_is_not_taken_over(cast: Cast, graded: Project) -> None:
    step = graded.commitments.get(goal="建成议事厅").steps.order_by("pk").first()
    step.open_again()
    found = blocks(start_case(graded, by=cast["editor"]), "results")
    assert "figure" not in found
    assert not get_image_model().objects.exists()


def test_a_picture_whose_file_is_lost_is_left_out(
    cast: Cast, graded: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*args: Any) -> None:
        raise FileNotFoundError

    monkeypatch.setattr("partybuilding.progress.models.StepReport.picture", lost)
    assert "figure" not in blocks(start_case(graded, by=cast["editor"]), "results")
