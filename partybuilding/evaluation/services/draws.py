"""Announce, hold and apply draws; exchange by hand what a draw could not do well, each with its reason."""

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.services import move, note
from partybuilding.core.services.door import due_date
from partybuilding.core.text.validators import has_words
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.arithmetic.canonical import digest
from partybuilding.evaluation.arithmetic.lots import commitment_of
from partybuilding.evaluation.conflicts import carriers_of, may_score, reasons_against, ties_of
from partybuilding.evaluation.models import Draw, EvaluationRules, ScoreSheet
from partybuilding.evaluation.permissions import user_judges
from partybuilding.evaluation.selectors.drawing import exchanged, participants_of, result_of
from partybuilding.evaluation.states import DrawKind, DrawState, SheetKind, SheetState
from partybuilding.organizations.models import ExpertGroup
from partybuilding.projects.models import ExpertAssignment, Project, SheetVersion
from partybuilding.projects.yearform.compose import PEER
from partybuilding.projects.yearform.selectors import version_of


def announce_draw(cycle: Cycle, kind: str, *, by: AnyUser) -> Draw:
    """Announce a draw: fix among whom is drawn, and publish the digest that binds the secret.

    Raises:
        NotYours: only the department draws.
        ConditionUnmet: a draw of the kind stands already, the year has no rules of evaluation, or
            there is nothing to draw among.
    """
    if not user_judges(by):
        raise NotYours([_("Draws are held by the Organization Department.")])
    with transaction.atomic():
        locked = Cycle.objects.select_for_update().get(pk=cycle.pk)
        if not EvaluationRules.objects.filter(cycle=locked).exists():
            raise ConditionUnmet([_("Supplement the rules of the evaluation first.")])
        if Draw.objects.standing().filter(cycle=locked, kind=kind).exists():
            raise ConditionUnmet([_("Such a draw stands already; declare it void first.")])
        among = participants_of(locked, kind)
        if not any(among.get(name) for name in ("traits", "fields", "projects")):
            raise ConditionUnmet([_("There is no project to draw among.")])
        if kind == DrawKind.GROUPS and not among["groups"]:
            raise ConditionUnmet([_("Form the expert groups first.")])
        assert by.is_authenticated
        secret = secrets.token_hex(32)
        draw = Draw.objects.create(
            cycle=locked,
            kind=kind,
            participants=among,
            secret=secret,
            commitment=commitment_of(secret, digest(among)),
            created_by=by,
        )
        note(draw, "announce_draw", by=by, data={"commitment": draw.commitment})
    return draw


def draw_lots(draw: Draw, *, witness_name: str, witness_words: str, by: AnyUser) -> Draw:
    """Hold an announced draw before its witness.

    Raises:
        Refusal: as the door says; it was announced today, or the witness is missing.
    """
    data = {"witness_name": witness_name, "witness_words": witness_words}
    return move(draw, "hold", by=by, data=data)


def swap(draw: Draw, code: str, group: str, reason: str, *, by: AnyUser, other: str = "") -> Draw:
    """Give a project of a drawn division to another group, in exchange for one of that group's or alone.

    Args:
        code: the number of the project.
        group: the key of the expert group that takes it.
        other: the number of a project that goes the other way.

    Raises:
        NotYours: only the department.
        Frozen: the draw is in force or void.
        ConditionUnmet: no reason, unknown, or an expert of the group may not score it; the sentences
            name whom and why.
    """
    if not user_judges(by):
        raise NotYours([_("Draws are held by the Organization Department.")])
    if not has_words(reason):
        raise ConditionUnmet([_("Give the reason.")])
    with transaction.atomic():
        locked = Draw.objects.select_for_update(of=("self",)).get(pk=draw.pk)
        if locked.state != DrawState.DRAWN or locked.kind != DrawKind.GROUPS:
            raise Frozen([_("Projects are exchanged after the draw and before it is in force.")])
        placed = locked.result["groups"]
        if group not in locked.participants["groups"] or code not in locked.participants["traits"]:
            raise ConditionUnmet([_("Choose a project and a group of this draw.")])
        before = placed.get(code, "")
        moves = {code: group, **({other: before} if other and before else {})}
        _refuse_conflicts(locked, moves)
        locked.result = exchanged(locked.participants, locked.result, moves)
        assert by.is_authenticated
        facts = {"at": timezone.now().isoformat(), "by": by.get_full_name(), "reason": reason}
        locked.swaps = [*locked.swaps, {**facts, "from": before, "moves": moves}]
        locked.save(update_fields=["result", "swaps", "updated_at"])
        note(locked, "swap", by=by, reason=reason, data={"moves": moves})
    return locked


