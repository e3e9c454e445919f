"""Write the lists of words, and let a year that opens keep them as they are."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _
from django.utils.translation import override

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, Overtaken
from partybuilding.core.models import Word
from partybuilding.core.models.word import fresh_mark
from partybuilding.core.rules import Sentence
from partybuilding.core.text.characters import clean_line, name_key
from partybuilding.core.types import AnyUser
from partybuilding.core.words.book import Word as Known
from partybuilding.core.words.book import book, forget
from partybuilding.core.words.lists import WordList
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.permissions import user_can_edit_cycle
from partybuilding.cycles.words.selectors import lists, used_codes
from partybuilding.organizations.journal import Note, write_notes

#: A list, the sender, was written, in the transaction of the writing: `before` and `after` are its labels by code.
words_saved = Signal()

LONGEST = 60
LONGEST_CODE = 20
CODE = re.compile(rf"[a-z][a-z0-9_]{{0,{LONGEST_CODE - 1}}}")
MOST = 40
#: A comma or a quotation mark would end the word in the lists of a workbook.
UNFIT = re.compile(r'[,"\n\t<>{}]')
#: What stands inside sentences is short, and has nothing that a sentence or a page would take for its own.
LONGEST_NAME = 16
UNFIT_IN_SENTENCES = re.compile(r"[%&'\[\]]")


@dataclass(frozen=True)
class Row:
    """One word as an officer wrote it; a new one has no code yet."""

    code: str
    label: str
    is_retired: bool = False
    needs_text: bool = False
    seal: str = ""


def rows_of(words: WordList) -> list[Row]:
    """Return a list as it can be edited, in the words of the interface's language."""
    return [
        Row(one.code, str(one.label), one.is_retired, one.needs_text, one.seal)
        for one in words.words()
    ]


def renamed(words: WordList, rows: Iterable[Row]) -> list[tuple[str, str, str]]:
    """Return code, old and new label of every word that would be called otherwise."""
    before = {row.code: row.label for row in rows_of(words)}
    return [
        (row.code, before[row.code], row.label)
        for row in rows
        if row.code in before and row.label != before[row.code]
    ]


def renamed_in_use(words: WordList, rows: Iterable[Row]) -> list[tuple[str, str]]:
    """Return old and new label of the words in use that would be called otherwise: to be confirmed."""
    found = renamed(words, rows)
    used = set(used_codes(words)) if found else set()
    return [(old, new) for code, old, new in found if code in used]


def save_words(
    words: WordList,
    rows: Sequence[Row],
    *,
    by: AnyUser,
    seen: Sequence[Row] | None = None,
    brings_codes: bool = False,
) -> bool:
    """Save a list in the order of its rows; returns whether anything was changed.

    Years that are open keep what their words were called.

    Args:
        seen: the list as a form showed it, when there was a form.
        brings_codes: new words have their codes already, as those of a pack have.

    Raises:
        NotYours: only the department and administrators keep the lists.
        Overtaken: somebody saved the list since the form was opened.
        ConditionUnmet: a word is missing, empty, too long, stands twice or is needed by the program.
    """
    if not user_can_edit_cycle(None, by):
        raise NotYours([_("Only the Organization Department keeps the lists of words.")])
    with transaction.atomic():
        list(Word.objects.select_for_update().filter(list=words.code, cycle=None))
        forget()
        before = rows_of(words)
        if seen is not None and list(seen) != before:
            raise Overtaken(
                [_("Somebody changed this list meanwhile; open it anew and look at it first.")]
            )
        tidy = checked(words, rows, before, brings_codes=brings_codes)
        after = _with_codes(tidy)
        if after == before:
            return False
        for cycle in Cycle.objects.exclude(rules_frozen_at=None):
            _keep(cycle, [words])
        _write(words, before, after, by)
        forget()
        labels = [{row.code: row.label for row in rows} for rows in (before, after)]
        words_saved.send(words, before=labels[0], after=labels[1])
        book()
    return True


def checked(
    words: WordList, rows: Sequence[Row], before: Sequence[Row], *, brings_codes: bool = False
) -> list[Row]:
    """Return the rows as they will stand.

    Raises:
        ConditionUnmet: as of `save_words`.
    """
    tidy = [_tidy(row) for row in rows]
    if faults := list(_faults(words, before, tidy, brings_codes)):
        raise ConditionUnmet(faults)
    return tidy


def _tidy(row: Row) -> Row:
    return replace(row, label=clean_line(row.label), seal=row.seal.strip())


