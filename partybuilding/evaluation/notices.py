"""Who is told what of draws and score sheets: each person of their own sheets, nobody of others'."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from partybuilding.core.machine.attempts import Attempt, NoticeDraft
from partybuilding.core.machine.wording import day_words
from partybuilding.core.states import Role
from partybuilding.evaluation.models import Draw, ScoreSheet
from partybuilding.evaluation.states import EXPERT_KINDS, DrawKind, SheetKind, SheetState
from partybuilding.organizations.models import Organization
from partybuilding.organizations.selectors import people_with

#: What whose sheet it is reads of a step of the department.
TOLD = {
    "grant_recusal": gettext_noop("Your recusal was granted: %(title)s"),
    "refuse_recusal": gettext_noop("Your recusal was not granted, please score: %(title)s"),
    "restore": gettext_noop("Please score after all: %(title)s"),
    "reopen": gettext_noop("A score sheet was opened again: %(title)s"),
}


def notices_of_sheet(sheet: ScoreSheet, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell whose sheet it is what the department decided, with its reason."""
    if attempt.step in TOLD:
        subject = _(TOLD[attempt.step]) % {"title": sheet.project}
        url = reverse("portal:sheet", args=[sheet.pk])
        yield NoticeDraft(owners_of(sheet), subject, attempt.reason, url)


def owners_of(sheet: ScoreSheet) -> Iterable[Any]:
    """Return whose sheet it is: the expert, or the applicants of the reviewing organisation."""
    if sheet.is_of_peer:
        return people_with(Role.APPLICANT, [sheet.reviewer_id])
    return [sheet.judge]


def notices_of_draw(draw: Draw, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell everybody for whom a draw laid sheets out how many there are, and by when."""
    if attempt.step == "apply" and draw.kind == DrawKind.GROUPS:
        yield from _to_experts(draw)
    elif attempt.step == "apply" and draw.kind == DrawKind.PEERS:
        yield from _to_peers(draw)


def _to_experts(draw: Draw) -> Iterator[NoticeDraft]:
    counts = _open_sheets(draw, EXPERT_KINDS, "judge")
    people = get_user_model().objects.in_bulk(counts)
    words = _("%(count)s projects are yours to score by %(day)s. Give the recusal statement first.")
    for pk, count in counts.items():
        facts = {"count": count, "day": day_words(draw.cycle.review_on)}
        url = reverse("portal:sheets")
        yield NoticeDraft([people[pk]], _("Score sheets for you"), words % facts, url)


def _to_peers(draw: Draw) -> Iterator[NoticeDraft]:
    counts = _open_sheets(draw, (SheetKind.PEER,), "reviewer")
    words = _("%(organization)s reviews %(count)s projects of other organizations by %(day)s.")
    for organization in Organization.objects.filter(pk__in=counts):
        facts = {
            "organization": organization.name,
            "count": counts[organization.pk],
            "day": day_words(draw.cycle.midterm_review_on),
        }
        own = people_with(Role.APPLICANT, [organization.pk])
        yield NoticeDraft(own, _("Peer review begins"), words % facts, reverse("portal:peers"))


def _open_sheets(draw: Draw, kinds: Iterable[str], whose: str) -> Counter[int]:
    rows = ScoreSheet.objects.filter(cycle=draw.cycle_id, kind__in=kinds, state=SheetState.OPEN)
    return Counter(rows.order_by(whose).values_list(whose, flat=True))