def _refuse_conflicts(draw: Draw, moves: dict[str, str]) -> None:
    projects = {one.code: one for one in Project.objects.filter(cycle=draw.cycle, code__in=moves)}
    groups = {str(one.pk): one for one in ExpertGroup.objects.prefetch_related("members")}
    faults = [
        reason
        for code, group in moves.items()
        if group
        for member in groups[group].members.all()
        for reason in may_score(member, projects[code]).reasons
    ]
    if faults:
        raise ConditionUnmet(faults)


def follow_a_draw(sender: Any, *, record: Draw, attempt: Attempt, **_kwargs: Any) -> None:
    """Let the seed give its result, lay the sheets out, or take them back, with the step of the draw."""
    if attempt.step == "hold":
        record.result = result_of(record)
        record.save(update_fields=["result"])
    elif attempt.step == "apply":
        lay_out = {DrawKind.GROUPS: _lay_out_experts, DrawKind.PEERS: _lay_out_peers}
        if record.kind in lay_out:
            lay_out[DrawKind(record.kind)](record, attempt.by)
    elif attempt.step == "void":
        _take_sheets_back(record)


def _lay_out_experts(draw: Draw, by: AnyUser) -> None:
    projects = _projects_of(draw)
    groups = {str(one.pk): one for one in ExpertGroup.objects.prefetch_related("members")}
    people = {str(one.pk): one for one in get_user_model().objects.filter(
        expert_groups__in=groups.values()).distinct()}  # fmt: skip
    ties, carriers = ties_of(people.values()), carriers_of(projects.values())
    form = version_of(draw.cycle)
    for code, key in draw.result["groups"].items():
        project, group = projects[code], groups[key]
        ExpertAssignment.objects.get_or_create(project=project, group=group)
        for judge in draw.participants["groups"][key]:
            whose = {"judge": people[judge], "group": group}
            sheet = _lay_out(draw, project, SheetKind.SITE, form, **whose)
            against = list(reasons_against(ties[people[judge].pk], carriers[project.pk]))
            if against:
                reason = "；".join(map(str, against))
                move(sheet, "excuse", by=by, reason=reason)
    own = {judge: key for key, members in draw.participants["groups"].items() for judge in members}
    for judge, code in draw.result["links"]:
        project, group = projects[code], groups[own[judge]]
        _lay_out(draw, project, SheetKind.WRITTEN, form, judge=people[judge], group=group)


def _lay_out_peers(draw: Draw, by: AnyUser) -> None:
    projects, form = _projects_of(draw), version_of(draw.cycle)
    for code, reviewed in draw.result["reviews"].items():
        for other in reviewed:
            reviewer = projects[code].organization
            own = ScoreSheet.objects.filter(project=projects[other], reviewer=reviewer)
            if not own.exists():
                _lay_out(draw, projects[other], SheetKind.PEER, form, reviewer=reviewer)


def _projects_of(draw: Draw) -> dict[str, Project]:
    rows = Project.objects.filter(cycle=draw.cycle).select_related("organization", "cycle")
    return {project.code or "": project for project in rows}


def _lay_out(draw: Draw, project: Project, kind: str, form: str | None, **whose: Any) -> ScoreSheet:
    sheet = ScoreSheet(cycle=draw.cycle, project=project, kind=kind, sheet_version_id=form, **whose)
    sheet.due_on = due_date(sheet, timezone.localdate())
    sheet.save()
    return sheet


def write_on(cycle: Cycle, version: SheetVersion | None) -> None:
    """Put the sheets that are not handed in onto another version of the year's form."""
    waiting = ScoreSheet.objects.filter(cycle=cycle).exclude(state=SheetState.LOCKED)
    waiting.update(sheet_version=version)


def is_begun(cycle: Cycle, purpose: str) -> bool:
    """Tell whether anybody has stored anything on a sheet of experts, or of peers."""
    sheets = ScoreSheet.objects.filter(cycle=cycle, revision__gt=0)
    return (sheets.of_peers() if purpose == PEER else sheets.of_experts()).exists()


def _take_sheets_back(draw: Draw) -> None:
    kinds = {
        DrawKind.GROUPS: (SheetKind.SITE, SheetKind.WRITTEN),
        DrawKind.PEERS: (SheetKind.PEER,),
    }.get(DrawKind(draw.kind), ())
    ScoreSheet.objects.filter(cycle=draw.cycle, kind__in=kinds, state=SheetState.OPEN).delete()
