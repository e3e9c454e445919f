"""Correct a form in use: words of the year's own questions, and questions added to a part that nobody has begun.

What was asked, of whom, in what order and under what key stays as it was when the year opened. One officer
proposes, a second one confirms; what was handed in keeps the words with which it was handed in.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.services import note, post_notices
from partybuilding.core.text.characters import clean_line, clean_text
from partybuilding.core.text.validators import has_words
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.permissions import user_can_edit_cycle
from partybuilding.projects.messages import FORM_CORRECTED, SHEET_CORRECTED
from partybuilding.projects.models import SheetCorrection, SheetDraft, SheetVersion
from partybuilding.projects.models.frozen import UNFINISHED
from partybuilding.projects.states import ProjectState
from partybuilding.projects.yearform.compose import APART, BESIDES, RESULTS, sheet_from
from partybuilding.projects.yearform.content import (
    LISTS,
    Block,
    Content,
    Reading,
    key_of,
    part_code,
)
from partybuilding.projects.yearform.selectors import draft_of
from partybuilding.projects.yearform.services import (
    answered_by,
    applicants_in,
    read_blocks,
    refuse_stranger,
    rewrite,
)
from partybuilding.projects.yearform.supplements import added_words, refuse_begun, supplemented
from partybuilding.texts.messages import notice_draft

LABEL, HELP = "label", "help"
Change = dict[str, str]
#: Of what, and which of its words.
Place = tuple[str, str]


def words_in(content: Content) -> dict[Place, str]:
    """Return every text of a form that can be put right, by its place, in the order of the form."""
    found: dict[Place, str] = {}
    for part in content["parts"]:
        if part["label"]:
            found[part["code"], LABEL] = part["label"]
        if part["help"]:
            found[part["code"], HELP] = part["help"]
        for field in part["fields"]:
            if "kind" in field:
                found[field["key"], LABEL], found[field["key"], HELP] = (
                    field["label"],
                    field["help"],
                )
                found |= {
                    (field["key"], one["code"]): one["label"] for one in field.get("options", ())
                }
    return found


def open_correction(cycle: Cycle) -> SheetCorrection | None:
    """Return what waits for its second officer."""
    return SheetCorrection.objects.filter(cycle=cycle, closed_at=None).first()


def propose(
    cycle: Cycle, words: Mapping[Place, str], *, by: AnyUser, reason: str
) -> SheetCorrection:
    """Propose other words for a form in use.

    Args:
        words: by their place, as `words_in`; what is as it was is no change.

    Raises:
        NotYours: only the department and administrators keep the rules.
        Frozen: the form is not in use, or is the delivered one.
        ConditionUnmet: nothing is changed, no reason, one is open already, or the words are wrong.
    """
    refuse_stranger(cycle, by)
    with transaction.atomic():
        draft = _used(cycle)
        if draft.version_id is None:
            raise Frozen([_("Only a form with questions of its own that is in use is corrected.")])
        _refuse_second(cycle)
        before = words_in(draft.content)
        changes = [
            {"key": key, "of": of, "from": before[key, of], "to": said}
            for (key, of), text in words.items()
            if (key, of) in before and (said := _clean(of, text)) != before[key, of]
        ]
        if not changes:
            raise ConditionUnmet([_("Nothing was changed.")])
        return _proposed(draft, SheetCorrection(changes=changes), by, reason)


def supplement(cycle: Cycle, parts: list[Block], *, by: AnyUser, reason: str) -> SheetCorrection:
    """Propose to ask more in parts that nobody has begun to answer; what they ask already stays as it is.

    Args:
        parts: for each purpose a block with the questions that come behind those of today.

    Raises:
        NotYours: only the department and administrators keep the rules.
        Frozen: the year has not opened, or its results are announced.
        ConditionUnmet: nothing is added, no reason, one is open already, somebody has begun to answer
            such a part, or the questions are wrong.
    """
    refuse_stranger(cycle, by)
    with transaction.atomic():
        draft = _used(cycle)
        _refuse_second(cycle)
        if not any(part["value"]["fields"] for part in parts):
            raise ConditionUnmet([_("No question was added.")])
        refuse_begun(cycle, parts)
        return _proposed(draft, SheetCorrection(changes=[], added=parts), by, reason)


def _refuse_second(cycle: Cycle) -> None:
    if open_correction(cycle) is not None:
        raise ConditionUnmet([_("A correction waits to be confirmed already.")])


def _proposed(
    draft: SheetDraft, correction: SheetCorrection, by: AnyUser, reason: str
) -> SheetCorrection:
    if not has_words(reason):
        raise ConditionUnmet([_("Give the reason.")])
    if faults := read_corrected(draft, correction).faults:
        raise ConditionUnmet(faults)
    assert by.is_authenticated
    correction.cycle, correction.proposed_by = draft.cycle, by
    correction.reason = clean_text(reason).strip()
    correction.save()
    return correction


def read_corrected(draft: SheetDraft, correction: SheetCorrection) -> Reading:
    """Read the form as it is corrected; conditions follow what they name.

    Raises:
        ConditionUnmet: what is added came without the identities of its blocks.
    """
    blocks = corrected_blocks(draft.parts.get_prep_value(), correction.changes)
    return read_blocks(supplemented(blocks, correction.added), draft.content)


def _clean(of: str, text: str) -> str:
    return (clean_text(text) if of == HELP else clean_line(text)).strip()


def _used(cycle: Cycle) -> SheetDraft:
    """Lock the form of a year and return it, if the year was opened."""
    if not Cycle.objects.select_for_update().get(pk=cycle.pk).is_frozen:
        raise Frozen([_("Only a form with questions of its own that is in use is corrected.")])
    return draft_of(cycle)


def confirm(correction: SheetCorrection, *, by: AnyUser) -> SheetVersion | None:
    """Let a proposed correction hold: drafts are written on the new words, and their applicants are told.

    Raises:
        NotYours: not of the department, or who proposed it.
        ConditionUnmet: it was confirmed or dropped already.
        Frozen: the opening was taken back meanwhile.

    Of a supplement, somebody may also have begun to answer such a part meanwhile.
    """
    refuse_stranger(correction.cycle, by)
    if correction.proposed_by == by:
        raise NotYours([_("A second officer confirms it.")])
    with transaction.atomic():
        draft = _used(correction.cycle)
        _close(correction)
        reading = read_corrected(draft, correction)
        draft.content, draft.parts = reading.content, reading.blocks
        draft.version = SheetVersion.keep(draft.content)
        draft.save()
        rewrite(correction.cycle, draft.version)
        refuse_begun(correction.cycle, correction.added)
        step = "supplement_form" if correction.added else "correct_form"
        said = {"changes": correction.changes, "added": added_words(correction.added)}
        entry = note(correction.cycle, step, by=by, reason=correction.reason, data=said)
        post_notices(_told(correction), key=f"trail:{entry.pk}")
    return draft.version


def drop(correction: SheetCorrection, *, by: AnyUser) -> None:
    """Drop a proposed correction.

    Raises:
        NotYours, ConditionUnmet: as `confirm`; who proposed it may drop it.
    """
    refuse_stranger(correction.cycle, by)
    with transaction.atomic():
        Cycle.objects.select_for_update().get(pk=correction.cycle_id)
        _close(correction)


def _close(correction: SheetCorrection) -> None:
    still_open = SheetCorrection.objects.filter(pk=correction.pk, closed_at=None)
    if not still_open.update(closed_at=timezone.now()):
        raise ConditionUnmet([_("It was confirmed or dropped already.")])


def _say(words: Content, key: str, told: Mapping[Place, str]) -> None:
    for of in (LABEL, HELP):
        if (key, of) in told:
            words[of] = told[key, of]


def corrected_blocks(blocks: list[Block], changes: list[Change]) -> list[Block]:
    """Return the editor's blocks with other words, so that the next year begins with them."""
    told = {(one["key"], one["of"]): one["to"] for one in changes}
    fresh = deepcopy(blocks)
    for part in fresh:
        _say(part["value"], part_code(part), told)
        for field in part["value"]["fields"]:
            if field["type"] != "built_in":
                key = key_of("q", field)
                _say(field["value"], key, told)
                for name, letter in LISTS.items():
                    for one in field["value"].get(name, ()):
                        one["value"] = told.get((key, key_of(letter, one)), one["value"])
    return fresh


