"""What must hold before a case study may take a step: pure questions to the record."""

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from partybuilding.cases.states import FINISHED
from partybuilding.core.rules import YES, Verdict, refuse, verdict
from partybuilding.core.text.validators import has_words

if TYPE_CHECKING:
    from partybuilding.cases.models import CaseStudy

DIGIT = re.compile(r"\d")


def project_is_finished(case: "CaseStudy") -> Verdict:
    """Ask whether the project that it tells of is judged."""
    if case.project.state in FINISHED:
        return YES
    return refuse(_("A case is written from a project that has been graded."))


def is_written(case: "CaseStudy") -> Verdict:
    """Ask whether every part of its page is written, and the results name figures."""
    page = getattr(case, "page", None)
    if page is None:
        return refuse(_("Write the case's page first."))
    parts = page.parts()
    missing = [str(label) for label, text in parts.items() if not has_words(text)]
    results = page.text_of("results")
    return verdict(
        sentence
        for lacking, sentence in (
            (
                bool(missing),
                _("Still to be written: %(parts)s.") % {"parts": "、".join(missing)},
            ),
            (
                bool(results.strip()) and not DIGIT.search(results),
                _("Give figures in the results."),
            ),
        )
        if lacking
    )
