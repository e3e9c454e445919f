"""What a project's page and its case file show of opinions: how many, the latest, the public appraisal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from partybuilding.core.answers.wording import worded
from partybuilding.core.types import AnyUser
from partybuilding.opinions.appraisals import APPRAISED, Result, result_of
from partybuilding.opinions.desk import register_url
from partybuilding.opinions.figures import published_words
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.questions import FEWEST
from partybuilding.opinions.replies import TONES, in_a_line
from partybuilding.opinions.selectors import counts_of_project
from partybuilding.opinions.states import OpinionState
from partybuilding.opinions.targets import takes_opinions
from partybuilding.projects.casefile.contents import CaseSection
from partybuilding.projects.models import Project
from partybuilding.projects.page.changed import newest
from partybuilding.projects.page.parts import (
    OPINIONS,
    PageSection,
    Reading,
)
from partybuilding.projects.states import ProjectState

#: The newest ones that the case file shows.
NEWEST = 5


def opinions_of(project: Project, user: AnyUser) -> Mapping[str, Any] | None:
    """Return the opinions on a project, as far as a user may see them; nothing when there is none."""
    seen = Opinion.objects.visible_to(user).filter(project=project)
    newest = list(seen.select_related("unit", "project").order_by("-pk")[:NEWEST])
    if not newest:
        return None
    return {
        **counts_of_project(seen),
        "opinions": newest,
        "url": f"{register_url()}?q={project.code or ''}",
    }


SECTION = CaseSection(
    "opinions",
    pgettext_lazy("menu", "Opinions of residents"),
    "partybuilding/opinions/section.html",
    opinions_of,
    order=95,
)


LATEST = 3
HERE = "partybuilding/opinions/parts"


@dataclass(frozen=True)
class Box:
    """The letterbox of one project: how many arrived, what became of them, and what is to be read."""

    replies: list[Opinion]
    received: int = 0
    answered: int = 0
    withheld: int = 0
    refused: int = 0

    @property
    def words(self) -> str:
        """What became of them, and why fewer answers may be read than were given."""
        if not self.received:
            return _("No opinion has arrived yet.")
        words = _("%(received)s opinions received, %(answered)s answered.")
        if self.refused:
            words = _(
                "%(received)s opinions received, %(answered)s answered, %(refused)s not taken up."
            )
        return words % vars(self) + published_words(self.answered, len(self.replies), self.withheld)


def box_of(project: Project) -> Box:
    """Return the letterbox of a project."""
    return Box(replies_of(project), *next(iter(_counted(project.pk)), ()))


@worded
def _counted(project: int) -> "QuerySet[Opinion, tuple[int, ...]]":
    """Count the opinions on a project, and what became of them; no row for none."""
    rows = Opinion.objects.filter(project=project).order_by().values("project")
    counts = {
        "n": Count("pk"),
        "n_answered": Count("pk", filter=Q(state=OpinionState.ANSWERED)),
        "n_withheld": Count("pk", filter=~Q(withheld="")),
        "n_refused": Count("pk", filter=Q(state=OpinionState.REFUSED)),
    }
    return rows.annotate(**counts).values_list(*counts)


def replies_of(project: Project) -> list[Opinion]:
    """Return the published exchanges of a project, the newest first; fetched once for a reading."""
    known = vars(project)
    if "replies" not in known:
        known["replies"] = _replies_on(project.pk)
    return known["replies"]


@worded
def _replies_on(project: int) -> QuerySet[Opinion]:
    return Opinion.objects.published().filter(project=project).order_by("-published_at", "-pk")


def changes_of(project: Project) -> Iterator[Any]:
    """Yield when the last exchange of a project was published, as an expression."""
    yield newest(Opinion.objects.published().filter(project=project), "published_at")


def opinions_part(reading: Reading) -> Mapping[str, Any] | None:
    """Return how many opinions arrived and were answered, the latest answers, and the way to write."""
    box, is_open = box_of(reading.project), takes_opinions(reading.project)
    if not (is_open or box.received):
        return None
    code = reading.project.code
    write = f"{reverse('letterbox')}?project={code}" if is_open else ""
    return {
        "sum": box.words,
        "act": _act(write),
        "entries": [
            {
                "href": reverse("opinion_reply", args=[reply.pk]),
                "title": in_a_line(reply.published_question),
                "date": reply.closed_on,
                "state": reply.get_outcome_display(),
                "tone": TONES[reply.outcome],
            }
            for reply in box.replies[:LATEST]
        ],
        "more": len(box.replies) > LATEST,
        "list_href": reverse("opinion_replies"),
        "write_href": write,
    }


def _act(write: str) -> dict[str, str]:
    """Return the way to write that stays in sight; of what is over it leads to the letterbox for all."""
    if not write:
        return {
            "href": reverse("letterbox"),
            "text": _("Write an opinion"),
            "words": _("The project is over; the letterbox takes what you have to say."),
        }
    return {
        "href": write,
        "text": _("Give an opinion on this project"),
        "words": _("Something to say about it? No account is needed."),
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
        "sum": appraisal_words(result, is_open=is_open),
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
    answers: dict[int, list[Opinion]] = {}
    for reply in replies_of(reading.project):
        answers.setdefault(reply.commitment_id or 0, []).append(reply)
    found: dict[int, list[dict[str, str]]] = {}
    write = takes_opinions(reading.project) and not reading.is_preview
    for commitment in reading.commitments:
        ways = []
        if write:
            href = f"{reverse('letterbox')}?commitment={commitment.pk}"
            ways.append({"href": href, "text": _("Give an opinion on this commitment")})
        answered = answers.get(commitment.pk)
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
