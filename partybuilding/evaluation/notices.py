"""Who is told what of draws and score sheets: each person of their own sheets, nobody of others'."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse

from partybuilding.core.machine.attempts import Attempt, NoticeDraft
from partybuilding.core.machine.wording import day_words
from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation import messages as words
from partybuilding.evaluation.models import Draw, ScoreSheet
from partybuilding.evaluation.states import EXPERT_KINDS, DrawKind, SheetKind, SheetState
from partybuilding.organizations.models import Organization
from partybuilding.organizations.selectors import people_with
from partybuilding.projects.yearform.compose import PEER
from partybuilding.texts.messages import notice_draft


def notices_of_sheet(sheet: ScoreSheet, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell whose sheet it is what the department decided, with its reason."""
    if wording := words.DECIDED.get(attempt.step):
        said = {"项目名称": str(sheet.project), "理由": attempt.reason}
        url = reverse("portal:sheet", args=[sheet.pk])
        yield notice_draft(wording, owners_of(sheet), said, url)


def owners_of(sheet: ScoreSheet) -> Iterable[Any]:
    """Return whose sheet it is: the expert, or the applicants of the reviewing organisation."""
    if sheet.is_of_peer:
        return people_with(Role.APPLICANT, [sheet.reviewer_id])
    return [sheet.judge]


def fillers(cycle: Cycle, purpose: str) -> tuple[list[Any], str]:
    """Return who has sheets of experts, or of peers, to fill in now, and where."""
    sheets = ScoreSheet.objects.filter(cycle=cycle, state=SheetState.OPEN)
    if purpose == PEER:
        reviewers = set(sheets.of_peers().values_list("reviewer", flat=True))
        return list(people_with(Role.APPLICANT, reviewers)), reverse("portal:peers")
    judges = sheets.of_experts().values("judge")
    users = get_user_model().objects.filter(pk__in=judges, is_active=True)
    return list(users.order_by("pk")), reverse("portal:sheets")


def notices_of_draw(draw: Draw, attempt: Attempt) -> Iterator[NoticeDraft]:
    """Tell everybody for whom a draw laid sheets out how many there are, and by when."""
    if attempt.step == "apply" and draw.kind == DrawKind.GROUPS:
        yield from _to_experts(draw)
    elif attempt.step == "apply" and draw.kind == DrawKind.PEERS:
        yield from _to_peers(draw)


def _to_experts(draw: Draw) -> Iterator[NoticeDraft]:
    counts = _open_sheets(draw, EXPERT_KINDS, "judge")
    people = get_user_model().objects.in_bulk(counts)
    for pk, count in counts.items():
        said = {"项目数": str(count), "截止日期": day_words(draw.cycle.review_on)}
        yield notice_draft(words.TO_EXPERTS, [people[pk]], said, reverse("portal:sheets"))


def _to_peers(draw: Draw) -> Iterator[NoticeDraft]:
    counts = _open_sheets(draw, (SheetKind.PEER,), "reviewer")
    for organization in Organization.objects.filter(pk__in=counts):
        said = {
            "评议单位": organization.name,
            "项目数": str(counts[organization.pk]),
            "截止日期": day_words(draw.cycle.midterm_review_on),
        }
        own = people_with(Role.APPLICANT, [organization.pk])
        yield notice_draft(words.TO_PEERS, own, said, reverse("portal:peers"))


def _open_sheets(draw: Draw, kinds: Iterable[str], whose: str) -> Counter[int]:
    rows = ScoreSheet.objects.filter(cycle=draw.cycle_id, kind__in=kinds, state=SheetState.OPEN)
    return Counter(rows.order_by(whose).values_list(whose, flat=True))
