"""The pictures of the frame: the mark in the head; in the foot the badges of a Party or government site."""

from typing import Any

from django.utils.translation import gettext as _

from partybuilding.core.pages.pictures import picture_of

#: Badges keep their transparency: PNG stays PNG.
CUT = "max-200x80"
#: The mark before the name, and what stands in the browser's tab.
MARK, ICON = "max-112x112|format-png", "fill-64x64|format-png"


def badges_of(said: Any) -> list[dict[str, Any]]:
    """Return the badges that the settings name, each with its picture and its address."""
    slots = (
        (said.site_badge, said.site_badge_url, _("Badge of a Party or government site")),
        (said.report_badge, said.report_badge_url, _("Report an error of this site")),
    )
    found = ((picture_of(image, CUT, alt), href) for image, href, alt in slots if href)
    return [{**vars(picture), "href": href} for picture, href in found if picture]


def mark_of(said: Any) -> dict[str, Any]:
    """Return the site's own mark and its icon; the delivered ones stand there without."""
    mark, icon = picture_of(said.mark, MARK), picture_of(said.mark, ICON)
    return {"mark": vars(mark) if mark else None, "icon": icon.src if icon else ""}
