"""What must hold before a feedback notice is issued: pure questions to the record and the attempt."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from partybuilding.core.personal_data import findings
from partybuilding.core.rules import Sentence, Verdict, verdict
from partybuilding.supervision.notices.office import issuing_office


def has_something_to_tell(notice: Any) -> Verdict:
    """Ask whether anybody went there in the quarter."""
    told = notice.told
    return verdict(() if told.held else (_("No visit of this quarter has been recorded yet."),))


def is_fit_for_all(notice: Any) -> Verdict:
    """Keep the numbers of persons out of what applicants and residents will read."""
    return verdict(_numbers_in((notice.opening, notice.closing, *notice.told.texts())))


def office_is_named(notice: Any) -> Verdict:
    """Ask whether the settings say who issues it, and with which code letters."""
    office = issuing_office()
    return verdict(
        sentence
        for lacking, sentence in (
            (not office.name, _("Name the office that runs the site in the settings first.")),
            (not office.code, _("Give the code letters of the office in the settings first.")),
        )
        if lacking
    )


def _numbers_in(texts: tuple[str, ...]) -> Iterator[Sentence]:
    for one in findings("\n".join(texts)):
        facts = {"kind": one.kind.label, "excerpt": one.excerpt}
        yield _("The notice is public and contains a %(kind)s: %(excerpt)s") % facts
