"""Write checked rows, all of them or none; what is there already is left as it is.

What is new is written many rows at a time: it follows no earlier row and was checked before. What
changes goes through the services, which refuse what does not fit.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.states import STAFF_ROLES
from partybuilding.core.types import AnyUser, User
from partybuilding.core.words.actors import said
from partybuilding.organizations.imports.check import Stock
from partybuilding.organizations.imports.columns import KIND, PEOPLE, ROLES, SECTOR, YES_NO, role_of
from partybuilding.organizations.imports.report import Change, ImportReport
from partybuilding.organizations.imports.workbook import Row
from partybuilding.organizations.journal import Note, write_notes
from partybuilding.organizations.models import FirstPassword, Membership, Organization, Person
from partybuilding.organizations.selectors import telephone_of
from partybuilding.organizations.services import (
    appoint,
    refresh_groups,
    rename_person,
    save_organization,
)

BATCH = 500


def write_rows(stock: Stock, report: ImportReport, *, by: AnyUser) -> None:
    """Write checked rows inside the caller's transaction; what a service refuses becomes an error."""
    write_organizations(stock, report, by)
    if report.ok:
        _People(stock, report, by).write()


def write_organizations(stock: Stock, report: ImportReport, by: AnyUser) -> None:
    """Write the rows of organisations, superiors first."""
    fresh = {code: Organization(code=code) for code in stock.given if code not in stock.stored}
    stock.stored.update(fresh)
    changed = []
    for row in stock.given.values():
        is_new = row.values["code"] in fresh
        told = _take_over(row, stock)
        if is_new:
            report.changes.append(_new(row, f"{row.values['code']} {row.values['name']}"))
        elif told:
            report.changes += told
            changed.append(row)
    _add(list(fresh.values()), by)
    for row in changed:
        organization = stock.stored[row.values["code"]]
        _try(row, report, partial(save_organization, organization, by=by))
    report.organizations.created = len(fresh)
    report.organizations.changed = len(changed)
    report.organizations.same = len(stock.given) - len(fresh) - len(changed)


def _take_over(row: Row, stock: Stock) -> list[Change]:
    """Write a row's facts into its organisation; tell what differed."""
    organization = stock.stored[row.values["code"]]
    label = organization.name or row.values["name"]
    told = []
    for name, value in _facts(row, stock).items():
        if (row.says(name) or organization.pk is None) and _differs(organization, name, value):
            old = getattr(organization, name)
            told.append(
                _change(row, label, name, _shown(organization, name, old), row.values[name])
            )
            setattr(organization, name, value)
    return told


def _shown(organization: Organization, name: str, value: Any) -> str:
    """Return a stored value in the workbook's own words."""
    if name == "parent":
        return value.code if value else ""
    if name == "is_reporting_unit":
        return "是" if value else "否"
    of_list = {"kind": KIND, "sector": SECTOR}.get(name)
    return of_list.says(value) if of_list else str(value)


def _change(row: Row, label: str, name: str, old: str, new: str) -> Change:
    heading = next(one.heading for one in row.sheet.columns if one.name == name)
    return Change(row.sheet.title, row.number, label, heading, old, new)


def _new(row: Row, label: str) -> Change:
    return Change(row.sheet.title, row.number, label, "", "", "", is_new=True)


def _facts(row: Row, stock: Stock) -> dict[str, Any]:
    values = row.values
    return {
        "name": values["name"],
        "kind": KIND.code_of(values["kind"]),
        "sector": SECTOR.code_of(values["sector"]),
        "parent": stock.stored.get(values["parent"]),
        "is_reporting_unit": YES_NO[values["is_reporting_unit"]],
        "secretary_name": values["secretary_name"],
        "secretary_post": values["secretary_post"],
    }


def _differs(organization: Organization, name: str, value: Any) -> bool:
    present = getattr(organization, name)
    return present is not value if name == "parent" else present != value


def _add(fresh: list[Organization], by: AnyUser) -> None:
    while fresh:
        ready = [one for one in fresh if one.parent is None or one.parent.pk]
        for organization in ready:
            organization.unit = organization.unit_above()
        Organization.objects.bulk_create(ready, batch_size=BATCH)
        write_notes((Note(one, "organization.create") for one in ready), by=by)
        fresh = [one for one in fresh if one.pk is None]


