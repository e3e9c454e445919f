"""An article to take along: its HTML, its pictures, both covers, and the list of what to check, in one zip."""

from typing import Any

from django.template.loader import render_to_string

from partybuilding.core.files.archives import packed
from partybuilding.wechat.limits import counts_of
from partybuilding.wechat.pictures import content_of, covers
from partybuilding.wechat.sources import ArticleSource

#: Windows opens a text without it in another encoding.
MARK = "\ufeff"


def bundle(source: ArticleSource, fields: dict[str, str]) -> bytes:
    """Return the zip.

    Args:
        fields: title, author and digest as they were given for the platform.
    """
    pictures: dict[str, bytes] = {}

    def kept(cut: Any) -> str:
        name = f"images/{len(pictures) + 1:02d}.jpg"
        pictures[name] = content_of(cut)
        return name

    html = source.html(kept)
    told = {
        "fields": fields,
        "html": html,
        "address": source.address,
        "pictures": sorted(pictures),
        "counts": counts_of(**fields, html=html),
    }
    here = "partybuilding/wechat/bundle"
    files = {
        "article.html": render_to_string(f"{here}/article.html", told).encode(),
        "checklist.txt": f"{MARK}{render_to_string(f'{here}/checklist.txt', told)}".encode(),
        **covers(source.manuscript.cover, fields["title"]),
        **pictures,
    }
    return packed(sorted(files.items()))
