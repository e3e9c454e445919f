"""Reports: what they hold, what is refused, and that nothing of them ever changes."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import ExifTags, Image

from partybuilding.core.files.uploads import UploadRefused
from partybuilding.core.machine.refusals import ConditionUnmet, Frozen
from partybuilding.core.models import Attachment, Purpose
from partybuilding.core.models.attachment import private_storage
from partybuilding.core.models.trail import AppendOnlyError
from partybuilding.core.selectors import faults_of_trail, trail_of
from partybuilding.core.states import Role
from partybuilding.progress.models import Draft, StepReport
from partybuilding.progress.services import Evidence, drop_draft, keep_draft, report_step
from partybuilding.progress.states import ReportStanding
from partybuilding.progress.words import figures_words
from partybuilding.projects.services import save_commitments
from tests.factories import Cast, make_cast, make_person
from tests.factories.column import forge
from tests.factories.progress import (
    EVIDENCE,
    QUESTION_WAYS,
    jpeg,
    make_kept,
    make_question,
    report,
    step_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def opened(report: StepReport, size: str) -> Image.Image:
    with report.picture(0, size) as file:
        return Image.open(BytesIO(file.read()))


def test_a_report_closes_its_step_and_says_who_when_and_what(cast: Cast) -> None:
    project = make_kept(cast)
    made = report(step_of(project), cast, figures=(("议事", "12", "次"), ("参加", "340", "人次")))
    step = step_of(project)
    assert (step.closed_on, step.evidence) == (timezone.localdate(), EVIDENCE)
    assert (made.reported_by, made.project) == (cast["applicant"], project)
    assert figures_words(made) == "议事12次；参加340人次"
    assert trail_of(project).last().data == {
        "step": step.pk,
        "title": step.title,
        "report": made.pk,
    }


def test_pictures_lose_place_and_camera_and_come_in_two_lighter_sizes(cast: Cast) -> None:
    made = report(
        step_of(make_kept(cast)), cast, pictures=((jpeg(), "居民议事"), (jpeg("2.jpg"), ""))
    )
    assert [row["alt"] for row in made.pictures] == ["居民议事", "第1次议事"]
    assert opened(made, "large").size == (1080, 810)
    assert opened(made, "small").size == (480, 270)
    taken_in = Attachment.objects.get(pk=made.pictures[0]["attachment"])
    assert taken_in.purpose == Purpose.EVIDENCE
    with taken_in.file.open("rb") as file:
        stored = [Image.open(BytesIO(file.read())), opened(made, "large"), opened(made, "small")]
    for picture in stored:
        assert not dict(picture.getexif().get_ifd(ExifTags.IFD.GPSInfo))
        assert not dict(picture.getexif())


def test_a_png_with_transparency_becomes_a_picture_on_white(cast: Cast) -> None:
    out = BytesIO()
    Image.new("RGBA", (60, 40), (0, 0, 0, 0)).save(out, "PNG")
    upload = SimpleUploadedFile("图.png", out.getvalue())
    made = report(step_of(make_kept(cast)), cast, pictures=((upload, ""),))
    assert opened(made, "large").getpixel((5, 5)) > (250, 250, 250)


def test_files_stay_with_the_staff(cast: Cast) -> None:
    made = report(step_of(make_kept(cast)), cast, files=(jpeg("签到表.jpg"),))
    assert [file.name for file in made.files.all()] == ["签到表.jpg"]
    assert made.pictures == []


def test_a_second_report_of_a_closed_step_changes_nothing(cast: Cast) -> None:
    project = make_kept(cast)
    assert report(step_of(project), cast) is not None
    assert report(step_of(project), cast, "另一份说明。") is None
    assert step_of(project).evidence == EVIDENCE
    assert StepReport.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"words": "  "}, "完成依据"),
        ({"words": "联系人13812345678"}, "手机号码"),
        ({"words": "已办结并公开。", "figures": (("电话", "13812345678", ""),)}, "手机号码"),
        ({"words": "已办结并公开。", "pictures": ((None, "居民13812345678"),)}, "手机号码"),
        ({"words": "已办结并公开。", "pictures": ((None, ""),) * 10}, "至多"),
        ({"words": "已办结并公开。", "files": (None,) * 6}, "至多"),
    ],
)
def test_what_is_unfit_for_residents_is_refused(cast: Cast, given: dict, words: str) -> None:
    step = step_of(make_kept(cast))
    with pytest.raises(ConditionUnmet, match=words):
        report_step(step, by=cast["applicant"], evidence=Evidence(**given))
    assert not StepReport.objects.exists()


def test_a_file_that_is_no_picture_leaves_nothing_behind(cast: Cast) -> None:
    project = make_kept(cast)
    fake = SimpleUploadedFile("b.jpg", b"MZ not a picture")
    before = stored_files()
    with pytest.raises(UploadRefused):
        report(step_of(project), cast, pictures=((jpeg(), ""), (fake, "")))
    assert step_of(project).closed_on is None
    assert not Attachment.objects.filter(purpose=Purpose.EVIDENCE).exists()
    assert stored_files() == before


def stored_files() -> int:
    """Count the files of the private storage of this month."""
    folder = f"{timezone.localdate():%Y/%m}"
    storage = private_storage()
    return len(storage.listdir(folder)[1]) if storage.exists(folder) else 0


@pytest.mark.parametrize("state", ["results_submitted", "graded", "terminated"])
def test_nothing_is_reported_before_or_after_the_work(cast: Cast, state: str) -> None:
    project = make_kept(cast)
    forge(project, state)
    with pytest.raises(Frozen):
        report(step_of(project), cast)


def test_the_leading_organization_reports_and_nobody_else(cast: Cast) -> None:
    project = make_kept(cast)
    for role in ("unit", "department", "editor"):
        with pytest.raises(Frozen):
            report_step(step_of(project), by=cast[role], evidence="已办结并公开。")
    stranger = make_person(Role.APPLICANT)
    with pytest.raises(Frozen):
        report_step(step_of(project), by=stranger, evidence="已办结并公开。")


def test_a_report_is_written_once(cast: Cast) -> None:
    made = report(step_of(make_kept(cast)), cast)
    made.evidence = "改过的说明"
    for attempt in (
        made.save,
        made.delete,
        lambda: StepReport.objects.update(evidence=""),
        lambda: StepReport.objects.all().delete(),
    ):
        with pytest.raises(AppendOnlyError):
            attempt()
    assert list(faults_of_trail()) == []


def test_published_commitments_are_not_written_again(cast: Cast) -> None:
    project = make_kept(cast)
    row = {"goal": "降低的目标", "deadline": None, "person": "", "post": "", "steps": []}
    for state in ("implementing", "approved"):  # even if somebody forged the state back
        forge(project, state)
        with pytest.raises(Frozen):
            save_commitments(project, [row], by=cast["applicant"])
    assert not project.commitments.filter(goal="降低的目标").exists()


def test_text_not_yet_sent_is_kept_for_each_person_and_form(cast: Cast) -> None:
    keep_draft("report:1", {"words": ["一"]}, by=cast["applicant"])
    keep_draft("report:1", {"words": ["二"]}, by=cast["applicant"])
    keep_draft("report:2", {"words": ["三"]}, by=cast["applicant"])
    keep_draft("report:1", {"words": ["四"]}, by=cast["unit"])
    drop_draft("report:1", by=cast["unit"])
    found = Draft.objects.order_by("pk").values_list("form", "said")
    assert list(found) == [("report:1", {"words": ["二"]}), ("report:2", {"words": ["三"]})]


@pytest.mark.parametrize("state", ["", *QUESTION_WAYS])
def test_a_report_is_found_by_what_it_is_told_to_have_become(state: str) -> None:
    cast = make_cast()
    if state:
        make_question(state, cast)
    else:
        report(step_of(make_kept(cast)), cast)
    told = {one.pk: one.standing for one in StepReport.objects.first_told().with_standing()}
    assert told
    for standing in ReportStanding.values:
        found = set(
            StepReport.objects.first_told().of_standing(standing).values_list("pk", flat=True)
        )
        assert found == {pk for pk, one in told.items() if one == standing}