def _told(correction: SheetCorrection) -> Iterator[NoticeDraft]:
    said = {"年度批次": str(correction.cycle), "理由": correction.reason}
    if correction.added:
        yield from _told_of_questions(correction, said)
    else:
        yield from _told_of_words(correction, said)


def _told_of_questions(
    correction: SheetCorrection, said: Mapping[str, str]
) -> Iterator[NoticeDraft]:
    """Tell whoever has such a part to fill in now."""
    rooms = answered_by()
    for purpose, names in added_words(correction.added).items():
        told, url = rooms[purpose].fillers(correction.cycle, purpose)
        words = {**said, "新增填报项": "、".join(names)}
        yield notice_draft(rooms[purpose].supplemented[purpose], told, words, url)


def _told_of_words(correction: SheetCorrection, said: Mapping[str, str]) -> Iterator[NoticeDraft]:
    """Tell the applicants whose applications are still with them, and who fills in what else is concerned."""
    sheet, changed = (
        sheet_from(correction.cycle.form.content),
        {one["key"] for one in correction.changes},
    )
    besides = {purpose: {purpose, *sheet.of(purpose).questions} for purpose in BESIDES}
    if changed.difference(*besides.values()) or changed & besides[RESULTS]:
        states = (*UNFINISHED, *([ProjectState.IMPLEMENTING] if changed & besides[RESULTS] else []))
        told = applicants_in(correction.cycle, states)
        yield notice_draft(FORM_CORRECTED, told, said, reverse("portal:home"))
    for purpose in APART & {one for one, keys in besides.items() if changed & keys}:
        told, url = answered_by()[purpose].fillers(correction.cycle, purpose)
        part = sheet.part(purpose)
        assert part, "its words were changed"
        words = {**said, "填报部分": str(part.label)}
        yield notice_draft(SHEET_CORRECTED, told, words, url)


def may_confirm(correction: SheetCorrection, user: AnyUser) -> bool:
    """Tell whether a user is the second officer."""
    return user_can_edit_cycle(correction.cycle, user) and correction.proposed_by != user
