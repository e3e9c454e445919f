"""The demonstration's organisations and accounts; everybody's password is "demo"."""

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from demonstration.content import (
    ORGANIZATIONS,
    PEOPLE,
    PLACED,
    PROJECTS_2022,
    PROJECTS_CURRENT,
    TOWNSHIPS,
)
from demonstration.content.shapes import Person
from partybuilding.core.states import Role
from partybuilding.organizations.models import ExpertGroup, IssuingBody, Organization
from partybuilding.organizations.services import appoint, form_expert_group, save_organization
from partybuilding.organizations.states import OrganizationKind

#: Who is asked to take part in somebody's application, units among them, and answers in the portal.
PARTNERS = {key for text in (*PROJECTS_2022, *PROJECTS_CURRENT) for key in text.partners}
PASSWORD = "demo"  # noqa: S105 - the demonstration's, printed on its first screen
SINCE = date(2021, 1, 1)


class Company:
    """Everybody who plays, found by the keys of the content."""

    def __init__(self) -> None:
        self.organizations: dict[str, Organization] = {}
        self.applicants: dict[str, Any] = {}
        self.reviewers: dict[str, Any] = {}
        self.department: list[Any] = []
        self.task_force: list[Any] = []
        self.editors: list[Any] = []
        self.publishers: list[Any] = []
        self.leaders: dict[str, Any] = {}
        #: The place of the leader who logs in as "leader" among those of the content.
        self.leading = 0
        self.groups: dict[str, ExpertGroup] = {}
        self._hash = make_password(PASSWORD)

    def account(self, username: str, person: Person, **fields: Any) -> Any:
        """Make an account with the demonstration's password, hashed once for all."""
        return get_user_model().objects.create(
            username=username, first_name=person.name, password=self._hash, **fields
        )

    def appoint(self, username: str, person: Person, role: Role, place: Organization) -> Any:
        """Make an account and give it its role and post."""
        user = self.account(username, person)
        appoint(user, role, place, by=None, post=person.post, since=SINCE)
        return get_user_model().objects.get(pk=user.pk)


def gather(applicant: str, unit: str, leading: int = 0) -> Company:
    """Make every organisation and account.

    Args:
        applicant: key of the organisation whose applicant logs in as "applicant".
        unit: key of the unit whose reviewer logs in as "unit".
        leading: place of the leader in charge who logs in as "leader".
    """
    company = Company()
    company.leading = leading
    _organizations(company)
    _district(company)
    for place in ORGANIZATIONS:
        organization = company.organizations[place.key]
        if place.unit or place.key in PARTNERS:
            name = "applicant" if place.key == applicant else f"sb-{place.key}"
            clerk = Person(place.secretary.name, place.secretary.post)
            company.applicants[place.key] = company.appoint(
                name, clerk, Role.APPLICANT, organization
            )
    for reviewer in PEOPLE.unit_reviewers:
        name = "unit" if reviewer.unit == unit else f"cs-{reviewer.unit}"
        company.reviewers[reviewer.unit] = company.appoint(
            name, reviewer.person, Role.UNIT, company.organizations[reviewer.unit]
        )
    _experts(company)
    _leaders(company)
    return company


def _organizations(company: Company) -> None:
    district = save_organization(
        Organization(name="区委", code="QJ", kind=OrganizationKind.DISTRICT), by=None
    )
    company.organizations["district"] = district
    for number, place in enumerate(ORGANIZATIONS, start=1):
        parent = company.organizations[place.unit] if place.unit else district
        township = TOWNSHIPS.get(place.key)
        company.organizations[place.key] = save_organization(
            Organization(
                name=place.name,
                code=f"{parent.code}-{number:03d}",
                kind=place.kind,
                sector=place.sector,
                parent=parent,
                is_reporting_unit=not place.unit,
                secretary_name=place.secretary.name,
                secretary_post=place.secretary.post,
                township=township.name if township else "",
                tile_row=township.row if township else None,
                tile_column=township.column if township else None,
            ),
            by=None,
        )
    for one in PLACED:
        organization = company.organizations[one.key]
        organization.place = company.organizations[one.township]
        save_organization(organization, by=None)


def _district(company: Company) -> None:
    place = save_organization(
        Organization(
            name="区委组织部",
            code="QJ-ZZB",
            kind=OrganizationKind.DISTRICT,
            parent=company.organizations["district"],
        ),
        by=None,
    )
    IssuingBody.objects.create(
        since=date(2022, 1, 1),
        name=place.name,
        organization=place,
        letter_code="区委组",
        supervision_code="区委组督",
    )
    for names, role, people in (
        ("department", Role.DEPARTMENT, PEOPLE.department_officers),
        ("taskforce", Role.TASK_FORCE, PEOPLE.task_force),
        ("editor", Role.EDITOR, PEOPLE.editors),
        ("publisher", Role.PUBLISHER, PEOPLE.publishers),
    ):
        found = [
            company.appoint(names if not number else f"{names}{number + 1}", person, role, place)
            for number, person in enumerate(people)
        ]
        setattr(company, _PLACES[role], found)
    company.account("admin", Person("系统管理员", ""), is_superuser=True, is_staff=True)


_PLACES = {
    Role.DEPARTMENT: "department",
    Role.TASK_FORCE: "task_force",
    Role.EDITOR: "editors",
    Role.PUBLISHER: "publishers",
}


def _leaders(company: Company) -> None:
    """Give every leader of the district an account; one of them logs in as "leader"."""
    place = company.organizations["district"]
    for number, leader in enumerate(PEOPLE.leaders):
        name = "leader" if number == company.leading else f"ld-{number + 1}"
        company.leaders[leader.person.name] = company.appoint(
            name, leader.person, Role.LEADER, place
        )


def _experts(company: Company) -> None:
    place = company.organizations["district"]
    first = True
    for group in PEOPLE.expert_groups:
        members = []
        for number, person in enumerate(group.members, start=1):
            name = "expert" if first else f"zj-{group.key}-{number}"
            first = False
            members.append(company.appoint(name, person, Role.EXPERT, place))
        company.groups[group.key] = form_expert_group(
            group.name, members, by=None, leader=members[0]
        )
