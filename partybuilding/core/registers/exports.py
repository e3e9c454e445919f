"""Lists as files: CSV that a spreadsheet opens right, XLSX that prints as it is, JSON; and the columns they share."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from io import StringIO
from itertools import chain, islice
from typing import Any, NamedTuple, TypeVar

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy, pgettext_lazy

from partybuilding.core.registers.workbook import workbook
from partybuilding.core.states import Text
from partybuilding.core.text.characters import writable
from partybuilding.core.words.lists import WordList

#: What a spreadsheet takes for the beginning of a formula, in half and full width.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
#: What gets an apostrophe before it: such a beginning, and one that has its apostrophe already, so that
#: whoever takes one off again reads every text as it was.
_GUARDED = re.compile(f"'*[ \u3000\u00a0]*[{re.escape(''.join(STARTS))}]")


#: Lines of a file that are written at once, and rows that are read at once.
TOGETHER, AT_ONCE = 200, 500
#: A file of more rows is handed out while they are read, and kept by no cache.
LONG = 2000


def safe_cell(value: Any) -> str:
    """Return a value as text; one that begins like a formula gets an apostrophe before it."""
    text = "" if value is None else writable(str(value))
    is_number = isinstance(value, int | float)
    return f"'{text}" if not is_number and _GUARDED.match(text) else text


def csv_text(headings: Iterable[Any], rows: Iterable[Iterable[Any]]) -> str:
    """Return the lines of a CSV file (RFC 4180), headings first, without the mark."""
    return "".join(csv_lines(headings, rows))


def csv_lines(headings: Iterable[Any], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Yield them as the rows come, some at a time."""
    lines = chain([headings], rows)
    while some := list(islice(lines, TOGETHER)):
        written = StringIO()
        csv.writer(written).writerows([safe_cell(value) for value in line] for line in some)
        yield written.getvalue()


def csv_response(
    name: str, headings: Iterable[Any], rows: Iterable[Iterable[Any]], *, is_long: bool = False
) -> HttpResponseBase:
    """Return a CSV file to take along.

    Args:
        name: of the file, without its ending.
        headings: of the columns.
        rows: lists of values; numbers stay numbers.
        is_long: whether it is handed out while the rows are read.
    """
    lines = chain(["\ufeff"], csv_lines(headings, rows))
    response = _handed_out(lines, "text/csv; charset=utf-8", is_long=is_long)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.csv") or ""
    return response


def _handed_out(pieces: Iterable[str], kind: str, *, is_long: bool) -> HttpResponseBase:
    """Return an answer made of pieces: whole, so that caches know it again, or as they come."""
    if is_long:
        return StreamingHttpResponse(pieces, content_type=kind)
    return HttpResponse("".join(pieces), content_type=kind)


CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
R = TypeVar("R", bound=HttpResponseBase)


def workbook_response(
    title: str, headings: Iterable[Any], rows: Iterable[Iterable[Any]]
) -> HttpResponse:
    """Return the file as a download that bears today's date in its name."""
    return as_download(HttpResponse(workbook(title, headings, rows)), title, timezone.localdate())


def as_download(response: R, title: str, day: date) -> R:
    """Make an answer with an XLSX file in it a download that bears a day in its name."""
    name = f"{title}_{day:%Y%m%d}.xlsx"
    response["Content-Type"] = CONTENT_TYPE
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "private, no-store"
    return response


YES, NO = pgettext_lazy("in a cell", "yes"), pgettext_lazy("in a cell", "no")


class Kind(StrEnum):
    """What the values of a column are: days and moments in ISO 8601, moments with the offset of the place."""

    TEXT = "text"
    NUMBER = "number"
    DECIMAL = "decimal"
    DAY = "day"
    MOMENT = "moment"
    LIST = "list"
    FLAG = "flag"
    LINK = "link"


#: Of these what is missing is an empty text; of the others it is nothing (null).
WORDS = (Kind.TEXT, Kind.LINK)


class ExportColumn(NamedTuple):
    """One column; a register writes the first two as a pair.

    Args:
        heading: of the column in CSV and XLSX; one without stands in JSON alone.
        value: reads it from a row.
        name: its name in JSON.
        meaning: what it tells, for the dictionary of the open data.
        unit: in which its numbers count.
        codes: every code that it may hold, with its word.
    """

    heading: Text
    value: Callable[[Any], Any]
    name: str = ""
    kind: Kind = Kind.TEXT
    meaning: Text = ""
    unit: Text = ""
    codes: Mapping[str, Text] | WordList = {}

    def plain(self, row: Any) -> Any:
        """Return the value as data."""
        value = self.value(row)
        if value is None:
            return "" if self.kind in WORDS else None
        match self.kind:
            case Kind.TEXT | Kind.LINK:
                return writable(str(value))
            case Kind.DAY:
                return value.isoformat()
            case Kind.MOMENT:
                return localtime(value).isoformat(timespec="seconds")
            case Kind.DECIMAL:
                return float(value)
            case Kind.LIST:
                return [writable(str(one)) for one in value]
        return value

    def cell(self, row: Any) -> Any:
        """Return the value in one cell of a table."""
        return self.as_cell(self.plain(row))

    def as_cell(self, value: Any) -> Any:
        """Return what `plain` returned in one cell of a table."""
        if self.kind == Kind.LIST:
            return "、".join(value or ())
        if self.kind == Kind.FLAG and value is not None:
            return str(YES if value else NO)
        return value


def link_column(value: Callable[[Any], str]) -> ExportColumn:
    """Return the column with the way to what residents read."""
    return ExportColumn(
        gettext_lazy("Address of the page"),
        value,
        "url",
        Kind.LINK,
        meaning=gettext_lazy("Where residents read it."),
    )


def as_csv(
    name: str, columns: Sequence[ExportColumn], rows: Iterable[Any], *, is_long: bool = False
) -> HttpResponseBase:
    """Return rows as a CSV file of that name, a long one while they are read."""
    shown = [column for column in columns if column.heading]
    cells = ([column.cell(row) for column in shown] for row in rows)
    return csv_response(name, [str(column.heading) for column in shown], cells, is_long=is_long)


def as_json(
    about: Mapping[str, Any],
    name: str,
    columns: Sequence[ExportColumn],
    rows: Iterable[Any],
    *,
    is_long: bool,
) -> HttpResponseBase:
    """Return rows as JSON below a name, after what is said about them; a long file while they are read."""
    told = (json.dumps(row, ensure_ascii=False) for row in each_as_data(columns, rows))
    head = json.dumps({**about, name: []}, ensure_ascii=False).removesuffix("]}")
    listed = (f", {row}" if at else row for at, row in enumerate(told))
    return _handed_out(chain([head], listed, ["]}"]), "application/json", is_long=is_long)


def as_data(columns: Sequence[ExportColumn], rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Return rows as JSON tells them."""
    return list(each_as_data(columns, rows))


def each_as_data(columns: Sequence[ExportColumn], rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Yield them one by one."""
    return ({column.name: column.plain(row) for column in columns} for row in rows)


def xlsx_of(title: str, columns: Sequence[ExportColumn], rows: Iterable[Any]) -> bytes:
    """Return rows as the XLSX file of that title; numbers and days stay such."""
    headings = [column.heading for column in columns]
    return workbook(title, headings, ([one.value(row) for one in columns] for row in rows))


def as_xlsx(title: str, columns: Sequence[ExportColumn], rows: Iterable[Any]) -> HttpResponse:
    """Return rows as an XLSX file to take along."""
    content = xlsx_of(title, columns, rows)
    return as_download(HttpResponse(content), title, timezone.localdate())
