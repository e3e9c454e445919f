"""What stands in the revisions of a page: what they say, who wrote last, who approved which.

The editor saves the same form as code writes, and an unchanged save is no change. It gives every
paragraph and every part of a body a key: a text without them would be another one after its first
opening, and whoever opened it its writer.
"""

import json
import re
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Exists, OuterRef, QuerySet
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import (
    COMMENTS_RELATION_NAME,
    Page,
    Revision,
    TaskState,
    WorkflowState,
)
from wagtail.rich_text import features

from partybuilding.core.types import AnyUser

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


def wrote_last(page: Page, user: AnyUser) -> bool:
    """Tell whether a user is the last one who changed a page's text; a system administrator never is."""
    if user.is_superuser or not revisions_of(page).filter(user=user).exists():
        return False
    change = last_change(page)
    return change is not None and change.user_id == user.pk


def last_change(page: Page) -> Revision | None:
    """Return the revision that last changed a page's text; saving it again, or a remark, changes nothing."""
    revisions = revisions_of(page).iterator(chunk_size=2)
    change = next(revisions, None)
    said = said_in(change.content) if change else None
    for earlier in revisions:
        if said_in(earlier.content) != said:
            break
        change = earlier
    return change


def stored(page: Page) -> Any:
    """Return a page as it stands in the database."""
    return type(page)._base_manager.get(pk=page.pk)


def newest_revision(page: Page) -> Revision | None:
    """Return the newest revision of a page, whatever the instance remembers.

    An instance made from a revision takes an earlier one for its newest.
    """
    return revisions_of(page).first()


def revisions_of(page: Page) -> QuerySet[Revision]:
    """Return the revisions of a page, newest first."""
    newest_first = ("-created_at", "-pk")
    return Revision.page_revisions.filter(object_id=str(page.pk)).order_by(*newest_first)


def approval_of(revision: Revision) -> TaskState | None:
    """Return the approval by which a finished workflow let a revision through.

    Finishing publishes the newest revision, so an approval holds for the revision that was the
    newest one when it was given, and for no later one.
    """
    between = Revision.objects.filter(
        base_content_type=revision.base_content_type_id,
        object_id=revision.object_id,
        created_at__gt=revision.created_at,
        created_at__lte=OuterRef("finished_at"),
    )
    return (
        TaskState.objects.filter(
            ~Exists(between),
            status=TaskState.STATUS_APPROVED,
            workflow_state__status=WorkflowState.STATUS_APPROVED,
            workflow_state__base_content_type=revision.base_content_type_id,
            workflow_state__object_id=revision.object_id,
            finished_at__gte=revision.created_at,
        )
        .select_related("finished_by")
        .order_by("finished_at", "pk")
        .last()
    )
