"""Standard phrases that are inserted into the words of a step and then finished in one's own words."""

from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Text

PHRASES: dict[str, tuple[Text, ...]] = {
    "send_back": (
        _("The answer does not say what will be done, by when and by whom."),
        _("Please use plainer words; the sender is no official."),
    ),
    "transfer": (_("The matter lies with your unit."),),
    "prolong": (_("Several departments have to be heard."), _("The place has to be inspected.")),
    "refuse": (
        _("What you write does not concern the projects published here; please call 12345."),
        _("You have written this before; please look up the answer under your first receipt."),
        _("We could not make out what it is about; please write again and say where and what."),
    ),
}
