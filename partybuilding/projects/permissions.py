"""Who may do what with a project, and who sees it: `visible_to` is asked everywhere."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from partybuilding.core.states import Role, Step
from partybuilding.core.types import AnyUser, Rows
from partybuilding.organizations.permissions import UserRoles, on_desk, roles_for, roles_of_user
from partybuilding.projects.states import CHOSEN, TABLE, UNDECIDED, Consent, ProjectState

if TYPE_CHECKING:
    from partybuilding.projects.models import Partner, Project


def visible_to(projects: Rows, user: AnyUser) -> Rows:
    """Keep the projects that a user may see at all; everything else does not exist for them.

    Applicants: of their own organisations, leading, asked to take part or taking part. A unit: its
    organisations', and what its reviewers took a step with, wherever the organisation reports today.
    Department, task force, auditors and administrators: all. Experts: those assigned to their group
    until the assignment ends. Editors and publishers: what is approved. Leaders: those in whose four
    ones they stand today.
    """
    roles = roles_of_user(user)
    if roles.oversees:
        return projects
    scope = Q(pk__in=[])
    if own := roles.ids(Role.APPLICANT):
        scope |= Q(organization__in=own) | Q(pk__in=_partnered(projects, own))
    if units := roles.ids(Role.UNIT):
        scope |= of_units(units)
    if roles.has(Role.EDITOR, Role.PUBLISHER):
        scope |= Q(state__in=CHOSEN)
    if roles.groups:
        scope |= Q(pk__in=_assigned(projects, roles))
    if roles.has(Role.LEADER):
        scope |= Q(pk__in=_charged(projects, user))
    return projects.filter(scope)


def of_units(units: frozenset[int], project: str = "") -> Q:
    """Return the condition that a project is of some units: reports through one, or was reviewed by one.

    Args:
        project: the key that leads to the project, when the condition is asked of what hangs on one.
    """
    through = apps.get_model("partybuilding", "Project").reviewers.through
    told = through._default_manager.filter(organization__in=units)
    # As one set of keys: of two conditions with an "or" between them no index answers either.
    keys = reporting_through(units).union(told.order_by().values("project"))
    return Q(**{f"{project or 'pk'}__in": keys})


def reporting_through(units: frozenset[int]) -> QuerySet:
    """Return the keys of the projects that report through some units."""
    of_unit = apps.get_model("partybuilding", "Organization")._default_manager.filter(
        unit__in=units
    )
    projects = apps.get_model("partybuilding", "Project")._default_manager
    found = projects.filter(organization__in=of_unit.order_by().values("pk"))
    return found.order_by().values("pk")


def in_charge(projects: Rows, user: AnyUser, day: date | None = None) -> Rows:
    """Keep the projects in whose four ones a user stands, today when no day is given."""
    return projects.filter(pk__in=_charged(projects, user, day))


def _charged(projects: QuerySet, user: AnyUser, day: date | None = None) -> QuerySet:
    post = projects.model._meta.get_field("four_ones").related_model
    return post._default_manager.on(day).filter(person=user).values("project")


def _partnered(projects: QuerySet, own: frozenset[int]) -> QuerySet:
    partner = projects.model._meta.get_field("partners").related_model
    taking_part = partner._default_manager.exclude(consent=Consent.REFUSED)
    return taking_part.filter(organization__in=own).values("project")


def _assigned(projects: QuerySet, roles: UserRoles) -> QuerySet:
    assignment = projects.model._meta.get_field("assignments").related_model
    return assignment._default_manager.filter(
        Q(until=None) | Q(until__gte=timezone.localdate()), group__in=roles.groups
    ).values("project")


def waiting_for(projects: Rows, user: AnyUser) -> Rows:
    """Keep the projects that wait for this user to act: the table's holders, never stored to-do rows."""
    assigned = Q(pk__in=_assigned(projects, roles_of_user(user)))
    return on_desk(projects, user, TABLE, expert=assigned)


def is_of_applicants(project: "Project", user: AnyUser) -> bool:
    """Tell whether the user belongs to one of the applying organisations, in whatever role."""
    own = roles_of_user(user).organization_ids
    return project.organization_id in own or any(
        partner.organization_id in own for partner in project.partners.all()
    )


def takes_in_project(step: Step, record: Any, project: "Project", user: AnyUser) -> bool:
    """Let whom the table names take a step of what hangs on a project.

    Who belongs to an applying organisation takes it only as its applicant.
    """
    roles = roles_for(step, record, user)
    return Role.APPLICANT in roles or (bool(roles) and not is_of_applicants(project, user))


