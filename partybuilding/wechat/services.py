"""What is done with an article: recorded, put into the drafts, and compared with the site afterwards."""

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.text.personal_data import findings
from partybuilding.core.types import AnyUser
from partybuilding.wechat import client
from partybuilding.wechat.limits import counts_of
from partybuilding.wechat.models import WechatExport
from partybuilding.wechat.permissions import user_can_make_articles
from partybuilding.wechat.pictures import COVERS, content_of, cover
from partybuilding.wechat.sources import ArticleSource, on_site, source_of
from partybuilding.wechat.states import Way

log = logging.getLogger("partybuilding.wechat")


def refuse_unfit(source: ArticleSource, fields: Mapping[str, str], way: str, by: AnyUser) -> str:
    """Hold an article to what may leave the site, and return its content with the site's pictures.

    Raises:
        NotYours: somebody else makes articles.
        ConditionUnmet: residents may not read it, it is too long, or a person's number was typed into it.
    """
    if not user_can_make_articles(by):
        raise NotYours([_("Editors and publishers make the articles of the official account.")])
    if not source.is_public:
        raise ConditionUnmet([_("Only what was published on the site leaves for the account.")])
    if numbers := list(_numbers_in(fields)):
        raise ConditionUnmet(numbers)
    html = source.html(on_site)
    counts = counts_of(**fields, html=html)
    held = counts if way == Way.DRAFT else [one for one in counts if one.name == "content"]
    if faults := [f"{one.label}：{one.words}" for one in held if one.is_over]:
        raise ConditionUnmet(faults)
    return html


def _numbers_in(fields: Mapping[str, str]) -> Iterator[str]:
    """Hold what was typed for the platform to the gate that the page itself has passed."""
    labels = {one.name: one.label for one in counts_of(**fields, html="")}
    for name, text in fields.items():
        for found in findings(text):
            said = {"place": labels[name], "kind": found.kind.label, "excerpt": found.excerpt}
            yield _("%(place)s contains a %(kind)s: %(excerpt)s") % said


def record_export(
    source: ArticleSource, fields: Mapping[str, str], way: str, *, by: AnyUser, media_id: str = ""
) -> WechatExport:
    """Write down that an article left the site; what left it before is thereby overtaken.

    Args:
        fields: title, author and digest as they were given for the platform.

    Raises:
        NotYours: somebody else makes articles.
        ConditionUnmet: residents may not read it, or it is too long.
    """
    html = refuse_unfit(source, fields, way, by)
    assert by.is_authenticated  # for the types: who makes articles has signed in
    with transaction.atomic():
        source.exports.differing().update(differs_since=None)
        return WechatExport.objects.create(
            **source.key,
            **fields,
            way=way,
            text_hash=source.manuscript.digest_of_text,
            length=len(html),
            made_by_id=by.pk,
            name=by.get_full_name() or by.get_username(),
            media_id=media_id,
        )


def push_draft(source: ArticleSource, fields: Mapping[str, str], *, by: AnyUser) -> WechatExport:
    """Put an article into the drafts of the account; sending it stays with people there.

    Raises:
        NotYours: somebody else makes articles.
        ConditionUnmet: residents may not read it, or a part is too long.
        PlatformRefused: the platform did not take it; nothing is written down.
    """
    refuse_unfit(source, fields, Way.DRAFT, by)
    name, size = next(iter(COVERS.items()))
    thumb = client.add_cover(name, cover(source.manuscript.cover, fields["title"], size))
    content = source.html(lambda cut: client.upload_picture("picture.jpg", content_of(cut)))
    media_id = client.add_draft(
        {
            **fields,
            "content": content,
            "content_source_url": source.address,
            "thumb_media_id": thumb,
        }
    )
    return record_export(source, fields, Way.DRAFT, by=by, media_id=media_id)


def compare_with_site(at: datetime | None = None, **which: Any) -> int:
    """Mark the newest exports that tell something else than the site does now; return how many do.

    Args:
        at: when the site changed, as far as that is known; otherwise what differs does so from now on.
        which: narrows the exports, e.g. `page=3`.
    """
    since, differing = at or timezone.now(), 0
    for export in list(WechatExport.objects.newest().filter(**which)):
        source = source_of(export)
        same = source is not None and source.tells_what(export)
        differing += not same
        mark = None if same else export.differs_since or since
        if mark != export.differs_since:
            WechatExport.objects.filter(pk=export.pk).update(differs_since=mark)
    return differing


def compare_page(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Compare the exports of a page that was published or taken offline."""
    _after_commit(partial(compare_with_site, timezone.now(), page=instance.pk))


def compare_project(sender: Any, record: Any, **kwargs: Any) -> None:
    """Compare the exports of a project's page when the project, or something of it, took a step."""
    project = getattr(record, "project_id", None) or (
        record.pk if record._meta.model_name == "project" else None
    )
    if project is not None:
        which = {"page__projectpage__project": project}
        _after_commit(partial(compare_with_site, timezone.now(), **which))


def _after_commit(compare: Callable[[], int]) -> None:
    """Compare when what happened is stored; a fault of comparing spoils nothing of it."""

    def compare_or_log() -> None:
        try:
            compare()
        except Exception:  # the daily comparison finds what this one missed
            log.exception("exports were not compared with the site")

    transaction.on_commit(compare_or_log)
