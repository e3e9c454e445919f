"""The items of a pack: each reads its value from a year, checks what a file says, puts it, and tells it in words."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.core import rooms
from partybuilding.core.rules import Sentence
from partybuilding.cycles.models import Criterion, Cycle, GradeClass, Topic
from partybuilding.cycles.services import DATES, KEPT
from partybuilding.evaluation.models import EvaluationRules, SheetCriterion
from partybuilding.evaluation.models.year import OPTIONS
from partybuilding.evaluation.states import TieRule
from partybuilding.packs.item import Item, Target
from partybuilding.projects.yearform.blocks import FormBlock
from partybuilding.projects.yearform.compose import delivered, sheet_from
from partybuilding.projects.yearform.content import start
from partybuilding.projects.yearform.services import read_blocks

#: Stands for the number of the year in its name.
YEAR = "{year}"
#: The day from which the other dates of a year are counted.
OPENING = "applications_open"


def items() -> Iterator[Item]:
    """Yield every item in the order in which a year is set up."""
    yield Item("rules.name", Cycle._meta.get_field("name").verbose_name, _name, _put_name, str)
    for name in DATES:
        if name != OPENING:
            yield _date(name)
    for name in KEPT:
        yield _column("rules", Cycle, name)
    yield _rows(
        "topics", _("Guidance on topics"), Topic, ("sector", "code", "title", "description")
    )
    yield _rows(
        "criteria",
        _("Criteria of the initial rating"),
        Criterion,
        ("name", "description", "points"),
    )
    yield _rows(
        "grades",
        _("Grades and awards"),
        GradeClass,
        ("code", "name", "quota", "bonus_points", "award_yuan"),
    )
    yield Item("form", gettext_lazy("Application form"), _form, _put_form, _form_words)
    for name in ("step", "method", *OPTIONS):
        yield _column("evaluation", EvaluationRules, name)
    yield Item(
        "evaluation.ties",
        EvaluationRules._meta.get_field("ties").verbose_name,
        _ties,
        _put_ties,
        _ties_words,
    )
    yield Item(
        "evaluation.criteria",
        gettext_lazy("Criteria of the score sheets"),
        lambda target: target.evaluation.written()["criteria"],
        _put_sheets,
        lambda value: "；".join(f"{row[1]} {row[3]}" for row in value),
    )
    for more in rooms.collect("pack_items"):
        yield from more()


# The name and the dates


def _name(target: Target) -> str:
    return target.cycle.name.replace(str(target.cycle.year), YEAR)


def _put_name(target: Target, value: Any) -> None:
    name = _text(value).replace(YEAR, str(target.cycle.year))
    target.cycle.name = Cycle._meta.get_field("name").clean(name, target.cycle)


def _date(name: str) -> Item:
    def read(target: Target) -> int:
        return (getattr(target.cycle, name) - target.cycle.applications_open).days

    def put(target: Target, value: Any) -> None:
        if not 0 <= _number(value) <= 3 * 366:
            raise ValidationError(_("This is no number of days."))
        setattr(target.cycle, name, target.cycle.applications_open + timedelta(days=value))

    def words(value: Any) -> str:
        return _("%(days)s days after the opening") % {"days": value}

    field: Any = Cycle._meta.get_field(name)
    return Item(f"dates.{name}", field.verbose_name, read, put, words)


# Columns


def _column(group: str, model: type[models.Model], name: str) -> Item:
    field: Any = model._meta.get_field(name)
    choices = dict(field.flatchoices)

    def read(target: Target) -> Any:
        return written(getattr(target.holder(model), name))

    def put(target: Target, value: Any) -> None:
        holder = target.holder(model)
        setattr(holder, name, _fitting(field, value, holder))

    def words(value: Any) -> str:
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        return "—" if value is None else str(choices.get(value, value))

    return Item(f"{group}.{name}", field.verbose_name, read, put, words)


def written(value: Any) -> Any:
    """Return a value as it stands in a file: decimals as text, so that they are the same everywhere."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value) if isinstance(value, str) else value


