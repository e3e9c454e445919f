"""What a new site needs before anybody can work: an administrator, the names of the district, the register."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from home.site_settings import ColumnSettings
from partybuilding.core.types import User
from partybuilding.organizations.importing import import_workbook
from partybuilding.organizations.imports import ImportReport
from partybuilding.organizations.models import IssuingBody, Organization
from partybuilding.organizations.services import add_person, save_organization
from partybuilding.organizations.states import OrganizationKind


def administrator() -> User | None:
    """Return the first administrator who can sign in."""
    found = get_user_model()._default_manager.filter(is_superuser=True, is_active=True)
    return found.order_by("pk").first()


def refuse_weak(password: str, username: str, name: str) -> None:
    """Ask the site's rules for passwords.

    Raises:
        ValidationError: it is too weak.
    """
    validate_password(password, get_user_model()(username=username, first_name=name))


def add_administrator(username: str, name: str, password: str) -> User:
    """Add somebody who may do everything; the password was found strong enough.

    Raises:
        ConditionUnmet: the login name is taken.
    """
    with transaction.atomic():
        person = add_person(username=username, name=name, password=password, by=None)
        person.is_staff = person.is_superuser = True
        person.save(update_fields=["is_staff", "is_superuser"])
    return person


def is_named() -> bool:
    """Tell whether somebody has entered who issues papers."""
    return IssuingBody.objects.exists()


def enter_names(
    *,
    site_name: str,
    host: str,
    department: str,
    department_code: str,
    hostname: str,
    port: int | None,
) -> None:
    """Name the site, its host, and the Organization Department as the register's first organisation and signatory.

    Raises:
        ConditionUnmet: the code belongs to another organisation.
    """
    with transaction.atomic():
        site = Site.objects.get(is_default_site=True)
        site.site_name, site.hostname, site.port = site_name, hostname, port or 443
        site.save()
        said = ColumnSettings.for_site(site)
        said.host, said.organizer = host, department
        said.save()
        organization = Organization.objects.filter(code=department_code).first() or Organization(
            code=department_code, name=department, kind=OrganizationKind.DISTRICT
        )
        save_organization(organization, by=None)
        since = timezone.localdate().replace(month=1, day=1)
        IssuingBody.objects.create(since=since, name=department, organization=organization)


def import_file(file: Any) -> ImportReport:
    """Take a workbook of organisations and people over, all of it or nothing, as the administrator.

    Raises:
        NotAWorkbook: the file is none of the template's shape.
    """
    person = administrator()
    assert person is not None
    return import_workbook(file, by=person, dry_run=False)
