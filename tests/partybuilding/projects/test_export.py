"""The register as XLSX, and the application form as a paper."""

from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from partybuilding.projects.models import Project
from partybuilding.projects.views import letters
from tests.factories import Cast, make_cast, make_project
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db
REGISTER = "/admin/party/projects/"


def rows(user: Any, **params: Any) -> list[tuple[Any, ...]]:
    answer = client_of(user).get(REGISTER, {**params, "export": "xlsx"})
    assert answer.status_code == 200
    return list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_the_headings_are_chinese_and_every_column_is_filled(cast: Cast) -> None:
    project = make_project("submitted", cast)
    head, row = rows(cast["unit"])
    found = dict(zip(head, row, strict=True))
    assert found["项目编号"] == project.code
    assert found["项目名称"] == project.title
    assert found["状态"] == "待初审"
    assert found["归口单位"] == found["当前办理"] == cast.organization.unit.name
    assert found["办理期限"] == datetime.combine(project.due_on, time())
    assert found["已逾期"] in (None, "")


def test_the_file_holds_the_filtered_list_in_its_order_and_not_just_a_page(cast: Cast) -> None:
    Project.objects.bulk_create(
        Project(
            cycle=cast.cycle,
            organization=cast.organization,
            title=f"项目{number:03d}",
            state="submitted" if number % 2 else "declined",
            code=f"T-{number:03d}",
        )
        for number in range(130)
    )
    found = rows(cast["unit"], state="submitted", ordering="code", p="2")
    assert [row[0] for row in found[1:]] == [f"T-{number:03d}" for number in range(1, 130, 2)]


def test_a_units_file_holds_nothing_of_another(cast: Cast) -> None:
    make_project("submitted", make_cast(cast.cycle), title="别家的工作法")
    assert len(rows(cast["unit"])) == 1


def test_a_formula_in_a_title_stays_text(cast: Cast) -> None:
    make_project("submitted", cast, title='=HYPERLINK("http://x")')
    answer = client_of(cast["unit"]).get(REGISTER, {"export": "xlsx"})
    cell = load_workbook(BytesIO(answer.content)).active["B2"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x")', "s")


def test_the_name_of_the_file_bears_the_day(cast: Cast) -> None:
    answer = client_of(cast["unit"]).get(REGISTER, {"export": "xlsx"})
    assert f"_{timezone.localdate():%Y%m%d}.xlsx" in answer["Content-Disposition"]


def test_there_is_no_csv(cast: Cast) -> None:
    make_project("submitted", cast)
    client = client_of(cast["unit"])
    assert client.get(REGISTER, {"export": "csv"})["Content-Type"].startswith("text/html")
    assert "export=csv" not in client.get(REGISTER).text


def test_the_button_takes_the_filters_along(cast: Cast) -> None:
    found = client_of(cast["unit"]).get(REGISTER, {"state": "submitted", "p": "1"}).text
    assert f"{REGISTER}?state=submitted&amp;export=xlsx" in found


def test_an_export_of_many_asks_as_often_as_one_of_few(cast: Cast) -> None:
    client = client_of(cast["department"])
    make_project("submitted", cast)
    address = f"{REGISTER}?export=xlsx"
    client.get(address)
    few = queries_of(client, address)
    for _turn in range(5):
        make_project("submitted", cast)
    assert queries_of(client, address) == few


def test_the_trail_can_be_taken_along_too(cast: Cast) -> None:
    make_project("first_passed", cast)
    answer = client_of(cast["auditor"]).get(
        "/admin/party/trail/", {"export": "xlsx", "step": "submit"}
    )
    found = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert found[0][:3] == ("时间", "档案类别", "当时名称")
    assert [row[3] for row in found[1:]] == ["提交申报"]
    assert date.fromisoformat(found[1][0][:10])


@pytest.mark.parametrize(("edition", "sign"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_application_form_can_be_saved(cast: Cast, edition: str, sign: bytes) -> None:
    project = make_project("submitted", cast)
    address = reverse("partybuilding:form", args=[project.pk, edition])
    answer = client_of(cast["unit"]).get(address)
    assert answer.content.startswith(sign)
    assert answer["Content-Disposition"].startswith("attachment")


def test_there_are_no_other_editions(cast: Cast) -> None:
    address = reverse("partybuilding:form", args=[make_project("submitted", cast).pk, "exe"])
    assert client_of(cast["unit"]).get(address).status_code == 404


@pytest.mark.parametrize(("role", "number"), [("unit", 1), ("department", 1), ("editor", 0)])
def test_reviews_stand_in_the_form_for_those_who_may_read_them(
    cast: Cast, role: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[bool] = []

    def paper(project: Project, edition: str, *, full: bool) -> Any:
        given.append(full)
        return HttpResponse()

    monkeypatch.setattr(letters, "form_response", paper)
    project = make_project("approved", cast)
    client_of(cast[role]).get(reverse("partybuilding:form", args=[project.pk, "pdf"]))
    assert given == [bool(number)]
