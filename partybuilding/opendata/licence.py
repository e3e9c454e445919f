"""Under what terms the data are given: CC BY 4.0, the portal's own licence by its address, or reserved."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from partybuilding.conf import setting
from partybuilding.core.states import Text

CC_BY, RESERVED = "CC-BY-4.0", "reserved"


@dataclass(frozen=True)
class Licence:
    """The terms.

    Args:
        code: as licences are named in a data package.
        href: where its text stands; empty when rights are reserved.
        attribute: 开放属性, as catalogues of open government data say it.
        terms: what may be done, in a sentence.
    """

    code: str
    title: Text
    href: str
    attribute: Text
    terms: Text


def is_known(value: str) -> bool:
    """Tell whether a value of the setting means anything."""
    return value in (CC_BY, RESERVED) or value.startswith(("https://", "http://"))


def licence() -> Licence:
    """Return the terms that the setting DATA_LICENCE names."""
    value = str(setting("DATA_LICENCE"))
    if value == CC_BY:
        return Licence(
            CC_BY,
            _("Creative Commons Attribution 4.0 (CC BY 4.0)"),
            "https://creativecommons.org/licenses/by/4.0/deed.zh-hans",
            _("open without conditions"),
            _("May be copied, changed and used for any purpose, as long as the source is named."),
        )
    if value == RESERVED:
        return Licence(
            "notspecified",
            _("Rights reserved"),
            "",
            _("open on conditions"),
            _(
                "May be read and quoted with the source; any other use needs the provider's consent."
            ),
        )
    return Licence(
        "other-open",
        _("Open data licence of the portal"),
        value,
        _("open on conditions"),
        _("May be used on the terms of the portal's licence."),
    )
