"""The messages on visits and on the course of a finding: as they are delivered, and what they may name."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from partybuilding.core.texts import Placeholder
from partybuilding.core.texts.messages import REASON, Sayings, Vocabulary, reason_like
from partybuilding.core.types import AnyUser
from partybuilding.projects.messages import ADDED, TITLE, supplemented
from partybuilding.projects.models import Project
from partybuilding.projects.yearform.compose import VISIT
from partybuilding.supervision.models import Rectification, Visit
from partybuilding.texts.messages import message_texts

FINDING = Placeholder("问题", _("The finding that is meant"), "议事记录不全")

_message = Vocabulary(
    {
        "title": TITLE,
        "finding": FINDING,
        "requirement": Placeholder("整改要求", _("What is asked for"), "补齐议事记录并公示"),
        "reason": reason_like("已补齐并上墙公示。"),
    },
    always=("title", "finding", "requirement"),
).message

REPORTED = _message(
    "told-rectification-reported", gettext_noop("Rectification to verify: %(finding)s"), REASON
)
VERIFIED = _message(
    "told-rectification-verified",
    gettext_noop("Finding closed: %(finding)s"),
    gettext_noop("The task force verified that it is rectified."),
)
VERIFIED_STAFF = _message(
    "told-rectification-verified-staff", gettext_noop("Finding closed: %(finding)s"), REASON
)
SENT_BACK = _message(
    "told-rectification-sent-back", gettext_noop("Rectification sent back: %(finding)s"), REASON
)
WITHDRAWN = _message(
    "told-rectification-withdrawn", gettext_noop("Finding withdrawn: %(finding)s"), REASON
)

_visit = Vocabulary(
    {
        "kind": Placeholder("督导方式", _("What kind of activity it was"), "实地督导"),
        "title": TITLE,
        "summary": Placeholder(
            "督导情况", _("What was written down"), "现场查看阵地，座谈了解进度。", required=True
        ),
        "count": Placeholder("问题数", _("How many findings are to be rectified"), "1"),
        "findings": Placeholder(
            "问题清单",
            _("The findings, a line each, with what is asked and by when"),
            "1. 议事记录不全（整改时限2026-05-20，要求：补齐议事记录并公示）",
            required=True,
        ),
        "finding": FINDING,
        "changes": Placeholder(
            "更正内容",
            _("What reads differently now, a line each"),
            "督导情况：查看阵地 → 查看阵地并座谈",
            required=True,
        ),
        "reason": Placeholder("理由", _("Why it was corrected"), "原记录有遗漏。", required=True),
    },
    always=("title",),
).message
VISIT_HELD = _visit("told-visit-held", gettext_noop("%(kind)s recorded: %(title)s"), "%(summary)s")
VISIT_FINDINGS = _visit(
    "told-visit-findings",
    gettext_noop("Findings to rectify (%(count)s): %(title)s"),
    "%(findings)s",
)
VISIT_CORRECTED = _visit(
    "told-visit-corrected",
    gettext_noop("%(kind)s, record corrected: %(title)s"),
    "%(changes)s",
    gettext_noop("Reason: %(reason)s"),
)
FINDING_CORRECTED = _visit(
    "told-finding-corrected",
    gettext_noop("Finding corrected: %(finding)s"),
    "%(changes)s",
    gettext_noop("Reason: %(reason)s"),
)
PLANNED = Vocabulary(
    {"count": Placeholder("任务数", _("How many activities were given"), "3", required=True)},
    always=(),
).message("told-visits-planned", gettext_noop("Supervision activities given to you: %(count)s"))


#: What the task force reads when more is asked on its visits, by the part of the year's form.
SUPPLEMENTED = {
    VISIT: supplemented(
        "told-visits-supplemented",
        gettext_noop("More is asked on the checklist of supervision: %(year)s"),
        ADDED,
    )
}


def said_of(rectification: Rectification, reason: str = "") -> Mapping[str, str]:
    """Return what the placeholders stand for."""
    return Sayings(
        项目名称=lambda: rectification.project,
        问题=rectification,
        整改要求=rectification.requirement,
        理由=reason,
    )


def listed(findings: Iterable[Rectification]) -> str:
    """Return findings as a message lists them, a line each."""
    return "\n".join(
        gettext("%(number)s. %(finding)s To be rectified by %(day)s: %(requirement)s")
        % {
            "number": number,
            "finding": one.finding,
            "requirement": one.requirement,
            "day": f"{one.rectify_by:%Y-%m-%d}",
        }
        for number, one in enumerate(findings, start=1)
    )


def said_of_visit(visit: Visit, findings: Sequence[Rectification] | None = None) -> Sayings:
    """Return what the placeholders of a visit stand for.

    Args:
        findings: what it opened; read when none are given.
    """
    activity = visit.activity
    found = cache(lambda: activity.rectifications.all() if findings is None else findings)
    return Sayings(
        督导方式=activity.get_kind_display,
        项目名称=lambda: activity.project,
        督导情况=visit.summary,
        问题数=lambda: len(found()),
        问题清单=lambda: listed(found()),
    )


def _visits(user: AnyUser) -> "QuerySet[Visit]":
    found = Visit.objects.filter(activity__project__in=Project.objects.visible_to(user))
    return found.select_related("activity__project__cycle").order_by("-pk")


def _findings(user: AnyUser) -> "QuerySet[Rectification]":
    found = Rectification.objects.visible_to(user).select_related("project__cycle")
    return found.order_by("-pk")


TEXTS = (
    *message_texts(
        [
            (PLANNED, _("To the task force: activities given to somebody")),
            (SUPPLEMENTED[VISIT], _("To the task force: more is asked on the checklist")),
        ]
    ),
    *message_texts(
        (
            (VISIT_HELD, _("To applicants: an activity was held")),
            (
                VISIT_FINDINGS,
                _("To applicants and the reporting unit: an activity with findings"),
            ),
            (
                VISIT_CORRECTED,
                _("To applicants and the reporting unit: a record is corrected"),
            ),
        ),
        _visits,
        said_of_visit,
    ),
    *message_texts(
        (
            (REPORTED, _("To the task force: a rectification to verify")),
            (VERIFIED, _("To applicants: a finding is closed")),
            (VERIFIED_STAFF, _("To the reporting unit: a finding is closed, with the opinion")),
            (SENT_BACK, _("To applicants and the reporting unit: a rectification is sent back")),
            (WITHDRAWN, _("To applicants and the reporting unit: a finding is withdrawn")),
            (
                FINDING_CORRECTED,
                _("To applicants and the reporting unit: a finding is corrected"),
            ),
        ),
        _findings,
        said_of,
    ),
)
