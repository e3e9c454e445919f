"""The blocks in which an officer writes the form of a year: parts in their order, in each its questions."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from partybuilding.core.sheets.kinds.files import Enclosure
from partybuilding.projects.sheet import APPLICATION
from partybuilding.projects.yearform.compose import BESIDES, EXPERT, PEER, RESULTS, VISIT, listed
from partybuilding.projects.yearform.kinds import KINDS

#: What one year may ask at most; a form that nobody fills in to the end helps nobody.
MOST_QUESTIONS, MOST_IN_PART, MOST_PARTS, MOST_OPTIONS, MOST_CONDITIONS = 40, 12, 8, 20, 2
MOST_COLUMNS, MOST_ROWS = 8, 30
LONGEST_LABEL, LONGEST_HELP, LONGEST_LINE, LONGEST_TEXT = 60, 300, 200, 5000


def built_in_parts() -> list[tuple[str, Any]]:
    """Return the parts that are delivered, as choices."""
    return [(part.code, part.label) for part in APPLICATION.parts]


def built_in_fields() -> list[tuple[str, Any]]:
    """Return the fields that are delivered, as choices."""
    return [(field.key, field.label) for part in APPLICATION.parts for field in listed(part)]


def _words(label: Any, help_text: Any = "", *, required: bool = False, longest: int) -> Any:
    return blocks.CharBlock(label=label, help_text=help_text, required=required, max_length=longest)


def _help() -> Any:
    return blocks.TextBlock(
        label=_("Explanation"),
        help_text=_("Shown below the question; plain words, no links."),
        required=False,
        max_length=LONGEST_HELP,
        rows=2,
    )


class ConditionBlock(blocks.StructBlock):
    """When a question is asked: an earlier one has one of these answers."""

    of = _words(
        _("Only where this question"),
        _("Its words as they stand above, such as “Field of the project”."),
        required=True,
        longest=LONGEST_LABEL,
    )
    answers = _words(
        _("is answered with"),
        _("One answer, or several with “、” between them."),
        required=True,
        longest=LONGEST_HELP,
    )

    class Meta:
        icon = "decision"
        label = _("Condition")
        label_format = "{of}：{answers}"


class QuestionBlock(blocks.StructBlock):
    """What every question of one's own says."""

    label = _words(_("Question"), required=True, longest=LONGEST_LABEL)
    help = _help()
    required = blocks.BooleanBlock(label=_("Must be answered"), required=False, default=True)

    class Meta:
        label_format = "{label}"


def _conditions() -> Any:
    return blocks.ListBlock(
        ConditionBlock(),
        label=_("Asked only under conditions"),
        help_text=_("All of them must hold; without any, everybody is asked."),
        default=[],
        max_num=MOST_CONDITIONS,
        collapsed=True,
    )


def _length(default: int, most: int) -> Any:
    return blocks.IntegerBlock(
        label=_("At most so many characters"), default=default, min_value=1, max_value=most
    )


class TextBlock(QuestionBlock):
    """A few words."""

    longest = _length(100, LONGEST_LINE)
    when = _conditions()

    class Meta:
        icon = "title"


class LongBlock(QuestionBlock):
    """Paragraphs."""

    longest = _length(1000, LONGEST_TEXT)
    when = _conditions()

    class Meta:
        icon = "pilcrow"


class NumberBlock(QuestionBlock):
    """A number with its unit."""

    unit = _words(_("Unit"), _("Such as 人, 万元, 平方米."), longest=10)
    places = blocks.IntegerBlock(label=_("Decimals"), default=0, min_value=0, max_value=4)
    least = blocks.IntegerBlock(label=_("Not less than"), required=False)
    most = blocks.IntegerBlock(label=_("Not more than"), required=False)
    when = _conditions()

    class Meta:
        icon = "order"


class PlainBlock(QuestionBlock):
    """A question whose kind has no limits of its own."""

    when = _conditions()


class OptionsBlock(QuestionBlock):
    """Options to choose from; each keeps its place in what was answered, whatever it is called later."""

    options = blocks.ListBlock(
        _words(_("Option"), required=True, longest=LONGEST_LABEL),
        label=_("Options"),
        min_num=2,
        max_num=MOST_OPTIONS,
    )
    when = _conditions()


class TableBlock(QuestionBlock):
    """A small table; a column keeps its place in what was answered, whatever it is called later."""

    columns = blocks.ListBlock(
        _words(_("Column"), required=True, longest=20),
        label=_("Columns"),
        min_num=1,
        max_num=MOST_COLUMNS,
    )
    rows = blocks.IntegerBlock(
        label=_("At most so many rows"), default=10, min_value=1, max_value=MOST_ROWS
    )
    when = _conditions()

    class Meta:
        icon = "table"