def _faults(
    words: WordList, before: Sequence[Row], rows: Sequence[Row], brings_codes: bool
) -> Iterator[Sentence]:
    held, known = {row.code for row in rows}, {row.code for row in before}
    for row in before:
        if row.code not in held:
            yield _("“%(word)s” cannot be deleted; retire it.") % {"word": row.label}
    new = held - known - {""}
    brings = brings_codes and words.grows and all(map(CODE.fullmatch, new))
    if (new and not brings) or (not words.grows and "" in held):
        yield _("Words cannot be added to this list.")
    if len(rows) > MOST:
        yield _("A list has at most %(number)s words.") % {"number": MOST}
    if all(row.is_retired for row in rows):
        yield _("At least one word must stay in use.")
    for row in rows:
        yield from _faults_of(words, row)
    labels = Counter(name_key(row.label) for row in rows if row.label)
    for row in rows:
        if labels[name_key(row.label)] > 1:
            yield _("“%(word)s” stands twice.") % {"word": row.label}


def _faults_of(words: WordList, row: Row) -> Iterator[Sentence]:
    names = {"word": row.label or words.label(row.code)}
    if not row.label:
        yield _("A word must not be empty.")
    if len(row.label) > LONGEST or UNFIT.search(row.label):
        yield (
            _("“%(word)s” is too long or has marks that do not fit: commas, quotes, brackets.")
            % names
        )
    if row.is_retired and row.code in words.reserved:
        yield _("“%(word)s” is needed by the program; it can be renamed, not retired.") % names
    if words.in_sentences and (
        len(row.label) > LONGEST_NAME or UNFIT_IN_SENTENCES.search(row.label)
    ):
        yield _("“%(word)s” is too long or has marks that do not fit into a sentence.") % names
    if len(row.seal) > 1:
        yield _("The seal of “%(word)s” is one character.") % names


def _with_codes(rows: Iterable[Row]) -> list[Row]:
    """Give every new word a code that stays: the sound of its label."""
    rows = list(rows)
    taken = {row.code for row in rows}
    given = []
    for row in rows:
        code = row.code or _free(row.label, taken)
        taken.add(code)
        given.append(replace(row, code=code))
    return given


def _free(label: str, taken: Collection[str]) -> str:
    from pypinyin import lazy_pinyin  # its tables are large: only where a word is added

    sound = "".join(lazy_pinyin(label)).lower()
    stem = re.sub(r"[^a-z0-9]", "", sound)[: LONGEST_CODE - 3].lstrip("0123456789") or "word"
    numbered = (stem if n == 1 else f"{stem}_{n}" for n in count(1))
    return next(code for code in numbered if code not in taken)


def _write(words: WordList, before: Sequence[Row], after: Sequence[Row], by: AnyUser) -> None:
    was = {row.code: row for row in before}
    place = {row.code: number for number, row in enumerate(before)}
    notes = []
    for number, row in enumerate(after):
        stored, _created = Word.objects.update_or_create(
            list=words.code, cycle=None, code=row.code, defaults=_facts(row, number)
        )
        old = was.get(row.code)
        if old is None:
            notes.append(Note(stored, "word.add"))
        elif changes := _changes(old, row, place[row.code], number):
            notes.append(Note(stored, "word.edit", changes))
    write_notes(notes, by=by)


def _facts(row: Row | Known, number: int) -> dict[str, Any]:
    return {
        "label": str(row.label),
        "order": number,
        "is_retired": row.is_retired,
        "needs_text": row.needs_text,
        "seal": row.seal,
        "mark": fresh_mark(),
    }


def _changes(old: Row, new: Row, from_place: int, to_place: int) -> Mapping[str, Any]:
    pairs = {
        name: [getattr(old, name), getattr(new, name)]
        for name in ("label", "is_retired", "needs_text", "seal")
    }
    pairs["order"] = [from_place + 1, to_place + 1]
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _keep(cycle: Cycle, kept: Iterable[WordList]) -> None:
    """Copy lists into a year that has none of its own."""
    own = set(Word.objects.filter(cycle=cycle).values_list("list", flat=True))
    with override(settings.LANGUAGE_CODE):
        Word.objects.bulk_create(
            Word(list=words.code, cycle=cycle, code=one.code, **_facts(one, number))
            for words in kept
            if words.code not in own and not words.in_sentences
            for number, one in enumerate(words.words())
        )


def keep_words(sender: Any, *, record: Cycle, attempt: Any, **_kwargs: Any) -> None:
    """Keep the words with which a year opens; taken back, it follows today's again.

    Connected to the door's `step_taken`, so that it happens in the transaction of the opening.
    """
    if attempt.step == "open_applications":
        _keep(record, lists())
    elif attempt.step == "take_back_opening":
        Word.objects.filter(cycle=record).delete()
    else:
        return
    forget()
