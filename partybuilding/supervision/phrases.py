"""Standard phrases to insert, by step of a rectification."""

from django.utils.translation import gettext_lazy as _

PHRASES = {
    "verify": (
        _("Verified on site; the finding is rectified and closed."),
        _("Verified by the evidence; the finding is rectified and closed."),
    ),
    "send_back": (
        _("The evidence does not show that it was rectified; please add to it."),
        _("Rectified in part only; please rectify what is left."),
    ),
}
