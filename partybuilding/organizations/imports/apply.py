"""Hold rows against each other and the database, and write them: all of them or none."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from partybuilding.organizations.imports.columns import (
    KINDS,
    ORGANIZATIONS,
    PEOPLE,
    ROLES,
    SECTORS,
    YES_NO,
)
from partybuilding.organizations.imports.report import CellError, ImportReport
from partybuilding.organizations.imports.workbook import Row
from partybuilding.organizations.models import Membership, Organization
from partybuilding.organizations.services import appoint, save_organization


def check_rows(rows: dict[str, list[Row]]) -> Iterator[CellError]:
    """Find what the cells alone do not show: doubles, unknown codes, circles, taken names."""
    organizations, people = rows[ORGANIZATIONS.title], rows[PEOPLE.title]
    yield from _doubles(organizations, "code")
    yield from _doubles(organizations, "name")
    given = {row.values["code"]: row for row in organizations}
    stored = dict(Organization.objects.values_list("code", "name"))
    owner = {name: code for code, name in stored.items()}
    for row in organizations:
        yield from _faults_of_organization(row, given, stored, owner)
    for row in people:
        yield from _faults_of_person(row, given, stored)


def _doubles(rows: list[Row], name: str) -> Iterator[CellError]:
    seen = Counter(row.values[name] for row in rows if row.values[name])
    for row in rows:
        if seen[row.values[name]] > 1:
            yield row.error(name, _("Stands more than once in this sheet."))


def _faults_of_organization(
    row: Row, given: dict[str, Row], stored: dict[str, str], owner: dict[str, str]
) -> Iterator[CellError]:
    code, parent = row.values["code"], row.values["parent"]
    if owner.get(row.values["name"], code) != code:
        yield row.error("name", _("Another organization already has this name."))
    if parent and parent not in given and parent not in stored:
        yield row.error("parent", _("There is no organization with this code."))
    if parent and _leads_back(code, parent, given):
        yield row.error("parent", _("An organization cannot stand below itself."))
    if not parent and row.values["is_reporting_unit"] != "是" and row.values["kind"] != "区级部门":
        yield row.error("parent", _("Give the superior organization, or mark it a reporting unit."))


def _leads_back(code: str, parent: str, given: dict[str, Row]) -> bool:
    seen: set[str] = set()
    while parent and parent not in seen:
        if parent == code:
            return True
        seen.add(parent)
        parent = given[parent].values["parent"] if parent in given else ""
    return False


def _faults_of_person(
    row: Row, given: dict[str, Row], stored: dict[str, str]
) -> Iterator[CellError]:
    values = row.values
    if values["organization"] and not {values["organization"]} & (given.keys() | stored.keys()):
        yield row.error("organization", _("There is no organization with this code."))
    for name, check in (("username", UnicodeUsernameValidator()), ("email", validate_email)):
        try:
            if values[name]:
                check(values[name])
        except ValidationError as error:
            yield row.error(name, "".join(error.messages))
    if values["password"]:
        try:
            validate_password(values["password"])
        except ValidationError as error:
            yield row.error("password", "".join(error.messages))
    if values["role"] == "初审员" and not _is_unit(values["organization"], given):
        yield row.error("role", _("Unit reviewers belong to a reporting unit."))


def _is_unit(code: str, given: dict[str, Row]) -> bool:
    if code in given:
        return given[code].values["is_reporting_unit"] == "是"
    return Organization.objects.filter(code=code, is_reporting_unit=True).exists()


def write_rows(rows: dict[str, list[Row]], report: ImportReport, *, by: Any) -> None:
    """Write checked rows inside the caller's transaction; a repeated import changes nothing."""
    parents: list[tuple[Organization, str]] = []
    for row in rows[ORGANIZATIONS.title]:
        organization = _write_organization(row, report, by)
        parents.append((organization, row.values["parent"]))
    stored = {organization.code: organization for organization in Organization.objects.all()}
    for organization, code in parents:
        if code != (organization.parent.code if organization.parent else ""):
            organization.parent = stored.get(code)
        save_organization(organization, by=by)
    for row in rows[PEOPLE.title]:
        _write_person(row, stored, report, by)


def _write_organization(row: Row, report: ImportReport, by: Any) -> Organization:
    facts = {
        "name": row.values["name"],
        "kind": KINDS[row.values["kind"]],
        "sector": SECTORS[row.values["sector"]] if row.values["sector"] else "",
        "is_reporting_unit": YES_NO[row.values["is_reporting_unit"]],
        "secretary_name": row.values["secretary_name"],
        "secretary_post": row.values["secretary_post"],
    }
    found = Organization.objects.select_related("parent").filter(code=row.values["code"]).first()
    if found is None:
        report.organizations.created += 1
        return save_organization(Organization(code=row.values["code"], **facts), by=by)
    same = all(getattr(found, name) == value for name, value in facts.items())
    same = same and (found.parent.code if found.parent else "") == row.values["parent"]
    if same:
        report.organizations.same += 1
        return found
    report.organizations.changed += 1
    for name, value in facts.items():
        setattr(found, name, value)
    return found


def _write_person(
    row: Row, organizations: dict[str, Organization], report: ImportReport, by: Any
) -> None:
    values = row.values
    users = get_user_model()._default_manager
    user, created = users.get_or_create(
        username=values["username"],
        defaults={"email": values["email"], "last_name": values["name"]},
    )
    if created:
        user.set_password(values["password"] or None)
        user.save()
    organization, role = organizations[values["organization"]], ROLES[values["role"]]
    held = Membership.objects.current().filter(
        user=user, organization=organization, role=role, post=values["post"]
    )
    changes = _renamed(user, values)
    if held.exists() and not created:
        report.people.changed += changes
        report.people.same += not changes
        return
    appoint(user, role, organization, by=by, post=values["post"])
    report.people.created += created
    report.people.changed += not created


def _renamed(user: Any, values: dict[str, str]) -> bool:
    """Take over a changed name or mail address of a known person."""
    full_name = user.get_full_name()
    changed = full_name != values["name"] or bool(values["email"] and user.email != values["email"])
    if changed:
        user.last_name, user.first_name = values["name"], ""
        user.email = values["email"] or user.email
        user.save(update_fields=["last_name", "first_name", "email"])
    return changed
