"""The files of the open data: one thing in every form, described as it is, the same bytes for the same data."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from partybuilding.core.files.storage import private_storage
from partybuilding.core.registers.exports import Kind
from partybuilding.opendata.models import DataRelease
from partybuilding.opendata.tables import TABLES, Table
from partybuilding.projects.pages import ProjectPage
from tests.factories.opinions import make_exchange
from tests.factories.site import FullSite, make_site
from tests.partybuilding.opendata.conftest import Data

pytestmark = pytest.mark.django_db
#: Validates a package as it is, and then its JSON as tables, which Frictionless reads without counting bytes.
VALIDATION = """
import json, sys
from frictionless import Package
problems = Package("datapackage.json").validate().flatten(["name", "type", "note"])
told = json.load(open("datapackage.json", encoding="utf-8"))
for one in told["resources"]:
    if one.pop("type", ""):
        del one["bytes"], one["hash"]
json.dump(told, open("tables.json", "w", encoding="utf-8"))
problems += Package("tables.json").validate().flatten(["name", "type", "note"])
print(len(told["resources"]), problems)
"""


@pytest.fixture
def site() -> FullSite:
    """Make one of everything, a title that a spreadsheet would run, and opinions enough to be counted."""
    made = make_site()
    ProjectPage.objects.filter(pk=made.project.pk).update(title="=HYPERLINK(议事厅)")
    for _at in range(4):
        make_exchange(made.cast, made.project.project)
    return made


def as_told(table: Table, row: dict[str, Any]) -> dict[str, str]:
    """Return a row of JSON as its CSV says it."""
    cells = {column.name: column.as_cell(row[column.name]) for column in table.in_cells}
    return {name: "" if value is None else str(value) for name, value in cells.items()}


def as_stored(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of JSON as the database keeps it."""
    lists = {column.name: column for column in table.columns if column.kind == Kind.LIST}
    told = {name: lists[name].as_cell(v) if name in lists else v for name, v in row.items()}
    return {name: value if value != "" or name in lists else None for name, value in told.items()}


def test_csv_json_and_sqlite_say_the_same(site: FullSite) -> None:
    data = Data.fetched()
    for table in TABLES:
        rows = data.json(table.name)
        assert rows, table.name
        assert data.csv(table) == [as_told(table, row) for row in rows], table.name
        assert data.sqlite(table.name) == [as_stored(table, row) for row in rows], table.name
        assert len({row[table.key] for row in rows}) == len(rows)
    assert "'=HYPERLINK" in data.files["projects.csv"].decode()
    assert "'=" not in data.files["projects.json"].decode()


def test_the_package_is_what_it_says(site: FullSite, tmp_path: Path) -> None:
    data = Data.fetched()
    for name, content in data.files.items():
        (tmp_path / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", VALIDATION], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.stdout == f"{2 * len(TABLES)} []\n", done.stderr
    lines = data.files["SHA256SUMS"].decode().splitlines()
    sums = dict(reversed(line.split("  ")) for line in lines)
    told = {name: hashlib.sha256(content).hexdigest() for name, content in data.files.items()}
    assert sums == {name: digest for name, digest in told.items() if name != "SHA256SUMS"}


def test_every_file_of_the_archive_stands_at_its_address(site: FullSite) -> None:
    data = Data.fetched()
    release = DataRelease.objects.get()
    assert {entry["name"] for entry in release.files} == {*data.files, "opendata.zip"}
    for name, content in data.files.items():
        response = Client().get(f"/data/{name}")
        assert response.content == content
        assert len(content) == (release.entry(name) or {})["bytes"]
        assert response["ETag"] == f'"{hashlib.sha256(content).hexdigest()}"'
        assert response["Access-Control-Allow-Origin"] == "*"
        assert not response.cookies
    again = Client().get("/data/projects.csv", headers={"If-None-Match": response_tag(data)})
    assert again.status_code == 304
    assert Client().get("/data/secrets.csv").status_code == 404


def response_tag(data: Data) -> str:
    return f'"{hashlib.sha256(data.files["projects.csv"]).hexdigest()}"'


def test_the_same_data_are_the_same_bytes(site: FullSite) -> None:
    first = Data.fetched()
    release = DataRelease.objects.get()
    private_storage().delete(release.file)
    release.delete()
    second = Data.fetched()
    assert second.archive == first.archive
    assert list(second.files) == sorted(second.files)
    names = DataRelease.objects.get().file
    assert private_storage().exists(names)


def test_every_column_is_explained(site: FullSite) -> None:
    for table in TABLES:
        for column in table.columns:
            assert str(column.meaning), (table.name, column.name)
            assert column.name, (table.name, column.heading)
    described = json.loads(Data.fetched().files["datapackage.json"])
    assert {one["format"] for one in described["resources"]} == {"csv", "json"}
    assert described["licenses"][0]["name"] == "CC-BY-4.0"
    assert described["sources"][0]["title"]
