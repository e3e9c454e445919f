"""The page of the open data in words: facts for catalogues, a card for each table, what machines read of it."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from partybuilding.core.pages import PageMeta
from partybuilding.core.pages.meta import Thing, dataset, iso
from partybuilding.core.text.phrases import in_a_row
from partybuilding.opendata.formats import lines_of
from partybuilding.opendata.licence import licence
from partybuilding.opendata.models import DataRelease
from partybuilding.opendata.package import (
    ARCHIVE,
    DICTIONARY,
    PACKAGE,
    README,
    SQLITE,
    SUMS,
    media_type,
)
from partybuilding.opendata.pages import OpenDataPage
from partybuilding.opendata.tables import TABLES, Table


def shown(page: OpenDataPage, release: DataRelease, provider: str) -> dict[str, Any]:
    """Return what the page shows of a release."""
    return {
        "release": release,
        "facts": facts_of(page, release, provider),
        "licence": licence(),
        "wholes": [
            file_of(release, ARCHIVE, _("All of it in one file"), "ZIP"),
            file_of(release, SQLITE, _("All tables as a database"), "SQLite"),
        ],
        "tables": [card_of(table, release) for table in TABLES],
        "describing": [
            file_of(release, DICTIONARY, _("Data dictionary"), "CSV"),
            file_of(release, PACKAGE, _("Description of the package"), "Frictionless JSON"),
            file_of(release, SUMS, _("Digests to check the files by"), "SHA-256"),
            file_of(release, README, _("Notes for readers"), "TXT"),
        ],
    }


def dictionary_of(page: OpenDataPage, request: HttpRequest) -> dict[str, Any]:
    """Return what the page of the dictionary shows."""
    title = _("Data dictionary")
    way_back = [*page.way_back(request), {"text": title, "href": ""}]
    way_back[-2] = {**way_back[-2], "href": reverse("open_data")}
    words = _("What each column of the open data holds: type, unit, meaning, codes.")
    return {
        "title": title,
        "lead": words,
        "way_back": way_back,
        "tables": [
            {"name": table.name, "title": table.title, "facts": columns_of(table)}
            for table in TABLES
        ],
        "contents": [{"text": table.title, "href": f"#{table.name}"} for table in TABLES],
        "files": [
            {"name": title, "href": reverse("open_data_file", args=[DICTIONARY]), "kind": "CSV"}
        ],
        "page_meta": PageMeta.of(
            page,
            request,
            title=title,
            address=request.build_absolute_uri(request.path),
            description=words,
            way_back=tuple(way_back),
        ),
    }


def columns_of(table: Table) -> list[dict[str, str]]:
    """Return what each column of a table holds, with its name for programs, type, unit and codes."""
    return [
        {"label": heading, "value": meaning, "note": _note(name, kind, unit, codes)}
        for heading, name, kind, unit, meaning, codes in lines_of(table)
    ]


def _note(name: str, kind: str, unit: str, codes: str) -> str:
    counted = _("in %(unit)s") % {"unit": unit} if unit else ""
    return in_a_row(name, kind, counted, codes)


def facts_of(page: OpenDataPage, release: DataRelease, provider: str) -> list[dict[str, Any]]:
    """Return the core metadata that catalogues of open government data ask for."""
    terms = licence()
    total = sum(release.rows.values())
    size = release.entry(ARCHIVE) or {"bytes": 0}
    amount = _("%(tables)s tables, %(rows)s rows, %(size)s") % {
        "tables": len(TABLES),
        "rows": total,
        "size": filesizeformat(size["bytes"]),
    }
    return [
        {"label": _("Provider of the data"), "value": provider},
        {"label": _("Subject of the data"), "value": _("Party building, public accountability")},
        {"label": _("Update frequency"), "value": _("with every publication, and every day")},
        {"label": _("Openness"), "value": terms.attribute, "note": terms.terms},
        {"label": pgettext("data", "Licence"), "value": terms.title, "href": terms.href},
        {"label": _("Amount of data"), "value": amount},
        {"label": pgettext("data", "First published"), "value": _day(release.first_at)},
        {"label": pgettext("data", "Last changed"), "value": _day(release.made_at)},
        {"label": pgettext("data", "As of"), "value": _moment(release.checked_at)},
        {"label": pgettext("data", "Contact"), **_contact(page)},
    ]


def _contact(page: OpenDataPage) -> dict[str, str]:
    """Return how to ask about the data; by the letterbox, when nothing else is named."""
    if page.contact:
        return {"value": page.contact}
    return {"value": _("Write to the letterbox"), "href": reverse("letterbox")}


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")


def _moment(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def card_of(table: Table, release: DataRelease) -> dict[str, Any]:
    """Return what the page shows of a table."""
    number = release.rows.get(table.name, 0)
    return {
        "name": table.name,
        "title": table.title,
        "about": table.about,
        "rows": ngettext("%(n)s row", "%(n)s rows", number) % {"n": number},
        "files": [
            file_of(release, f"{table.name}.csv", _("For spreadsheets"), "CSV"),
            file_of(release, f"{table.name}.json", _("For programs"), "JSON"),
        ],
        "dictionary": f"{reverse('open_data_dictionary')}#{table.name}",
    }


def file_of(release: DataRelease, name: str, words: str, kind: str) -> dict[str, Any]:
    """Return the entry of a file in a list of downloads."""
    entry = release.entry(name) or {"bytes": 0}
    href = reverse("open_data_file", args=[name])
    return {"name": words, "href": href, "kind": kind, "size": entry["bytes"]}


def meta_of(page: OpenDataPage, release: DataRelease, request: HttpRequest) -> PageMeta:
    """Return what the head tells: a data set in the words of schema.org and of DCAT."""
    words = _("Projects, commitments, progress, supervision and results, as published.")
    meta = PageMeta.of(page, request, description=page.search_description or words)
    files = [
        (
            request.build_absolute_uri(reverse("open_data_file", args=[entry["name"]])),
            media_type(entry["name"]),
            entry["bytes"],
        )
        for entry in release.files
    ]
    return replace(
        meta,
        updated=release.made_at,
        things=(_dataset(meta, release, files), _dcat(meta, release, files)),
    )


Found = list[tuple[str, str, int]]


def _dataset(meta: PageMeta, release: DataRelease, files: Found) -> Thing:
    terms = licence()
    return dataset(
        meta,
        [(kind, address) for address, kind, _size in files],
        license=terms.href or str(terms.title),
        datePublished=iso(release.first_at),
        dateModified=iso(release.made_at),
        temporalCoverage=f"../{release.day.isoformat()}",
        keywords=[str(table.title) for table in TABLES],
    )


def _dcat(meta: PageMeta, release: DataRelease, files: Found) -> Thing:
    terms = licence()
    return {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
        "@type": "dcat:Dataset",
        "@id": meta.address,
        "dct:title": meta.title,
        "dct:description": meta.description,
        "dct:language": "zh-CN",
        "dct:issued": iso(release.first_at),
        "dct:modified": iso(release.made_at),
        "dct:license": {"@id": terms.href} if terms.href else str(terms.title),
        "dcat:keyword": [str(table.title) for table in TABLES],
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:downloadURL": {"@id": address},
                "dcat:mediaType": kind,
                "dcat:byteSize": size,
            }
            for address, kind, size in files
        ],
    }
