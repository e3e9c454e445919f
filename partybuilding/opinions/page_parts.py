"""What a project's page shows of opinions: how many, the latest answers, the public appraisal."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from partybuilding.opinions.appraisals import APPRAISED, Result, result_of
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.questions import FEWEST
from partybuilding.opinions.replies import ORDER, TONES, title_of
from partybuilding.opinions.states import OpinionState
from partybuilding.opinions.targets import takes_opinions
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


def _replies(reading: Reading) -> list[Opinion]:
    """Return the published answers on the project, the newest first; read once for a page."""
    if "opinions" not in reading.known:
        found = Opinion.objects.published().filter(project=reading.project)
        reading.known["opinions"] = list(found.defer("text", "contact").order_by(*ORDER))
    return reading.known["opinions"]


def opinions_part(reading: Reading) -> Mapping[str, Any] | None:
    """Return how many opinions arrived and were answered, the latest answers, and the way to write."""
    counts = Opinion.objects.filter(project=reading.project).aggregate(
        received=Count("pk"), answered=Count("pk", filter=Q(state=OpinionState.ANSWERED))
    )
    open_ = takes_opinions(reading.project)
    if not (open_ or counts["received"]):
        return None
    code = reading.project.code
    return {
        "words": _("%(received)s opinions received, %(answered)s answered.") % counts
        if counts["received"]
        else _("No opinion has arrived yet."),
        "entries": [
            {
                "href": reverse("opinion_reply", args=[opinion.pk]),
                "title": title_of(opinion),
                "date": opinion.closed_on,
                "state": opinion.get_outcome_display(),
                "tone": TONES[opinion.outcome],
            }
            for opinion in _replies(reading)[:LATEST]
        ],
        "more": len(_replies(reading)) > LATEST,
        "list_href": reverse("opinion_replies"),
        "write_href": f"{reverse('letterbox')}?project={code}" if open_ else "",
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
        answered = [one for one in _replies(reading) if one.commitment_id == commitment.pk]
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
