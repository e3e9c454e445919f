"""Write what is scored: statements, points, conflicts, day-to-day ratings, explanations, absences."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours, Overtaken
from partybuilding.core.rules import Sentence
from partybuilding.core.services import move, note
from partybuilding.core.text.characters import clean_text
from partybuilding.core.text.validators import has_words
from partybuilding.core.types import AnyUser, User
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.states import CycleState
from partybuilding.evaluation.figures import facts_of
from partybuilding.evaluation.models import (
    Absence,
    Conflict,
    DailyRating,
    Disagreement,
    RecusalStatement,
    ScoreSheet,
)
from partybuilding.evaluation.permissions import (
    side_that_rates,
    user_can_explain,
    user_can_score,
    user_judges,
)
from partybuilding.evaluation.rules import FIXED
from partybuilding.evaluation.selectors.own import places_of, reviewed_with
from partybuilding.evaluation.states import ScorePart, SheetState
from partybuilding.organizations.models import ExpertGroup
from partybuilding.projects.models import Project

#: Points as people type them, once width and mark do not count: at most two digits after the point.
TYPED = re.compile(r"[0-9]{1,4}(?:\.[0-9]{0,2})?|\.[0-9]{1,2}")
#: Chinese keyboards give digits of full width, and a comma or a stop for the point.
AS_TYPED = str.maketrans("０１２３４５６７８９，。、,\uff0e", "0123456789.....")
MOST_REMARKS = 1000  # characters


class SheetRefused(ConditionUnmet):
    """What was typed on a sheet cannot be stored; says of each field why.

    Args:
        faults: by the key of the criterion, or "note" or "place".
    """

    def __init__(self, faults: Mapping[str, Sentence]) -> None:
        super().__init__(faults.values())
        self.faults = {name: str(words) for name, words in faults.items()}


def give_statement(cycle: Cycle, *, by: AnyUser) -> RecusalStatement:
    """Record that no interest ties an expert to the projects of a year (回避承诺)."""
    assert by.is_authenticated
    statement, _made = RecusalStatement.objects.get_or_create(cycle=cycle, user=by)
    return statement


def save_sheet(
    sheet: ScoreSheet,
    points: Mapping[str, str],
    *,
    by: AnyUser,
    note: str = "",
    place: int | str | None = None,
    answers: Mapping[str, Any] | None = None,
    key: str = "",
    seen: int | None = None,
) -> ScoreSheet:
    """Store what stands on a sheet, and return it as it is stored; the same key again changes nothing.

    Args:
        points: by the key of the criterion, as typed; "" takes points back.
        place: of a peer, as typed; "" or None takes it back.
        answers: to the year's questions by their keys; None takes one back, and what is left out stays.
        key: names this version of the sheet, so that a repeated sending is known.
        seen: the revision that the person had before them, when a form carried it.

    Raises:
        NotYours: it is not one's own sheet.
        Frozen: it was handed in, or is no longer to be scored.
        Overtaken: it was stored by another device or window since; nothing was stored.
        SheetRefused: points are no number within the limit and step; nothing was stored.
    """
    with transaction.atomic():
        locked = ScoreSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
        if locked.state != SheetState.OPEN:
            raise Frozen([_("This sheet was handed in or is no longer to be scored.")])
        if not user_can_score(locked, by):
            raise NotYours([_("This sheet belongs to somebody else.")])
        if key and locked.last_key == key:
            return locked
        if seen is not None and seen != locked.revision:
            raise Overtaken([_("This sheet was changed on another device or in another window.")])
        written = clean_text(note).strip()
        found, faults = _read_points(locked, points)
        taken, fault = _read_place(locked, place)
        if len(written) > MOST_REMARKS:
            faults["note"] = _("At most %(most)s characters.") % {"most": MOST_REMARKS}
        if fault:
            faults["place"] = fault
        if faults:
            raise SheetRefused(faults)
        locked.points = {**locked.points, **found}
        locked.note, locked.place, locked.last_key = written, taken, key
        locked.answers = locked.whole_form.merged(locked.answers, answers or {})
        locked.revision += 1
        locked.saved_at = timezone.now()
        locked.save(
            update_fields=[
                "points", "note", "place", "answers", "last_key", "revision", "saved_at", "updated_at"
            ]
        )  # fmt: skip
    return locked


def number_of(typed: object) -> Decimal | None:
    """Read points as they were typed: full width, blanks around and a comma as decimal mark do not count.

    Nothing is rounded. Returns None for nothing.

    Raises:
        ValueError: it is no plain number: words, signs, exponents, a blank within, three decimals.
    """
    text = str(typed).translate(AS_TYPED).strip()
    if not text:
        return None
    if not TYPED.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def _read_points(
    sheet: ScoreSheet, points: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, Sentence]]:
    """Return by criterion what is to be stored, and what cannot be."""
    step = sheet.cycle.evaluation.step
    found: dict[str, str] = {}
    faults: dict[str, Sentence] = {}
    for criterion in sheet.criteria:
        if criterion.code not in points:
            continue
        try:
            value = number_of(points[criterion.code])
        except ValueError:
            value, fits = None, False
        else:
            fits = value is None or (value <= criterion.points and not value % step)
        if fits:
            found[criterion.code] = "" if value is None else f"{value.normalize():f}"
        else:
            facts = {"name": criterion.name, "most": criterion.points, "step": f"{step:g}"}
            faults[criterion.code] = (
                _("“%(name)s”: from 0 to %(most)s points, in steps of %(step)s.") % facts
            )
    return found, faults


def _read_place(sheet: ScoreSheet, place: int | str | None) -> tuple[int | None, Sentence]:
    """Return a peer's place when it is free among the projects that the organisation reviews."""
    if not sheet.is_of_peer or place in (None, ""):
        return None, ""
    text = str(place).translate(AS_TYPED).strip()
    most = places_of(sheet)
    if not re.fullmatch("[0-9]{1,3}", text) or not 1 <= int(text) <= most:
        return None, _("Places go from 1 to %(most)s.") % {"most": most}
    others = reviewed_with(sheet).exclude(pk=sheet.pk)
    taken = others.filter(place=int(text)).select_related("project").first()
    if taken is not None:
        facts = {"place": text, "title": taken.project.title}
        return None, _("Place %(place)s is given to “%(title)s” already.") % facts
    return int(text), ""


