"""What residents see of the case book: a year's editions to take along, and whether a file is an official one."""

import hashlib
import re
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from partybuilding.casebook.models import CaseBook, Edition
from partybuilding.casebook.selectors import (
    in_order,
    offered_editions,
    official,
    published_books,
)
from partybuilding.casebook.states import FOR_RESIDENTS, EditionKind, extension_of
from partybuilding.cases.pages import CaseIndexPage
from partybuilding.core.files.storage import private_storage
from partybuilding.core.pages import FRESH_SECONDS, PageMeta, front_page_entry, own_address
from partybuilding.core.pages.meta import Thing

HASH = re.compile(r"[0-9a-f]{64}")
TYPES = {"pdf": "application/pdf", "epub": "application/epub+zip"}
WayBack = list[dict[str, str]]


def _way_back(*steps: tuple[str, str]) -> WayBack:
    rows = [front_page_entry(), {"text": _("Case books"), "href": reverse("books")}]
    rows += [{"text": text, "href": href} for text, href in steps]
    rows[-1] = {**rows[-1], "href": ""}
    return rows


def _shown(
    request: HttpRequest,
    template: str,
    way_back: WayBack,
    description: str,
    *,
    things: tuple[Thing, ...] = (),
    **context: Any,
) -> HttpResponse:
    meta = PageMeta(
        title=way_back[-1]["text"],
        address=own_address(request.path, request),
        description=description,
        way_back=tuple(way_back),
        things=things,
    )
    context |= {"title": meta.title, "lead": description, "way_back": way_back, "page_meta": meta}
    response = render(request, f"partybuilding/casebook/public/{template}", context)
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
    return response


def _book(year: int) -> CaseBook:
    for book in published_books():
        if book.cycle.year == year:
            return book
    raise Http404


def ways_of_list(page: Any) -> list[dict[str, str]]:
    """Lead from the list of cases to the books that were made of them."""
    if not isinstance(page, CaseIndexPage):
        return []
    return [
        {"text": book.title, "href": reverse("book", args=[book.cycle.year])}
        for book in published_books()
    ]


@require_safe
def books(request: HttpRequest) -> HttpResponse:
    """Show the newest book with its editions, and the years of which there is another."""
    found = published_books()
    editions = offered_editions(found[0].cycle.year) if found else []
    older = found[1:] if editions else found
    context = {
        **(_newest(found[0], editions) if editions else {}),
        "entries": [
            {"title": book.title, "href": reverse("book", args=[book.cycle.year])} for book in older
        ],
    }
    words = _("The cases of each year as a book, to read on the screen or on paper.")
    return _shown(request, "books.html", _way_back(), words, **context)


def _newest(book: CaseBook, editions: list[Edition]) -> dict[str, Any]:
    """Return what the list shows of the newest book."""
    return {
        "book": book,
        "year": book.cycle.year,
        "count": len(editions[0].cases),
        **_to_take(editions, book.cycle.year),
    }


def _to_take(editions: list[Edition], year: int) -> dict[str, Any]:
    """Return the editions as `components/book.html` shows them, and whether there is a picture of the cover."""
    return {
        "editions": [_entry(edition, year) for edition in editions],
        "cover": any(edition.cover for edition in editions),
    }


@require_safe
def book(request: HttpRequest, year: int) -> HttpResponse:
    """Show a year's book with its editions: format, size, day, hash."""
    found = _book(year)
    editions = offered_editions(year)
    withdrawn = None
    if not editions:
        rows = Edition.objects.published().filter(book=found, withdrawn_at__isnull=False)
        withdrawn = rows.order_by("-withdrawn_at").first()
    cases = editions[0].manifest["book"]["cases"] if editions else []
    context = {
        "book": found,
        "year": year,
        **_to_take(editions, year),
        "withdrawn": withdrawn,
        "cases": [
            {
                "title": case["title"],
                "meta": "　".join(filter(None, (case["organization"], case["grade"]))),
                "href": page,
            }
            for case, page in _with_pages(found, cases, request)
        ],
    }
    facts = {"n": len(cases), "year": year}
    words = _("%(n)s cases of %(year)s, with the year in numbers and what became of its promises.")
    way_back = _way_back((found.title, ""))
    things = tuple(_thing(found, edition, request) for edition in editions[:1])
    return _shown(request, "book.html", way_back, words % facts, things=things, **context)


def _thing(book: CaseBook, edition: Edition, request: HttpRequest) -> Thing:
    """Return the book in the words of schema.org."""
    return {
        "@type": "Book",
        "name": book.title,
        "url": own_address(request.path, request),
        "inLanguage": "zh-CN",
        "datePublished": f"{edition.published_at:%Y-%m-%d}",
        "publisher": {"@type": "Organization", "name": book.issuer},
        "numberOfPages": edition.measures.get("pages"),
    }


