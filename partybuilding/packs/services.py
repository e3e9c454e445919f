"""Make a pack of a year, hold one against a year, and put what was chosen of it into a year in preparation."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.rules import Sentence
from partybuilding.core.services import note
from partybuilding.core.types import AnyUser
from partybuilding.core.words.book import supposing
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.services import DATES, save_rules
from partybuilding.evaluation.services import save_evaluation_rules
from partybuilding.packs.file import Pack
from partybuilding.packs.item import Item, Target
from partybuilding.packs.items import YEAR, items
from partybuilding.projects.yearform.services import save_form


def pack_of(cycle: Cycle) -> Pack:
    """Return the pack of a year: rules, lists, form and how it is judged; no day, person or organisation."""
    target = Target(cycle)
    return Pack(cycle.name, {item.key: item.read(target) for item in items()})


@dataclass(frozen=True)
class Difference:
    """An item of which year and pack say different things, in words.

    Args:
        is_for_all: it is nothing of the year but holds for the whole installation, at once.
        is_ticked: it is proposed: it belongs to the year, or nothing of one's own gives way to it.
        may: whether the reader may take it over.
    """

    key: str
    label: Sentence
    here: str
    there: str
    is_for_all: bool
    is_ticked: bool
    may: bool


def differences(cycle: Cycle, pack: Pack, *, by: AnyUser) -> list[Difference]:
    """Return in what a pack differs from a year and from the installation.

    Raises:
        ConditionUnmet: the pack says something that cannot be.
    """
    before, after = Target(cycle), Target(Cycle.objects.get(pk=cycle.pk))
    known = {item.key: item for item in items()}
    told = {key: known[key].read(before) for key in known.keys() & pack.content.keys()}
    _put(after, pack.content, known, pack.content)
    is_first = not Cycle.objects.exclude(rules_frozen_at=None).exists()
    found = []
    with supposing(after.words):
        for key, item in known.items():
            if key in told and told[key] != item.read(after):
                here, there = (
                    item.words(one).replace(YEAR, str(cycle.year))
                    for one in (told[key], pack.content[key])
                )
                for_all = item.write is not None
                ticked = not for_all or (is_first and not told[key])
                may = item.may(by)
                found.append(Difference(key, item.label, here, there, for_all, ticked, may))
    return found


def _put(
    target: Target, content: Mapping[str, Any], known: Mapping[str, Item], chosen: Collection[str]
) -> None:
    """Put what was chosen: first what belongs to the installation, whose words the rules of the year use."""
    faults: list[Sentence] = []
    if strange := sorted(content.keys() - known.keys()):
        unknown = _("The pack says something that this program does not know: %(keys)s.")
        faults.append(unknown % {"keys": "、".join(strange)})
    wanted = [item for key, item in known.items() if key in content and key in chosen]
    misfits = []
    for item in sorted(wanted, key=lambda item: item.write is None):
        try:
            with supposing(target.words):
                item.put(target, content[item.key])
        except ValidationError as fault:
            words = {"name": item.label, "fault": "".join(fault.messages)}
            misfits.append(_("%(name)s: %(fault)s") % words)
    own_words = {key for key in content if key.startswith("words.") and content[key] is not None}
    if misfits and own_words - set(chosen):
        misfits.append(
            _("The pack has words of its own; where its rules use them, tick them, too.")
        )
    if faults := [*faults, *misfits]:
        raise ConditionUnmet(faults)


def _write(target: Target, known: Mapping[str, Item], by: AnyUser) -> None:
    """Write what belongs to the installation, the names of the actors first: other texts name them."""
    before = Target(target.cycle)
    changed = {
        key: value
        for key, value in target.put.items()
        if known[key].read(before) != known[key].read(target)
    }
    for key, value in changed.items():
        item = known[key]
        if not item.may(by):
            words = _("“%(name)s” is not kept by you; do not tick it.")
            raise NotYours([words % {"name": item.label}])
        if item.write is not None:
            item.write(value, by)


def begin_year(pack: Pack, year: int, opens: date, *, by: AnyUser) -> Cycle:
    """Prepare a year with all that a pack says of it; what it says of the installation as far as it is proposed.

    Args:
        opens: the day on which applications open, from which the pack counts the others.

    Raises:
        NotYours: only the department and administrators keep the rules.
        ConditionUnmet: the year exists already, or the pack does not fit in here.
    """
    if Cycle.objects.filter(year=year).exists():
        raise ConditionUnmet([_("The programme year %(year)s exists already.") % {"year": year}])
    with transaction.atomic():
        fresh = Cycle(year=year, name=str(year), approval_quota=1, **dict.fromkeys(DATES, opens))
        fresh.ends_on += timedelta(days=1)
        cycle = save_rules(fresh, by=by)
        found = differences(cycle, pack, by=by)
        return apply_pack(
            cycle, pack, [one.key for one in found if one.is_ticked and one.may], by=by
        )


def apply_pack(cycle: Cycle, pack: Pack, chosen: Collection[str], *, by: AnyUser) -> Cycle:
    """Put the chosen items of a pack into a year in preparation; the same once more changes nothing.

    Raises:
        NotYours: only the department and administrators keep the rules.
        Frozen: applications were opened.
        ConditionUnmet: nothing was chosen, or it does not fit together.
    """
    if not chosen:
        raise ConditionUnmet([_("Choose at least one item.")])
    with transaction.atomic():
        locked = Cycle.objects.select_for_update().get(pk=cycle.pk)
        if locked.is_frozen:
            raise Frozen([_("The rules of this year are in use and can no longer be changed.")])
        target, known = Target(locked), {item.key: item for item in items()}
        _put(target, pack.content, known, chosen)
        _write(target, known, by)
        try:
            save_rules(target.cycle, by=by)
        except ProtectedError as fault:
            words = _(
                "An application names a topic that the pack leaves out; leave the topics as they are."
            )
            raise ConditionUnmet([words]) from fault
        if target.form is not None:
            save_form(target.cycle, target.form, by=by)
        if any(key.startswith("evaluation.") for key in pack.content.keys() & set(chosen)):
            save_evaluation_rules(target.evaluation, by=by)
        data = {"name": pack.name, "digest": pack.digest, "items": len(chosen)}
        note(target.cycle, "pack", by=by, data=data)
    return target.cycle
