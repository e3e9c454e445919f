"""Who may open the files of supervision: a visit's stay with staff, an answer's are its applicants' too."""

import pytest

from partybuilding.core.models import Attachment, Purpose
from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from partybuilding.supervision.files import (
    user_can_open_file_of_rectification,
    user_can_open_file_of_visit,
)
from tests.factories import Cast, make_cast, make_person, make_project
from tests.factories.feedback import make_activity, make_rectification, make_visit

pytestmark = pytest.mark.django_db
STAFF = ("taskforce", "department", "unit")


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    cast.people["stranger"] = make_person(Role.APPLICANT)
    cast.people["other unit"] = make_person(Role.UNIT)
    both = make_person(Role.UNIT)
    appoint(both, Role.APPLICANT, cast.organization, by=cast["department"])
    cast.people["applicant and other unit"] = both
    return cast


@pytest.mark.parametrize(
    ("role", "opens"),
    [
        *((role, True) for role in STAFF),
        ("applicant", False),
        ("stranger", False),
        ("other unit", False),
        ("applicant and other unit", False),
    ],
)
def test_the_pictures_of_a_visit_are_for_the_staff_who_see_it(
    cast: Cast, role: str, opens: bool
) -> None:
    visit = make_visit(make_project("implementing", cast))
    file = Attachment(object_id=visit.pk, purpose=Purpose.REVIEW)
    assert user_can_open_file_of_visit(file, cast[role]) is opens


@pytest.mark.parametrize(
    ("purpose", "role", "opens"),
    [
        *(
            (purpose, role, True)
            for purpose in (Purpose.APPLICATION, Purpose.REVIEW)
            for role in STAFF
        ),
        (Purpose.APPLICATION, "applicant", True),
        (Purpose.REVIEW, "applicant", False),
        (Purpose.APPLICATION, "applicant and other unit", True),
        (Purpose.REVIEW, "applicant and other unit", False),
        *(
            (purpose, role, False)
            for purpose in (Purpose.APPLICATION, Purpose.REVIEW)
            for role in ("stranger", "other unit")
        ),
    ],
)
def test_the_files_of_a_rectification_are_opened_from_the_side_they_belong_to(
    cast: Cast, purpose: str, role: str, opens: bool
) -> None:
    finding = make_rectification(make_activity(make_project("implementing", cast), "site"))
    file = Attachment(object_id=finding.pk, purpose=purpose)
    assert user_can_open_file_of_rectification(file, cast[role]) is opens
