"""What the editor saves of a page: code writes the same form, and an unchanged save is no change.

The editor gives every paragraph and every part of a body a key. A text without them would be another one
after its first opening, and whoever opened it its writer.
"""

import json
import re
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page
from wagtail.rich_text import features

#: A paragraph, list entry or heading without the key that the editor gives it.
KEYLESS = re.compile(r"<(?:p|li|h[1-6]|blockquote)(?![^>]*data-block-key)[\s>]")
KEY = re.compile(r' data-block-key="[^"]*"')
#: What Wagtail keeps with a revision that no editor writes: its place, its standing, its remarks.
KEPT_ASIDE = frozenset(
    (
        *(
            "pk",
            "path",
            "depth",
            "numchild",
            "url_path",
            "translation_key",
            "locale",
            "content_type",
        ),
        *("live", "has_unpublished_changes", "draft_title", "expired", "owner", "alias_of"),
        *("first_published_at", "last_published_at", "latest_revision_created_at"),
        *("latest_revision", "live_revision", "locked", "locked_at", "locked_by"),
        COMMENTS_RELATION_NAME,
    )
)


def as_edited(page: Page) -> None:
    """Give the rich text and the lists of a page the keys with which the editor would save them."""
    for field in page._meta.concrete_fields:
        if isinstance(field, RichTextField):
            html = getattr(page, field.attname)
            if html and KEYLESS.search(html):
                setattr(page, field.attname, with_keys(html, field.features))
        elif isinstance(field, StreamField):
            _fill_in(getattr(page, field.attname))


def with_keys(html: str, allowed: list[str] | None) -> str:
    """Return rich text as the editor would save it."""
    # Reads the page model as it is imported, which this module's readers are part of.
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    converter = ContentstateConverter(
        features.get_default_features() if allowed is None else allowed
    )
    return str(converter.to_database_format(converter.from_database_format(html)))


def _fill_in(body: blocks.StreamValue) -> None:
    """Put keys where they lack: into running text, and to the entries of lists."""
    for place, part in enumerate(body.get_prep_value()):
        block, value = body.stream_block.child_blocks.get(part["type"]), part["value"]
        if isinstance(block, blocks.RichTextBlock) and KEYLESS.search(value or ""):
            body.raw_data[place] = {**part, "value": with_keys(value, block.features)}
        elif isinstance(block, blocks.ListBlock) and not all(map(_has_id, value)):
            body.raw_data[place] = {**part, "value": block.get_prep_value(block.to_python(value))}


def _has_id(entry: Any) -> bool:
    return isinstance(entry, dict) and "id" in entry


def said_on(page: Page) -> Any:
    """Return what a page says, in a form that can be compared with what a revision said."""
    return said_in(json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder)))


def said_in(content: dict[str, Any]) -> dict[str, Any]:
    """Return what a revision's content says: all that an editor writes, without the editor's keys."""
    return {name: _said(value) for name, value in content.items() if name not in KEPT_ASIDE}


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get("type") == "item" and "value" in value:
            return _said(value["value"])
        keyed = {"type", "value", "id"} <= value.keys()
        return {name: _said(part) for name, part in value.items() if not (keyed and name == "id")}
    if isinstance(value, list):
        return [_said(part) for part in value]
    if not isinstance(value, str):
        return value
    if value.startswith("["):
        try:
            return _said(json.loads(value))
        except ValueError:
            pass
    return KEY.sub("", value)
