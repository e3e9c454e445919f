"""The screens of the lists: who sees them, what they ask, what they show elsewhere."""

from typing import Any

import pytest
from django.urls import reverse

from partybuilding.core.states import Role
from partybuilding.cycles.words.services import Row, rows_of, save_words
from partybuilding.organizations.forms import OrganizationForm
from partybuilding.organizations.states import SECTORS
from tests.factories import make_organization, make_person
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db
ALL = reverse("partybuilding:word_lists")
FIELDS = reverse("partybuilding:word_list", args=["sector"])


@pytest.fixture
def officer() -> Any:
    return make_person(Role.DEPARTMENT)


def typed(client: Any, **changed: Any) -> dict[str, Any]:
    """Return what the form of the fields would send, with some of it typed anew."""
    form = client.get(FIELDS).context["form"]
    said = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in said.items() if value not in (None, False)}
    return {**sent, "rows": len(form.shown), **changed}


@pytest.mark.parametrize(
    ("place", "order"),
    [("1", ["rural", "urban"]), ("3", ["urban", "government", "rural"]), ("", ["urban"])],
)
def test_a_word_stands_at_the_place_that_was_typed(
    place: str, order: list[str], officer: Any
) -> None:
    client = client_of(officer)
    client.post(FIELDS, typed(client, order_0=place))
    assert SECTORS.codes()[: len(order)] == order


@pytest.mark.parametrize("role", Role.values)
def test_staff_read_the_lists_and_the_department_edits_them(role: str) -> None:
    client = client_of(make_person(Role(role)))
    is_staff = role not in ("applicant", "expert")
    assert (client.get(ALL).status_code == 200) == is_staff
    assert (client.get(FIELDS).status_code == 200) == (role == "department")


def test_a_word_in_use_is_renamed_after_a_question(officer: Any) -> None:
    make_organization(sector="rural")
    client = client_of(officer)
    asked = client.post(FIELDS, typed(client, label_0="乡村"))
    assert asked.status_code == 200
    assert asked.context["renamed"] == [("农村", "乡村")]
    assert SECTORS.label("rural") == "农村"
    done = client.post(FIELDS, typed(client, label_0="乡村", confirmed="on"))
    assert done.status_code == 302
    assert SECTORS.label("rural") == "乡村"


def test_words_are_added_moved_and_retired_in_one_form(officer: Any) -> None:
    client = client_of(officer)
    sent = typed(client, label_7="新业态", order_7="1", retired_6="on", seal_7="态")
    assert client.post(FIELDS, sent).status_code == 302
    words = SECTORS.words()
    assert [word.code for word in words][:2] == ["xinyetai", "rural"]
    assert SECTORS.sign("xinyetai") == "态"
    assert [word.code for word in words if word.is_retired] == ["non_public"]


def test_what_is_wrong_is_said_and_what_was_typed_stays(officer: Any) -> None:
    client = client_of(officer)
    answer = client.post(FIELDS, typed(client, label_0="城市", confirmed="on"))
    assert "“城市”重复" in answer.content.decode()
    assert 'value="城市"' in answer.content.decode()


def test_forms_offer_what_is_in_use_and_what_the_record_has(officer: Any) -> None:
    kept, other = make_organization(sector="school"), make_organization(sector="urban")
    rows = [
        Row(row.code, row.label, row.code == "school", seal=row.seal) for row in rows_of(SECTORS)
    ]
    save_words(SECTORS, [*rows, Row("", "新业态")], by=officer)
    for organization, offered in ((kept, True), (other, False)):
        choices = dict(OrganizationForm(instance=organization)["sector"].field.choices)
        assert ("school" in choices) == offered
        assert choices["xinyetai"] == "新业态"


def test_registers_name_and_filter_by_the_new_words(officer: Any) -> None:
    make_organization(sector="rural")
    rows = [Row(row.code, row.label.replace("农村", "乡村")) for row in rows_of(SECTORS)]
    client = client_of(officer)
    register = reverse("party_organizations_modeladmin_index")
    queries_of(client, register)
    before = queries_of(client, register)
    save_words(SECTORS, [*rows, Row("", "新业态")], by=officer)
    text = client.get(register).content.decode()
    assert "乡村" in text
    assert "新业态" in text
    assert "农村" not in text
    assert queries_of(client, register) == before
