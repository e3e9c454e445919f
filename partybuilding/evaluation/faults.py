"""What keeps a run from ending, in sentences that name projects."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from partybuilding.core.rules import Sentence
from partybuilding.evaluation.arithmetic.facts import (
    Fault,
    Inputs,
)
from partybuilding.evaluation.states import ScorePart


def faults_in_words(faults: Iterable[Fault], titles: Mapping[str, str]) -> list[Sentence]:
    """Say what is missing or undecided.

    Args:
        titles: by the random name of a project its title.
    """
    return [_in_words(fault, titles) for fault in faults]


def _in_words(fault: Fault, titles: Mapping[str, str]) -> Sentence:
    named = "、".join(f"“{titles.get(one, one)}”" for one in fault.projects)
    facts = {"named": named, "number": fault.number, "what": fault.what}
    if fault.code == "sheets":
        return _("%(named)s: %(number)s score sheets are missing.") % facts
    if fault.code == "part":
        part = ScorePart(fault.what).label
        return _("%(named)s has no points for: %(part)s.") % {**facts, "part": part}
    if fault.code == "tie":
        last = fault.number + len(fault.projects) - 1
        return _(
            "Rank %(number)s to %(last)s are equal and the rules do not decide between them: %(named)s."
        ) % {**facts, "last": last}
    if fault.code == "places":
        return _("This grade has %(number)s places, but would be given to: %(named)s.") % facts
    return _("%(named)s is not in this run.") % facts


def not_linked_in_words(parts: list[list[str]], inputs: Inputs) -> list[Sentence]:
    """Say that groups of experts share no project, so that their severity cannot be compared."""
    return [
        _(
            "The experts fall into %(count)s parts that share no project, so their severity cannot be "
            "compared. Give some of them a project of another group to score, or choose another method."
        )
        % {"count": len(parts)}
    ]
