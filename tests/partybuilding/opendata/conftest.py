"""A small site with open data, and the data as programs read them."""

import csv
import io
import json
import re
import sqlite3
import zipfile
from dataclasses import dataclass
from typing import Any

from django.test import Client

from partybuilding.opendata.services import build
from partybuilding.opendata.tables import Table

#: What the page of the data says of the guard, followed to the letter.
GUARD = re.compile("'(?='*[ \u3000\u00a0]*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20])")


@dataclass
class Data:
    """The data as somebody reads them who knows nothing of us.

    Args:
        files: the content of the archive by name.
    """

    files: dict[str, bytes]
    archive: bytes

    @classmethod
    def fetched(cls) -> "Data":
        """Have the data made, which in a test's one transaction nothing asks for, and fetch the archive."""
        build(anew=True)
        archive = Client().get("/data/opendata.zip").content
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            return cls({name: opened.read(name) for name in opened.namelist()}, archive)

    def json(self, name: str) -> list[dict[str, Any]]:
        """Return a table as its JSON tells it."""
        return json.loads(self.files[f"{name}.json"])

    def csv(self, table: Table) -> list[dict[str, str]]:
        """Return a table as its CSV tells it, by the names of JSON, the guard taken off."""
        text = self.files[f"{table.name}.csv"].decode("utf-8-sig")
        names = {str(column.heading): column.name for column in table.in_cells}
        rows = csv.DictReader(io.StringIO(text, newline=""))
        assert list(rows.fieldnames or ()) == list(names)
        return [
            {
                names[key]: GUARD.sub("", value, count=1) if GUARD.match(value) else value
                for key, value in row.items()
            }
            for row in rows
        ]

    def sqlite(self, name: str) -> list[dict[str, Any]]:
        """Return a table as the database tells it."""
        database = sqlite3.connect(":memory:")
        database.deserialize(self.files["opendata.sqlite3"])
        database.row_factory = sqlite3.Row
        try:
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
            return [dict(row) for row in database.execute(f'SELECT * FROM "{name}"')]
        finally:
            database.close()
