"""Is it a PDF of text and pictures only: whole, open, without scripts, programs and attachments.

Two looks. Names of what is active are found in the plain text of the file and in its object streams,
escapes included, whatever the file says of its own structure. Then pypdf follows the structure as a
reader does: it finds the object streams that hide their type, what opening the file does, and forms
that are programs. A file that cannot be followed, or is encrypted, is refused: nothing can be said of it.
"""

import logging
import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import is_zipfile

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import IndirectObject, NameObject, StreamObject

from partybuilding.core.files.uploads.names import Kind
from partybuilding.core.files.uploads.refusals import Malformed, Reason, UploadRefused

# It tells every oddity of a file; what matters here is an error.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

MAX_OBJECT_STREAMS = 64 * 1024 * 1024  # bytes, unpacked, all together
MAX_STREAMS = 20_000
MAX_OBJECTS = 300_000
MAX_IN_STREAM = 10_000
MAX_ACTIONS = 20

_BEGINNING = re.compile(rb"%PDF-[12]\.\d")
_END = re.compile(rb"startxref\s+\d+\s+%%EOF")
_OBJECT = re.compile(rb"\d\s+obj\b")
_PADDING = b"\x00 \t\r\n"
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
#: What makes bytes before the header or after the end another kind of file.
_OTHER_KIND = re.compile(
    rb"\A(?:MZ|\x7fELF|PK\x03\x04|GIF8|\xff\xd8\xff|\x89PNG|Rar!|7z\xbc\xaf|\xd0\xcf\x11\xe0|#!)"
    rb"|<(?:!doctype|html|head|body|script|svg|iframe|\?php|\?xml|%)",
    re.IGNORECASE,
)


