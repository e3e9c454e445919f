"""What must hold before a feedback notice is issued: pure questions to the record and the attempt."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.rules import YES, Sentence, Verdict, refuse, verdict
from partybuilding.core.text.personal_data import findings
from partybuilding.organizations.models import IssuingBody

if TYPE_CHECKING:
    from partybuilding.supervision.notices.models import FeedbackNotice


def is_the_quarters(notice: "FeedbackNotice") -> Verdict:
    """Ask whether it is the quarter's own notice; others are corrected, never revoked."""
    if notice.supplement or notice.corrects_id:
        return refuse(
            _("A supplementary notice or a correction is put right by another correction.")
        )
    later = any(one.supplement for one in _standing_of(notice))
    return refuse(_("A supplementary notice follows it; correct it instead.")) if later else YES


def _standing_of(notice: "FeedbackNotice") -> Any:
    return type(notice).objects.standing().filter(activity=notice.activity_id)


def is_put_right(notice: "FeedbackNotice") -> Verdict:
    """Ask whether the notice that corrects it was issued."""
    if notice.corrected_by is None:
        return refuse(_("Draft the correction and issue it; that replaces this notice."))
    return YES


def has_something_to_tell(notice: "FeedbackNotice") -> Verdict:
    """Ask whether anybody went there in the quarter; a supplementary notice needs findings."""
    told = notice.told
    if notice.supplement and not told.findings:
        return refuse(_("Every finding of this quarter has been told in a notice already."))
    if notice.supplement:
        return YES
    return verdict(() if told.held else (_("No visit of this quarter has been recorded yet."),))


def is_fit_for_all(notice: "FeedbackNotice") -> Verdict:
    """Keep the numbers of persons out of what applicants and residents will read."""
    return verdict(_numbers_in((notice.opening, notice.closing, *notice.told.texts())))


def office_is_named(notice: "FeedbackNotice") -> Verdict:
    """Ask whether the settings say with which code letters the issuing body of today numbers it."""
    if IssuingBody.on(timezone.localdate()).supervision_code:
        return YES
    return refuse(
        _("Give the code letters of feedback notices in the settings of issuing bodies first.")
    )


def _numbers_in(texts: tuple[str, ...]) -> Iterator[Sentence]:
    for one in findings("\n".join(texts)):
        facts = {"kind": one.kind.label, "excerpt": one.excerpt}
        yield _("The notice is public and contains a %(kind)s: %(excerpt)s") % facts
