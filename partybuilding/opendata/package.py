"""All files of a release: the tables, what describes them (Frictionless Data Package), their digests, one archive."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from partybuilding.core.files.archives import packed
from partybuilding.core.registers.exports import NO, YES, ExportColumn, Kind
from partybuilding.opendata.formats import Filled, csv_of, dictionary_of, json_of, sqlite_of
from partybuilding.opendata.licence import Licence
from partybuilding.opendata.tables import TABLES, Table

PACKAGE, SUMS, README, DICTIONARY = "datapackage.json", "SHA256SUMS", "README.txt", "dictionary.csv"
SQLITE, ARCHIVE = "opendata.sqlite3", "opendata.zip"
TYPES = {
    Kind.NUMBER: {"type": "integer"},
    Kind.DECIMAL: {"type": "number"},
    Kind.DAY: {"type": "date"},
    Kind.MOMENT: {"type": "datetime", "format": "%Y-%m-%dT%H:%M:%S%z"},
    Kind.LINK: {"type": "string", "format": "uri"},
}
Files = dict[str, bytes]


@dataclass(frozen=True)
class About:
    """Who gives the data, where, and on what terms."""

    title: str
    description: str
    provider: str
    contact: str
    address: str
    licence: Licence


def tables_as_files(tables: Sequence[Filled]) -> Files:
    """Return what holds rows: a CSV and a JSON for each table, the database, and the dictionary."""
    files = {DICTIONARY: dictionary_of(one.table for one in tables), SQLITE: sqlite_of(tables)}
    for one in tables:
        files[f"{one.table.name}.csv"] = csv_of(one)
        files[f"{one.table.name}.json"] = json_of(one)
    return files


def digest_of(files: Files, about: About) -> str:
    """Return what two releases share that say the same, whenever they were made."""
    told = hashlib.sha256(repr(about).encode())
    told.update(sums_of(files))
    return told.hexdigest()


def complete(files: Files, tables: Sequence[Filled], about: About, made: datetime) -> Files:
    """Add the description, the words for people, the digests and the archive of all.

    Args:
        made: since when the data have stood as they are.
    """
    described = {
        PACKAGE: _package(files, tables, about, made),
        README: _readme(about, made),
    }
    told = {**files, **described}
    told[SUMS] = sums_of(told)
    return {**told, ARCHIVE: packed(sorted(told.items()))}


def sums_of(files: Files) -> bytes:
    """Return the digests as `sha256sum --check` reads them."""
    return "".join(f"{sha256(files[name])}  {name}\n" for name in sorted(files)).encode()


def sha256(content: bytes) -> str:
    """Return the digest of a file."""
    return hashlib.sha256(content).hexdigest()


def _package(
    files: Mapping[str, bytes], tables: Sequence[Filled], about: About, made: datetime
) -> bytes:
    terms = about.licence
    resources = [
        resource
        for one in tables
        for resource in (_resource(one.table, files, "csv"), _resource(one.table, files, "json"))
    ]
    described = {
        "profile": "data-package",
        "name": "partybuilding-opendata",
        "title": about.title,
        "description": about.description,
        "homepage": about.address,
        "created": made.isoformat(timespec="seconds"),
        "licenses": [
            {"name": terms.code, "title": str(terms.title)}
            | ({"path": terms.href} if terms.href else {})
        ],
        "sources": [{"title": about.provider, "path": about.address}],
        "resources": resources,
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(table: Table, files: Mapping[str, bytes], form: str) -> dict[str, Any]:
    """Describe a table in one of its two forms."""
    path = f"{table.name}.{form}"
    as_json = form == "json"
    told = {
        "name": table.name if form == "csv" else f"{table.name}-json",
        "title": str(table.title),
        "description": str(table.about),
        # Frictionless reads a table of JSON without counting its bytes; as `json` it checks them.
        **({"type": "json"} if as_json else {"profile": "tabular-data-resource"}),
        "path": path,
        "format": form,
        "mediatype": MEDIA_TYPES[form],
        "encoding": "utf-8",
        "bytes": len(files[path]),
        "hash": f"sha256:{sha256(files[path])}",
    }
    return {**told, "schema": _schema(table, as_json=as_json)}


MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "sqlite3": "application/vnd.sqlite3",
    "zip": "application/zip",
    "txt": "text/plain",
    "": "text/plain",
}


def media_type(name: str) -> str:
    """Return the media type of one of our files."""
    return MEDIA_TYPES[name.rpartition(".")[2] if "." in name else ""]


def _schema(table: Table, *, as_json: bool) -> dict[str, Any]:
    columns = table.columns if as_json else table.in_cells

    def name(column: str) -> str:
        return column if as_json else str(table.column(column).heading)

    suffix = "-json" if as_json else ""
    keys = (
        {
            "fields": name(column),
            "reference": {"resource": f"{other}{suffix}", "fields": _key_of(other, as_json)},
        }
        for column, other in table.refers.items()
    )
    return {
        "fields": [_field(column, table, as_json=as_json) for column in columns],
        "missingValues": [""],
        "primaryKey": name(table.key),
        "foreignKeys": list(keys),
    }


def _key_of(name: str, as_json: bool) -> str:
    table = next(one for one in TABLES if one.name == name)
    return table.key if as_json else str(table.column(table.key).heading)


def _field(column: ExportColumn, table: Table, *, as_json: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": column.name if as_json else str(column.heading),
        "title": str(column.heading or column.name),
        "description": str(column.meaning),
        **TYPES.get(column.kind, {"type": "string"}),
    }
    if column.kind == Kind.LIST and as_json:
        told["type"] = "array"
    if column.kind == Kind.FLAG:
        told["type"] = "boolean"
        if not as_json:
            told |= {"trueValues": [str(YES)], "falseValues": [str(NO)]}
    if column.unit:
        told["x_unit"] = str(column.unit)
    rules: dict[str, Any] = {"required": True, "unique": True} if column.name == table.key else {}
    if column.codes:
        rules["enum"] = list(column.codes)
        told["x_codes"] = {code: str(word) for code, word in column.codes.items()}
    return {**told, "constraints": rules} if rules else told


def _readme(about: About, made: datetime) -> bytes:
    terms = about.licence
    return README_TEXT.format(
        title=about.title,
        provider=about.provider,
        contact=about.contact or about.address,
        address=about.address,
        day=made.date().isoformat(),
        licence=f"{terms.title} {terms.href}".strip(),
        terms=terms.terms,
    ).encode("utf-8-sig")


README_TEXT = """{title}

提供单位：{provider}
数据更新：{day}
网页：{address}
联系方式：{contact}
许可：{licence}
{terms}

文件说明
*.csv             表格，UTF-8编码，可以用WPS表格、Excel直接打开
*.json            同样的内容，供程序读取
opendata.sqlite3  全部表格，SQLite数据库
dictionary.csv    数据字典：每张表每一列的类型、单位、含义和代码
datapackage.json  数据包说明（Frictionless Data Package），含每个文件的大小和SHA-256
SHA256SUMS        校验值，用 sha256sum --check SHA256SUMS 核对

读取CSV时请注意：以 = + - @ 等符号开头的文字前面加了一个半角撇号（'），防止表格软件当作公式执行。
原文以撇号开头、后面紧跟这些符号的，也多加一个。去掉一个撇号就是原文，JSON和SQLite里没有这个撇号。

承诺和步骤的字段与开放合同数据标准（OCDS）的里程碑对应：status、dueDate、dateMet、dateModified；
x_originalDueDate、x_terminated是本栏增加的。这是对应关系，不代表完全符合该标准。
"""
