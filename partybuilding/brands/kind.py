"""What the room says of brands: their words, looks and addresses."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from partybuilding.brands.models import Brand
from partybuilding.brands.pages import BrandIndexPage, BrandPage
from partybuilding.brands.states import STRIP
from partybuilding.core.states import Text
from partybuilding.spreading.kinds import Kind

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

KIND = Kind(
    code="brand",
    model=Brand,
    page=BrandPage,
    index=BrandIndexPage,
    projects="origins__project",
    register="party_brands_modeladmin_index",
    label=_("Brands"),
    file_label=_("Brand file"),
    line=gettext_noop("Brands: %(state)s"),
    icon="pick",
    strip=STRIP,
    refused=_("Pages are started by editors."),
    ended=_("This brand no longer gets a page."),
    homeless=_("Make the index of brands below the front page first."),
    phrases=PHRASES,
)
