"""What is added to a form in use: questions of a part besides the application that nobody has begun to answer."""

from copy import deepcopy

from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.states import ANNOUNCED
from partybuilding.projects.yearform.compose import BESIDES
from partybuilding.projects.yearform.content import Block
from partybuilding.projects.yearform.services import begun


def open_purposes(cycle: Cycle) -> dict[str, bool]:
    """Return for each purpose besides the application whether its part can still be added to."""
    may = cycle.is_frozen and cycle.state not in ANNOUNCED
    return {purpose: not is_begun for purpose, is_begun in begun(cycle).items()} if may else {}


def refuse_begun(cycle: Cycle, parts: list[Block]) -> None:
    """Refuse to add to a part that somebody has begun to answer, or after the year.

    Raises:
        Frozen: the results of the year are announced.
        ConditionUnmet: somebody has begun.
    """
    if not parts:
        return
    if cycle.state in ANNOUNCED:
        raise Frozen([_("The results of the year are announced; its form is no longer added to.")])
    words = _("Somebody has begun to answer “%(name)s”; nothing can be added to it any more.")
    answered = begun(cycle)
    faults = [words % {"name": BESIDES[one["type"]]} for one in parts if answered[one["type"]]]
    if faults:
        raise ConditionUnmet(faults)


def supplemented(blocks: list[Block], added: list[Block]) -> list[Block]:
    """Return the editor's blocks with further questions behind those of their parts."""
    fresh = deepcopy(blocks)
    there = {one["type"]: one["value"]["fields"] for one in fresh if one["type"] in BESIDES}
    for part in deepcopy(added):
        if part["type"] in there:
            there[part["type"]] += part["value"]["fields"]
        else:
            fresh.append(part)
    return fresh


def added_words(added: list[Block]) -> dict[str, list[str]]:
    """Return by purpose what the questions that are added are called."""
    return {
        part["type"]: [one["value"]["label"] for one in part["value"]["fields"]] for part in added
    }
