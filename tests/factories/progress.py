"""Projects that are being implemented, with their reports, questions and changes in any state."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from partybuilding.core.services import move
from partybuilding.progress.models import CommitmentChange, StepQuestion, StepReport
from partybuilding.progress.services import (
    Evidence,
    answer_question,
    ask_about,
    propose_change,
    report_step,
)
from partybuilding.projects.models import Commitment, CommitmentStep, Project
from tests.factories.projects import Cast, make_cast, make_project
from tests.replay import replayed

EVIDENCE = "首次议事会已召开，办结议题12件。"
#: What each step of a question asks for, and who takes it.
QUESTION_INPUTS: dict[str, tuple[str, dict[str, Any]]] = {
    "answer": ("applicant", {"reason": "会议记录和签到表已补充。"}),
    "settle": ("unit", {"reason": "经实地核对，情况属实。"}),
    "uphold": ("unit", {"reason": "现场未见议事记录。"}),
}
QUESTION_WAYS: dict[str, tuple[str, ...]] = {
    "open": (),
    "answered": ("answer",),
    "settled": ("answer", "settle"),
    "upheld": ("answer", "uphold"),
}
CHANGE_INPUTS: dict[str, tuple[str, dict[str, Any]]] = {
    "approve": ("department", {"reason": "同意调整。"}),
    "refuse": ("department", {"reason": "理由不充分，请按原承诺办理。"}),
    "withdraw": ("applicant", {}),
}
CHANGE_WAYS: dict[str, tuple[str, ...]] = {
    "proposed": (),
    "approved": ("approve",),
    "refused": ("refuse",),
    "withdrawn": ("withdraw",),
}


@replayed
def make_kept(cast: Cast | None = None, *deadlines: int, steps: int = 1) -> Project:
    """Make a project that is being implemented, with a commitment for each deadline in days from today.

    Each commitment has so many steps, all due with it.
    """
    project = make_project("implementing", cast or make_cast())
    project.commitments.all().delete()
    for order, days in enumerate(deadlines or (20,)):
        day = timezone.localdate() + timedelta(days=days)
        promise = Commitment.objects.create(
            project=project,
            order=order,
            goal=f"办结议题{order + 1}0件",
            deadline=day,
            person="李示例",
            post="党委书记",
        )
        CommitmentStep.objects.bulk_create(
            CommitmentStep(commitment=promise, order=at, title=f"第{at}次议事", deadline=day)
            for at in range(1, steps + 1)
        )
    return project


def step_of(project: Project, place: int = 0) -> CommitmentStep:
    """Return a step of a project by its place, as it stands now."""
    steps = CommitmentStep.objects.filter(commitment__project=project)
    found = steps.select_related("commitment__project").order_by("commitment__order", "order")
    return found[place]


def jpeg(name: str = "现场.jpg", *, size: tuple[int, int] = (1600, 1200), gps: bool = True) -> Any:
    """Return an upload as a phone sends it, with the place where it was taken."""
    picture, out = Image.new("RGB", size, "#9db4c0"), BytesIO()
    exif = Image.Exif()
    if gps:
        exif.get_ifd(0x8825).update({1: "N", 2: (29.0, 32.0, 1.0), 3: "E", 4: (108.0, 46.0, 1.0)})
        exif[271] = "PHONE-MAKER"
    picture.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def report(step: CommitmentStep, cast: Cast, words: str = EVIDENCE, **given: Any) -> StepReport:
    """Report a step done, as its applicant."""
    return report_step(step, by=cast["applicant"], evidence=Evidence(words, **given))


@replayed
def make_question(
    state: str = "open",
    cast: Cast | None = None,
    project: Project | None = None,
    asker: str = "unit",
) -> StepQuestion:
    """Question the first report of a project, and bring the question to a state."""
    cast = cast or make_cast()
    step = step_of(project or make_kept(cast))
    report(step, cast)
    question = ask_about(step_of(step.commitment.project), by=cast[asker], words="记录在哪里？")
    for name in QUESTION_WAYS[state]:
        question = take_question(question, name, cast, asker)
    return question


def take_question(question: StepQuestion, step: str, cast: Cast, judge: str = "unit") -> Any:
    """Take one step with everything it asks for."""
    who, extra = QUESTION_INPUTS[step]
    found = StepQuestion.objects.get(pk=question.pk)
    if step == "answer":
        return answer_question(found, by=cast["applicant"], words=extra["reason"])
    return move(found, step, by=cast[judge if who == "unit" else who], **extra)


@replayed
def make_change(
    state: str = "proposed",
    cast: Cast | None = None,
    project: Project | None = None,
    days: int = 40,
) -> CommitmentChange:
    """Propose to move the deadline of a project's first commitment, and bring the change to a state."""
    cast = cast or make_cast()
    project = project or make_kept(cast)
    change = propose_change(
        project.commitments.first(),
        "deadline",
        by=cast["applicant"],
        reason="场地因修缮停用两个月。",
        day=timezone.localdate() + timedelta(days=days),
    )
    for step in CHANGE_WAYS[state]:
        who, extra = CHANGE_INPUTS[step]
        change = move(CommitmentChange.objects.get(pk=change.pk), step, by=cast[who], **extra)
    return change


def day(days: int) -> date:
    """Return a day so many days from today."""
    return timezone.localdate() + timedelta(days=days)
