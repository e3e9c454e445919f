"""Take in what a report rests on: words, figures, pictures from a phone, files for the staff."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from partybuilding.core.models import Attachment, Purpose
from partybuilding.core.models.attachment import private_storage, random_name
from partybuilding.core.refusals import ConditionUnmet
from partybuilding.core.rules import fit_for_all
from partybuilding.core.services import attach
from partybuilding.core.uploads import IMAGES
from partybuilding.progress.models import StepQuestion, StepReport
from partybuilding.progress.pictures import cuts_of
from partybuilding.projects.models import CommitmentStep, Project

#: The name of a file in the private storage.
Stored = str
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


@contextmanager
def all_or_nothing() -> Iterator[list[Stored]]:
    """Open a transaction; when it fails, the files stored meanwhile are removed again."""
    stored: list[Stored] = []
    try:
        with transaction.atomic():
            yield stored
    except BaseException:
        for name in stored:
            private_storage().delete(name)
        raise


def write_report(
    step: CommitmentStep,
    evidence: Evidence,
    stored: list[Stored],
    *,
    by: Any,
    question: StepQuestion | None = None,
) -> StepReport:
    """Write a report with its pictures and files; `stored` remembers the files that were written.

    Raises:
        UploadRefused: a picture or file is not what it claims, too large or dangerous.
    """
    project = step.commitment.project
    pictures = [_picture(step, project, file, alt, stored, by) for file, alt in evidence.pictures]
    files = [_taken_in(project, file, stored, by) for file in evidence.files]
    report = StepReport.objects.create(
        project=project,
        step=step,
        question=question,
        evidence=evidence.words.strip(),
        figures=[list(row) for row in evidence.figures],
        pictures=pictures,
        reported_by=by,
    )
    report.files.set(files)
    return report


def _taken_in(
    project: Project, file: Any, stored: list[Stored], by: Any, **kinds: Any
) -> Attachment:
    found = attach(project, file, by=by, purpose=Purpose.EVIDENCE, **kinds)
    stored.append(found.file.name)
    return found


def _picture(
    step: CommitmentStep, project: Project, file: Any, alt: str, stored: list[Stored], by: Any
) -> dict[str, Any]:
    """Store a picture in every size, and return its row."""
    attachment = _taken_in(project, file, stored, by, kinds=IMAGES)
    with attachment.file.open("rb") as taken:
        cuts = cuts_of(taken)
    row = {"alt": alt.strip() or str(step.title)[:120], "attachment": attachment.pk}
    for size in ("large", "small"):
        name = random_name(attachment, f"{size}.jpg")
        row[size] = private_storage().save(name, ContentFile(getattr(cuts, size)))
        stored.append(row[size])
    return row
