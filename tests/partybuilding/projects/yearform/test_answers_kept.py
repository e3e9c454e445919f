"""What was answered stays: two questions of one name are two columns, and no other form takes answers away."""

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from wagtail.blocks import StreamValue

from partybuilding.core.services import move
from partybuilding.packs.services import apply_pack, pack_of
from partybuilding.packs.shipped import shipped
from partybuilding.projects.models import Project
from partybuilding.projects.services import create_draft, save_application, submit_application
from partybuilding.projects.yearform.services import save_form
from tests.factories import fill, make_cast, make_cycle
from tests.factories.projects import Cast
from tests.factories.screens import client_of
from tests.factories.yearform import block, delivered_with, key

pytestmark = pytest.mark.django_db


def opened(*blocks: Any) -> tuple[Cast, Project]:
    """Open a year with questions, and begin an application."""
    cast = make_cast(make_cycle())
    save_form(cast.cycle, delivered_with(*blocks), by=cast["department"])
    cast.cycle = move(cast.cycle, "open_applications", by=cast["department"])
    return cast, fill(create_draft(cast.cycle, cast.organization, by=cast["applicant"]), cast)


def test_two_questions_of_the_same_name_are_two_columns() -> None:
    one, two = block("text", "补充说明"), block("text", "补充说明")
    cast, draft = opened(one, two)
    said = {key(one): "先说的", key(two): "后说的"}
    submit_application(
        save_application(draft, by=cast["applicant"], answers=said), by=cast["applicant"]
    )
    answer = client_of(cast["department"]).get("/admin/party/projects/", {"export": "xlsx"})
    head, row = load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)
    assert [cell for name, cell in zip(head, row, strict=True) if name == "补充说明"] == [
        "先说的",
        "后说的",
    ]


def test_a_pack_with_another_form_takes_no_answer_away() -> None:
    wish = block("text", "群众的主要意见")
    cast, draft = opened(wish)
    save_application(draft, by=cast["applicant"], answers={key(wish): "盼一盏灯。"})
    by = cast["department"]
    cycle = move(cast.cycle, "take_back_opening", by=by, reason="改用标准方案。")
    own = pack_of(cycle)
    apply_pack(cycle, shipped()["township"], ["form"], by=by)
    assert Project.objects.get(pk=draft.pk).answers == {key(wish): "盼一盏灯。"}
    apply_pack(cycle, own, ["form"], by=by)
    move(cycle, "open_applications", by=by)
    again = Project.objects.get(pk=draft.pk)
    assert again.sheet.questions[key(wish)].words(again) == "盼一盏灯。"


def test_the_register_asks_no_more_and_reads_no_form_for_fifty_with_own_questions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast, draft = opened(block("text", "补充说明"))
    submit_application(draft, by=cast["applicant"])
    client = client_of(cast["department"])
    copies = [Project.objects.get(pk=draft.pk) for _copy in range(49)]
    for number, one in enumerate(copies):
        one.pk, one.code, one._state.adding = None, f"copy-{number}", True
    client.get("/admin/party/projects/")
    with CaptureQueriesContext(connection) as few:
        client.get("/admin/party/projects/")
    Project.objects.bulk_create(copies)

    def refuse(*_arguments: Any, **_more: Any) -> None:
        raise AssertionError("a list reads no stream")

    monkeypatch.setattr(StreamValue, "__init__", refuse)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/admin/party/projects/").text
    assert page.count("copy-") >= 40
    assert len(many) == len(few)