def _name(*words: str) -> re.Pattern[bytes]:
    """Match a PDF name, each of whose characters may be written as #xx."""
    spellings = (
        "".join(f"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in word) for word in words
    )
    return re.compile(rf"/(?:{'|'.join(spellings)})(?![^\s\x00()<>\[\]{{}}/%])".encode())


_ROOT = _name("Root")
_ENCRYPT = _name("Encrypt")
_OBJECT_STREAM = _name("ObjStm")
_ACTIVE_WORDS = (
    *("JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "FileAttachment", "RichMedia"),
    *("SubmitForm", "ImportData", "Rendition", "GoToE", "RichMediaExecute"),
)
_ACTIVE = _name(*_ACTIVE_WORDS)
# Short names stand by chance in packed data; there, no value of theirs follows.
_VALUE = rb"[\s\x00]*(?:[(<\[]|\d+[\s\x00]+\d+[\s\x00]+R)"
_TEXT_BEFORE = rb"(?<=[\x00\s\x20-\x7e]{4})"
_SHORT = re.compile(_TEXT_BEFORE + _name("JS", "XFA").pattern + _VALUE)
#: What may happen by itself when a file or page is opened: nothing but going to a place in it.
_HARMLESS_ACTIONS = {"/GoTo", "/Named", "/GoTo3DView", "/Hide", "/SetOCGState", "/Trans", None}
_TROUBLE = (
    *(PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError),
    *(
        NotImplementedError,
        OSError,
        RecursionError,
        TypeError,
        ValueError,
        struct.error,
        zlib.error,
    ),
)


def check_pdf(data: bytes) -> Kind:
    """Return PDF for a whole and harmless one.

    Raises:
        UploadRefused: It is encrypted, or holds more than text and pictures.
        Malformed: It is broken, or cannot be looked into.
    """
    start = data.find(b"%PDF-", 0, 1024)
    end = _last(_END, data)
    if start < 0 or not _BEGINNING.match(data, start) or end is None:
        raise Malformed("Header or end are missing.")
    if not (_OBJECT.search(data) and _ROOT.search(data)):
        raise Malformed("Objects or root are missing.")
    if (
        _OTHER_KIND.search(data[:start])
        or _OTHER_KIND.search(data, end)
        or is_zipfile(BytesIO(data))
    ):
        raise Malformed("It is another kind of file as well.")
    if _ENCRYPT.search(data):
        raise UploadRefused(Reason.PDF_PROTECTED)
    _refuse_active(data)
    _refuse_active(_object_streams(data))
    _follow(_reader(data, start))
    return Kind.PDF


def _last(pattern: re.Pattern[bytes], data: bytes) -> int | None:
    """Return where the last match ends."""
    place = data.rfind(b"startxref")
    while place >= 0:
        if found := pattern.match(data, place):
            return found.end()
        place = data.rfind(b"startxref", 0, place)
    return None


def _refuse_active(text: bytes) -> None:
    if _ACTIVE.search(text) or _SHORT.search(text):
        raise UploadRefused(Reason.PDF_ACTIVE)


def _object_streams(data: bytes) -> bytes:
    """Unpack all object streams that say so; their dictionaries are written like any others."""
    unpacked: list[bytes] = []
    position, room = 0, MAX_OBJECT_STREAMS
    while mark := _OBJECT_STREAM.search(data, position):
        stream = _STREAM.search(data, mark.end())
        if stream is None:
            raise Malformed("An object stream has no content.")
        if len(unpacked) > MAX_STREAMS:
            raise Malformed("There are too many object streams.")
        unpacked.append(_inflate(stream[1], room))
        position, room = stream.end(), room - len(unpacked[-1])
    return b"\n".join(unpacked)


def _inflate(packed: bytes, room: int) -> bytes:
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(packed, max(room, 1))
    except zlib.error as error:
        raise Malformed("An object stream cannot be unpacked.") from error
    if not inflater.eof or inflater.unused_data.strip(_PADDING):
        raise Malformed("An object stream is cut off, too large, or hides something behind it.")
    return content


def _reader(data: bytes, start: int) -> PdfReader:
    """Open the file as readers do: places count from the header, or from the beginning, or are wrong."""
    if len(_OBJECT.findall(data)) > MAX_OBJECTS:
        raise Malformed("There are too many objects.")
    table = data.rfind(b"xref", 0, data.rfind(b"startxref"))
    found = data + b"\nstartxref\n%d\n%%%%EOF\n" % max(table, 0)
    trouble: Exception | None = None
    for version in (data[start:], data, found):
        try:
            reader = PdfReader(BytesIO(version), root_object_recovery_limit=1000)
            root: Any = reader.trailer["/Root"]
            if isinstance(root.get("/Pages").get_object(), dict):
                return reader
        except _TROUBLE as error:
            trouble = error
    raise Malformed("The structure cannot be followed.") from trouble


def _follow(reader: PdfReader) -> None:
    """Look at what a reader would find."""
    try:
        if reader.is_encrypted:
            raise UploadRefused(Reason.PDF_PROTECTED)
        for content in _hidden_streams(reader):
            _refuse_active(content)
        root: Any = reader.trailer["/Root"]
        form = root.get("/AcroForm")
        if form is not None and "/XFA" in form.get_object():
            raise UploadRefused(Reason.PDF_ACTIVE)
        for action in (root.get("/OpenAction"), *_occasions(root)):
            _refuse_outward(action)
    except _TROUBLE as error:
        raise Malformed(str(error)) from error


def _hidden_streams(reader: PdfReader) -> Iterator[bytes]:
    """Yield the object streams that the table of objects names, whatever they call themselves."""
    room = MAX_OBJECT_STREAMS
    for number in sorted({stream for stream, _place in reader.xref_objStm.values()}):
        stream = reader.get_object(IndirectObject(number, 0, reader))
        if not isinstance(stream, StreamObject) or int(stream.get("/N", 0)) > MAX_IN_STREAM:
            raise Malformed("An object stream is none, or holds too much.")
        content = stream.get_data()
        room -= len(content)
        if room < 0:
            raise Malformed("The object streams unpack to too much.")
        yield content


def _occasions(holder: Any) -> list[Any]:
    """Return what happens by itself on occasions such as opening or printing."""
    occasions = holder.get("/AA")
    return list(occasions.get_object().values()) if occasions is not None else []


def _refuse_outward(action: Any) -> None:
    """Refuse what leads out of the file without a click; a list is a place in it."""
    waiting = [action]
    for _at in range(MAX_ACTIONS):
        if not waiting:
            return
        one = waiting.pop()
        one = one.get_object() if one is not None else None
        if not isinstance(one, dict):
            continue
        kind = one.get("/S")
        if (str(kind) if isinstance(kind, NameObject) else None) not in _HARMLESS_ACTIONS:
            raise UploadRefused(Reason.PDF_ACTIVE)
        following = one.get("/Next")
        following = following.get_object() if following is not None else []
        waiting += following if isinstance(following, list) else [following]
    raise UploadRefused(Reason.PDF_ACTIVE)
