"""Who decides on a brand beside what every machine is held to (tests/partybuilding/machines)."""

import pytest

from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from tests.factories import make_cast, make_organization, make_person, make_project
from tests.factories.spread import make_brand
from tests.partybuilding.machines.contract import NOT_YOURS
from tests.partybuilding.machines.contracts import BRAND

pytestmark = pytest.mark.django_db


def test_nobody_of_a_partner_of_its_projects_decides_on_a_brand() -> None:
    cast = make_cast()
    brand = make_brand("nominated", cast, make_project("approved", cast))
    partner = make_organization()
    brand.origins.get().project.partners.create(organization=partner)
    torn = make_person(Role.DEPARTMENT)
    appoint(torn, Role.APPLICANT, partner, by=None)
    assert BRAND.outcome(brand, "recognise", torn) == NOT_YOURS
