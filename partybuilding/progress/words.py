"""Reports, questions and changes in the words that residents and staff read."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partybuilding.progress.models import StepReport
from partybuilding.progress.pictures import SMALL
from partybuilding.projects.promises.changes import AppliedChange


def figures_words(report: StepReport) -> str:
    """Return the figures of a report in one line, e.g. 议事12次；参加居民340人."""
    rows = ("".join(str(part) for part in row) for row in report.figures)
    return "；".join(rows)


def pictures_of(report: StepReport) -> list[dict[str, Any]]:
    """Return the pictures of a report as a gallery shows them to residents; each leads to the large one."""
    return [
        {
            "src": reverse("report_picture", args=[report.pk, place, "small"]),
            "href": reverse("report_picture", args=[report.pk, place, "large"]),
            "width": SMALL[0],
            "height": SMALL[1],
            "alt": picture["alt"],
        }
        for place, picture in enumerate(report.pictures)
    ]


def taken_back_words(at: datetime, why: str) -> str:
    """Say when and why the completion of a step was taken back."""
    return _("Completion taken back on %(day)s: %(reason)s") % {"day": day_words(at), "reason": why}


def change_words(change: AppliedChange) -> str:
    """Say in one sentence what was changed: from what, to what, when and why."""
    return _("%(day)s, %(part)s: %(old)s → %(new)s. Reason: %(reason)s") % {
        "day": day_words(change.at),
        "part": change.part_label,
        "old": str(change.old) or _("none"),
        "new": change.new,
        "reason": change.reason,
    }


def day_words(moment: datetime) -> str:
    """Write the day of a moment."""
    return date_format(timezone.localdate(moment), "DATE_FORMAT")
