"""What must hold before a feedback notice is issued: pure questions to the record and the attempt."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.personal_data import findings
from partybuilding.core.rules import YES, Sentence, Verdict, no, verdict
from partybuilding.organizations.models import IssuingBody


def has_something_to_tell(notice: Any) -> Verdict:
    """Ask whether anybody went there in the quarter."""
    told = notice.told
    return verdict(() if told.held else (_("No visit of this quarter has been recorded yet."),))


def is_fit_for_all(notice: Any) -> Verdict:
    """Keep the numbers of persons out of what applicants and residents will read."""
    return verdict(_numbers_in((notice.opening, notice.closing, *notice.told.texts())))


def office_is_named(notice: Any) -> Verdict:
    """Ask whether the settings say with which code letters the issuing body of today numbers it."""
    if IssuingBody.on(timezone.localdate()).supervision_code:
        return YES
    return no(
        _("Give the code letters of feedback notices in the settings of issuing bodies first.")
    )


def _numbers_in(texts: tuple[str, ...]) -> Iterator[Sentence]:
    for one in findings("\n".join(texts)):
        facts = {"kind": one.kind.label, "excerpt": one.excerpt}
        yield _("The notice is public and contains a %(kind)s: %(excerpt)s") % facts
