"""Standard phrases that are inserted into the words of a step and then finished in one's own words."""

from django.utils.translation import gettext_lazy

from partybuilding.core.states import Text

PHRASES: dict[str, tuple[Text, ...]] = {
    "revoke": (
        gettext_lazy("A finding was recorded with the wrong project; a corrected notice follows."),
        gettext_lazy("A deadline was given wrongly; a corrected notice follows."),
    ),
}
