"""What a project's page shows of opinions: how many, the latest answers, the public appraisal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from partybuilding.core.registers.expressions import rows_along
from partybuilding.opinions.appraisals import APPRAISED, Result, result_from
from partybuilding.opinions.models import AppraisalSheet, Opinion
from partybuilding.opinions.models.appraisal import step_counts
from partybuilding.opinions.questions import FEWEST, Period
from partybuilding.opinions.replies import TONES, in_a_line
from partybuilding.opinions.states import OpinionState, Outcome
from partybuilding.opinions.targets import takes_opinions
from partybuilding.projects.page.sections import (
    OPINIONS,
    PageSection,
    Reading,
)
from partybuilding.projects.states import ProjectState

LATEST = 3
HERE = "partybuilding/opinions/parts"


class Reply(NamedTuple):
    """What a project's page needs of a published exchange."""

    pk: int
    published_question: str
    published_at: str
    outcome: str
    closed_on: str
    commitment: int | None


@dataclass(frozen=True)
class Box:
    """The letterbox of one project: how many arrived and were answered, and what everybody may read."""

    received: int
    answered: int
    replies: tuple[Reply, ...]


def opinions_along() -> dict[str, Any]:
    """Return what a project's page reads of opinions and of the appraisal, in its own query."""
    arrived = Opinion.objects.filter(project=OuterRef("project")).order_by().values("project")
    sheets = AppraisalSheet.objects.filter(project=OuterRef("project")).order_by().values("project")
    days = "project__cycle__appraisal_period"
    return {
        "opinions_received": _of(arrived, Count("pk")),
        "opinions_answered": _of(arrived.filter(state=OpinionState.ANSWERED), Count("pk")),
        "opinions_shown": rows_along(arrived.published(), **{name: name for name in Reply._fields}),
        "appraisal_opens": F(f"{days}__opens_on"),
        "appraisal_closes": F(f"{days}__closes_on"),
        "appraisal_counts": _of(sheets, JSONObject(**step_counts())),
    }


def _of(rows: QuerySet, aggregate: Any) -> Subquery:
    return Subquery(rows.annotate(found=aggregate).values("found"))


def box_of(reading: Reading) -> Box:
    """Return the letterbox of the project, as it was read with the page."""
    shown = [Reply(**row) for row in reading.along("opinions_shown") or ()]
    return Box(
        reading.along("opinions_received") or 0,
        reading.along("opinions_answered") or 0,
        tuple(sorted(shown, key=lambda reply: (reply.published_at, reply.pk), reverse=True)),
    )


def appraisal_of(reading: Reading) -> Result:
    """Return the appraisal of the project, as it was read with the page."""
    opens, closes = reading.along("appraisal_opens"), reading.along("appraisal_closes")
    cycle = reading.project.cycle
    period = Period(opens, closes) if opens else Period(cycle.results_due_on, cycle.review_on)
    return result_from(period, reading.along("appraisal_counts") or {})


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
                "date": date.fromisoformat(reply.closed_on),
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
    result = appraisal_of(reading)
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


SECTIONS = tuple(
    PageSection(code, heading, f"{HERE}/{code}.html", context, order)
    for code, heading, context, order in (
        ("opinions", gettext_lazy("Opinions of residents"), opinions_part, OPINIONS),
        ("appraisal", gettext_lazy("Public appraisal"), appraisal_part, OPINIONS + 1),
    )
)
