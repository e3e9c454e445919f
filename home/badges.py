"""The badges in the foot of every page: a site of the Party or the state, and where its errors are reported."""

from typing import Any

from django.utils.translation import gettext as _

from partybuilding.core.pages.pictures import picture_of

#: Badges keep their transparency: PNG stays PNG.
CUT = "max-200x80"


def badges_of(said: Any) -> list[dict[str, Any]]:
    """Return the badges that the settings name, each with its picture and its address."""
    slots = (
        (said.site_badge, said.site_badge_url, _("Badge of a Party or government site")),
        (said.report_badge, said.report_badge_url, _("Report an error of this site")),
    )
    found = ((picture_of(image, CUT, alt), href) for image, href, alt in slots if href)
    return [{**vars(picture), "href": href} for picture, href in found if picture]
