"""The messages on the course of a finding: as they are delivered, and what they may name."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from partybuilding.core.texts import Placeholder
from partybuilding.core.texts.messages import REASON, Sayings, Vocabulary
from partybuilding.core.types import AnyUser
from partybuilding.projects.messages import TITLE
from partybuilding.supervision.models import Rectification
from partybuilding.texts.messages import message_texts

_message = Vocabulary(
    {
        "title": TITLE,
        "finding": Placeholder("问题", _("The finding that is meant"), "议事记录不全"),
        "requirement": Placeholder("整改要求", _("What is asked for"), "补齐议事记录并公示"),
        "reason": Placeholder(
            "理由", _("What was written with the step"), "已补齐并上墙公示。", required=True
        ),
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


def said_of(rectification: Rectification, reason: str = "") -> Mapping[str, str]:
    """Return what the placeholders stand for."""
    return Sayings(
        项目名称=lambda: rectification.project,
        问题=rectification,
        整改要求=rectification.requirement,
        理由=reason,
    )


def _findings(user: AnyUser) -> "QuerySet[Rectification]":
    found = Rectification.objects.visible_to(user).select_related("project__cycle")
    return found.order_by("-pk")


TEXTS = message_texts(
    (
        (REPORTED, _("To the task force: a rectification to verify")),
        (VERIFIED, _("To applicants: a finding is closed")),
        (VERIFIED_STAFF, _("To the reporting unit: a finding is closed, with the opinion")),
        (SENT_BACK, _("To applicants and the reporting unit: a rectification is sent back")),
        (WITHDRAWN, _("To applicants and the reporting unit: a finding is withdrawn")),
    ),
    _findings,
    said_of,
)
