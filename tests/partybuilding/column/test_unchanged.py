"""What code writes is what the editor would save; saving it unchanged is nobody's change."""

import re
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from wagtail import blocks
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.widgets import BaseChooser
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.models import Page, PageLogEntry, Revision, get_page_models
from wagtail.test.utils.form_data import nested_form_data

from partybuilding.column.services import start_page
from partybuilding.core.pages import ColumnPage
from partybuilding.core.pages.revisions import last_change, with_keys, wrote_last
from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.projects.pages import ProjectPage
from tests.factories import Cast, make_cast, make_project, open_cycle
from tests.factories.feedback import set_office
from tests.factories.news import write_news
from tests.factories.notices import make_notice
from tests.factories.people import make_person
from tests.factories.screens import client_of
from tests.factories.spread import make_brand, make_case, write_brand_page
from tests.partybuilding.supervision.test_bulletins import begun


def posted(page: Page, user: Any) -> dict[str, Any]:
    """Return what the editor's form of a page sends when nothing was touched."""
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(instance=page, for_user=user, parent_page=page.get_parent())
    sent: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = form[name].value()
        block = getattr(field, "block", None)
        sent[name] = of_block(block, value) if block else of_widget(field.widget, value)
    for name in form.formsets:
        sent[name] = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    nested = {name: value for name, value in sent.items() if isinstance(value, dict)}
    flat = {**sent, **nested_form_data(nested)}
    return {name: v for name, v in flat.items() if v is not None and name not in nested}


def of_widget(widget: Any, value: Any) -> Any:
    """Return what a widget sends of a value; an empty box of a list sends nothing."""
    if isinstance(widget, forms.CheckboxInput):
        return "on" if value else None
    if isinstance(widget, DraftailRichTextArea) and not str(value or ""):
        return "null"
    if isinstance(widget, BaseChooser):
        return str(getattr(value, "pk", value) or "")
    shown = widget.format_value(value)
    if isinstance(shown, list) and not getattr(widget, "allow_multiple_selected", False):
        shown = next(iter(shown), None)
    return "" if shown is None else shown


def of_block(block: blocks.Block, value: Any) -> Any:
    """Return what a block's form sends of a value."""
    if isinstance(block, blocks.StreamBlock):
        parts = [
            (of_block(child.block, child.value), child.block_type, child.id) for child in value
        ]
        return counted([{"value": v, "type": t, "id": i} for v, t, i in parts])
    if isinstance(block, blocks.ListBlock):
        parts = [
            (of_block(block.child_block, child.value), child.id) for child in value.bound_blocks
        ]
        return counted([{"value": v, "id": i} for v, i in parts])
    if isinstance(block, blocks.StructBlock):
        return {name: of_block(child, value[name]) for name, child in block.child_blocks.items()}
    if isinstance(block, TypedTableBlock):
        return of_table(block, value)
    prepared = block.value_for_form(value)
    return of_widget(block.field.widget, prepared)


