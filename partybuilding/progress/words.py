"""Reports, questions and changes in the words that residents and staff read."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partybuilding.progress.models import CommitmentChange, StepQuestion, StepReport


def figures_words(report: StepReport) -> str:
    """Return the figures of a report in one line, e.g. 议事12次；参加居民340人."""
    rows = ("".join(str(part) for part in row) for row in report.figures)
    return "；".join(rows)


def pictures_of(report: StepReport) -> list[dict[str, Any]]:
    """Return the pictures of a report as a gallery shows them to residents; each leads to the large one."""
    return [
        {
            "src": reverse("report_picture", args=[picture.pk, "small"]),
            "href": reverse("report_picture", args=[picture.pk, "large"]),
            "width": 480,
            "height": 270,
            "alt": picture.alt,
        }
        for picture in report.pictures.all()
    ]


def taken_back_words(question: StepQuestion) -> str:
    """Say when and why the completion of a step was taken back."""
    return _("Completion taken back on %(day)s: %(reason)s") % {
        "day": day_words(question),
        "reason": question.outcome,
    }


def change_words(change: CommitmentChange) -> str:
    """Say in one sentence what was changed: from what, to what, when and why."""
    return _("%(day)s, %(part)s: %(old)s → %(new)s. Reason: %(reason)s") % {
        "day": day_words(change),
        "part": change.get_part_display(),
        "old": change.old_words or _("none"),
        "new": change.new_words,
        "reason": change.reason,
    }


def day_words(record: Any) -> str:
    """Write the day on which a record came into its state."""
    return date_format(timezone.localdate(record.state_since), "DATE_FORMAT")
