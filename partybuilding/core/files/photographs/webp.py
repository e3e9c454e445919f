"""A WebP file's chunks, and those that the picture needs."""

from collections.abc import Iterator

from partybuilding.core.files.photographs.orientation import exif_of

HEADER = 12
KEPT = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
EXTENDED = b"VP8X"
#: The bits of the extended header that promise Exif and XMP.
EXIF, XMP = 0x08, 0x04


def only_picture(data: bytes, orientation: int) -> bytes:
    """Return a file with the picture alone; a simple file has no room for notes and none to take out."""
    exif = exif_of(orientation)
    parts = []
    for name, body in _chunks(data):
        if name == EXTENDED:
            flags = body[0] & ~(EXIF | XMP) | (EXIF if exif else 0)
            parts.append(_chunk(name, bytes([flags]) + body[1:]))
        elif name in KEPT:
            parts.append(_chunk(name, body))
    if exif:
        parts.append(_chunk(b"EXIF", exif))
    body = b"".join([b"WEBP", *parts])
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = HEADER
    while place + 8 <= len(data):
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        yield data[place : place + 4], data[place + 8 : place + 8 + length]
        place += 8 + length + length % 2


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
