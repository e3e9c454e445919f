"""Reports, questions and changes in the words that residents and staff read."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import IO, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from partybuilding.progress.models import StepReport
from partybuilding.projects.promises.changes import AppliedChange

#: The longer side of the large one, and the size of the small one (16:9), in pixels.
LARGE, SMALL = 1080, (480, 270)
QUALITY = {"large": 72, "small": 65}


@dataclass(frozen=True)
class Cuts:
    """A picture in both sizes."""

    large: bytes
    small: bytes


def cuts_of(file: IO[bytes]) -> Cuts:
    """Return both sizes of a picture that was checked and written anew when it was taken in."""
    with Image.open(file, formats=["JPEG", "PNG"]) as image:
        image.draft("RGB", (2 * LARGE, 2 * LARGE))  # lets the decoder skip what is not needed
        flat = Image.new("RGB", image.size, "white")
        colours = image.convert("RGBA")
        flat.paste(colours, mask=colours.getchannel("A"))
    flat.thumbnail((LARGE, LARGE))
    upright = flat.height > flat.width  # is shown whole, on a ground of its own
    small = ImageOps.pad(flat, SMALL, color="#f3efe9") if upright else ImageOps.fit(flat, SMALL)
    return Cuts(_jpeg(flat, "large"), _jpeg(small, "small"))


def _jpeg(image: Image.Image, size: str) -> bytes:
    written = BytesIO()
    image.save(written, "JPEG", quality=QUALITY[size], optimize=True)
    return written.getvalue()


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
