"""What the page of a notice shows: head, corrections, list, ways to object, attachments, signature."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.pages.blocks import file_entry
from partybuilding.core.pages.manuscript import (
    Element,
    Heading,
    attachments,
    elements_of,
    facts,
    table,
    words,
)
from partybuilding.projects.pages import ProjectPage


@dataclass(frozen=True)
class Document:
    """One notice, arranged for reading; what is empty is not shown."""

    kind: str
    signed_at: datetime
    facts: list[dict[str, Any]] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    state: Any = None
    meta: list[str] = field(default_factory=list)


def document_of(notice: Any, request: HttpRequest | None = None) -> Document:
    """Arrange a notice as it stands today."""
    today = timezone.localdate()
    period = notice.period
    left = period.words_left(today) if period else ""
    return Document(
        kind=notice.get_kind_display(),
        signed_at=notice.first_published_at or timezone.now(),
        facts=facts_of(notice),
        corrections=[
            f"{date_format(correction.day, 'DATE_FORMAT')}：{correction.text}"
            for correction in notice.corrections.all()
        ],
        rows=rows_of(notice, request),
        files=files_of(notice),
        state=notice.state(today),
        meta=[left] if left else [],
    )


def facts_of(notice: Any) -> list[dict[str, Any]]:
    """Return the period in words, with a caution while holidays are not arranged, and how to object."""
    if notice.period is None:
        return []
    caution = _("The working days are provisional: the holidays of the year are not announced yet.")
    return [
        {
            "label": _("Period of comment"),
            "value": notice.period.words,
            "note": caution if notice.period.is_provisional else "",
        },
        *objections_to(notice),
    ]


def objections_to(notice: Any) -> list[dict[str, Any]]:
    """Return who receives objections, and how."""
    email = notice.objection_email
    return [
        {"label": _("Received by"), "value": notice.objection_office},
        {"label": _("Telephone"), "value": notice.objection_phone},
        {"label": _("Postal address"), "value": notice.objection_address},
        {"label": _("E-mail"), "value": email, "href": f"mailto:{email}" if email else ""},
        {"label": pgettext("notices", "Form"), "value": notice.objection_form},
    ]


def rows_of(notice: Any, request: HttpRequest | None) -> list[dict[str, Any]]:
    """Return the rows of the list; a project's title leads to its page when residents may read it."""
    if not notice.pk:
        return []
    entries = list(notice.entries.all())
    shown = ProjectPage.objects.readable().filter(project__in=[row.project_id for row in entries])
    pages = {page.project_id: page for page in shown.defer("body")} if entries else {}
    return [
        {
            "number": entry.order,
            "code": entry.code,
            "title": entry.title,
            "organizations": entry.organizations,
            "unit": entry.unit,
            "href": pages[entry.project_id].get_url(request) if entry.project_id in pages else "",
        }
        for entry in entries
    ]


def files_of(notice: Any) -> list[dict[str, Any]]:
    """Return the attachments with kind and size."""
    files = (block.value for block in notice.attachments)
    return [file_entry(item["file"], item["title"]) for item in files if item["file"]]


def elements_of_notice(notice: Any) -> Iterator[Element]:
    """Yield what a notice says, in the order of its page; what is counted from today is left out."""
    document = document_of(notice)
    if document.corrections:
        yield Heading(_("Correction"))
        yield from words("\n".join(document.corrections))
    yield from elements_of(notice.body)
    if document.rows:
        yield Heading(pgettext("notice", "Approved list"))
    heads = (pgettext("column", "Project"), _("Party organization"), pgettext("column", "Number"))
    cells = ((row["title"], row["organizations"], row["code"]) for row in document.rows)
    yield from table("", heads, cells)
    yield from facts(document.facts)
    yield from attachments(document.files)
    day = date_format(timezone.localtime(document.signed_at), "DATE_FORMAT")
    yield from words(f"{notice.issuer}\n{day}")


def banner_of(notice: Any, request: HttpRequest, today: date | None = None) -> dict[str, Any]:
    """Return what the banner of a notice shows, on the front page and elsewhere."""
    today = today or timezone.localdate()
    state, period = notice.state(today), notice.period
    return {
        "href": notice.get_url(request) or "",
        "title": notice.title,
        "kind": notice.get_kind_display(),
        "state": str(state.label) if state else "",
        "tone": state.tone if state else "",
        "starts": notice.opens_on,
        "ends": notice.closes_on,
        "left": period.words_left(today) if period else "",
        "how": how_to_object(notice) if period else "",
    }


def how_to_object(notice: Any) -> str:
    """Say in one sentence where objections go."""
    facts = {"office": notice.objection_office, "phone": notice.objection_phone}
    return _("Objections are received by %(office)s, telephone %(phone)s.") % facts
