"""Names that look the same are the same."""

import pytest

from partybuilding.organizations.forms import OrganizationForm
from tests.factories.people import make_unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name", ["\uff21区第一党支部", "A区\u3000第一党支部", "a区第\u200b一党支部"]
)
def test_a_name_that_looks_like_anothers_is_refused(name: str) -> None:
    make_unit(name="A区第一党支部")
    form = OrganizationForm({"name": name, "code": "new"})
    assert form.errors["name"] == ["已有同名党组织，请核对。"]


def test_its_own_name_may_stay() -> None:
    unit = make_unit(name="A区第一党支部")
    assert "name" not in OrganizationForm({"name": "A区第一党支部"}, instance=unit).errors
