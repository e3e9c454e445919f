"""Is it an Office file or an OFD: a sound package of files, small enough, with nothing active in it.

The sizes are checked as declared and as they really are before any part is opened. What is read as XML
goes through defusedxml; no part of any kind may declare a document type.
"""

import re
import struct
import zlib
from io import BytesIO
from xml.sax import SAXException
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from defusedxml.ElementTree import fromstring

from partybuilding.core.files.uploads.names import Kind
from partybuilding.core.files.uploads.office import office_kind
from partybuilding.core.files.uploads.refusals import Malformed, Reason, UploadRefused

MEBIBYTE = 1024 * 1024
MAX_ENTRIES = 2_000
MAX_UNPACKED = 200 * MEBIBYTE
# Text of an office file shrinks to a twentieth, a sheet of empty styled cells to a hundredth.
MAX_RATIO = 200
RATIO_COUNTS_FROM = MEBIBYTE
ENCRYPTED = 0x1

_DIRECTORY_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<26xHH")
_SLICE = 16 * 1024  # unpacks to 16 MiB at most
_READ = 4 * MEBIBYTE
#: Texts that no part of an office file or OFD is, by extension.
_PROGRAMS = re.compile(
    r"\.(?:exe|dll|scr|com|msi|bat|cmd|ps1|vbs?|jse?|wsf|hta|html?|mhtml?|lnk|jar|sh|php|svgz?)$",
    re.IGNORECASE,
)
_XML = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)
_DECLARATIONS = [
    re.compile(re.escape(f"<!{word}".encode(code)), re.IGNORECASE)
    for word in ("DOCTYPE", "ENTITY")
    for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
]
_ENCODING = re.compile(rb"\A[^>]{0,100}encoding\s*=\s*[\"']([^\"']+)")
_ENCODINGS = {"utf-8", "utf-16", "us-ascii", "ascii", "gb2312", "gbk", "gb18030", "iso-8859-1"}
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


def check_package(data: bytes) -> Kind:
    """Return which kind a package is.

    Raises:
        UploadRefused: It unpacks to too much, or holds something active, embedded or linked.
        Malformed: It is of no known kind, or is broken.
    """
    if data.count(_DIRECTORY_ENTRY) > MAX_ENTRIES:
        raise UploadRefused(Reason.UNPACKS_TOO_LARGE)
    try:
        with ZipFile(BytesIO(data)) as package:
            _check_entries(package.infolist())
            _check_sizes(data, package.infolist())
            _refuse_document_types(package)
            if OFD_PART in package.namelist():
                return ofd_kind(package)
            return office_kind(package, check_package)
    except _BROKEN as error:
        raise Malformed(str(error)) from error


def _check_entries(entries: list[ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) < len(names):
        raise Malformed("Two parts have one name.")
    for entry in entries:
        parts = re.split(r"[/\\]", entry.filename)
        if entry.flag_bits & ENCRYPTED or ".." in parts or "\x00" in entry.orig_filename:
            raise Malformed(f"{entry.filename} is encrypted or leads elsewhere.")
        if _PROGRAMS.search(entry.filename):
            raise UploadRefused(Reason.EMBEDDED)


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


def _refuse_document_types(package: ZipFile) -> None:
    """Refuse any XML with a document type, or in an encoding in which one could hide."""
    for entry in package.infolist():
        if _XML.search(entry.filename):
            with package.open(entry) as part:
                _refuse_document_type(part)


def _refuse_document_type(part: object) -> None:
    overlap, first = b"", True
    while read := part.read(_READ):  # type: ignore[attr-defined]
        named = _ENCODING.match(read) if first else None
        if named and named[1].decode("ascii", "replace").lower() not in _ENCODINGS:
            raise Malformed("An unusual encoding of XML.")
        if any(one.search(overlap + read) for one in _DECLARATIONS):
            raise Malformed("XML with a document type.")
        overlap, first = read[-64:], False


OFD_PART = "OFD.xml"
MAX_ROOT = 1024 * 1024
NAMESPACE = "{http://www.ofdspec.org/2016}"
#: What an invoice or a signed paper brings along as data; other attachments could be anything.
ATTACHED = (".xml", ".dat", ".esl", ".xbrl")


def ofd_kind(package: ZipFile) -> Kind:
    """Return OFD for a package whose root leads to its document.

    Raises:
        UploadRefused: a file is attached that is no data of the paper.
        Malformed: it is no OFD.
    """
    if package.getinfo(OFD_PART).file_size > MAX_ROOT:
        raise UploadRefused(Reason.UNPACKS_TOO_LARGE)
    root = fromstring(package.read(OFD_PART), forbid_dtd=True)
    documents = [one.text or "" for one in root.iter(f"{NAMESPACE}DocRoot")]
    names = {name.lower().lstrip("/") for name in package.namelist()}
    found = [one.strip().lstrip("/").lower() for one in documents]
    if root.tag != f"{NAMESPACE}OFD" or not found or not names.issuperset(found):
        raise Malformed("The root leads to no document.")
    for name in names:
        if "/attach" in f"/{name}" and not name.endswith((*ATTACHED, "/")):
            raise UploadRefused(Reason.EMBEDDED)
    return Kind.OFD
