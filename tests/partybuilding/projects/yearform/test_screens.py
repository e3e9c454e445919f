"""The editor of a year's form and its preview: for whom they are, and what they show."""

import html
import json
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from PIL import Image
from wagtail.blocks.base import Block as WagtailBlock

from partybuilding.core.papers.typesetting import application_form_picture
from partybuilding.organizations.models import Organization
from partybuilding.portal.views.form_preview import blank
from partybuilding.projects.documents import application_form
from partybuilding.projects.models import SheetDraft
from partybuilding.projects.yearform.compose import sheet_from
from partybuilding.projects.yearform.content import Reading, start, usable
from tests.factories import Cast, make_cast, make_cycle
from tests.factories.screens import client_of
from tests.factories.yearform import Block, block, delivered_with, key, own_part, when
from tests.partybuilding.projects.yearform.conftest import open_it

pytestmark = pytest.mark.django_db


@pytest.fixture
def preparing() -> Cast:
    return make_cast(cycle=make_cycle())


def edit(cast: Cast) -> str:
    return reverse("partybuilding:year_form", args=[cast.cycle.pk])


def preview(cast: Cast) -> str:
    return reverse("partybuilding:year_form_preview", args=[cast.cycle.pk])


def posted(blocks: list[Block]) -> dict[str, Any]:
    """Return what the editor in the browser sends for these blocks."""
    stream: WagtailBlock = SheetDraft._meta.get_field("parts").stream_block
    return dict(_stream("parts", stream, blocks))


def _stream(prefix: str, kind: Any, rows: list[Block]) -> Any:
    yield f"{prefix}-count", str(len(rows))
    for place, row in enumerate(rows):
        here = f"{prefix}-{place}"
        yield from ((f"{here}-deleted", ""), (f"{here}-order", str(place)))
        yield from ((f"{here}-type", row["type"]), (f"{here}-id", row["id"] or ""))
        child = (
            kind.child_blocks[row["type"]] if hasattr(kind, "child_blocks") else kind.child_block
        )
        yield from _value(f"{here}-value", child, row["value"])


def _value(prefix: str, kind: Any, value: Any) -> Any:
    if not isinstance(value, dict):
        yield prefix, "" if value is None else str(value)
        return
    for name, child in kind.child_blocks.items():
        said = value.get(name)
        if isinstance(said, list) or hasattr(child, "child_block") or _is_stream(child):
            yield from _stream(f"{prefix}-{name}", child, said or [])
        elif isinstance(said, bool):
            yield from [(f"{prefix}-{name}", "on")] if said else []
        else:
            yield f"{prefix}-{name}", "" if said is None else str(said)


def _is_stream(child: Any) -> bool:
    return hasattr(child, "child_blocks") and hasattr(child, "sorted_child_blocks")


def test_an_officer_opens_writes_and_saves_it(preparing: Cast) -> None:
    officer = client_of(preparing["department"])
    year = officer.get(reverse("partybuilding:cycle", args=[preparing.cycle.pk])).text
    assert edit(preparing) in year
    page = officer.get(edit(preparing)).text
    assert "申报表各部分" in page
    assert preview(preparing) in page
    ready = block("yes_no", "已有经费", required=True)
    money = block("number", "经费", unit="万元", when=[when("已有经费", "是")])
    ways = block("choices", "方式", options=("走访", "座谈"))
    blocks = [*delivered_with(ready, money), own_part("群众参与", ways)]
    answer = officer.post(edit(preparing), posted(blocks))
    assert answer.status_code == 302, answer.context["form"].errors
    content = SheetDraft.objects.get().content
    assert [field["key"] for field in content["parts"][0]["fields"][-2:]] == [
        key(ready),
        key(money),
    ]
    assert content["parts"][-1]["fields"][0]["options"][1]["label"] == "座谈"
    again = officer.get(edit(preparing)).text
    assert json.dumps("群众参与") in html.unescape(again)


def test_what_the_service_refuses_is_said_and_nothing_typed_is_lost(preparing: Cast) -> None:
    officer = client_of(preparing["department"])
    answer = officer.post(edit(preparing), posted(delivered_with(block("text", "负责人身份证号"))))
    assert answer.status_code == 200
    assert "不应收集的个人信息" in answer.text
    assert json.dumps("负责人身份证号")[1:-1] in answer.text or "负责人身份证号" in answer.text
    assert not SheetDraft.objects.exists()


def test_the_preview_shows_what_is_not_saved_yet(preparing: Cast) -> None:
    officer = client_of(preparing["department"])
    assert "项目名称" in officer.get(preview(preparing)).text
    blocks = delivered_with(block("text", "经办人职务"), block("choice", "", options=("", "甲")))
    sent = officer.post(preview(preparing), posted(blocks))
    assert sent.json() == {"is_valid": True, "is_available": True}
    page = officer.get(preview(preparing)).text
    assert "经办人职务" in page
    assert "没有名称" in page  # half a question does not hide the rest, and is told
    assert "经办人职务" in officer.get(preview(preparing), {"mode": "check"}).text
    paper = officer.get(preview(preparing), {"mode": "paper"}).text
    assert ("data:image/png;base64,iVBOR" in paper, "项目申报表纸质版首页" in paper) == (True, True)


def test_the_preview_needs_no_organization_yet(db: None) -> None:
    administrator = get_user_model().objects.create_superuser("admin", password=None)
    officer, cycle = client_of(administrator), make_cycle()
    assert not Organization.objects.exists()
    place = reverse("partybuilding:year_form_preview", args=[cycle.pk])
    for mode in ("", "check", "paper"):
        assert officer.get(place, {"mode": mode}).status_code == 200, mode


def test_the_first_page_on_paper_changes_with_the_form(preparing: Cast) -> None:
    forms = (start(), delivered_with(block("text", "经办人职务")))
    contents = (usable(Reading(blocks).content) for blocks in forms)
    blanks = [blank(preparing.cycle, sheet_from(content)) for content in contents]
    plain, longer = (application_form_picture(application_form(one)) for one in blanks)
    with Image.open(BytesIO(longer)) as page:
        assert page.width / page.height == pytest.approx(210 / 297, abs=0.01)
    assert plain != longer
    assert not SheetDraft.objects.exists()


@pytest.mark.parametrize("role", ["applicant", "expert", "unit", "taskforce", "editor"])
def test_others_neither_write_nor_preview_it(preparing: Cast, role: str) -> None:
    client = client_of(preparing[role])
    client.post(edit(preparing), posted(start()))
    assert not SheetDraft.objects.exists()
    assert client.get(preview(preparing)).status_code in (302, 404)


def test_once_it_is_used_it_is_read(preparing: Cast) -> None:
    officer = client_of(preparing["department"])
    way = block("choice", "方式", options=("走访", "座谈"), required=True)
    officer.post(edit(preparing), posted(delivered_with(way)))
    open_it(preparing.cycle, preparing)
    page = officer.get(edit(preparing)).text
    assert "不能再改" in page
    assert "走访、座谈" in page
    assert 'name="parts-count"' not in page
    late = officer.post(edit(preparing), posted(start()))
    assert "不能再改" in late.text
    assert SheetDraft.objects.get().content["parts"][0]["fields"][-1]["label"] == "方式"
    assert client_of(preparing["unit"]).get(edit(preparing)).status_code == 200
