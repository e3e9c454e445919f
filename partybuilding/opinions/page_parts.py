"""What a project's page shows of opinions: how many, the latest answers, the public appraisal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from partybuilding.opinions.appraisals import APPRAISED, Result, result_of
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.questions import FEWEST
from partybuilding.opinions.replies import TONES, in_a_line
from partybuilding.opinions.states import OpinionState, Outcome
from partybuilding.opinions.targets import takes_opinions
from partybuilding.projects.models import Project
from partybuilding.projects.page_sections import (
    OPINIONS,
    PageSection,
    Reading,
    register_commitment_ways,
    register_page_section,
)
from partybuilding.projects.states import ProjectState

LATEST = 3
HERE = "partybuilding/opinions/parts"


class Reply(NamedTuple):
    """What a project's page needs of a published exchange."""

    pk: int
    published_question: str
    outcome: str
    closed_on: date
    commitment: int | None


@dataclass(frozen=True)
class Box:
    """The letterbox of one project: how many arrived and were answered, and what everybody may read."""

    received: int
    answered: int
    replies: tuple[Reply, ...]


def box_of(reading: Reading) -> Box:
    """Return the letterbox of the project, read once for a page in one query."""
    if "opinions" not in reading.known:
        reading.known["opinions"] = _read_box(reading.project)
    return reading.known["opinions"]


def _read_box(project: Project) -> Box:
    arrived = Opinion.objects.filter(project=OuterRef("pk")).order_by().values("project")
    answered = arrived.filter(state=OpinionState.ANSWERED)
    is_public = Q(opinions__published_at__isnull=False)
    rows = list(
        Project.objects.filter(pk=project.pk)
        .annotate(
            shown=FilteredRelation("opinions", condition=is_public),
            received=_count_of(arrived),
            answered=_count_of(answered),
        )
        .order_by("-shown__published_at", "-shown__pk")
        .values_list("received", "answered", *(f"shown__{name}" for name in Reply._fields))
    )
    replies = (Reply(*row[2:]) for row in rows)
    return Box(rows[0][0], rows[0][1], tuple(reply for reply in replies if reply.pk))


def _count_of(opinions: QuerySet) -> Coalesce:
    return Coalesce(Subquery(opinions.annotate(n=Count("pk")).values("n")), 0)


def opinions_part(reading: Reading) -> Mapping[str, Any] | None:
    """Return how many opinions arrived and were answered, the latest answers, and the way to write."""
    box, is_open = box_of(reading), takes_opinions(reading.project)
    if not (is_open or box.received):
        return None
    code = reading.project.code
    counts = {"received": box.received, "answered": box.answered}
    return {
        "words": _("%(received)s opinions received, %(answered)s answered.") % counts
        if box.received
        else _("No opinion has arrived yet."),
        "entries": [
            {
                "href": reverse("opinion_reply", args=[reply.pk]),
                "title": in_a_line(reply.published_question),
                "date": reply.closed_on,
                "state": Outcome(reply.outcome).label,
                "tone": TONES[reply.outcome],
            }
            for reply in box.replies[:LATEST]
        ],
        "more": len(box.replies) > LATEST,
        "list_href": reverse("opinion_replies"),
        "write_href": f"{reverse('letterbox')}?project={code}" if is_open else "",
    }


def appraisal_part(reading: Reading) -> Mapping[str, Any] | None:
    """Return the public appraisal: the way to it while it is open, the result when it is over."""
    project = reading.project
    if project.state not in (*APPRAISED, ProjectState.ARCHIVED):
        return None
    result = result_of(project)
    is_open = result.period.is_open(reading.today) and project.state in APPRAISED
    if not is_open and not result.period.is_over(reading.today):
        return None
    if not (is_open or result.number):
        return None
    rows = [] if is_open else result.rows()
    return {
        "words": appraisal_words(result, is_open=is_open),
        "href": reverse("appraisal", args=[project.code]) if is_open else "",
        "caption": _("Result of the public appraisal, %(number)s sheets")
        % {"number": result.number},
        "columns": [
            {"label": pgettext("appraisal", "Question")},
            {"label": pgettext("appraisal", "Answer")},
            {"label": pgettext("appraisal", "Sheets"), "numeric": True},
            {"label": pgettext("column", "Share"), "numeric": True},
        ],
        "rows": rows,
    }


def appraisal_words(result: Result, *, is_open: bool) -> str:
    """Say in a sentence how far the appraisal is, and whether there are enough sheets."""
    facts = {
        "number": result.number,
        "day": date_format(result.period.closes_on, "DATE_FORMAT"),
        "fewest": FEWEST,
    }
    if is_open:
        return (
            _(
                "Open until %(day)s; %(number)s residents have taken part. The result is shown afterwards."
            )
            % facts
        )
    if result.is_enough:
        return _("%(number)s residents took part.") % facts
    return (
        _("Too few sheets: %(number)s residents took part; below %(fewest)s no figures are shown.")
        % facts
    )


def ways_of_commitments(reading: Reading) -> dict[int, list[dict[str, str]]]:
    """Return from each commitment the way to write about it, and to what was answered."""
    if not reading.shows_promises:
        return {}
    found: dict[int, list[dict[str, str]]] = {}
    write = takes_opinions(reading.project) and not reading.is_preview
    for commitment in reading.commitments:
        ways = []
        if write:
            href = f"{reverse('letterbox')}?commitment={commitment.pk}"
            ways.append({"href": href, "text": _("Give an opinion on this commitment")})
        answered = [one for one in box_of(reading).replies if one.commitment == commitment.pk]
        if answered:
            words = ngettext(
                "Read the answer to an opinion on it",
                "Read the newest of %(count)s answers to opinions on it",
                len(answered),
            ) % {"count": len(answered)}
            ways.append({"href": reverse("opinion_reply", args=[answered[0].pk]), "text": words})
        found[commitment.pk] = ways
    return found


def register_opinions_on_pages() -> None:
    """Put opinions and the appraisal on every project's page, and the ways beside its commitments."""
    rows = (
        ("opinions", gettext_lazy("Opinions of residents"), opinions_part, OPINIONS),
        ("appraisal", gettext_lazy("Public appraisal"), appraisal_part, OPINIONS + 1),
    )
    for code, heading, context, order in rows:
        register_page_section(PageSection(code, heading, f"{HERE}/{code}.html", context, order))
    register_commitment_ways(ways_of_commitments)