def declare_conflict(project: Project, user: User, reason: str, *, by: AnyUser) -> Conflict:
    """Declare what ties an expert to a project; an open sheet then waits for the department.

    Raises:
        NotYours: one declares one's own conflict, the department anybody's.
        ConditionUnmet: no reason.
    """
    if by.pk != user.pk and not user_judges(by):
        raise NotYours([_("You declare your own conflicts of interest.")])
    if not has_words(reason):
        raise ConditionUnmet([_("Give the reason.")])
    facts = {"reason": clean_text(reason).strip(), "declared_by": by}
    with transaction.atomic():
        conflict, _made = Conflict.objects.update_or_create(
            project=project, user=user, defaults=facts
        )
        own = ScoreSheet.objects.filter(project=project, judge=user, state=SheetState.OPEN).first()
        if own is not None:
            step = "ask_recusal" if by.pk == user.pk else "excuse"
            move(own, step, by=by, reason=conflict.reason)
    return conflict


def rate_daily(project: Project, points: Decimal, *, by: AnyUser, remark: str = "") -> DailyRating:
    """Give a project its day-to-day rating, with what the system knows of it today.

    Raises:
        NotYours: the project's unit and the task force rate, nobody their own organisation.
        Frozen: the year is not being evaluated, or a run is frozen.
        ConditionUnmet: not between 0 and 100 in steps of a half.
    """
    side = side_that_rates(project, by)
    if side is None:
        raise NotYours([_("The day-to-day rating is given by the unit and the task force.")])
    if not 0 <= points <= 100 or points % Decimal("0.5"):
        raise ConditionUnmet([_("Give from 0 to 100 points, in steps of 0.5.")])
    with transaction.atomic():
        _refuse_frozen(project)
        assert by.is_authenticated
        rating, _made = DailyRating.objects.update_or_create(
            project=project,
            side=side,
            defaults={
                "points": points,
                "remark": clean_text(remark).strip(),
                "facts": facts_of(project),
                "rated_by": by,
                "rated_at": timezone.now(),
            },
        )
        note(project, "rate_daily", by=by)
    return rating


def _refuse_frozen(project: Project) -> None:
    """Lock the year, which no run freezes until what is written now is there, and ask whether one did."""
    cycle = Cycle.objects.select_for_update().get(pk=project.cycle_id)
    if cycle.state != CycleState.EVALUATING:
        raise Frozen([_("Scores are given while the year is being evaluated.")])
    if cycle.runs.filter(state__in=FIXED).exists():
        raise Frozen([_("A run of this year is frozen; what it rests on no longer changes.")])


def explain(project: Project, group: ExpertGroup, words: str, *, by: AnyUser) -> Disagreement:
    """Say for a group why its experts lie far apart on a project.

    Raises:
        NotYours: the leader of the group explains.
        ConditionUnmet: nothing is said.
    """
    if not user_can_explain(group, by):
        raise NotYours([_("The leader of the expert group explains.")])
    if not has_words(words):
        raise ConditionUnmet([_("Say in words where the experts differ.")])
    facts = {"group": group, "words": clean_text(words).strip(), "said_by": by}
    explained, _made = Disagreement.objects.update_or_create(
        project=project, defaults={**facts, "said_at": timezone.now()}
    )
    return explained


def record_absence(project: Project, part: str, reason: str, *, by: AnyUser) -> Absence:
    """Record why a project has no points in a part; the other parts then carry its weight.

    Raises:
        NotYours: only the department.
        Frozen: the year is not being evaluated, or a run is frozen.
        ConditionUnmet: no such part, or no reason.
    """
    if not user_judges(by):
        raise NotYours([_("The Organization Department records what is missing.")])
    if part not in ScorePart.values or not has_words(reason):
        raise ConditionUnmet([_("Give the reason.")])
    with transaction.atomic():
        _refuse_frozen(project)
        assert by.is_authenticated
        absence, _made = Absence.objects.update_or_create(
            project=project, part=part, defaults={"reason": clean_text(reason), "recorded_by": by}
        )
        note(project, "absence", by=by, data={"part": part})
    return absence