def _fitting(field: Any, value: Any, holder: Any) -> Any:
    """Return a value of a file as the column wants it."""
    wants_truth, wants_number = (
        isinstance(field, models.BooleanField),
        isinstance(field, models.IntegerField),
    )
    if value is not None or not field.null:
        fits = {bool: wants_truth, int: wants_number, str: not (wants_truth or wants_number)}
        if not fits.get(type(value), False):
            raise ValidationError(_("This is no value of this rule."))
    return field.clean(value, holder)


def _number(value: Any) -> int:
    if type(value) is not int:
        raise ValidationError(_("This is no number."))
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValidationError(_("This is no text."))
    return value


# Lists of the year


def _rows(relation: str, label: Sentence, model: Any, names: tuple[str, ...]) -> Item:
    def read(target: Target) -> Any:
        return [
            [written(getattr(one, name)) for name in names]
            for one in getattr(target.cycle, relation).all()
        ]

    def put(target: Target, value: Any) -> None:
        # What is of the same code stays the same row: a draft may name it, and its word may be retired.
        known = {_identity(vars(one)): one.pk for one in getattr(target.cycle, relation).all()}
        made = _made(model, names, value, known)
        for one in made:
            one.cycle = target.cycle
        setattr(target.cycle, relation, made)

    place = names.index("title" if "title" in names else "name")
    return Item(
        relation, label, read, put, lambda value: "；".join(str(row[place]) for row in value)
    )


def _identity(said: Mapping[str, Any]) -> tuple[str, str]:
    return str(said.get("code", said.get("name"))), str(said.get("sector", ""))


def _made(
    model: Any,
    names: tuple[str, ...],
    value: Any,
    known: Mapping[tuple[str, str], Any] = MappingProxyType({}),
) -> list[Any]:
    """Return the rows of a list in a file, in its order."""
    if not isinstance(value, list) or len(value) > 200:
        raise ValidationError(_("This is no list."))
    if any(not isinstance(row, list) or len(row) != len(names) for row in value):
        raise ValidationError(_("A row of this list is not whole."))
    made = []
    for place, row in enumerate(value):
        said = dict(zip(names, row, strict=True))
        one = model(sort_order=place, pk=known.get(_identity(said)))
        for name, value_of_file in said.items():
            setattr(one, name, _fitting(model._meta.get_field(name), value_of_file, one))
        made.append(one)
    return made


# The form


def _form(target: Target) -> Any:
    blocks = target.form or sound_blocks(target.draft.parts.get_prep_value())
    return None if read_blocks(deepcopy(blocks)).content == delivered() else blocks


def _put_form(target: Target, value: Any) -> None:
    target.form = start() if value is None else sound_blocks(value)


def sound_blocks(value: Any) -> list[dict[str, Any]]:
    """Return the blocks of a form as the editor would send them.

    Raises:
        ValidationError: they are not what an editor can make.
    """
    block = FormBlock()
    try:
        cleaned = block.clean(block.to_python(value))
        blocks = list(block.get_prep_value(cleaned))
        if faults := read_blocks(blocks).faults:
            raise ValidationError(list(map(str, faults)))
    except (TypeError, AttributeError, LookupError) as fault:
        raise ValidationError(_("The form in the file is damaged.")) from fault
    return blocks


def _form_words(value: Any) -> str:
    if value is None:
        return _("as delivered")
    own = [one for part in sheet_from(read_blocks(value).content).parts for one in part.fields]
    return "；".join(str(one.label) for one in own if one.is_written)


# How it is judged


def _ties(target: Target) -> list[str]:
    return [str(rule) for rule in target.evaluation.ties]


def _put_ties(target: Target, value: Any) -> None:
    known = isinstance(value, list) and all(one in TieRule.values for one in value)
    if not known or len(value) != len(set(value)):
        raise ValidationError(_("This is no order of rules."))
    target.evaluation.ties = value


def _ties_words(value: Any) -> str:
    return " → ".join(str(TieRule(one).label) for one in value)


def _put_sheets(target: Target, value: Any) -> None:
    names = ("for_peers", "name", "description", "points")
    target.evaluation.criteria = _made(SheetCriterion, names, value)
