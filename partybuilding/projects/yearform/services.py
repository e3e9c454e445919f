"""Write the form of a year: saved while it may change, frozen when the year opens, corrected afterwards, copied."""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from partybuilding.core import rooms
from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours, Overtaken
from partybuilding.core.services import note
from partybuilding.core.states import Role
from partybuilding.core.texts import Wording
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.permissions import user_can_edit_cycle
from partybuilding.organizations.selectors import people_with
from partybuilding.projects.models import Project, SheetCorrection, SheetDraft, SheetVersion
from partybuilding.projects.models.frozen import UNFINISHED
from partybuilding.projects.states import RESULTS_IN, ProjectState
from partybuilding.projects.yearform.compose import sheet_from
from partybuilding.projects.yearform.content import Block, NotWhole, Reading
from partybuilding.projects.yearform.selectors import draft_of


@dataclass(frozen=True)
class Besides:
    """What a room lets a year ask besides the application, of records of its own.

    Args:
        supplemented: the parts of the form that they answer, each with what its fillers read when more
            is asked.
        fillers: tells of a year and a purpose who has such a part to fill in now, and where.
        write_on: puts what of a year is not handed in onto another version of its form, and so waits for
            whoever is writing on it at this moment.
        is_begun: tells of a year and a purpose whether anybody has begun to answer its part.
    """

    supplemented: Mapping[str, Wording]
    fillers: Callable[[Cycle, str], tuple[Iterable[Any], str]]
    write_on: Callable[[Cycle, SheetVersion | None], None]
    is_begun: Callable[[Cycle, str], bool]


def begun(cycle: Cycle) -> dict[str, bool]:
    """Return for each purpose besides the application whether anybody has begun to answer its part."""
    return {purpose: one.is_begun(cycle, purpose) for purpose, one in answered_by().items()}


def answered_by() -> dict[str, Besides]:
    """Return for each purpose besides the application what its room says of it."""
    return {purpose: one for one in rooms.collect("besides") for purpose in one.supplemented}


def read_blocks(blocks: list[Block], before: Any = None) -> Reading:
    """Read a form as it is written.

    Raises:
        ConditionUnmet: it came without the identities of its blocks.
    """
    try:
        return Reading(blocks, before)
    except NotWhole as fault:
        words = _("The form was not sent whole; load the page anew and try once more.")
        raise ConditionUnmet([words]) from fault


def save_form(
    cycle: Cycle, blocks: list[Block], *, by: AnyUser, seen: datetime | None = None
) -> SheetDraft:
    """Save the form of a year while its rules are not frozen.

    Args:
        blocks: the raw form of the editor's stream.
        seen: when what a form showed was saved last.

    Raises:
        NotYours: only the department and administrators keep the rules.
        Frozen: applications were opened on it.
        Overtaken: somebody saved it since the form was opened.
        ConditionUnmet: something stands twice, is missing, or hangs on what is not there.
    """
    refuse_stranger(cycle, by)
    with transaction.atomic():
        if Cycle.objects.select_for_update().get(pk=cycle.pk).is_frozen:
            raise Frozen([_("The form of this year is in use and can no longer be changed.")])
        draft = draft_of(cycle)
        if draft.pk and seen is not None and draft.updated_at != seen:
            raise Overtaken(
                [_("Somebody changed the form meanwhile; open it anew and look at it first.")]
            )
        reading = read_blocks(deepcopy(blocks), draft.content)
        if reading.faults:
            raise ConditionUnmet(reading.faults)
        draft.parts, draft.content = reading.blocks, reading.content
        draft.save()
        note(cycle, "form", by=by)
    return draft


def refuse_stranger(cycle: Cycle, by: AnyUser) -> None:
    """Refuse who does not keep the rules of the year."""
    if not user_can_edit_cycle(cycle, by):
        raise NotYours([_("Only the Organization Department keeps the rules of the year.")])


def freeze_form(sender: Any, *, record: Cycle, attempt: Attempt, **_kwargs: Any) -> None:
    """Keep the form with which a year opens; drafts begun before it was taken back are written on it.

    Connected to the door's `step_taken`, so that it happens in the transaction of the opening.
    """
    if attempt.step == "open_applications":
        draft = SheetDraft.objects.filter(cycle=record).first()
        if draft is not None:
            draft.version = SheetVersion.keep(draft.content)
            draft.save(update_fields=["version"])
            rewrite(record, draft.version)
    elif attempt.step == "take_back_opening":
        SheetDraft.objects.filter(cycle=record).update(version=None)
        waiting = SheetCorrection.objects.filter(cycle=record, closed_at=None)
        waiting.update(closed_at=attempt.at)


def rewrite(cycle: Cycle, version: SheetVersion | None) -> None:
    """Put what is still with its applicant onto a version; what was handed in keeps its own."""
    Project.objects.filter(cycle=cycle, state__in=UNFINISHED).update(sheet_version=version)
    for one in rooms.collect("besides"):
        one.write_on(cycle, version)


def report_on(cycle: Cycle, version: SheetVersion | None) -> None:
    """Put the results that are still to be reported onto a version."""
    over = (*RESULTS_IN, ProjectState.TERMINATED)
    Project.objects.filter(cycle=cycle).exclude(state__in=over).update(results_version=version)


def applicants_in(cycle: Cycle, states: Iterable[str]) -> Any:
    """Return the applicants whose projects of a year are in some states."""
    written = Project.objects.filter(cycle=cycle, state__in=states)
    return people_with(Role.APPLICANT, set(written.values_list("organization", flat=True)))


def reporting(cycle: Cycle, purpose: str) -> tuple[Any, str]:
    """Return who still reports results, and where."""
    return applicants_in(cycle, [ProjectState.IMPLEMENTING]), reverse("portal:home")


def results_begun(cycle: Cycle, purpose: str) -> bool:
    """Tell whether anybody has written anything of the results of a year."""
    written = Q(state__in=RESULTS_IN) | ~Q(results_summary="") | Q(commitments__explanation__gt="")
    if asked := list(sheet_from(draft_of(cycle).content).of(purpose).questions):
        written |= Q(answers__has_any_keys=asked)
    return Project.objects.filter(written, cycle=cycle).exists()


def copy_form(cycle: Cycle, following: Cycle) -> None:
    """Let the next year begin with the form of this one: the same questions keep their keys."""
    draft = SheetDraft.objects.filter(cycle=cycle).first()
    if draft is not None:
        blocks = draft.parts.get_prep_value()
        SheetDraft.objects.create(cycle=following, parts=blocks, content=draft.content)
