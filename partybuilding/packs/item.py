"""One thing that a pack can say, and what it is held against while it is compared or put."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from partybuilding.core.rules import Sentence
from partybuilding.core.types import AnyUser
from partybuilding.core.words.book import Words
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.models import EvaluationRules
from partybuilding.evaluation.services import delivered_rules
from partybuilding.projects.yearform.selectors import draft_of


class Target:
    """A year while a pack is compared with it or put into it, with what hangs on it."""

    def __init__(self, cycle: Cycle) -> None:
        self.cycle = cycle
        self.evaluation: EvaluationRules = delivered_rules(cycle)
        self.draft = draft_of(cycle)
        #: The form that was put; None as long as the draft stands.
        self.form: list[dict[str, Any]] | None = None
        #: What was put of what belongs to the installation, by the keys of the items.
        self.put: dict[str, Any] = {}
        #: The lists of words as they would stand: what else is put may use them.
        self.words: dict[str, Words] = {}

    def holder(self, model: type[models.Model]) -> Any:
        """Return which of its rows has the columns of a model."""
        return self.cycle if model is Cycle else self.evaluation


@dataclass(frozen=True)
class Item:
    """One thing that a pack can say.

    Args:
        read: returns its value of a target, as it stands in a file.
        put: puts a value of a file into a target; raises `ValidationError` when it is none.
        words: tells a value to people.
        write: writes what was put where it belongs to the installation and holds for every year; None for a
            rule of the year, which the services of the year write.
        may: tells whether somebody who keeps the rules of years may write it, too.
    """

    key: str
    label: Sentence
    read: Callable[[Target], Any]
    put: Callable[[Target, Any], None]
    words: Callable[[Any], str]
    write: Callable[[Any, AnyUser], object] | None = None
    may: Callable[[AnyUser], bool] = lambda _user: True


def of_installation(
    key: str,
    label: Sentence,
    *,
    stands: Callable[[], Any],
    checked: Callable[[Any], Any],
    write: Callable[[Any, AnyUser], object],
    words: Callable[[Any], str],
    may: Callable[[AnyUser], bool] = lambda _user: True,
) -> Item:
    """Return an item of the installation.

    Args:
        stands: returns its value as it is now.
        checked: returns how it would stand with a value of a file; raises `ValidationError` when it is none.
        write: writes a value of a file that was checked.
    """

    def read(target: Target) -> Any:
        return checked(target.put[key]) if key in target.put else stands()

    def put(target: Target, value: Any) -> None:
        checked(value)
        target.put[key] = value

    return Item(key, label, read, put, words, write, may)
