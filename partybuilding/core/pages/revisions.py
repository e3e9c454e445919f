"""What stands in the revisions of a page: what they say, who wrote last, who approved which.

The editor saves the same form as code writes, and an unchanged save is no change. It gives every
paragraph and every part of a body a key: a text without them would be another one after its first
opening, and whoever opened it its writer.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.fields import RichTextField, StreamField
from wagtail.models import (
    COMMENTS_RELATION_NAME,
    Page,
    PageLogEntry,
    Revision,
    TaskState,
    WorkflowState,
)
from wagtail.rich_text import features

from partybuilding.core.states import Text, Tone

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


def wrote_last(page: Page, user: Any) -> bool:
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


class CorrectablePage(models.Model):
    """A page that can say which earlier one it corrects; that one then says by which it was corrected."""

    corrects = models.ForeignKey(
        "self",
        verbose_name=gettext_lazy("corrects"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="later",
    )

    class Meta:
        abstract = True

    def told_corrections(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Return in words, with the way there, what it corrects and by what it was corrected."""
        told = []
        before = self.corrects
        if before is not None and before.live:
            words = _("This document corrects: %(name)s") % {"name": named(before)}
            told.append({"title": words, "href": before.get_url(request), "name": before.title})
        for after in type(self).objects.filter(corrects=self.pk, live=True).order_by("pk"):
            words = _("This document was corrected by: %(name)s") % {"name": named(after)}
            told.append({"title": words, "href": after.get_url(request), "name": after.title})
        return told


def named(page: Any) -> str:
    """Name a document by its title and number."""
    return f"{page.title}（{page.number}）" if page.number else page.title


def slug_of_correction(page: Any) -> str:
    """Return a free address beside the corrected page's."""
    stem = f"{page.slug}-correction"
    taken = set(
        type(page)._base_manager.filter(slug__startswith=stem).values_list("slug", flat=True)
    )
    free = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in free if slug not in taken)


GONE = 410
#: The entry of a page's log that keeps the public reason for which it was taken offline.
OFFLINE = "partybuilding.taken_offline"
LABEL = gettext_lazy("Taken offline")


@dataclass(frozen=True)
class Withdrawal:
    """Why residents do not read any more what once stood here.

    Args:
        label: what has become of it, e.g. the state of its record.
    """

    at: datetime
    reason: Text
    label: Text = LABEL
    tone: Tone = Tone.NEGATIVE


def withdrawal_of(page: Any) -> Withdrawal | None:
    """Return what is left to say of a page by its own account: a reason that was given, or its term.

    What was taken offline before reasons were asked for has none; its address says 404.
    """
    if page.live or page.first_published_at is None:
        return None
    if page.expired and page.expire_at:
        return Withdrawal(
            page.expire_at, gettext_lazy("It was published for a limited time, which is over.")
        )
    entries = PageLogEntry.objects.filter(page=page.pk, action=OFFLINE)
    last = entries.filter(timestamp__gte=page.last_published_at).order_by("timestamp").last()
    return Withdrawal(last.timestamp, last.data["reason"]) if last else None


def take_offline(record: Any, *, by: Any) -> None:
    """Take a record's page offline and call off what the editors had under way with it.

    To be called inside the step that takes the record's leave away, before the state is saved.
    """
    page = getattr(record, "page", None)
    if page is None:
        return
    flow = page.current_workflow_state
    if flow is not None:
        flow.cancel(user=by)
    page.revisions.update(approved_go_live_at=None)
    UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
