"""Tables as bytes: CSV, JSON, SQLite, the dictionary; the same rows give the same bytes."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from partybuilding.core.registers.exports import NO, YES, ExportColumn, Kind, as_data, csv_text
from partybuilding.core.states import Text
from partybuilding.opendata.tables import Sources, Table

TYPES: dict[Kind, Text] = {
    Kind.TEXT: gettext_lazy("text"),
    Kind.NUMBER: gettext_lazy("whole number"),
    Kind.DECIMAL: gettext_lazy("decimal number"),
    Kind.DAY: gettext_lazy("day (2026-03-01)"),
    Kind.MOMENT: gettext_lazy("moment (2026-03-01T09:30:00+08:00)"),
    Kind.LIST: gettext_lazy("list (in CSV separated by 、)"),
    Kind.LINK: gettext_lazy("address"),
}
IN_SQLITE = {
    Kind.NUMBER: "INTEGER",
    Kind.DECIMAL: "REAL",
    Kind.FLAG: "INTEGER",
}


@dataclass(frozen=True)
class Filled:
    """A table with its rows as plain values."""

    table: Table
    rows: list[dict[str, Any]]


def filled(tables: Iterable[Table], sources: Sources) -> list[Filled]:
    """Read the rows of tables."""
    return [Filled(table, as_data(table.columns, table.rows(sources))) for table in tables]


def csv_of(one: Filled) -> bytes:
    """Return a table as CSV that a spreadsheet opens right: with the mark of UTF-8, Chinese headings."""
    columns = one.table.in_cells
    cells = ([column.as_cell(row[column.name]) for column in columns] for row in one.rows)
    return csv_text([column.heading for column in columns], cells).encode("utf-8-sig")


def json_of(one: Filled) -> bytes:
    """Return a table as a JSON array, a row on each line."""
    lines = (json.dumps(row, ensure_ascii=False) for row in one.rows)
    return ("[" + ",".join(f"\n{line}" for line in lines) + "\n]\n").encode()


def sqlite_of(tables: Sequence[Filled]) -> bytes:
    """Return all tables and the dictionary as one SQLite file."""
    database = sqlite3.connect(":memory:")
    try:
        database.execute("PRAGMA page_size = 4096")
        with database:
            for one in tables:
                _add(database, one)
            names = ", ".join(f'"{heading}"' for heading in dictionary_headings())
            database.execute(f"CREATE TABLE dictionary ({names})")
            marks = ", ".join("?" * len(dictionary_headings()))
            database.executemany(
                f"INSERT INTO dictionary VALUES ({marks})",  # noqa: S608  # question marks
                dictionary_rows(one.table for one in tables),
            )
        return database.serialize()
    finally:
        database.close()


def _add(database: sqlite3.Connection, one: Filled) -> None:
    """Make a table with its key and what it refers to, and fill it."""
    table = one.table
    lines = [
        f'"{column.name}" {IN_SQLITE.get(column.kind, "TEXT")}'
        + (" PRIMARY KEY" if column.name == table.key else "")
        + (f' REFERENCES "{table.refers[column.name]}"' if column.name in table.refers else "")
        for column in table.columns
    ]
    database.execute(f'CREATE TABLE "{table.name}" ({", ".join(lines)})')
    marks = ", ".join("?" * len(table.columns))
    database.executemany(
        f'INSERT INTO "{table.name}" VALUES ({marks})',  # noqa: S608  # a name of ours
        ([_stored(column, row[column.name]) for column in table.columns] for row in one.rows),
    )


def _stored(column: ExportColumn, value: Any) -> Any:
    """Return a value as SQLite keeps it; nothing is NULL, also of a key that leads nowhere."""
    if column.kind == Kind.LIST:
        return column.as_cell(value)
    return int(value) if isinstance(value, bool) else (None if value == "" else value)


def dictionary_headings() -> list[str]:
    """Return the headings of the dictionary."""
    return [
        pgettext("dictionary", "Table"),
        pgettext("dictionary", "Column"),
        pgettext("dictionary", "Name in JSON and SQLite"),
        pgettext("dictionary", "Type"),
        pgettext("dictionary", "Unit"),
        pgettext("dictionary", "Meaning"),
        pgettext("dictionary", "Codes"),
    ]


def dictionary_rows(tables: Iterable[Table]) -> list[list[str]]:
    """Return a line for each column of each table."""
    return [
        [f"{table.title} ({table.name})", *line] for table in tables for line in lines_of(table)
    ]


def lines_of(table: Table) -> list[list[str]]:
    """Return what the dictionary says of each column of a table."""
    return [
        [
            str(column.heading) or _("only in JSON and SQLite"),
            column.name,
            type_words(column),
            str(column.unit),
            str(column.meaning),
            "；".join(f"{code} {word}" for code, word in column.codes.items()),
        ]
        for column in table.columns
    ]


def type_words(column: ExportColumn) -> str:
    """Say of which type a column is."""
    if column.kind == Kind.FLAG:
        return _("yes or no (in CSV %(yes)s or %(no)s)") % {"yes": YES, "no": NO}
    return str(TYPES[column.kind])


def dictionary_of(tables: Iterable[Table]) -> bytes:
    """Return the dictionary as CSV."""
    return csv_text(dictionary_headings(), dictionary_rows(tables)).encode("utf-8-sig")