def _leads(project: "Project", user: AnyUser) -> bool:
    return project.organization_id in roles_of_user(user).ids(Role.APPLICANT)


def _is_of_unit(project: "Project", user: AnyUser) -> bool:
    return project.organization.unit_id in roles_of_user(user).ids(Role.UNIT)


def _reviews_for_unit(project: "Project", user: AnyUser) -> bool:
    return _is_of_unit(project, user) and not is_of_applicants(project, user)


def _decides(project: "Project", user: AnyUser) -> bool:
    return roles_of_user(user).has(Role.DEPARTMENT) and not is_of_applicants(project, user)


def user_can_edit_project(project: "Project", user: AnyUser) -> bool:
    """Let the leading organisation's applicants write while the state leaves it to them."""
    return project.state_row.editable_by == Role.APPLICANT and _leads(project, user)


def user_can_edit_application(project: "Project", user: AnyUser) -> bool:
    """Let the leading organisation change the application itself: before it is handed in, or returned."""
    return project.state in (ProjectState.DRAFT, ProjectState.RETURNED) and _leads(project, user)


def user_can_write_results(project: "Project", user: AnyUser) -> bool:
    """Let the leading organisation sum up while the project is being implemented."""
    return project.state == ProjectState.IMPLEMENTING and _leads(project, user)


def user_can_answer_for_partner(project: "Project", partner: "Partner", user: AnyUser) -> bool:
    """Let a partner's applicants say whether it takes part, until the department has decided."""
    open_states = (ProjectState.DRAFT, ProjectState.SUBMITTED, ProjectState.RETURNED, *UNDECIDED)
    own = roles_of_user(user).ids(Role.APPLICANT)
    return project.state in open_states and partner.organization_id in own


def user_can_take(step: Step, project: "Project", user: AnyUser) -> bool:
    """Let whom the table names; who belongs to an applying organisation only as its applicant."""
    return takes_in_project(step, project, project, user)


def user_can_extend_return(project: "Project", user: AnyUser) -> bool:
    """Let the unit and the department give a returned application more time."""
    return _reviews_for_unit(project, user) or _decides(project, user)


def user_can_decide_project(project: "Project", user: AnyUser) -> bool:
    """Let department officers who are not of the applying organisations."""
    return _decides(project, user)


def user_can_assess_project(project: "Project", user: AnyUser) -> bool:
    """Let the department, the task force and assigned experts pre-assess what awaits the decision."""
    if project.state != ProjectState.FIRST_PASSED or is_of_applicants(project, user):
        return False
    roles = roles_of_user(user)
    if roles.has(Role.DEPARTMENT, Role.TASK_FORCE):
        return True
    today = timezone.localdate()
    return any(
        assignment.group_id in roles.groups and (not assignment.until or assignment.until >= today)
        for assignment in project.assignments.all()
    )


def user_can_rate_project(project: "Project", user: AnyUser) -> bool:
    """Let the department record the initial rating while the decision is open."""
    return project.state == ProjectState.FIRST_PASSED and _decides(project, user)


def user_can_appoint_four_ones(project: "Project", user: AnyUser) -> bool:
    """Let the department name the four ones from the first review's passing to the end."""
    open_states = (ProjectState.FIRST_PASSED, *CHOSEN)
    return project.state in open_states and _decides(project, user)


def user_can_assign_experts(project: "Project", user: AnyUser) -> bool:
    """Let the department give expert groups what awaits its decision, is chosen and not yet graded."""
    running = set(CHOSEN) - {ProjectState.GRADED, ProjectState.ARCHIVED, ProjectState.TERMINATED}
    return project.state in {ProjectState.FIRST_PASSED, *running} and _decides(project, user)


def user_can_see_preparation(user: AnyUser) -> bool:
    """Let those who prepare the decision, and who look over it, see how far it is prepared."""
    return roles_of_user(user).oversees


def user_can_hold_session(user: AnyUser) -> bool:
    """Let department officers open, hold and close decision sessions."""
    return roles_of_user(user).has(Role.DEPARTMENT)


def user_can_see_session(user: AnyUser) -> bool:
    """Let the department, auditors and administrators look at decision sessions."""
    roles = roles_of_user(user)
    return roles.is_superuser or roles.has(Role.DEPARTMENT, Role.AUDITOR)


def user_can_see_reviews(project: "Project", user: AnyUser) -> bool:
    """Show opinions, ratings and reviewers' names to overseers and the project's own unit alone.

    Whoever belongs to the applying organisations never sees them, and a unit never another unit's.
    """
    if is_of_applicants(project, user):
        return False
    return roles_of_user(user).oversees or _is_of_unit(project, user)