def _with_pages(
    book: CaseBook, cases: list[dict[str, Any]], request: HttpRequest
) -> list[tuple[dict[str, Any], str]]:
    addresses = {page.pk: page.get_url(request) or "" for page in in_order(book)}
    return [(case, addresses.get(case["page"], "")) for case in cases]


def _entry(edition: Edition, year: int) -> dict[str, Any]:
    kind = EditionKind(edition.kind)
    address = reverse("book_file", args=[year, edition.kind, extension_of(edition.kind)])
    return {
        "label": str(kind.label),
        "href": address,
        "tone": "primary" if kind == EditionKind.PUBLIC else "secondary",
        "kind": extension_of(edition.kind).upper(),
        "size": edition.size,
        "pages": edition.measures.get("pages"),
        "published_at": edition.published_at,
        "sha256": edition.sha256,
    }


@require_safe
def book_file(request: HttpRequest, year: int, kind: str, extension: str) -> HttpResponseBase:
    """Return the edition that residents get now; a cache asks each time, and is told when it knows it."""
    found = {edition.kind: edition for edition in offered_editions(year)}
    edition = found.get(kind)
    if edition is None or kind not in FOR_RESIDENTS or extension != extension_of(kind):
        raise Http404
    return _sent(request, edition.path, edition.sha256, TYPES[extension], edition.filename)


@require_safe
def cover(request: HttpRequest, year: int) -> HttpResponseBase:
    """Return the picture of the cover."""
    for edition in offered_editions(year):
        if edition.cover:
            return _sent(request, edition.cover_path, f"c{edition.sha256}", "image/png", "")
    raise Http404


def _sent(
    request: HttpRequest, name: str, tag: str, content_type: str, filename: str
) -> HttpResponseBase:
    tag = f'"{tag}"'
    try:
        response: HttpResponseBase = (
            HttpResponseNotModified()
            if request.headers.get("If-None-Match") == tag
            else FileResponse(private_storage().open(name), content_type=content_type)
        )
    except OSError as lost:
        raise Http404 from lost
    response["ETag"] = tag
    response["X-Content-Type-Options"] = "nosniff"
    if filename:
        response["Content-Disposition"] = content_disposition_header(True, filename) or ""
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
    return response


class VerifyForm(forms.Form):
    """A hash that was pasted, or a file that is read here and kept nowhere."""

    sha256 = forms.CharField(
        label=gettext_lazy("SHA-256 of the file"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("64 letters and figures; blanks and capitals do not matter."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose the file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("It is read once to compute its hash, and is not kept."),
    )

    def clean_sha256(self) -> str:
        """Return the hash in its one form."""
        text = "".join(self.cleaned_data["sha256"].split()).lower()
        if text and not HASH.fullmatch(text):
            raise forms.ValidationError(
                _("A SHA-256 has 64 letters and figures, 0 to 9 and a to f; copy the whole of it.")
            )
        return text

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, and return the hash that is asked about."""
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file is not None and file is not False:
            found = hashlib.sha256()
            for chunk in file.chunks():
                found.update(chunk)
            cleaned["asked"] = found.hexdigest()
        elif cleaned.get("sha256"):
            cleaned["asked"] = cleaned["sha256"]
        elif not self.errors:
            raise forms.ValidationError(_("Paste the hash, or choose the file."))
        return cleaned


#: Bytes of the largest file that is looked at without an account.
LARGEST_FILE = 100 * 1024 * 1024


@csrf_exempt  # it changes nothing and sets no cookie: whoever sends it learns what everybody may know
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, year: int) -> HttpResponse:
    """Tell whether a file is an official edition of a year's book."""
    found = _book(year)
    asks = request.method == "POST" or "sha256" in request.GET
    data = request.POST if request.method == "POST" else request.GET
    form = VerifyForm(data, request.FILES) if asks else VerifyForm()
    context: dict[str, Any] = {"form": form, "book": found, "year": year}
    if asks and form.is_valid():
        asked = form.cleaned_data["asked"]
        edition = official(year, asked)
        context |= {"asked": asked, "edition": edition, "is_answered": True}
        context["is_newest"] = edition is not None and edition in offered_editions(year)
    way_back = _way_back(
        (found.title, reverse("book", args=[year])), (_("Is this file official?"), "")
    )
    words = _("Whether a file is an edition of this book as it was published, to the last byte.")
    response = _shown(request, "verify.html", way_back, words, **context)
    if asks:
        add_never_cache_headers(response)
    return response


verify.largest_body = LARGEST_FILE  # type: ignore[attr-defined]
