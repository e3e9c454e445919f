"""Read reports, questions and changes: registers, one file, a project's progress, the counts of a desk."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db.models import Prefetch, QuerySet

from partybuilding.core.files.storage import private_storage
from partybuilding.core.types import AnyUser
from partybuilding.progress.models import CommitmentChange, StepQuestion, StepReport
from partybuilding.progress.models.question import StepQuestionQuerySet
from partybuilding.progress.permissions import visible_to
from partybuilding.progress.states import ReportStanding
from partybuilding.projects.models import Commitment, CommitmentStep, Project

#: What every screen of a question or change shows of its project.
PROJECT = ("project__cycle", "project__organization__unit")


def questions_of(user: AnyUser) -> StepQuestionQuerySet:
    """Return what a user's register of questions lists, with what its columns show."""
    found = StepQuestion.objects.visible_to(user).select_related("step", *PROJECT)
    return found.prefetch_related("project__partners")


def changes_of(user: AnyUser) -> QuerySet[CommitmentChange]:
    """Return what a user's register of changes lists, with what its columns show."""
    found = CommitmentChange.objects.visible_to(user).select_related("step", "commitment", *PROJECT)
    return found.prefetch_related("project__partners")


def reports_of(user: AnyUser) -> QuerySet[StepReport]:
    """Return what a user's register of reports lists, with what its columns show."""
    found = visible_to(StepReport.objects.first_told().with_standing(), user)
    return found.select_related("step__commitment", *PROJECT)


def public_pictures(project: Project, most: int) -> list[tuple[StepReport, int]]:
    """Return the pictures that residents see in the reports of a project that stand, the newest first.

    Returns:
        At most so many, each as its report and its place in it.
    """
    told = StepReport.objects.public().with_outcome().filter(project=project)
    told = told.filter(taken_back_at=None)  # type: ignore[misc]
    reports = told.filter(step__closed_on__isnull=False).exclude(pictures=[]).select_related("step")
    found = ((report, place) for report in reports for place in range(len(report.pictures)))
    return list(islice(found, most))


def picture_names() -> Iterator[str]:
    """Yield the stored names of all lighter pictures of reports."""
    for pictures in StepReport.objects.values_list("pictures", flat=True).iterator():
        yield from (picture[size] for picture in pictures for size in ("large", "small"))


def faults_of_pictures() -> Iterator[str]:
    """Name every lighter picture of a report whose stored file is missing or empty."""
    storage = private_storage()
    for name in picture_names():
        if not storage.exists(name):
            yield f"picture of a report ({name}): its file is missing"
        elif not storage.size(name):
            yield f"picture of a report ({name}): its file is empty"


def question_file(user: AnyUser, pk: int) -> StepQuestion:
    """Return one question with the report it is about and what was added to it.

    Raises:
        StepQuestion.DoesNotExist: there is none, or it is not the user's to see.
    """
    found = questions_of(user).select_related("step__commitment", "report")
    reports = reports_with_all()
    return found.prefetch_related(
        Prefetch("report", reports), Prefetch("supplements", reports)
    ).get(pk=pk)


def change_file(user: AnyUser, pk: int) -> CommitmentChange:
    """Return one change with what its screens show.

    Raises:
        CommitmentChange.DoesNotExist: there is none, or it is not the user's to see.
    """
    return changes_of(user).prefetch_related("commitment__steps").get(pk=pk)


def reports_with_all() -> QuerySet[StepReport]:
    """Return reports with their files and what became of them."""
    return StepReport.objects.with_outcome().prefetch_related("files")


def kept_by(project: Project) -> list[Commitment]:
    """Return a project's commitments with all there is of steps, reports, questions and changes."""
    questions = StepQuestion.objects.select_related("project__cycle", "project__organization__unit")
    steps = CommitmentStep.objects.prefetch_related(
        Prefetch("reports", reports_with_all()), Prefetch("questions", questions.order_by("pk"))
    )
    found = list(project.commitments.prefetch_related(Prefetch("steps", steps)))
    for commitment in found:
        commitment.project = project
    return found


def open_steps_of(project: Project) -> QuerySet[CommitmentStep]:
    """Return the steps of a project that are not done."""
    return CommitmentStep.objects.filter(commitment__project=project, closed_on=None)


def fresh_count(user: AnyUser, since: date) -> int:
    """Count the reports since a day that nobody has questioned, as far as a user may see them."""
    told = StepReport.objects.first_told().of_standing(ReportStanding.UNQUESTIONED)
    return visible_to(told, user).filter(reported_on__gte=since).count()
