"""What a condition answers: yes, or no with a sentence that says what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.wording import day_words
from partybuilding.core.text.personal_data import findings
from partybuilding.core.text.validators import TOLD, has_words

Sentence = str | Promise


@dataclass(frozen=True)
class Verdict:
    """The answer of a rule; true when the thing may happen."""

    ok: bool
    reasons: tuple[Sentence, ...] = ()

    def __bool__(self) -> bool:
        return self.ok


YES = Verdict(True)


def refuse(*reasons: Sentence) -> Verdict:
    """Refuse, with every sentence that the person has to know."""
    return Verdict(False, reasons)


def verdict(reasons: Iterable[Sentence]) -> Verdict:
    """Refuse when there is any reason, agree when there is none."""
    found = tuple(reasons)
    return Verdict(not found, found)


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """Join answers: all must agree, and every reason is kept in order."""
    return verdict(reason for answer in verdicts for reason in answer.reasons)


def within(day: date, first: date | None, last: date | None) -> Verdict:
    """Ask whether a day lies between two others, both included; None leaves that end open."""
    if first is not None and day < first:
        return refuse(_("Give a day not before %(day)s.") % {"day": day_words(first)})
    if last is not None and day > last:
        return refuse(_("Give a day not after %(day)s.") % {"day": day_words(last)})
    return YES


def asks_reason(record: Any, attempt: Any) -> Verdict:
    """Require a reason in words."""
    return YES if attempt.reason else refuse(_("Give the reason."))


def says_something(attempt: Any) -> Verdict:
    """Refuse a reason that is given and says nothing: a full stop, an emoji, a letter."""
    if not attempt.reason or has_words(attempt.reason):
        return YES
    return refuse(_("Please say it in words; signs alone say nothing."))


def asks_words_for_all(record: Any, attempt: Any) -> Verdict:
    """Require words that tell everybody something, and keep the numbers of persons out of them."""
    if has_words(attempt.reason) and not has_words(attempt.reason, TOLD):
        return refuse(_("Please say in a sentence what it is about; everybody reads this."))
    found = findings(attempt.reason)
    return verdict(
        _("The reason is public and contains a %(kind)s: %(excerpt)s")
        % {"kind": one.kind.label, "excerpt": one.excerpt}
        for one in found
    )


def fit_for_all(texts: Iterable[str]) -> Verdict:
    """Keep the numbers of persons out of words that everybody will read at once."""
    return verdict(
        _("This is public at once. %(kind)s does not belong in it: %(excerpt)s")
        % {"kind": found.kind.label, "excerpt": found.excerpt}
        for text in texts
        for found in findings(text)
    )
