"""What the portal's screens read: a user's own projects, open windows, possible partners, expert work."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from partybuilding.core.models import Attachment, Purpose
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser, Rows
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.models import Membership, Organization
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.projects.models import (
    Assessment,
    CommitmentStep,
    ExpertAssignment,
    Partner,
    Project,
    Source,
)
from partybuilding.projects.models.queries import ProjectQuerySet
from partybuilding.projects.states import ENDED, TABLE, Consent, ProjectState
from partybuilding.supervision.models import Rectification
from partybuilding.supervision.states import RectificationState

#: Days ahead in which a step's deadline is near.
SOON = 14


def own_organizations(user: AnyUser) -> QuerySet[Organization]:
    """Return the organisations for which a user applies."""
    return Organization.objects.active().filter(pk__in=roles_of_user(user).ids(Role.APPLICANT))


def own_projects(user: AnyUser) -> ProjectQuerySet:
    """Return the projects that a user's organisations lead or take part in."""
    own = roles_of_user(user).ids(Role.APPLICANT)
    joint = Partner.objects.exclude(consent=Consent.REFUSED).filter(organization__in=own)
    visible = Project.objects.visible_to(user)
    return visible.filter(Q(organization__in=own) | Q(pk__in=joint.values("project")))


def listed(projects: Rows) -> Rows:
    """Fetch what a line of a list shows."""
    return projects.select_related("cycle", "organization__unit")


def projects_by_year(user: AnyUser) -> QuerySet[Project]:
    """Return a user's own projects, newest year first."""
    return listed(own_projects(user)).order_by("-cycle__year", "-pk")


def earlier_applications(user: AnyUser, year: int) -> QuerySet[Project]:
    """Return what the user's organisations led in the years before one, newest first; nameless drafts are left out."""
    own = roles_of_user(user).ids(Role.APPLICANT)
    led = Project.objects.visible_to(user).filter(organization__in=own, cycle__year__lt=year)
    return listed(led.exclude(title="")).order_by("-cycle__year", "-pk")


def begun_from(projects: Iterable[Project], cycle: Cycle) -> dict[int, Project]:
    """Return by the key of an own project the living application of a year that was begun from it."""
    found = Source.objects.filter(
        origin__in=[project.pk for project in projects], case=None, project__cycle=cycle
    ).exclude(project__state__in=ENDED)
    return {source.origin_id: source.project for source in found.select_related("project")}


def on_my_desk(user: AnyUser) -> QuerySet[Project]:
    """Return what waits for a user as applicant, the most urgent first."""
    held = TABLE.held_by(Role.APPLICANT)
    own = roles_of_user(user).ids(Role.APPLICANT)
    waiting = own_projects(user).waiting_for(user).filter(state__in=held, organization__in=own)
    return listed(waiting).order_by(F("due_on").asc(nulls_last=True), "pk")


def steps_to_report(user: AnyUser, today: date) -> QuerySet[CommitmentStep]:
    """Return the open steps of a user's own projects that are overdue or due soon, the first one first."""
    steps = CommitmentStep.objects.filter(
        closed_on=None,
        deadline__lte=today + timedelta(days=SOON),
        commitment__project__state=ProjectState.IMPLEMENTING,
        commitment__project__organization__in=roles_of_user(user).ids(Role.APPLICANT),
    )
    return steps.select_related("commitment__project").order_by("deadline", "pk")


def to_rectify(user: AnyUser) -> QuerySet[Rectification]:
    """Return the findings that wait for a user's organisations, the most urgent first."""
    own = Rectification.objects.visible_to(user).waiting_for(user)
    held = own.filter(
        state=RectificationState.ISSUED,
        project__organization__in=roles_of_user(user).ids(Role.APPLICANT),
    )
    return held.order_by("due_on", "pk")


def open_cycles(today: date) -> list[Cycle]:
    """Return the years whose window is open today."""
    return list(Cycle.objects.open_on(today))


def nearest_cycle(user: AnyUser, today: date) -> Cycle | None:
    """Return the year whose window opens next, or else the one that closed last."""
    known = Cycle.objects.visible_to(user)
    coming = known.filter(state="applying", applications_open__gt=today)
    return coming.order_by("applications_open").first() or known.order_by("-year").first()


def possible_partners(project: Project, words: str = "") -> QuerySet[Organization]:
    """Return the organisations that may take part, found by words of their name.

    Not among them: the leading one, the unit that reviews it, the department that decides, and
    those named already.
    """
    deciding = Membership.objects.current().filter(role=Role.DEPARTMENT).values("organization")
    named = project.partners.values("organization")
    found = (
        Organization.objects.active()
        .exclude(pk__in=[project.organization_id, project.organization.unit_id or 0])
        .exclude(pk__in=deciding)
        .exclude(pk__in=named)
        .select_related("unit")
    )
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(unit__name__icontains=word))
    return found.order_by("name_key")


def asked_partnerships(user: AnyUser) -> QuerySet[Partner]:
    """Return where a user's organisations are asked to take part and have not answered, oldest first."""
    own = roles_of_user(user).ids(Role.APPLICANT)
    waiting = Partner.objects.filter(consent=Consent.ASKED, organization__in=own)
    still = waiting.filter(project__state__in=[ProjectState.DRAFT, ProjectState.RETURNED])
    return still.select_related("project__organization").order_by("asked_at", "pk")


def application_files(project: Project) -> QuerySet[Attachment]:
    """Return the attachments of the application, oldest first."""
    return project.attachments.filter(purpose=Purpose.APPLICATION)


def assigned_to(user: AnyUser) -> ProjectQuerySet:
    """Return the projects assigned to an expert's groups, without those of their own organisations."""
    roles = roles_of_user(user)
    own = roles.organization_ids
    held = ExpertAssignment.objects.filter(
        Q(until=None) | Q(until__gte=timezone.localdate()), group__in=roles.groups
    )
    joint = Partner.objects.filter(organization__in=own).values("project")
    visible = Project.objects.visible_to(user).filter(pk__in=held.values("project"))
    return visible.exclude(organization__in=own).exclude(pk__in=joint)


def to_assess(user: AnyUser) -> QuerySet[Project]:
    """Return what awaits the decision, what this expert has not assessed yet first."""
    assert user.is_authenticated
    mine = Assessment.objects.filter(project=OuterRef("pk"), recorded_by=user)
    waiting = assigned_to(user).filter(state=ProjectState.FIRST_PASSED)
    return listed(waiting).annotate(assessed=Exists(mine)).order_by("assessed", "due_on", "pk")


def assessed_by(user: AnyUser) -> QuerySet[Assessment]:
    """Return the pre-assessments that this expert recorded on projects still open to them."""
    assert user.is_authenticated
    mine = Assessment.objects.filter(recorded_by=user, project__in=assigned_to(user))
    return mine.select_related("project__organization").order_by("-held_on", "-pk")


def left_to_assess(user: AnyUser) -> int:
    """Count what an expert has not assessed yet."""
    return to_assess(user).filter(assessed=False).count()  # type: ignore[misc]


def count_all(first: QuerySet, *others: QuerySet) -> int:
    """Count the rows of several kinds in one query."""
    rows = (kind.order_by().values_list("pk") for kind in (first, *others))
    one, *more = rows
    return one.union(*more, all=True).count()
