"""How a brand was recognised over the years: decided here, by the grades of its projects, by others."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.brands.models import Brand
from partybuilding.core.models import TransitionRecord
from partybuilding.core.states import Tone
from partybuilding.organizations.models import IssuingBody
from partybuilding.projects.models import Project
from partybuilding.projects.page.facts import is_announced

Entry = dict[str, Any]


def timeline_of(brand: Brand, projects: Iterable[Project], honours: Iterable[Any]) -> list[Entry]:
    """Return the recognitions of a brand as a timeline shows them, the newest first.

    Args:
        honours: the blocks that its editors wrote.
    """
    told = [*_decisions(brand), *_grades(projects), *map(_honour, honours)]
    return sorted(told, key=lambda entry: entry["when"], reverse=True)


def _decisions(brand: Brand) -> Iterator[Entry]:
    for moment, words, tone in (
        (brand.recognised_at, _("Recognised as a Party-building brand"), Tone.POSITIVE),
        (brand.promoted_at, _("Promoted across the district"), Tone.ACTIVE),
    ):
        if moment:
            day = timezone.localdate(moment)
            yield {"when": day, "title": words, "who": IssuingBody.on(day).name, "tone": tone}


def _grades(projects: Iterable[Project]) -> Iterator[Entry]:
    graded = [project for project in projects if is_announced(project)]
    years = {project.cycle_id for project in graded}
    announced = TransitionRecord.objects.filter(machine="cycle", step="announce")
    found = announced.filter(record_id__in=years) if years else ()
    days = {row.record_id: timezone.localdate(row.at) for row in found}
    for project in graded:
        words = _("Project “%(title)s”: %(grade)s in the year %(year)s")
        told = {"title": project.title, "grade": project.grade_class, "year": project.cycle.year}
        day = days.get(project.cycle_id, project.cycle.review_on)
        yield {"when": day, "title": words % told, "tone": Tone.POSITIVE}


def _honour(block: Any) -> Entry:
    said = block.value
    day: date = said["day"]
    return {"when": day, "title": said["title"], "who": said["by"], "tone": Tone.NEUTRAL}
