"""What code writes is what the editor would save; saving it unchanged is nobody's change."""

from typing import Any

from django import forms
from wagtail import blocks
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.widgets import BaseChooser
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data


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
