"""What a pack takes along of the installation: words, texts and terms. They belong to no year and hold at once."""

from collections.abc import Callable, Iterator
from dataclasses import astuple, replace
from functools import cache, partial
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.types import AnyUser
from partybuilding.core.words.actors import said
from partybuilding.core.words.book import Word
from partybuilding.core.words.lists import WordList
from partybuilding.cycles.words.selectors import lists
from partybuilding.cycles.words.services import Row, checked, rows_of, save_words
from partybuilding.packs.item import Item, Target, of_installation
from partybuilding.terms.models import Term
from partybuilding.terms.starting import TERMS
from partybuilding.texts.register import EditedText, texts
from partybuilding.texts.selectors import standing_of, standing_of_all
from partybuilding.texts.services import faults_of, reset_text, save_text, tidied

#: Characters of a text that are shown where it is compared.
SHOWN = 120
MOST_TERMS = 200
ROW = (str, str, bool, bool, str)


# Lists of words; the names of the actors are one


def items_of_words() -> Iterator[Item]:
    """Yield an item for each list; one that says what was delivered is nothing."""
    for words in lists():
        item = of_installation(
            f"words.{words.code}",
            words.name,
            stands=partial(_told, words),
            checked=partial(_checked_words, words),
            write=partial(_write_words, words),
            words=partial(_words_of, words),
        )
        yield replace(item, put=partial(_put_words, words, item.put))


def _delivered(words: WordList) -> list[Row]:
    return [
        Row(one.code, str(one.label), one.is_retired, one.needs_text, one.seal)
        for one in words.delivered
    ]


def _told(words: WordList, rows: list[Row] | None = None) -> list[list[Any]] | None:
    rows = rows_of(words) if rows is None else rows
    return None if rows == _delivered(words) else [list(astuple(row)) for row in rows]


def _rows(words: WordList, value: Any) -> list[Row]:
    """Return the rows that a value means; a word that only stands here stays, behind them."""
    if value is None:
        rows = _delivered(words)
    elif isinstance(value, list) and all(
        isinstance(row, list) and tuple(map(type, row)) == ROW for row in value
    ):
        rows = [Row(*row) for row in value]
    else:
        raise ValidationError(_("This is no list of words."))
    codes = {row.code for row in rows}
    if len(codes) < len(rows) or "" in codes:
        raise ValidationError(_("This is no list of words."))
    return [*rows, *(row for row in rows_of(words) if row.code not in codes)]


def _put_words(words: WordList, put: Any, target: Target, value: Any) -> None:
    put(target, value)
    target.words[words.code] = tuple(Word(*astuple(row)) for row in _rows(words, value))


def _checked_words(words: WordList, value: Any) -> Any:
    rows = _rows(words, value)
    try:
        return _told(words, checked(words, rows, rows_of(words), brings_codes=True))
    except Refusal as fault:
        raise ValidationError(list(map(str, fault.sentences))) from fault


def _write_words(words: WordList, value: Any, by: AnyUser) -> None:
    save_words(words, _rows(words, value), by=by, brings_codes=True)


def _words_of(words: WordList, value: Any) -> str:
    """Name the words in use; of the actors, what each is called."""
    if value is None:
        return _("as it was delivered")
    if words.in_sentences:
        delivered = {row.code: row.label for row in _delivered(words)}
        return "；".join(
            f"{delivered[row[0]]}：{row[1]}" for row in value if row[1] != delivered.get(row[0])
        )
    return "、".join(row[1] for row in value if not row[2])


# Texts


def items_of_texts() -> Iterator[Item]:
    """Yield an item for each letter and message; the delivered text is nothing.

    What stands is read once for all of them.
    """

    @cache
    def own() -> dict[str, str]:
        newest = (one.newest for one in standing_of_all())
        return {one.code: one.body for one in newest if one and one.is_own}

    for text in texts().values():
        yield of_installation(
            f"texts.{text.wording.code}",
            text.name,
            stands=partial(_own_body, own, text),
            checked=partial(_checked_text, text),
            write=partial(_write_text, text),
            words=_shown,
        )


def _own_body(own: Callable[[], dict[str, str]], text: EditedText) -> str | None:
    return own().get(text.wording.code)


def _checked_text(text: EditedText, value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValidationError(_("This is no text."))
    body = tidied(value)
    if faults := faults_of(text.wording, body):
        raise ValidationError(faults)
    return None if body == text.wording.delivered else body


def _write_text(text: EditedText, value: str | None, by: AnyUser) -> None:
    if value is not None:
        save_text(text, value, by=by)
    elif (newest := standing_of(text).newest) and newest.is_own:
        reset_text(text, by=by)


def _shown(value: Any) -> str:
    if value is None:
        return _("as it was delivered")
    words = {"begin": value[:SHOWN].replace("\n", " "), "count": len(value)}
    return _("%(begin)s… (%(count)s characters)") % words if len(value) > SHOWN else value


# Terms explained


def glossary_item() -> Iterator[Item]:
    """Yield the item of the terms that residents are explained."""
    yield of_installation(
        "terms",
        gettext_lazy("Terms explained"),
        stands=_terms,
        checked=_checked_terms,
        write=_write_terms,
        words=lambda value: (
            _("as it was delivered") if value is None else "、".join(row[0] for row in value)
        ),
    )


def _planted() -> list[list[str]]:
    return sorted([said(text) for text in term] for term in TERMS)


def _terms() -> list[list[str]] | None:
    rows = sorted(map(list, Term.objects.values_list("word", "plain", "more")))
    return None if rows == _planted() else rows


def _checked_terms(value: Any) -> list[list[str]] | None:
    rows = _planted() if value is None else value
    if not isinstance(rows, list) or len(rows) > MOST_TERMS:
        raise ValidationError(_("This is no list."))
    if any(not isinstance(row, list) or list(map(type, row)) != [str] * 3 for row in rows):
        raise ValidationError(_("A row of this list is not whole."))
    if len({row[0] for row in rows}) < len(rows):
        raise ValidationError(_("A row of this list is not whole."))
    for word, plain, more in rows:
        Term(word=word, plain=plain, more=more).full_clean(validate_unique=False)
    stands = sorted([*rows, *_kept(rows)])
    return None if stands == _planted() else stands


def _kept(rows: list[list[str]]) -> list[list[str]]:
    """Return the terms that somebody wrote here and that are not among others: they stay."""
    words, planted = {row[0] for row in rows}, _planted()
    return [row for row in _terms() or [] if row[0] not in words and row not in planted]


def _write_terms(value: list[list[str]] | None, by: AnyUser) -> None:
    """Let the terms stand so; what was planted and is not among them goes."""
    rows = _planted() if value is None else value
    said_now = {row[0]: row for row in [*rows, *_kept(rows)]}
    Term.objects.exclude(word__in=said_now).delete()
    known = {term.word: term for term in Term.objects.all()}
    for word, plain, more in said_now.values():
        term = known.get(word) or Term(word=word)
        if term.pk is None or (term.plain, term.more) != (plain, more):
            term.plain, term.more = plain, more
            term.save()
