"""Is it a Word document or an Excel workbook: a sound package, small enough, without macros.

The sizes are checked as declared and as they really are before any part is opened; the parts that
are opened (the list of content types and the main part) go through defusedxml. Other parts are
measured but not read: embedded objects and links to elsewhere stay in the file.
"""

import struct
import zlib
from collections.abc import Iterable
from io import BytesIO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from defusedxml import sax
from defusedxml.ElementTree import fromstring

from partybuilding.core.uploads.kinds import Kind
from partybuilding.core.uploads.refusals import Malformed, Reason, UploadRefused

MEBIBYTE = 1024 * 1024
MAX_ENTRIES = 2_000
MAX_UNPACKED = 200 * MEBIBYTE
MAX_MAIN_PART = 32 * MEBIBYTE
MAX_CONTENT_TYPES = MEBIBYTE
# Text of an office file shrinks to a twentieth, a sheet of empty styled cells to a hundredth.
MAX_RATIO = 200
RATIO_COUNTS_FROM = MEBIBYTE
# libxml2, and with it python-docx, refuses deeper trees.
MAX_DEPTH = 256
MAX_ELEMENTS = 1_000_000  # about two seconds of reading; a long document has a tenth

CONTENT_TYPES_PART = "[Content_Types].xml"
OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_OFFICE = "application/vnd.openxmlformats-officedocument"
MAIN_TYPES = {
    f"{_OFFICE}.wordprocessingml.document.main+xml": Kind.DOCX,
    f"{_OFFICE}.spreadsheetml.sheet.main+xml": Kind.XLSX,
}
MACRO_MARKS = ("vbaproject", "macroenabled", "macrosheet")

_DIRECTORY_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<26xHH")
_SLICE = 16 * 1024  # unpacks to 16 MiB at most
# What zipfile, zlib and the XML parsers raise over a broken file.
_BROKEN = (
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    SAXException,
    SyntaxError,
    ValueError,
    struct.error,
    zlib.error,
)


def check_office(data: bytes) -> Kind:
    """Return which of the two kinds a package is.

    Raises:
        UploadRefused: It unpacks to too much, or has macros.
        Malformed: It is neither kind, or is broken.
    """
    if data.count(_DIRECTORY_ENTRY) > MAX_ENTRIES:
        raise UploadRefused(Reason.UNPACKS_TOO_LARGE)
    try:
        with ZipFile(BytesIO(data)) as package:
            _check_sizes(data, package.infolist())
            return _kind_of(package)
    except _BROKEN as error:
        raise Malformed(str(error)) from error


def _check_sizes(data: bytes, entries: list[ZipInfo]) -> None:
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED or any(map(_is_dense, entries)):
        raise UploadRefused(Reason.UNPACKS_TOO_LARGE)
    if sum(entry.compress_size for entry in entries) > len(data):
        raise Malformed("Entries overlap.")
    for entry in entries:
        if _real_size(_packed(data, entry), entry) != entry.file_size:
            raise Malformed(f"{entry.filename} is not as large as declared.")


def _is_dense(entry: ZipInfo) -> bool:
    return entry.file_size > max(RATIO_COUNTS_FROM, MAX_RATIO * entry.compress_size)


def _packed(data: bytes, entry: ZipInfo) -> memoryview:
    name_length, extra_length = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
    start = entry.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    return memoryview(data)[start : start + entry.compress_size]


def _real_size(packed: memoryview, entry: ZipInfo) -> int:
    """Measure what an entry unpacks to, and stop as soon as it is more than declared."""
    if entry.compress_type == ZIP_STORED:
        return len(packed)
    if entry.compress_type != ZIP_DEFLATED:
        raise Malformed(f"{entry.filename} is packed in an unusual way.")
    inflater, size = zlib.decompressobj(-zlib.MAX_WBITS), 0
    for offset in range(0, len(packed), _SLICE):
        size += len(inflater.decompress(packed[offset : offset + _SLICE]))
        if inflater.eof or size > entry.file_size:
            break
    return size


def _kind_of(package: ZipFile) -> Kind:
    types = _declared_types(package)
    _refuse_macros([*package.namelist(), *types.values()])
    for part, content_type in types.items():
        if content_type in MAIN_TYPES:
            _check_xml(package, part.removeprefix("/"))
            return MAIN_TYPES[content_type]
    raise Malformed("The package has no main part of a known kind.")


def _declared_types(package: ZipFile) -> dict[str, str]:
    _refuse_larger(package, CONTENT_TYPES_PART, MAX_CONTENT_TYPES)
    root = fromstring(package.read(CONTENT_TYPES_PART), forbid_dtd=True)
    return {
        override.get("PartName", ""): override.get("ContentType", "")
        for override in root.iter(OVERRIDE)
    }


def _refuse_macros(words: Iterable[str]) -> None:
    if any(mark in word.lower() for word in words for mark in MACRO_MARKS):
        raise UploadRefused(Reason.MACROS)


def _refuse_larger(package: ZipFile, part: str, limit: int) -> None:
    if package.getinfo(part).file_size > limit:
        raise UploadRefused(Reason.UNPACKS_TOO_LARGE)


def _check_xml(package: ZipFile, part: str) -> None:
    _refuse_larger(package, part, MAX_MAIN_PART)
    with package.open(part) as stream:
        sax.parse(stream, _Gauge(), forbid_dtd=True)


class _Gauge(ContentHandler):
    """Refuse XML that is nested deeper, or longer, than office programs write."""

    depth = 0
    elements = 0

    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_DEPTH or self.elements > MAX_ELEMENTS:
            raise UploadRefused(Reason.UNPACKS_TOO_LARGE)

    def endElement(self, name: str) -> None:  # noqa: N802
        self.depth -= 1
