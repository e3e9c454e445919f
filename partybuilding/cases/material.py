"""What the file of a graded project gives for the page of its case; every figure is counted from rows."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.images import get_image_model

from partybuilding.cases.models import CaseStudy
from partybuilding.core.pages.articles import blocks_from, first_sentence
from partybuilding.core.types import AnyUser
from partybuilding.progress.models import StepReport
from partybuilding.progress.selectors import public_pictures
from partybuilding.projects.models import CommitmentStep, Project
from partybuilding.projects.page.facts import announced_grade
from partybuilding.projects.promises.selectors import Tally, standings, tallies
from partybuilding.spreading.blocks import LONGEST

Block = Mapping[str, Any]
#: So many pictures of the evidence and so many steps are taken over.
PICTURES, STEPS = 6, 12


def material_of(case: CaseStudy, *, by: AnyUser) -> dict[str, Any]:
    """Return what the fields of a case's page start with, to be edited.

    The pictures of public evidence are copied into the library, as whose.

    Args:
        by: who starts the case.
    """
    project = case.project
    tally = tallies(standings([project.pk])).get(project.pk, Tally())
    goals = "\n".join(item.goal for item in project.commitments.all())
    told = blocks_from((("", project.results_summary), (_("What had been promised"), goals)))
    return {
        "summary": first_sentence(project.results_summary) or first_sentence(project.highlights),
        "situation": blocks_from((("", project.problem),)),
        "practice": [
            *blocks_from((("", project.distinctiveness), ("", project.overview))),
            *_method(project),
        ],
        "results": [*_facts(project, tally), *_figures(tally), *told, *_pictures(project, by)],
        "lessons": [],
    }


def _method(project: Project) -> Iterator[Block]:
    """Yield what was done step by step, with what its evidence says."""
    done = CommitmentStep.objects.filter(commitment__project=project, closed_on__isnull=False)
    steps = list(done.order_by("closed_on", "commitment__order", "order", "pk")[:STEPS])
    if len(steps) > 1:
        rows = [
            {"title": _cut(step.title, "title"), "text": _cut(step.evidence, "text")}
            for step in steps
        ]
        yield {"type": "steps", "value": {"name": _("How it was done"), "steps": rows}}


def _cut(text: str, name: str) -> str:
    longest = LONGEST[name]
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _facts(project: Project, tally: Tally) -> Iterator[Block]:
    """Yield the facts box: year, number, grade once announced, promises kept of those made."""
    kept = _("%(kept)s of %(made)s") % {"kept": tally.kept, "made": tally.commitments}
    rows = (
        (_("Programme year"), str(project.cycle.year)),
        (pgettext("column", "Number"), project.code or ""),
        (pgettext("column", "Topic"), project.told.topic),
        (pgettext("column", "Grade"), announced_grade(project)),
        (_("Promises kept"), kept if tally.commitments else ""),
    )
    facts = [{"label": str(label), "value": value} for label, value in rows if value]
    yield {"type": "facts", "value": {"title": _("The project in figures"), "rows": facts}}


def _figures(tally: Tally) -> Iterator[Block]:
    """Yield the promises in large figures."""
    if not tally.commitments:
        return
    rows = (
        (tally.commitments, pgettext("figure", "promises"), _("made in public")),
        (tally.kept, pgettext("figure", "promises"), _("kept, with evidence")),
        (tally.closed, pgettext("figure", "steps"), _("reported done")),
    )
    figures = [{"number": str(n), "unit": unit, "label": label} for n, unit, label in rows]
    yield {"type": "numbers", "value": figures}


def _pictures(project: Project, by: AnyUser) -> Iterator[Block]:
    """Yield the pictures of public evidence: one by itself, several as a gallery."""
    taken = (_picture(report, at, by) for report, at in public_pictures(project, PICTURES))
    figures = [figure for figure in taken if figure]
    if len(figures) > 1:
        yield {"type": "gallery", "value": figures}
    elif figures:
        yield {"type": "figure", "value": figures[0]}


def _picture(report: StepReport, place: int, by: AnyUser) -> dict[str, Any] | None:
    """Copy a picture into the library; None when its file is lost."""
    alt = report.pictures[place]["alt"]
    try:
        with report.picture(place, "large") as file:
            content = ContentFile(file.read(), name=f"evidence-{report.pk}-{place}.jpg")
    except FileNotFoundError:
        return None
    assert by.is_authenticated
    image = get_image_model().objects.create(
        title=alt, description=alt, file=content, uploaded_by_user=by
    )
    told = {"step": report.step.title, "day": date_format(report.reported_on, "DATE_FORMAT")}
    caption = _("%(step)s (%(day)s)") % told
    return {"image": image.pk, "caption": caption[:120], "alt": alt[:120]}
