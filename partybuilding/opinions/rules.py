"""What must hold before an opinion may take a step: pure questions to the record and the attempt."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.rules import YES, Sentence, Verdict, refuse, verdict
from partybuilding.core.text.personal_data import findings
from partybuilding.core.text.validators import has_words
from partybuilding.opinions.states import OUTCOMES, REFUSALS

if TYPE_CHECKING:
    from partybuilding.opinions.models import Opinion

ANSWER_LENGTH = 2000


def not_extended(opinion: "Opinion") -> Verdict:
    """Ask that the time was not extended before."""
    return refuse(_("The time can be extended once only.")) if opinion.is_extended else YES


def has_draft(opinion: "Opinion") -> Verdict:
    """Ask whether there is an answer to approve."""
    return YES if has_words(opinion.answer) else refuse(_("There is no draft of an answer."))


def asks_refusal(opinion: "Opinion", attempt: Attempt) -> Verdict:
    """Require a class of reasons."""
    known = REFUSALS.may_choose([attempt.data.get("refusal") or ""], opinion.cycle_id)
    return YES if known else refuse(_("Choose why it is not taken up."))


def asks_unit(opinion: "Opinion", attempt: Attempt) -> Verdict:
    """Require a reporting unit that does not have it already."""
    units = opinion.units_to_pass_to()
    known = attempt.data.get("unit") in {unit.pk for unit in units}
    return YES if known else refuse(_("Choose another reporting unit."))


def asks_answer(opinion: "Opinion", attempt: Attempt) -> Verdict:
    """Require an answer with its outcome, in which no number of a person stands."""
    answer = str(attempt.data.get("answer") or "").strip()
    return verdict(
        sentence
        for lacking, sentence in (
            (not has_words(answer), _("Write the answer.")),
            (len(answer) > ANSWER_LENGTH, _("The answer is too long.")),
            (attempt.data.get("outcome") not in OUTCOMES, _("Choose the outcome.")),
            *((True, sentence) for sentence in numbers_in(answer)),
        )
        if lacking
    )


def numbers_in(text: str) -> list[Sentence]:
    """Say of every number of a person in a text what it is and where it stands."""
    return [
        _("It contains a %(kind)s: %(excerpt)s") % {"kind": one.kind.label, "excerpt": one.excerpt}
        for one in findings(text)
    ]
