"""The named refusals of the door; each carries sentences that say what to do."""

from collections.abc import Iterable

from partybuilding.core.rules import Sentence


class Refusal(Exception):
    """A step was refused; `sentences` are for the person who tried."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self.sentences = tuple(str(sentence) for sentence in sentences)
        super().__init__(" ".join(self.sentences))


class WrongState(Refusal):
    """The machine has no such step from the record's state."""


class ConditionUnmet(Refusal):
    """A condition does not hold yet."""


class NotYours(Refusal):
    """The step belongs to somebody else."""


class Overtaken(Refusal):
    """Somebody was faster: the record is no longer as the person saw it."""


class Frozen(Refusal):
    """What was to be changed may no longer be changed."""
