"""What a register leaves out because it says the same in every row, and where its filters stand."""

import pytest

from partybuilding.projects.models import Project
from tests.factories.projects import make_cast, make_project
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
REGISTER = "/admin/party/projects/"


def headings(page: str) -> set[str]:
    """Return the names of the columns."""
    head = page.split("<thead>")[1].split("</thead>")[0]
    return {
        name for name in ("项目名称", "申报单位", "归口单位", "所属领域", "状态") if name in head
    }


def test_what_is_the_same_in_every_row_is_left_out_and_what_differs_stays() -> None:
    cast = make_cast()
    make_project("approved", cast)
    make_project("submitted", cast)
    client = client_of(cast["department"])
    assert headings(client.get(REGISTER).text) == {"项目名称", "状态"}
    other = make_project("submitted", make_cast(cast.cycle))
    Project.objects.filter(pk=other.pk).update(sector="rural")
    assert headings(client.get(REGISTER).text) == {
        *("项目名称", "申报单位", "归口单位", "所属领域", "状态")
    }
    assert headings(client.get(REGISTER, {"state": "approved"}).text) >= {"归口单位", "状态"}


def test_on_one_of_many_pages_only_what_the_filters_say_is_left_out(monkeypatch) -> None:
    monkeypatch.setattr("partybuilding.core.registers.admin.RegisterView.paginate_by", 2)
    cast = make_cast()
    for _number in range(3):
        make_project("submitted", cast)
    client = client_of(cast["department"])
    assert headings(client.get(REGISTER).text) >= {"状态", "所属领域"}
    assert headings(client.get(REGISTER, {"p": 2}).text) >= {"状态", "所属领域"}
    narrowed = headings(client.get(REGISTER, {"state": "submitted"}).text)
    assert "状态" not in narrowed
    assert "所属领域" in narrowed


def test_search_and_filters_stand_above_the_list_and_nowhere_else() -> None:
    cast = make_cast()
    page = client_of(cast["department"]).get(REGISTER, {"q": "议事", "state": "approved"}).text
    form = page.split('class="party-filters"')[1].split("</form>")[0]
    assert 'value="议事"' in form
    assert form.count("<details") == page.count('<details class="party-filter"') > 5
    assert page.count('name="q"') == 1
    assert "filters-drilldown" not in page


@pytest.mark.parametrize(("counted", "pages", "said"), [(2, 1, True), (3, 2, False)])
def test_rows_are_counted_up_to_a_bound_and_what_lies_beyond_is_said(
    monkeypatch: pytest.MonkeyPatch, counted: int, pages: int, said: bool
) -> None:
    monkeypatch.setattr("partybuilding.core.registers.admin.RegisterView.paginate_by", 2)
    monkeypatch.setattr("partybuilding.core.registers.filters.COUNTED", counted)
    cast = make_cast()
    for _number in range(3):
        make_project("submitted", cast)
    answer = client_of(cast["department"]).get(REGISTER)
    assert answer.context["paginator"].num_pages == pages
    assert (f"超过{counted}条，请缩小筛选范围后查看其余记录" in answer.text) is said
    assert ("共3条" in answer.text) is not said
