"""Is it a PDF of text and pictures only: whole, open, without scripts, programs and attachments.

A best effort, not a PDF parser: names are found in plain text, with #xx escapes, and inside object
streams. A file whose object streams cannot be read, or that is encrypted, is refused, because
nothing can be said about it. Not found are names in object streams that hide their type.
"""

import re
import zlib

from partybuilding.core.uploads.kinds import Kind
from partybuilding.core.uploads.refusals import Malformed, Reason, UploadRefused

MAX_OBJECT_STREAMS = 64 * 1024 * 1024  # bytes, unpacked, all together

_BEGINNING = re.compile(rb"%PDF-[12]\.\d")
_END = re.compile(rb"startxref\s+\d+\s+%%EOF[\s\x00]*\Z")
_OBJECT = re.compile(rb"\d\s+obj\b")
_PADDING = b"\x00 \t\r\n"
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def _name(*words: str) -> re.Pattern[bytes]:
    """Match a PDF name, each of whose characters may be written as #xx."""
    spellings = (
        "".join(f"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in word) for word in words
    )
    return re.compile(rf"/(?:{'|'.join(spellings)})(?![^\s\x00()<>\[\]{{}}/%])".encode())


_ROOT = _name("Root")
_ENCRYPT = _name("Encrypt")
_OBJECT_STREAM = _name("ObjStm")
_ACTIVE = _name(
    "JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "FileAttachment", "RichMedia"
)


def check_pdf(data: bytes) -> Kind:
    """Return PDF for a whole and harmless one.

    Raises:
        UploadRefused: It is encrypted, or holds more than text and pictures.
        Malformed: It is broken, or cannot be looked into.
    """
    ending = _END.search(data, max(0, len(data) - 1024))
    if not (_BEGINNING.match(data) and ending and _OBJECT.search(data) and _ROOT.search(data)):
        raise Malformed("Header, objects, root or end are missing.")
    if _ENCRYPT.search(data):
        raise UploadRefused(Reason.PDF_PROTECTED)
    if _ACTIVE.search(data) or _ACTIVE.search(_object_streams(data)):
        raise UploadRefused(Reason.PDF_ACTIVE)
    return Kind.PDF


def _object_streams(data: bytes) -> bytes:
    """Unpack all object streams; their dictionaries are written like any others."""
    unpacked: list[bytes] = []
    position, room = 0, MAX_OBJECT_STREAMS
    while mark := _OBJECT_STREAM.search(data, position):
        stream = _STREAM.search(data, mark.end())
        if stream is None:
            raise Malformed("An object stream has no content.")
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
