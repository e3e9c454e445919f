"""What a draw came to, with names: groups with their projects, who may not score what, links, circles of peers."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from partybuilding.core.rules import Sentence
from partybuilding.evaluation.conflicts import carriers_of, reasons_against, ties_of
from partybuilding.evaluation.models import Draw
from partybuilding.evaluation.states import DrawKind
from partybuilding.organizations.models import ExpertGroup
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.models import Project


def name_of(person: Any) -> str:
    """Name a person."""
    return person.get_full_name() or person.get_username()


@dataclass
class Names:
    """The rows behind the numbers and keys of a draw, read at once."""

    draw: Draw
    projects: dict[str, Project] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = Project.objects.filter(cycle=self.draw.cycle_id).select_related("organization__unit")
        self.projects = {project.code: project for project in rows if project.code}
        self.units = {
            str(one.organization.unit_id): str(one.organization.unit or one.organization)
            for one in self.projects.values()
        }
        members = self.draw.participants.get("groups", {})
        self.groups = {str(one.pk): one.name for one in ExpertGroup.objects.filter(pk__in=members)}
        keys = [key for own in members.values() for key in own]
        people = get_user_model()._default_manager.filter(pk__in=keys)
        self.people = {str(one.pk): one for one in people}

    def group(self, key: str) -> str:
        """Name a group; one that is no more keeps a dash."""
        return self.groups.get(key, "—")

    def person(self, key: str) -> str:
        """Name an expert."""
        return name_of(self.people[key]) if key in self.people else "—"

    def project(self, code: str) -> str:
        """Name a project with its number."""
        return f"{code} {self.projects[code].title}" if code in self.projects else code

    def trait(self, trait: str) -> str:
        """Name a field or a unit."""
        kind, _colon, value = trait.partition(":")
        if kind == "sector":
            return SECTORS.label(value, self.draw.cycle_id)
        return self.units.get(value, "—")


@dataclass
class DrawnGroup:
    """One group of a division."""

    key: str
    name: str
    members: list[str]
    projects: list[dict[str, Any]] = field(default_factory=list)
    units: int = 0
    sectors: list[str] = field(default_factory=list)


def groups_of(draw: Draw, names: Names) -> list[DrawnGroup]:
    """Return the groups with their experts, projects, fields and units."""
    extra = Counter(code for _judge, code in draw.result.get("links", ()))
    found = [
        DrawnGroup(key, names.group(key), [names.person(one) for one in members])
        for key, members in draw.participants["groups"].items()
    ]
    for group in found:
        own = [code for code, key in draw.result["groups"].items() if key == group.key]
        rows = [(code, names.projects[code]) for code in own if code in names.projects]
        group.projects = [{"project": one, "extra": extra[code]} for code, one in rows]
        group.units = len({one.organization.unit_id for _code, one in rows})
        sectors = Counter(one.get_sector_display() for _code, one in rows)
        ordered = sorted(sectors.items(), key=lambda pair: (-pair[1], pair[0]))
        group.sectors = [f"{sector} {n}" for sector, n in ordered]
    return found


def broken_in_words(draw: Draw, names: Names) -> list[Sentence]:
    """Say which bounds the draw could not keep, and for whom."""
    said: list[Sentence] = []
    for one in draw.result.get("broken", ()):
        if one["code"] == "spread":
            facts = {"group": names.group(one["group"]), "trait": names.trait(one["trait"])}
            said.append(_("%(group)s has more projects of “%(trait)s” than its share.") % facts)
        elif draw.participants.get("groups"):
            facts = {"project": names.project(one["project"])}
            said.append(_("%(project)s: an expert of every group may not score it.") % facts)
        else:
            said.append(
                _("Organizations that belong together stand too near in the circle: %(projects)s.")
                % {"projects": one["project"]}
            )
    return said


@dataclass(frozen=True)
class Exclusion:
    """Why a project could not go to a group: one of its experts may not score it."""

    project: str
    group: str
    expert: str
    reasons: list[Sentence]


def exclusions_of(draw: Draw, names: Names) -> list[Exclusion]:
    """Return every pair of expert and project that may not meet, with the reasons as they stand today."""
    own = {one: key for key, members in draw.participants["groups"].items() for one in members}
    ties = ties_of(names.people.values())
    pairs = [
        (judge, code)
        for judge, code in draw.participants["against"]
        if judge in names.people and code in names.projects
    ]
    carriers = carriers_of(
        {names.projects[code].pk: names.projects[code] for _j, code in pairs}.values()
    )
    found = [
        Exclusion(
            project=names.project(code),
            group=names.group(own.get(judge, "")),
            expert=names.person(judge),
            reasons=list(
                reasons_against(ties[names.people[judge].pk], carriers[names.projects[code].pk])
            )
            or [_("had a conflict of interest when the draw was announced")],
        )
        for judge, code in pairs
    ]
    return sorted(found, key=lambda one: (one.project, one.group, one.expert))


@dataclass(frozen=True)
class Link:
    """How many sheets the experts of one group fill in for projects of another."""

    source: str
    target: str
    sheets: int


def links_between(draw: Draw) -> list[Link]:
    """Count the sheets between groups, by the keys of the groups."""
    own = {one: key for key, members in draw.participants["groups"].items() for one in members}
    placed = draw.result["groups"]
    pairs = Counter(
        (own[judge], placed[code])
        for judge, code in draw.result["links"]
        if judge in own and code in placed
    )
    return [Link(source, target, n) for (source, target), n in sorted(pairs.items())]


def links_by_expert(draw: Draw, names: Names) -> list[dict[str, Any]]:
    """Return for every expert the projects of other groups that they score from the file."""
    found = defaultdict(list)
    for judge, code in draw.result["links"]:
        found[judge].append(names.project(code))
    return [
        {"group": names.group(key), "expert": names.person(judge), "projects": found[judge]}
        for key, members in draw.participants["groups"].items()
        for judge in members
    ]


def circles_in_words(draw: Draw) -> list[dict[str, Any]]:
    """Return the circles: their fields, how many projects stand in each, how many each reviews."""
    return [
        {
            "fields": "、".join(SECTORS.labels(circle["fields"], draw.cycle_id)),
            "size": circle["size"],
            "k": circle["k"],
        }
        for circle in draw.result["circles"]
    ]


def reviews_of(draw: Draw, names: Names) -> Iterator[dict[str, Any]]:
    """Yield for every project whom its organisation reviews, and who reviews it."""
    by = defaultdict(list)
    for code, reviewed in draw.result["reviews"].items():
        for other in reviewed:
            by[other].append(code)
    for code, reviewed in draw.result["reviews"].items():
        project = names.projects.get(code)
        yield {
            "title": names.project(code),
            "organization": str(project.organization) if project else "—",
            "reviews": [names.project(one) for one in reviewed],
            "by": [
                str(names.projects[one].organization) for one in by[code] if one in names.projects
            ],
        }


def figures_of(kind: str, among: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return among whom is drawn, in figures."""
    if kind == DrawKind.GROUPS:
        sizes = [len(own) for own in among["groups"].values()]
        return [
            (_("Projects"), len(among["traits"])),
            (_("Expert groups"), len(sizes)),
            (_("Experts"), sum(sizes)),
            (_("Pairs of expert and project that may not meet"), len(among["against"])),
            (_("Projects of other groups for each expert"), among["cross"]),
        ]
    if kind == DrawKind.PEERS:
        return [
            (_("Projects"), sum(len(own) for own in among["fields"].values())),
            (_("Fields of the projects"), len(among["fields"])),
            (_("Projects that each organization reviews"), among["k"]),
        ]
    return [(_("Projects"), len(among["projects"]))]
