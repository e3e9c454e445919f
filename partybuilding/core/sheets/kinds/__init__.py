"""The kinds of questions that need no register, each in a class of its own; a new one is entered here."""

from partybuilding.core.sheets.kinds.choices import OneOf, SeveralOf, YesNo
from partybuilding.core.sheets.kinds.files import Enclosure
from partybuilding.core.sheets.kinds.measures import Day, Number
from partybuilding.core.sheets.kinds.rows import Person, Table
from partybuilding.core.sheets.kinds.texts import LongAnswer, ShortAnswer
from partybuilding.core.sheets.questions import Question

KINDS: dict[str, type[Question]] = {
    one.kind: one
    for one in (
        *(ShortAnswer, LongAnswer, Number, Day, OneOf, SeveralOf, YesNo, Table, Person),
        Enclosure,
    )
}
