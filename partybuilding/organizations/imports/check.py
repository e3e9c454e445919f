"""Hold rows against each other and the database: doubles, unknown codes, circles, taken names."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from partybuilding.core.text.characters import name_key
from partybuilding.core.text.validators import validate_telephone
from partybuilding.core.types import AnyUser
from partybuilding.organizations.imports.columns import (
    KIND,
    ORGANIZATIONS,
    PEOPLE,
    SECTOR,
    SHEETS,
    YES_NO,
    Column,
    role_of,
)
from partybuilding.organizations.imports.report import CellError
from partybuilding.organizations.imports.workbook import Row
from partybuilding.organizations.models import Organization
from partybuilding.organizations.permissions import user_can_keep_person
from partybuilding.organizations.rules import role_fits
from partybuilding.organizations.selectors import code_of_department
from partybuilding.organizations.states import OrganizationKind

#: A password is stored as a slow hash; more different ones would take longer than one can wait for.
MAX_PASSWORDS = 10


@dataclass
class Stock:
    """What the rows are held against: the other rows, and what the database has already."""

    rows: dict[str, list[Row]]
    by: AnyUser
    faults_of_password: dict[str, str] = field(default_factory=dict)

    @cached_property
    def given(self) -> dict[str, Row]:
        """The rows of organisations by code."""
        return {row.values["code"]: row for row in self.rows[ORGANIZATIONS.title]}

    @cached_property
    def stored(self) -> dict[str, Organization]:
        """The organisations of the database by code."""
        known = Organization.objects.in_bulk()
        for organization in known.values():
            if organization.parent_id:
                organization.parent = known[organization.parent_id]
        return {organization.code: organization for organization in known.values()}

    @cached_property
    def owner(self) -> dict[str, str]:
        """The codes of the organisations of the database by what their names share with names that look the same."""
        return {name_key(organization.name): code for code, organization in self.stored.items()}

    @cached_property
    def people(self) -> dict[str, Any]:
        """The accounts of the database by login name, which large and small letters do not tell apart."""
        users = get_user_model()._default_manager.all()
        return {user.get_username().lower(): user for user in users}

    @cached_property
    def passwords(self) -> list[str]:
        """The different first passwords, in their order."""
        rows = self.rows[PEOPLE.title]
        return list(dict.fromkeys(row.values["password"] for row in rows if row.values["password"]))

    @cached_property
    def names(self) -> dict[str, str]:
        """The name that each login name has first."""
        rows = reversed(self.rows[PEOPLE.title])
        return {row.values["username"].lower(): row.values["name"] for row in rows}

    def parent_of(self, code: str) -> str:
        """Return the code of the superior, as the rows have it or, failing that, the database."""
        if code in self.given:
            return self.given[code].values["parent"]
        above = self.stored[code].parent if code in self.stored else None
        return above.code if above else ""

    def is_unit(self, code: str) -> bool:
        """Tell whether it is a reporting unit, as the rows have it or, failing that, the database."""
        if code in self.given:
            return YES_NO.get(self.given[code].values["is_reporting_unit"], False)
        return code in self.stored and self.stored[code].is_reporting_unit

    def place(self, code: str) -> Organization:
        """Return an organisation as it will be; what the rows leave out, the database says."""
        kept = self.stored.get(code, Organization(code=code))
        given = self.given[code].values["kind"] if code in self.given else ""
        kind = KIND.code_of(given) or kept.kind
        unit = self.is_unit(code)
        return Organization(code=code, kind=kind, is_reporting_unit=unit, is_active=kept.is_active)

    @cached_property
    def department(self) -> str:
        """The code of the organisation that is the department."""
        return code_of_department()

    def is_known(self, code: str) -> bool:
        """Tell whether there is such an organisation, or will be."""
        return code in self.given or code in self.stored

    def is_closed(self, code: str) -> bool:
        """Tell whether it was taken out of use."""
        return code in self.stored and not self.stored[code].is_active


def check_rows(stock: Stock, broken: Collection[tuple[str, int]] = ()) -> Iterator[CellError]:
    """Find what the cells alone do not show.

    Args:
        broken: sheet and number of rows that have wrong cells already; others may name them.
    """
    organizations, people = (
        [row for row in stock.rows[sheet.title] if (sheet.title, row.number) not in broken]
        for sheet in SHEETS
    )
    yield from _doubles(organizations, "code")
    yield from _doubles(organizations, "name")
    for row in organizations:
        yield from _faults_of_organization(row, stock)
    held = Counter(_held(row) for row in people)
    for row in people:
        if held[_held(row)] > 1:
            yield row.error("role", _("This person has this role here more than once."))
        yield from _faults_of_place(row, stock)
        yield from _faults_of_account(row, stock)


def _held(row: Row) -> tuple[str, str, str]:
    values = row.values
    return values["username"].lower(), values["organization"], values["role"]


def _doubles(rows: list[Row], name: str) -> Iterator[CellError]:
    seen = Counter(name_key(row.values[name]) for row in rows)
    for row in rows:
        if seen[name_key(row.values[name])] > 1:
            yield row.error(name, _("Stands more than once in this sheet."))


def _faults_of_organization(row: Row, stock: Stock) -> Iterator[CellError]:
    code, parent = row.values["code"], row.values["parent"]
    if stock.owner.get(name_key(row.values["name"]), code) != code:
        yield row.error("name", _("Another organization already has this name."))
    for column in (KIND, SECTOR):
        if _is_gone(column, row.values[column.name], stock.stored.get(code)):
            yield row.error(column.name, _("This word is no longer in use; choose another one."))
    if parent:
        yield from _faults_of_parent(row, code, parent, stock)
    elif not stock.is_unit(code) and KIND.code_of(row.values["kind"]) != OrganizationKind.DISTRICT:
        yield row.error("parent", _("Give the superior organization, or mark it a reporting unit."))


def _is_gone(column: Column, cell: str, kept: Organization | None) -> bool:
    """Tell whether a cell holds a retired word that the organisation does not have already."""
    code = column.code_of(cell)
    offered = column.words.offered(getattr(kept, column.name, ""))  # type: ignore[union-attr]
    return bool(code) and code not in dict(offered)


def _faults_of_parent(row: Row, code: str, parent: str, stock: Stock) -> Iterator[CellError]:
    if not stock.is_known(parent):
        yield row.error("parent", _unknown(parent, stock))
    elif _leads_back(code, parent, stock):
        yield row.error("parent", _("An organization cannot stand below itself."))
    elif stock.is_closed(parent):
        yield row.error(
            "parent", _("The superior organization is no longer in use; choose another.")
        )


def _unknown(code: str, stock: Stock) -> str:
    """Say that a code is unknown; where Excel has cut its zeros off, which one may be meant."""
    meant = [
        one for one in (*stock.given, *stock.stored) if one.lstrip("0") == code and one != code
    ]
    if code and meant:
        words = _("There is no such code; is %(code)s meant? Excel has cut the zeros off.")
        return words % {"code": meant[0]}
    return _("There is no organization with this code.")


def _leads_back(code: str, parent: str, stock: Stock) -> bool:
    seen: set[str] = set()
    while parent and parent not in seen:
        if parent == code:
            return True
        seen.add(parent)
        parent = stock.parent_of(parent)
    return False


def _faults_of_place(row: Row, stock: Stock) -> Iterator[CellError]:
    code = row.values["organization"]
    if not stock.is_known(code):
        yield row.error("organization", _unknown(code, stock))
        return
    fits = role_fits(role_of(row.values["role"]), stock.place(code), stock.department)
    for sentence in fits.reasons:
        yield row.error("organization" if stock.is_closed(code) else "role", str(sentence))


def _faults_of_account(row: Row, stock: Stock) -> Iterator[CellError]:
    values = row.values
    person = stock.people.get(values["username"].lower())
    if person is not None and not user_can_keep_person(person, stock.by):
        yield row.error(
            "username", _("The accounts of system administrators are kept by them alone.")
        )
    if stock.names[values["username"].lower()] != values["name"]:
        yield row.error("name", _("The same login name stands above with another name."))
    if fault := _fault(UnicodeUsernameValidator(), values["username"]):
        yield row.error("username", fault)
    if values["email"] and (fault := _fault(validate_email, values["email"])):
        yield row.error("email", fault)
    if values["telephone"] and (fault := _fault(validate_telephone, values["telephone"])):
        yield row.error("telephone", fault)
    if values["password"] and (fault := _fault_of_password(values["password"], stock)):
        yield row.error("password", fault)


def _fault_of_password(password: str, stock: Stock) -> str:
    known = stock.faults_of_password
    if password not in known:
        known[password] = _fault(validate_password, password)
        if stock.passwords.index(password) >= MAX_PASSWORDS:
            known[password] = _(
                "At most %(number)s different first passwords at a time; use the same one for "
                "several people, or leave it empty and set it later."
            ) % {"number": MAX_PASSWORDS}
    return known[password]


def _fault(check: Callable[[str], Any], value: str) -> str:
    try:
        check(value)
    except ValidationError as error:
        return "".join(error.messages)
    return ""
