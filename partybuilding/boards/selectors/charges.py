"""The projects in whose four ones somebody stands: state, progress, what is overdue, who has it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partybuilding.boards.watched import Watched
from partybuilding.core.types import AnyUser
from partybuilding.organizations.selectors import people_by_place
from partybuilding.projects.models import FourOnesPost, Project
from partybuilding.projects.permissions import in_charge
from partybuilding.projects.promises.selectors import Tally, standings, tallies
from partybuilding.projects.states import KEEPING


@dataclass
class Charge:
    """One project in charge.

    Args:
        project: the project.
        duties: what the person is of it, with since when.
        tally: how far its published promises are.
        late: for each other machine with overdue records of it, what they are called and how many.
        people: who has the project now.
    """

    project: Project
    duties: list[FourOnesPost]
    tally: Tally
    late: list[tuple[str, int]] = field(default_factory=list)
    people: tuple[str, ...] = ()
    is_late: bool = False

    @property
    def words(self) -> str:
        """What the person is of it."""
        return "、".join(post.get_duty_display() for post in self.duties)

    @property
    def overdue_promises(self) -> int:
        """Promises that are overdue while the project is still carried out."""
        return self.tally.overdue if self.project.state in KEEPING else 0

    @property
    def overdue_words(self) -> str:
        """What is overdue of it, and how many: its promises first."""
        promises = self.overdue_promises
        own = [ngettext("%(n)s commitment", "%(n)s commitments", promises) % {"n": promises}]
        others = [_("%(label)s %(count)s") % {"label": one, "count": n} for one, n in self.late]
        return "、".join([*(own if promises else ()), *others])

    @property
    def needs_attention(self) -> bool:
        """Whether anything of it is overdue."""
        return self.is_late or bool(self.late) or bool(self.overdue_promises)


def charges_of(user: AnyUser, watched: Iterable[Watched], today: date) -> list[Charge]:
    """Return the projects in charge, those with something overdue first; a fixed number of queries."""
    projects = list(
        in_charge(Project.objects.visible_to(user), user, today)
        .select_related("cycle", "organization__unit")
        .order_by("-cycle__year", "code")
    )
    ids = [project.pk for project in projects]
    known = {project.pk: project for project in projects}
    duties = defaultdict(list)
    assert user.is_authenticated
    for post in FourOnesPost.objects.on(today).filter(person=user, project__in=ids).order_by("pk"):
        post.project = known[post.project_id]
        duties[post.project_id].append(post)
    kept = tallies(standings(ids, today))
    late = _late(ids, watched, today)
    people = people_by_place(place for project in projects for place in _places(project))
    found = [
        Charge(
            project,
            duties[project.pk],
            kept.get(project.pk, Tally()),
            late[project.pk],
            tuple(name for place in _places(project) for name in people.get(place, ())),
            project.is_overdue(today),
        )
        for project in projects
    ]
    return sorted(found, key=lambda one: (not one.needs_attention, one.project.due_on or date.max))


def _late(
    projects: list[int], watched: Iterable[Watched], today: date
) -> dict[int, list[tuple[str, int]]]:
    """Count the overdue records of other machines by project; a query a machine."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for one in watched:
        path = one.where.project
        if path in ("", "pk"):
            continue
        overdue = one.records.filter(due_on__lt=today, state__in=one.held)
        rows = overdue.filter(**{f"{path}__in": projects}).values_list(path)
        for project, count in rows.annotate(n=Count("pk", distinct=True)):
            found[project].append((one.label, count))
    return found


def _places(project: Project) -> list[tuple[str, int]]:
    """Return the organisations that have it; who has it as a whole role is named by the role alone."""
    places = ((role, project.place_of(role)) for role in project.state_row.holders)
    return [(role.value, place.pk) for role, place in places if place]