class _People:
    """The rows of people: accounts as far as they are new, then roles."""

    def __init__(self, stock: Stock, report: ImportReport, by: AnyUser) -> None:
        self.stock, self.report, self.by = stock, report, by
        self.rows = stock.rows[PEOPLE.title]
        held = Membership.objects.current()
        self.held = set(held.values_list("user", "organization", "role", "post"))

    def write(self) -> None:
        """Write them."""
        known = set(self.stock.people)
        fresh = [row for row in self.rows if row.values["username"].lower() not in known]
        for row in fresh:
            label = "{username} {name} {organization} {role}".format(**row.values)
            self.report.changes.append(_new(row, label))
        self._add_people(fresh)
        self._add_memberships(fresh)
        self.report.people.created = len(self.stock.people) - len(known)
        for row in self.rows:
            if row.values["username"].lower() in known:
                _try(row, self.report, partial(self._take_over, row))

    def _add_people(self, rows: list[Row]) -> None:
        passwords = set() if self.report.dry_run else {row.values["password"] for row in rows}
        hashes = {password: make_password(password) for password in passwords if password}
        new = {row.values["username"].lower(): self._account(row, hashes) for row in reversed(rows)}
        people = list(reversed(new.values()))
        get_user_model()._default_manager.bulk_create(people, batch_size=BATCH)
        telephones = {row.values["username"].lower(): row.values["telephone"] for row in rows}
        kept = (Person(user=one, telephone=telephones[one.username.lower()]) for one in people)
        Person.objects.bulk_create(kept, batch_size=BATCH)
        write_notes((Note(person, "person.create") for person in people), by=self.by)
        if self.by is not None:
            given = (FirstPassword(user=one) for one in people if one.has_usable_password())
            FirstPassword.objects.bulk_create(given, batch_size=BATCH)
        self.stock.people.update(new)

    @staticmethod
    def _account(row: Row, hashes: dict[str, str]) -> Any:
        values = row.values
        return get_user_model()(
            username=values["username"],
            first_name=values["name"],
            email=values["email"],
            password=hashes.get(values["password"]) or make_password(None),
        )

    def _add_memberships(self, rows: list[Row]) -> None:
        held = [Membership(**self._held(row)) for row in rows]
        Membership.objects.bulk_create(held, batch_size=BATCH)
        notes = (Note(one.user, "person.appoint", text=one.words) for one in held)
        write_notes(notes, by=self.by)
        for person in {one.user for one in held if one.role in STAFF_ROLES}:
            refresh_groups(person)

    def _held(self, row: Row) -> dict[str, Any]:
        values = row.values
        return {
            "user": self.stock.people[values["username"].lower()],
            "organization": self.stock.stored[values["organization"]],
            "role": role_of(values["role"]),
            "post": values["post"],
        }

    def _roles_of(self, person: User) -> str:
        """Return in words where somebody holds roles already."""
        names: dict[str, str] = {code: said(word) for word, code in ROLES.items()}
        held = person.memberships.current().select_related("organization")
        return "；".join(f"{one.organization} {names[one.role]} {one.post}".strip() for one in held)

    def _take_over(self, row: Row) -> None:
        """Take over a known person's changed name, mail address, role or post."""
        held = self._held(row)
        person, values = held["user"], row.values
        present = {
            "name": person.get_full_name(),
            "email": person.email,
            "telephone": telephone_of(person),
        }
        fresh = {name: values[name] or old for name, old in present.items()}
        label = f"{person.get_username()} {person.get_full_name()}"
        changed = fresh != present
        if changed:
            self.report.changes += [
                _change(row, label, name, old, fresh[name])
                for name, old in present.items()
                if old != fresh[name]
            ]
            rename_person(person, **fresh, by=self.by)
        if (person.pk, held["organization"].pk, held["role"], held["post"]) not in self.held:
            new = f"{held['organization']} {values['role']} {values['post']}".strip()
            self.report.changes.append(_change(row, label, "role", self._roles_of(person), new))
            appoint(**held, by=self.by)
            changed = True
        self.report.people.changed += changed
        self.report.people.same += not changed


def _try(row: Row, report: ImportReport, write: Callable[[], Any]) -> None:
    try:
        write()
    except Refusal as refusal:
        report.errors.append(row.error(row.sheet.columns[0].name, str(refusal)))
