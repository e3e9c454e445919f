"""Write checked rows, all of them or none; what is there already is left as it is."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.hashers import make_password

from partybuilding.core.refusals import Refusal
from partybuilding.organizations.imports.check import Stock
from partybuilding.organizations.imports.columns import (
    KINDS,
    ORGANIZATIONS,
    PEOPLE,
    ROLES,
    SECTORS,
    YES_NO,
)
from partybuilding.organizations.imports.report import ImportReport
from partybuilding.organizations.imports.workbook import Row
from partybuilding.organizations.models import Membership, Organization
from partybuilding.organizations.services import (
    add_person,
    appoint,
    rename_person,
    save_organization,
)


def write_rows(stock: Stock, report: ImportReport, *, by: Any) -> None:
    """Write checked rows inside the caller's transaction; what a service refuses becomes an error."""
    _Organizations(stock, report, by).write()
    if report.ok:
        _People(stock, report, by).write()


class _Organizations:
    """The rows of organisations, superiors first."""

    def __init__(self, stock: Stock, report: ImportReport, by: Any) -> None:
        self.stock, self.report, self.by = stock, report, by
        self.done: set[str] = set()

    def write(self) -> None:
        for code in self.stock.given:
            self._write(code)

    def _write(self, code: str) -> None:
        if code in self.done:
            return
        self.done.add(code)
        row = self.stock.given[code]
        if row.values["parent"] in self.stock.given:
            self._write(row.values["parent"])
        facts = self._facts(row)
        organization = self.stock.stored.get(code)
        if organization is None:
            organization = self.stock.stored[code] = Organization(code=code)
            self.report.organizations.created += 1
        elif all(getattr(organization, name) == value for name, value in facts.items()):
            self.report.organizations.same += 1
            return
        else:
            self.report.organizations.changed += 1
        for name, value in facts.items():
            setattr(organization, name, value)
        _try(row, self.report, lambda: save_organization(organization, by=self.by))

    def _facts(self, row: Row) -> dict[str, Any]:
        values = row.values
        return {
            "name": values["name"],
            "kind": KINDS[values["kind"]],
            "sector": SECTORS.get(values["sector"], ""),
            "parent": self.stock.stored.get(values["parent"]),
            "is_reporting_unit": YES_NO[values["is_reporting_unit"]],
            "secretary_name": values["secretary_name"],
            "secretary_post": values["secretary_post"],
        }


class _People:
    """The rows of people: accounts as far as they are new, then roles."""

    def __init__(self, stock: Stock, report: ImportReport, by: Any) -> None:
        self.stock, self.report, self.by = stock, report, by
        self.hashes = {password: make_password(password) for password in stock.passwords}
        held = Membership.objects.current().values_list("user", "organization", "role", "post")
        self.held = set(held)

    def write(self) -> None:
        for row in self.stock.rows[PEOPLE.title]:
            _try(row, self.report, lambda row=row: self._write(row))

    def _write(self, row: Row) -> None:
        values = row.values
        person = self.stock.people.get(values["username"].lower())
        created = person is None
        if person is None:
            person = self._add(values)
        changed = created or self._renamed(person, values)
        changed |= self._appointed(person, values)
        self.report.people.created += created
        self.report.people.changed += changed and not created
        self.report.people.same += not changed

    def _add(self, values: dict[str, str]) -> Any:
        person = add_person(
            username=values["username"],
            name=values["name"],
            email=values["email"],
            password_hash=self.hashes.get(values["password"], ""),
            by=self.by,
        )
        self.stock.people[values["username"].lower()] = person
        return person

    def _renamed(self, person: Any, values: dict[str, str]) -> bool:
        """Take over a changed name or mail address of a known person."""
        email = values["email"] or person.email
        same = (person.get_full_name(), person.email) == (values["name"], email)
        if not same:
            rename_person(person, name=values["name"], email=email, by=self.by)
        return not same

    def _appointed(self, person: Any, values: dict[str, str]) -> bool:
        organization = self.stock.stored[values["organization"]]
        role, post = ROLES[values["role"]], values["post"]
        key = (person.pk, organization.pk, role, post)
        if key in self.held:
            return False
        appoint(person, role, organization, by=self.by, post=post)
        self.held.add(key)
        return True


def _try(row: Row, report: ImportReport, write: Callable[[], Any]) -> None:
    try:
        write()
    except Refusal as refusal:
        report.errors.append(row.error(row.sheet.columns[0].name, str(refusal)))
