"""What the body of a case or brand may hold beside the common parts."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from partybuilding.core.pages import pictures
from partybuilding.core.pages.blocks import BodyBlock, FigureBlock, NumberBlock

#: How long the words of a method's step may be.
LONGEST = {"title": 100, "text": 500}


class FactBlock(blocks.StructBlock):
    """One fact: its name, and what it is."""

    label = blocks.CharBlock(label=pgettext_lazy("fact", "Name"), max_length=20)
    value = blocks.CharBlock(label=pgettext_lazy("fact", "What it is"), max_length=120)

    class Meta:
        icon = "list-ul"
        label = pgettext_lazy("body", "Fact")


class FactsBlock(blocks.StructBlock):
    """Facts at a glance, in a box."""

    title = blocks.CharBlock(label=_("Heading of the box"), required=False, max_length=30)
    rows = blocks.ListBlock(
        FactBlock(), label=pgettext_lazy("body", "Facts"), min_num=1, max_num=12
    )

    class Meta:
        icon = "list-ul"
        label = _("Facts box")
        template = "partybuilding/blocks/facts.html"


class MethodStepBlock(blocks.StructBlock):
    """One step of a working method."""

    title = blocks.CharBlock(label=pgettext_lazy("method", "Step"), max_length=LONGEST["title"])
    text = blocks.TextBlock(
        label=pgettext_lazy("method", "What is done"),
        required=False,
        max_length=LONGEST["text"],
        rows=2,
    )

    class Meta:
        icon = "list-ol"
        label = pgettext_lazy("method", "Step")


class StepsBlock(blocks.StructBlock):
    """A working method in numbered steps, with the name by which people know it."""

    name = blocks.CharBlock(
        label=_("Name of the method"), max_length=40, help_text=_("As people call it.")
    )
    steps = blocks.ListBlock(
        MethodStepBlock(), label=_("Steps of the method"), min_num=2, max_num=12
    )

    class Meta:
        icon = "list-ol"
        label = _("Working method in steps")
        template = "partybuilding/blocks/steps.html"


class BeforeAfterBlock(blocks.StructBlock):
    """Two pictures of one place, before and after."""

    before = FigureBlock(label=pgettext_lazy("picture", "Before"))
    after = FigureBlock(label=pgettext_lazy("picture", "After"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the pictures, both in one ratio; one whose file is lost is left out."""
        context = super().get_context(value, parent_context=parent_context)
        shown = [
            {
                **vars(picture),
                "word": self.child_blocks[name].label,
                "caption": value[name]["caption"],
            }
            for name in ("before", "after")
            if (picture := _cut(value[name])) is not None
        ]
        return {**context, "pictures": shown}

    class Meta:
        icon = "image"
        label = _("Before and after")
        template = "partybuilding/blocks/before_after.html"


def _cut(figure: Any) -> pictures.Picture | None:
    return pictures.picture_of(figure["image"], pictures.CARD, figure["alt"])


class StatisticBlock(NumberBlock):
    """A figure with its source, so that readers can look it up."""

    source = blocks.CharBlock(
        label=pgettext_lazy("figure", "Source"),
        max_length=80,
        help_text=_("Who counted, and until when: a register, a report, a survey."),
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add what the component of large figures shows."""
        context = super().get_context(value, parent_context=parent_context)
        source = _("Source: %(source)s") % {"source": value["source"]}
        figure = {"value": value["number"], "unit": value["unit"], "label": value["label"]}
        return {**context, "figures": [{**figure, "note": source}]}

    class Meta:
        icon = "order"
        label = _("Figure with source")
        template = "partybuilding/blocks/statistic.html"


class StoryBlock(BodyBlock):
    """The common parts of a body, and those of the genre."""

    facts = FactsBlock()
    steps = StepsBlock()
    before_after = BeforeAfterBlock()
    statistic = StatisticBlock()
