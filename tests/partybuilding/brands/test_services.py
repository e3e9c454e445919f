"""What is written of a brand beside its machine: its name, its page, and who sees it."""

import pytest

from partybuilding.brands.models import Brand
from partybuilding.brands.pages import BrandIndexPage
from partybuilding.brands.permissions import visible_to
from partybuilding.brands.services import (
    begin_brand_of_page,
    begin_page,
    save_brand,
    write_brand_of_page,
)
from partybuilding.core.machine.refusals import ConditionUnmet
from tests.factories import Cast, make_cast, make_project
from tests.factories.spread import make_brand

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_a_new_name_leaves_the_projects_as_they_are(cast: Cast) -> None:
    brand = make_brand("draft", cast, make_project("approved", cast))
    before = list(brand.origins.values_list("pk", flat=True))
    renamed = save_brand(brand, by=brand.created_by, name="邻里议事厅")
    assert renamed.name == "邻里议事厅"
    assert list(brand.origins.values_list("pk", flat=True)) == before


def test_without_an_index_no_page_is_begun(cast: Cast) -> None:
    brand = make_brand("recognised", cast, make_project("approved", cast))
    BrandIndexPage.objects.all().delete()
    with pytest.raises(ConditionUnmet):
        begin_page(brand, by=cast["editor"])


def test_what_the_editor_of_a_page_gives_is_written_to_the_brand(cast: Cast) -> None:
    first, second = make_project("approved", cast), make_project("approved", cast)
    brand = make_brand("draft", cast, first)
    page = type("Page", (), {"brand_id": brand.pk})
    write_brand_of_page(
        page=page, material={"title": "红色楼栋", "project": second}, by=brand.created_by
    )
    brand = Brand.objects.get(pk=brand.pk)
    assert (brand.name, brand.origins.get().project) == ("红色楼栋", second)
    write_brand_of_page(page=page, material={"title": "邻里"}, by=brand.created_by)
    brand = Brand.objects.get(pk=brand.pk)
    assert (brand.name, brand.origins.get().project) == ("邻里", second)


@pytest.mark.parametrize(("state", "seen"), [("draft", False), ("recognised", True)])
def test_applicants_see_their_own_brands_once_recognised(
    cast: Cast, state: str, seen: bool
) -> None:
    make_brand(state, cast, make_project("approved", cast))
    assert visible_to(Brand.objects.all(), cast["applicant"]).exists() is seen


def test_the_brand_made_with_a_page_is_completed(cast: Cast) -> None:
    project = make_project("approved", cast)
    brand = make_brand("draft", cast, project)
    brand.origins.all().delete()
    brand.begun_from = [project]
    begin_brand_of_page(page=None, record=brand)
    assert brand.origins.get().project == project
