"""Take in what a report rests on: words, figures, pictures from a phone, files for the staff."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.files.uploads import IMAGES
from partybuilding.core.machine.registry import Attempt, ConditionUnmet, Frozen
from partybuilding.core.models import Attachment, Purpose
from partybuilding.core.rules import fit_for_all
from partybuilding.core.services import Intake, enter_file, note, stored_first
from partybuilding.core.text.validators import TOLD, has_words
from partybuilding.progress.models import Draft, StepQuestion, StepReport
from partybuilding.progress.permissions import user_can_report_step
from partybuilding.progress.words import cuts_of
from partybuilding.projects.models import CommitmentStep, Project


def keep_draft(form: str, said: Mapping[str, list[str]], *, by: Any) -> Draft:
    """Keep the text of a form; the newest stands in the place of the one before."""
    draft, _made = Draft.objects.update_or_create(by=by, form=form, defaults={"said": dict(said)})
    return draft


def drop_draft(form: str, *, by: Any) -> None:
    """Forget the text of a form that was sent."""
    Draft.objects.filter(by=by, form=form).delete()


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
    by: Any,
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


def _enter(project: Project, attachment: Attachment, by: Any) -> None:
    enter_file(project, attachment, by=by, purpose=Purpose.EVIDENCE)


def note_change(*, record: Any, attempt: Attempt, **kwargs: Any) -> None:
    """Note an approved change; with it the search learns what the promise reads now."""
    if attempt.step == "approve":
        facts = {"what": str(record), "from": str(record.old), "to": str(record.new)}
        note(record.project, "change", by=attempt.by, reason=record.reason, data=facts)


def note_taken_back(*, record: Any, attempt: Attempt, **kwargs: Any) -> None:
    """Note that the completion of a step was taken back, with the reason."""
    if attempt.step == "uphold":
        facts = {"step": record.step_id, "title": record.step.title}
        note(record.project, "taken_back", by=attempt.by, reason=attempt.reason, data=facts)


def report_step(step: CommitmentStep, *, by: Any, evidence: str | Evidence) -> StepReport | None:
    """Report a step done today, with its evidence, which is public at once.

    A second click changes nothing: a closed step stays as it was reported.

    Returns:
        The report; None when the step was closed already.

    Raises:
        Frozen: the project is not being implemented, or the user is not of its leading organisation.
        ConditionUnmet: no words of evidence are given, or it holds a person's number.
        UploadRefused: a picture or file is not what it claims, too large or dangerous.
    """
    given = Evidence(evidence) if isinstance(evidence, str) else evidence
    if not has_words(given.words, TOLD):
        raise ConditionUnmet(
            [_("Say in a sentence what was done; it is the evidence of the step.")]
        )
    given.refuse_unfit()
    with received(given) as things:
        project = Project.objects.select_for_update(of=("self",)).get(pk=step.commitment.project_id)
        if not user_can_report_step(project, by):
            raise Frozen([_("Steps are reported while the project is being implemented.")])
        locked = CommitmentStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
        if locked.closed_on is not None:
            return None
        locked.closed_on, locked.evidence = timezone.localdate(), given.words.strip()
        locked.save(update_fields=["closed_on", "evidence"])
        report = write_report(locked, given, things, by=by)
        told = {"step": locked.pk, "title": locked.title, "report": report.pk}
        note(project, "report", by=by, data=told)
    return report
