"""Standard phrases that are inserted into the words of a step and then finished in one's own words."""

from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Text

PHRASES: dict[str, tuple[Text, ...]] = {
    "nominate": (
        _("The name is well known locally, and the practice has been proven over a year."),
        _("The practice can be copied by organizations of the same kind."),
    ),
    "recognise": (_("Distinctive and effective; recognised as a Party-building brand."),),
    "decline": (
        _("The name does not show what is special about the practice."),
        _("The practice has not run long enough; nominate it again once results can be seen."),
    ),
    "promote": (_("To be promoted across the district in the same field."),),
    "revoke": (_("The practice is no longer carried on."),),
}
