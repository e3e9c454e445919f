"""Who may score what: one question, asked on every road that could put somebody on a project.

Conflicts follow from the tree of organisations, from memberships and from what was declared, never from
a mail address (judging.md, section 3).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from partybuilding.core.rules import YES, Sentence, Verdict, refuse
from partybuilding.core.states import Role
from partybuilding.organizations.models import Membership, Organization
from partybuilding.projects.models import FourOnesPost, Partner, Project
from partybuilding.projects.states import Consent

SAME_ORGANIZATION = _("belongs to an organization that carries it out")
SAME_UNIT = _("belongs to the reporting unit of an organization that carries it out")
FOUR_ONES = _("stands in its four ones")
DECLARED = _("declared a conflict of interest")
NO_EXPERT = _("is not an expert today")


@dataclass(frozen=True)
class Ties:
    """What ties one person: organisations, the units they report through, four ones, declarations."""

    is_expert: bool = False
    organizations: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    posts: frozenset[int] = frozenset()
    declared: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Carriers:
    """Who carries a project out: the organisations, and the units that they report through or are."""

    project: int
    organizations: frozenset[int] = field(default_factory=frozenset)
    units: frozenset[int] = field(default_factory=frozenset)


def reasons_against(ties: Ties, carriers: Carriers) -> Iterator[Sentence]:
    """Yield why this person may not score this project."""
    if not ties.is_expert:
        yield NO_EXPERT
    if ties.organizations & carriers.organizations:
        yield SAME_ORGANIZATION
    elif ties.units & carriers.units:
        yield SAME_UNIT
    if carriers.project in ties.posts:
        yield FOUR_ONES
    if carriers.project in ties.declared:
        yield DECLARED


def may_score(expert: Any, project: Project) -> Verdict:
    """Ask whether an expert may score a project today."""
    found = list(reasons_against(ties_of([expert])[expert.pk], carriers_of([project])[project.pk]))
    who = {"name": expert.get_full_name() or expert.get_username()}
    return refuse(*(_told(reason, who) for reason in found)) if found else YES


def may_review(organization: Organization, project: Project) -> Verdict:
    """Ask whether an organisation may review a project as a peer: it does not carry it out itself."""
    if organization.pk in carriers_of([project])[project.pk].organizations:
        return refuse(_told(SAME_ORGANIZATION, {"name": organization.name}))
    return YES


def _told(reason: Sentence, who: dict[str, str]) -> Sentence:
    return _("%(name)s %(reason)s.") % {**who, "reason": reason}


def ties_of(people: Iterable[Any]) -> dict[int, Ties]:
    """Return what ties each of these people today, in a fixed number of queries."""
    ids = [person.pk for person in people]
    held = Membership.objects.current().filter(user__in=ids, user__is_active=True)
    experts: set[int] = set()
    organizations: dict[int, set[int]] = {pk: set() for pk in ids}
    units: dict[int, set[int]] = {pk: set() for pk in ids}
    for one in held.select_related("organization"):
        if one.role == Role.EXPERT:
            experts.add(one.user_id)
        organizations[one.user_id].add(one.organization_id)
        units[one.user_id] |= _unit_of(one.organization)
    posts = _pairs(FourOnesPost.objects.on().filter(person__in=ids), "person_id")
    declared = _pairs(_hanging_on("conflicts").filter(user__in=ids), "user_id")
    return {
        pk: Ties(
            pk in experts,
            frozenset(organizations[pk]),
            frozenset(units[pk]),
            frozenset(posts.get(pk, ())),
            frozenset(declared.get(pk, ())),
        )
        for pk in ids
    }


def carriers_of(projects: Iterable[Project]) -> dict[int, Carriers]:
    """Return who carries each of these projects out, in a fixed number of queries."""
    ids = [project.pk for project in projects]
    rows = Project._base_manager.filter(pk__in=ids).select_related("organization")
    found: dict[int, set[Organization]] = {one.pk: {one.organization} for one in rows}
    joint = Partner.objects.filter(project__in=ids).exclude(consent=Consent.REFUSED)
    for one in joint.select_related("organization"):
        found[one.project_id].add(one.organization)
    return {
        pk: Carriers(
            pk,
            frozenset(one.pk for one in organizations),
            frozenset().union(*map(_unit_of, organizations)),
        )
        for pk, organizations in found.items()
    }


def _unit_of(organization: Organization) -> frozenset[int]:
    """Return the unit it reports through, or itself where it is one; none at the top of the tree."""
    unit = organization.pk if organization.is_reporting_unit else organization.unit_id
    return frozenset() if unit is None else frozenset({unit})


def _hanging_on(name: str) -> Any:
    kind = Project._meta.get_field(name).related_model
    assert kind is not None
    return kind._default_manager


def _pairs(rows: Any, key: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for person, project in rows.values_list(key, "project_id"):
        found.setdefault(person, set()).add(project)
    return found
