"""Standard phrases that are inserted into the words of a step and then finished in one's own words."""

from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Text

PHRASES: dict[str, tuple[Text, ...]] = {
    "select": (_("The practice is clear, the figures are solid, and it can be copied; selected."),),
    "send_back": (
        _("Please support the results with figures."),
        _("Please say step by step how it was done, so that others can copy it."),
    ),
    "decline": (_("The content overlaps with a case that has been selected."),),
    "retract": (_("The content was found to differ from the facts on review."),),
}