def counted(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return parts as numbered fields with their count."""
    numbered = {str(at): {**part, "order": str(at), "deleted": ""} for at, part in enumerate(parts)}
    return {"count": str(len(parts)), **numbered}


def of_table(block: TypedTableBlock, table: Any) -> dict[str, Any]:
    """Return what the form of a table sends."""
    columns = {
        str(at): {
            "type": column["block"].name,
            "heading": column["heading"],
            "order": str(at),
            "deleted": "",
        }
        for at, column in enumerate(table.columns)
    }
    rows = {str(at): {"order": str(at), "deleted": ""} for at in range(len(table.row_data))}
    cells = {
        str(y): {
            str(x): of_block(table.columns[x]["block"], value)
            for x, value in enumerate(row["values"])
        }
        for y, row in enumerate(table.row_data)
    }
    return {
        "caption": table.caption,
        "column-count": str(len(columns)),
        "row-count": str(len(rows)),
        "column": columns,
        "row": rows,
        "cell": cells,
    }


pytestmark = pytest.mark.django_db
KEYS = re.compile(r' data-block-key=\\?"[^"\\]*\\?"')
#: As code and demonstrations write a body: no keys, lists without entries' keys.
BODY = [
    {"type": "heading", "value": "做法"},
    {"type": "text", "value": "<h3>一</h3><p>第一段。</p><ul><li>甲</li><li>乙</li></ul>"},
    {"type": "quote", "value": {"text": "办得好。", "who": "居民"}},
    {"type": "numbers", "value": [{"number": "60", "unit": "件", "label": "办结"}]},
    {
        "type": "table",
        "value": {
            "table": {
                "caption": "进度",
                "columns": [{"type": "text", "heading": "事项"}],
                "rows": [{"values": ["启动"]}],
            },
            "row_header": True,
        },
    },
]


def write_everything(cast: Cast) -> None:
    """Let code write a page of every kind, as services and the first texts of the site do."""
    start_page(make_project("approved", cast), by=cast["editor"])
    write_news(body=BODY).save_revision(user=cast["editor"])
    make_notice(cast)
    write_brand_page(make_brand("recognised", cast), cast)
    make_case("selected", cast)
    begun(cast)


def opened(page: Page, user: Any) -> Any:
    """Return the editor's form as it is sent back untouched."""
    sent = QueryDict(mutable=True)
    for name, value in posted(page, user).items():
        sent.setlist(name, [str(one) for one in value] if isinstance(value, list) else [str(value)])
    form_class = page.get_edit_handler().get_form_class()
    return form_class(sent, {}, instance=page, for_user=user, parent_page=page.get_parent())


def test_what_code_wrote_is_what_the_editor_saves_on_every_kind_of_page() -> None:
    set_office()
    year = timezone.localdate().year
    cast = make_cast(Cycle.objects.filter(year=year).first() or open_cycle(year=year))
    write_everything(cast)
    publisher = cast["publisher"]
    seen = set()
    for row in Page.objects.filter(depth__gt=1).specific():
        page = row.get_latest_revision_as_object()
        form = opened(page, publisher)
        form.defer_required_fields()
        assert form.is_valid(), (page, form.errors)
        assert not form.has_changed(), (page, form.changed_data)
        before = list(Revision.page_revisions.filter(object_id=str(page.pk)))
        form.save(commit=not page.live).save_revision(user=publisher, log_action=True)
        kept = Revision.page_revisions.filter(object_id=str(page.pk)).order_by("pk")
        assert [one.user for one in kept] == [one.user for one in before] or [
            one.user for one in kept
        ] == [None]
        assert not wrote_last(page, publisher)
        seen.add(type(page))
    kinds = {model for model in get_page_models() if issubclass(model, ColumnPage)}
    assert kinds <= seen


def test_a_publisher_opens_saves_and_approves_what_code_wrote() -> None:
    cast = make_cast()
    page = start_page(make_project("commitments_submitted", cast), by=cast["editor"])
    page.get_workflow().start(page, cast["editor"])
    # As it lies in databases that were filled before code wrote the keys.
    newest = page.get_latest_revision()
    newest.content["body"] = KEYS.sub("", newest.content["body"])
    newest.save()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    publisher = client_of(cast["publisher"])
    form = posted(page.get_latest_revision_as_object(), cast["publisher"])
    assert publisher.post(edit, form).status_code == 302
    approve = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    answer = publisher.post(edit, form | approve, follow=True)
    assert "已审核通过并发布" in answer.content.decode()
    assert ProjectPage.objects.get(pk=page.pk).live
    assert Revision.page_revisions.filter(object_id=str(page.pk)).count() == 1
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.edit").count() == 1


def test_an_autosave_of_nothing_answers_with_the_revision_that_there_is() -> None:
    cast = make_cast()
    page = start_page(make_project("approved", cast), by=cast["editor"])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = posted(page, cast["publisher"])
    answer = client_of(cast["publisher"]).post(edit, form, headers={"Accept": "application/json"})
    assert answer.json()["success"]
    assert answer.json()["revision_id"] == page.latest_revision_id
    changed = client_of(cast["publisher"]).post(
        edit, form | {"summary": "改了一句"}, headers={"Accept": "application/json"}
    )
    assert changed.json()["revision_id"] != page.latest_revision_id
    assert wrote_last(page, cast["publisher"])


def test_who_changed_last_is_asked_and_not_who_saved_last() -> None:
    cast = make_cast()
    page = start_page(make_project("approved", cast), by=cast["editor"])
    saved = page.get_latest_revision()
    saved.pk, saved.user = None, cast["publisher"]
    saved.save()
    assert last_change(page).user == cast["editor"]
    assert wrote_last(page, cast["editor"])
    assert not wrote_last(page, cast["publisher"])
    page.title = "改过的题目"
    page.save_revision(user=cast["publisher"])
    assert wrote_last(page, cast["publisher"])


def test_what_code_published_is_nobodys_text_when_it_is_saved_as_it_stands() -> None:
    news = write_news(body=BODY)
    Page.objects.filter(pk=news.pk).update(live=True, has_unpublished_changes=False)
    page = type(news).objects.get(pk=news.pk)
    publisher = make_person(Role.PUBLISHER)
    page.revisions.all().delete()
    page = type(news).objects.get(pk=news.pk)
    assert page.save_revision(user=publisher).user is None
    assert not type(news).objects.get(pk=news.pk).has_unpublished_changes
    page.summary = "发布人改了一句"
    assert page.save_revision(user=publisher).user == publisher


def test_a_text_with_its_keys_stays_as_it_is() -> None:
    text = with_keys("<p>“引号”&amp;符号</p><ol><li>甲<b>乙</b></li></ol>", ["bold", "ol"])
    assert text.count("data-block-key") == 2
    assert with_keys(text, ["bold", "ol"]) == text
