"""A PNG file's chunks, and those that the picture needs."""

import zlib
from collections.abc import Iterator

from partybuilding.core.files.photographs.orientation import exif_of

SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER, END = b"IHDR", b"IEND"
#: The picture, its transparency, its colours, its size on paper, its movement.
KEPT = {
    *(HEADER, b"PLTE", b"IDAT", END, b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"cICP"),
    *(b"pHYs", b"bKGD", b"hIST", b"acTL", b"fcTL", b"fdAT"),
}


def only_picture(data: bytes, orientation: int) -> bytes:
    """Return a file with the picture alone.

    Raises:
        ValueError: it is broken.
    """
    parts = [SIGNATURE]
    exif = exif_of(orientation)
    for name, body in _chunks(data):
        if name in KEPT:
            parts.append(_chunk(name, body))
        if name == HEADER and exif:
            parts.append(_chunk(b"eXIf", exif))
    return b"".join(parts)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place, name = len(SIGNATURE), b""
    while name != END:
        length = int.from_bytes(data[place : place + 4])
        name = data[place + 4 : place + 8]
        if not name:
            raise ValueError("The end is missing.")
        yield name, data[place + 8 : place + 8 + length]
        place += length + 12


def _chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)
