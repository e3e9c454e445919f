"""Make a pack of a year, hold one against a year, and put what was chosen of it into a year in preparation."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen
from partybuilding.core.rules import Sentence
from partybuilding.core.services import note
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.services import save_rules
from partybuilding.evaluation.services import save_evaluation_rules
from partybuilding.packs.file import Pack
from partybuilding.packs.items import YEAR, Item, Target, items
from partybuilding.projects.yearform.services import save_form


def pack_of(cycle: Cycle) -> Pack:
    """Return the pack of a year: rules, lists, form and how it is judged; no day, person or organisation."""
    target = Target(cycle)
    return Pack(cycle.name, {item.key: item.read(target) for item in items()})


@dataclass(frozen=True)
class Difference:
    """An item of which year and pack say different things, in words."""

    key: str
    label: Sentence
    here: str
    there: str


def differences(cycle: Cycle, pack: Pack) -> list[Difference]:
    """Return in what a pack differs from a year.

    Raises:
        ConditionUnmet: the pack says something that cannot be.
    """
    before, after = Target(cycle), Target(Cycle.objects.get(pk=cycle.pk))
    known = {item.key: item for item in items()}
    _put(after, pack.content, known, pack.content)
    found = []
    for key, item in known.items():
        if key in pack.content and (here := item.read(before)) != item.read(after):
            words = [
                item.words(one).replace(YEAR, str(cycle.year)) for one in (here, pack.content[key])
            ]
            found.append(Difference(key, item.label, *words))
    return found


def _put(
    target: Target, content: Mapping[str, Any], known: Mapping[str, Item], chosen: Collection[str]
) -> None:
    faults: list[Sentence] = []
    if strange := sorted(content.keys() - known.keys()):
        unknown = _("The pack says something that this program does not know: %(keys)s.")
        faults.append(unknown % {"keys": "、".join(strange)})
    for key, item in known.items():
        if key in content and key in chosen:
            try:
                item.put(target, content[key])
            except ValidationError as fault:
                words = {"name": item.label, "fault": "".join(fault.messages)}
                faults.append(_("%(name)s: %(fault)s") % words)
    if faults:
        raise ConditionUnmet(faults)


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
        target = Target(locked)
        _put(target, pack.content, {item.key: item for item in items()}, chosen)
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
