"""What editors note of a brand beside its story: where it can be seen, and how it was honoured."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks


class PlaceBlock(blocks.StructBlock):
    """A place where the brand can be seen at work."""

    name = blocks.CharBlock(label=_("Name of the place"), max_length=40)
    address = blocks.CharBlock(label=pgettext_lazy("place", "Address"), max_length=80)
    note = blocks.CharBlock(
        label=_("When and what"),
        required=False,
        max_length=80,
        help_text=_("When it is open, and what can be seen there."),
    )

    class Meta:
        icon = "site"
        label = pgettext_lazy("brand", "Place")


class HonourBlock(blocks.StructBlock):
    """An honour that somebody else gave the brand; what is decided here is known anyway."""

    day = blocks.DateBlock(label=pgettext_lazy("honour", "Day"))
    title = blocks.CharBlock(label=pgettext_lazy("honour", "Honour"), max_length=80)
    by = blocks.CharBlock(label=_("Given by"), max_length=40)

    class Meta:
        icon = "pick"
        label = pgettext_lazy("brand", "Honour")


class PlacesBlock(blocks.StreamBlock):
    """The places of a brand."""

    place = PlaceBlock()


class HonoursBlock(blocks.StreamBlock):
    """The honours of a brand."""

    honour = HonourBlock()
