"""Standard phrases that are inserted into the words of a step and then finished in one's own words."""

from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Text

PHRASES: dict[str, tuple[Text, ...]] = {
    "settle": (_("Checked on site; the report is true."), _("The added evidence is sufficient.")),
    "uphold": (
        _("The evidence does not show that the goal of the step is reached."),
        _("The figures do not agree with what was found on site."),
        _("The question was not answered in time."),
    ),
    "approve": (_("The reason holds, and the new deadline can be kept."),),
    "refuse": (
        _("The reason does not hold; please carry it out as promised."),
        _("The goal would be lowered; it should be kept."),
    ),
}
