"""What a draw is among, and what its seed gives: the same again whenever somebody asks."""

from collections import defaultdict
from itertools import combinations
from typing import Any

from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.arithmetic.dividing import divide
from partybuilding.evaluation.arithmetic.linking import circle, hangs_together, join_small, link
from partybuilding.evaluation.arithmetic.lots import Lots, lot_of
from partybuilding.evaluation.conflicts import carriers_of, reasons_against, ties_of
from partybuilding.evaluation.models import Draw
from partybuilding.evaluation.states import DrawKind
from partybuilding.organizations.models import ExpertGroup
from partybuilding.projects.models import Project
from partybuilding.projects.states import KEEPING, ProjectState


def participants_of(cycle: Cycle, kind: str) -> dict[str, Any]:
    """Return among whom and within what bounds is drawn, as it stands now."""
    if kind == DrawKind.GROUPS:
        return _for_groups(cycle)
    if kind == DrawKind.PEERS:
        return _for_peers(cycle)
    return {"projects": _codes(cycle, (ProjectState.RESULTS_SUBMITTED,))}


def _codes(cycle: Cycle, states: tuple[str, ...]) -> list[str]:
    rows = Project.objects.filter(cycle=cycle, state__in=states)
    return [code for code in rows.order_by("code").values_list("code", flat=True) if code]


def _for_groups(cycle: Cycle) -> dict[str, Any]:
    rules = cycle.evaluation
    projects = list(
        Project.objects.filter(cycle=cycle, state__in=KEEPING).select_related("organization")
    )
    groups = [
        group
        for group in ExpertGroup.objects.prefetch_related("members")
        if any(member.is_active for member in group.members.all())
    ]
    experts = {one.pk: one for group in groups for one in group.members.all() if one.is_active}
    ties, carriers = ties_of(experts.values()), carriers_of(projects)
    against = sorted(
        [str(expert), project.code]
        for expert in experts
        for project in projects
        if any(True for _reason in reasons_against(ties[expert], carriers[project.pk]))
    )
    conflicted = {(expert, code) for expert, code in against}
    members = {
        str(group.pk): sorted(str(one.pk) for one in group.members.all() if one.pk in experts)
        for group in groups
    }
    return {
        "traits": {
            project.code: [f"sector:{project.sector}", f"unit:{project.organization.unit_id}"]
            for project in sorted(projects, key=lambda one: one.code or "")
        },
        "groups": members,
        "against": against,
        "apart": sorted(
            [project.code, group]
            for project in projects
            for group, own in members.items()
            if any((expert, project.code) in conflicted for expert in own)
        ),
        "cross": rules.cross_sheets,
        "spread": rules.spread_fields,
    }


def _for_peers(cycle: Cycle) -> dict[str, Any]:
    projects = list(Project.objects.filter(cycle=cycle, state__in=KEEPING).order_by("code"))
    carriers = carriers_of(projects)
    fields: dict[str, list[str]] = defaultdict(list)
    for project in projects:
        fields[project.sector].append(project.code or "")
    close = [
        [a.code, b.code]
        for a, b in combinations(projects, 2)
        if carriers[a.pk].organizations & carriers[b.pk].organizations
    ]
    return {"fields": dict(fields), "close": close, "k": cycle.evaluation.peer_reviews}


def result_of(draw: Draw) -> dict[str, Any]:
    """Return what a draw's participants and seed give; asked again, it gives the same."""
    lots, among = Lots(draw.seed), draw.participants
    if draw.kind == DrawKind.GROUPS:
        return _groups(among, lots)
    if draw.kind == DrawKind.PEERS:
        return _peers(among, lots)
    return {"order": sorted(among["projects"], key=lambda code: lot_of(draw.seed, code))}


def exchanged(
    among: dict[str, Any], result: dict[str, Any], moves: dict[str, str]
) -> dict[str, Any]:
    """Return a division after some projects went to other groups.

    A link falls away where the expert now scores the project on site.

    Args:
        among: the participants of the draw.
        moves: by the number of a project the key of its new group.
    """
    placed = {**result["groups"], **moves}
    groups = among["groups"]
    links = [
        [judge, project]
        for judge, project in result["links"]
        if judge not in groups.get(placed.get(project, ""), ())
    ]
    return {
        **result,
        "groups": dict(sorted(placed.items())),
        "links": links,
        "is_firm": hangs_together(groups, placed, [(judge, code) for judge, code in links]),
        "broken": [one for one in result["broken"] if one.get("project") not in moves],
    }


def _groups(among: dict[str, Any], lots: Lots) -> dict[str, Any]:
    groups = among["groups"]
    apart = {(project, group) for project, group in among["apart"]}
    division = divide(among["traits"], sorted(groups), apart, lots, spread=among["spread"])
    against = {(expert, project) for expert, project in among["against"]}
    links = link(groups, division.group_of, among["cross"], against, lots)
    return {
        "groups": dict(sorted(division.group_of.items())),
        "links": [list(pair) for pair in links.pairs],
        "is_firm": links.is_firm,
        "broken": [vars(one) for one in division.broken],
    }


def _peers(among: dict[str, Any], lots: Lots) -> dict[str, Any]:
    pairs = {frozenset(pair) for pair in among["close"]}
    k, circles, reviews, broken = among["k"], [], {}, []
    for names, codes in join_small(among["fields"], k):
        own = min(k, (len(codes) - 1) // 2) or 1
        if len(codes) <= own:
            broken.append({"code": "conflict", "project": codes[0] if codes else ""})
            continue
        found = circle(codes, own, lambda a, b: frozenset((a, b)) in pairs, lots)
        circles.append({"fields": list(names), "size": len(codes), "k": own})
        reviews.update({one: list(others) for one, others in found.reviews.items()})
        if not found.is_apart:
            broken.append({"code": "conflict", "project": "、".join(codes)})
    return {"circles": circles, "reviews": dict(sorted(reviews.items())), "broken": broken}
