"""Take in what a report rests on: words, figures, pictures from a phone, files for the staff."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from partybuilding.core.files.uploads import IMAGES
from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.models import Attachment, Purpose
from partybuilding.core.rules import fit_for_all
from partybuilding.core.services import Intake, enter_file, stored_first
from partybuilding.core.types import AnyUser
from partybuilding.progress.models import StepQuestion, StepReport
from partybuilding.progress.pictures import cuts_of
from partybuilding.projects.models import CommitmentStep, Project

#: The most that one report holds.
MOST_PICTURES, MOST_FILES, MOST_FIGURES = 9, 5, 12


@dataclass(frozen=True)
class Evidence:
    """What somebody gives with a report.

    Args:
        words: public at once.
        figures: rows of name, number and unit; public.
        pictures: uploads, each with what it shows; public without anything hidden in the file.
        files: uploads for the staff alone; they may hold names.
    """

    words: str = ""
    figures: tuple[tuple[str, str, str], ...] = ()
    pictures: tuple[tuple[Any, str], ...] = ()
    files: tuple[Any, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is given."""
        return not (self.words.strip() or self.figures or self.pictures or self.files)

    def refuse_unfit(self) -> None:
        """Keep numbers of persons, and more than a report holds, out of it.

        Raises:
            ConditionUnmet: with every sentence that says so.
        """
        texts = [self.words, *(" ".join(row) for row in self.figures)]
        unfit = fit_for_all([*texts, *(alt for _file, alt in self.pictures)])
        if not unfit:
            raise ConditionUnmet(unfit.reasons)
        if len(self.pictures) > MOST_PICTURES or len(self.files) > MOST_FILES:
            words = _("A report holds at most %(pictures)s pictures and %(files)s files.")
            raise ConditionUnmet([words % {"pictures": MOST_PICTURES, "files": MOST_FILES}])


@dataclass(frozen=True)
class Received:
    """What was stored for a report: attachments without their rows, and each picture's sizes.

    Args:
        pictures: the attachment, what it shows, and the names of its lighter versions by size.
    """

    pictures: tuple[tuple[Attachment, str, dict[str, str]], ...] = ()
    files: tuple[Attachment, ...] = ()


@contextmanager
def received(evidence: Evidence) -> Iterator[Received]:
    """Store pictures, in every size, and files; then open the transaction that names them.

    Raises:
        UploadRefused: a picture or file is not what it claims, too large or dangerous.
    """
    with stored_first(partial(_receive, evidence)) as things:
        yield things


def _receive(evidence: Evidence, intake: Intake) -> Received:
    pictures = tuple(_picture(intake, file, alt) for file, alt in evidence.pictures)
    return Received(pictures, tuple(intake.take(file) for file in evidence.files))


def _picture(intake: Intake, file: Any, alt: str) -> tuple[Attachment, str, dict[str, str]]:
    attachment = intake.take(file, IMAGES)
    with attachment.file.open("rb") as taken:
        cuts = cuts_of(taken)
    sizes = {
        size: intake.beside(attachment, f"{size}.jpg", getattr(cuts, size))
        for size in ("large", "small")
    }
    return attachment, alt, sizes


def write_report(
    step: CommitmentStep,
    evidence: Evidence,
    things: Received,
    *,
    by: AnyUser,
    question: StepQuestion | None = None,
) -> StepReport:
    """Write a report with the rows of its pictures and files."""
    project = step.commitment.project
    pictures = []
    for attachment, alt, sizes in things.pictures:
        _enter(project, attachment, by)
        shown = alt.strip() or str(step.title)[:120]
        pictures.append({"alt": shown, "attachment": attachment.pk, **sizes})
    for file in things.files:
        _enter(project, file, by)
    assert by.is_authenticated
    report = StepReport.objects.create(
        project=project,
        step=step,
        question=question,
        evidence=evidence.words.strip(),
        figures=[list(row) for row in evidence.figures],
        pictures=pictures,
        reported_by=by,
    )
    report.files.set(things.files)
    return report


def _enter(project: Project, attachment: Attachment, by: AnyUser) -> None:
    enter_file(project, attachment, by=by, purpose=Purpose.EVIDENCE)