BLOCKS: dict[str, type[QuestionBlock]] = {
    "text": TextBlock,
    "long": LongBlock,
    "number": NumberBlock,
    "choice": OptionsBlock,
    "choices": OptionsBlock,
    "table": TableBlock,
}
ICONS = {
    "person": "user",
    "organization": "group",
    "file": "doc-full",
    "date": "date",
    "choice": "radio-full",
    "choices": "list-ul",
    "yes_no": "check",
}


def question_blocks() -> list[tuple[str, Any]]:
    """Return a block for every kind of question."""
    return [
        (
            code,
            BLOCKS.get(code, PlainBlock)(label=kind.name, group=_("Own question"), **_icon(code)),
        )
        for code, kind in KINDS.items()
    ]


def _icon(code: str) -> dict[str, str]:
    return {"icon": ICONS[code]} if code in ICONS else {}


class BuiltInBlock(blocks.StructBlock):
    """A field that is delivered, in its place; its words and limits can be those of the year."""

    field = blocks.ChoiceBlock(label=_("Delivered question"), choices=built_in_fields)
    label = _words(_("Called this year"), _("Empty: as delivered."), longest=LONGEST_LABEL)
    help = _help()
    longest = blocks.IntegerBlock(
        label=_("At most so many characters"),
        help_text=_("For long texts; empty: as delivered."),
        required=False,
        min_value=50,
        max_value=LONGEST_TEXT,
    )
    optional = blocks.BooleanBlock(label=_("May stay empty this year"), required=False)

    class Meta:
        icon = "lock"
        label = _("Delivered question")
        label_format = "{field} {label}"


def part_block(
    place: list[tuple[str, Any]],
    name: Any,
    kinds: list[tuple[str, Any]] | None = None,
    **meta: Any,
) -> blocks.StructBlock:
    """Return the block of a page of the form.

    Args:
        place: what it says first, before its name.
        name: the block of its name.
        kinds: the blocks of what it can ask; when left out, delivered questions and one's own of every kind.
    """
    explanation = blocks.TextBlock(
        label=_("Explanation"),
        help_text=_("Shown above the questions of this part; plain words, no links."),
        required=False,
        max_length=LONGEST_HELP,
        rows=2,
    )
    questions = blocks.StreamBlock(
        kinds or [("built_in", BuiltInBlock()), *question_blocks()],
        label=_("Questions of this part"),
        required=False,
        collapsed=True,
    )
    return blocks.StructBlock(
        [*place, ("label", name), ("help", explanation), ("fields", questions)], **meta
    )


#: What is not asked for other purposes than the application, and what another record than it cannot take either.
NOT_BESIDES = frozenset({Enclosure.kind})
NOT_APART = NOT_BESIDES | {"table", "person", "organization"}


def part_besides(purpose: str, without: frozenset[str], **meta: Any) -> blocks.StructBlock:
    """Return the block of what a year asks for another purpose than the application."""
    kinds = [(code, block) for code, block in question_blocks() if code not in without]
    name = _words(_("Called this year"), _("Empty: as delivered."), longest=LONGEST_LABEL)
    label = BESIDES[purpose]
    return part_block([], name, kinds, label=label, label_format="{label}", **meta)


class FormBlock(blocks.StreamBlock):
    """The whole form: its parts in the order in which they are filled in."""

    delivered = part_block(
        [("part", blocks.ChoiceBlock(label=_("Delivered part"), choices=built_in_parts))],
        _words(_("Called this year"), _("Empty: as delivered."), longest=LONGEST_LABEL),
        icon="folder-open-inverse",
        label=_("Delivered part"),
        label_format="{part} {label}",
    )
    own = part_block(
        [],
        _words(_("Name of the part"), required=True, longest=LONGEST_LABEL),
        icon="folder-inverse",
        label=_("Own part"),
        label_format="{label}",
    )
    results = part_besides(RESULTS, NOT_BESIDES, icon="doc-full-inverse")
    visit = part_besides(VISIT, NOT_APART, icon="list-ul")
    expert = part_besides(EXPERT, NOT_APART, icon="edit")
    peer = part_besides(PEER, NOT_APART, icon="group")

    class Meta:
        collapsed = True
        block_counts = {purpose: {"max_num": 1} for purpose in BESIDES}


def supplement_block(there: Mapping[str, bool]) -> blocks.StreamBlock:
    """Return the block of what is added to a form in use.

    Args:
        there: the purposes whose parts can be added to, with whether the form has the part already; then
            it keeps its name and explanation.
    """
    known = FormBlock().child_blocks
    parts = []
    for purpose, is_there in there.items():
        part = known[purpose]
        if is_there:
            meta = {"icon": part.meta.icon, "label": part.label}
            questions = [("fields", part.child_blocks["fields"])]
            part = blocks.StructBlock(questions, label_format="{label}", **meta)
        parts.append((purpose, part))
    counts = {purpose: {"max_num": 1} for purpose in there}
    return blocks.StreamBlock(parts, block_counts=counts)
