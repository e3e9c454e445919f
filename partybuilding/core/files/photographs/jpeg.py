"""A JPEG file's segments, and those that the picture needs."""

import re
from collections.abc import Iterator

from partybuilding.core.files.photographs.orientation import exif_of

START, END, SCAN = 0xD8, 0xD9, 0xDA
#: Notes of applications (JFIF, Exif, XMP, IPTC, makers' own) and comments.
NOTES = {*range(0xE0, 0xF0), 0xFE}
#: The notes without which colours would change: JFIF, the colour profile, Adobe's transform.
KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
#: The next marker behind a scan; 00 and D0 to D7 belong to the scan.
MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])", re.DOTALL)


def only_picture(data: bytes, orientation: int) -> bytes:
    """Return a file with the picture alone; what hangs behind its end, such as a film, is left out.

    Raises:
        ValueError: it is broken.
    """
    parts = [bytes([0xFF, START])]
    exif = exif_of(orientation)
    if exif:
        parts.append(_segment(0xE1, b"Exif\0\0" + exif))
    for marker, body, rest in _segments(data):
        if marker not in NOTES or body.startswith(KEPT.get(marker, b"\0\0")):
            parts += [_segment(marker, body), rest]
    return b"".join([*parts, bytes([0xFF, END])])


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield each segment: its marker, its body, and the scan that follows it."""
    place = 2
    while True:
        found = MARKER.match(data, place)
        if found is None:
            raise ValueError("A marker was expected.")
        marker, place = found[1][0], found.end()
        if marker == END:
            return
        length = int.from_bytes(data[place : place + 2])
        body = data[place + 2 : place + length]
        place += length
        behind = MARKER.search(data, place) if marker == SCAN else None
        if marker == SCAN and behind is None:
            yield marker, body, data[place:]
            return
        end = behind.start() if behind else place
        yield marker, body, data[place:end]
        place = end


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2) + body
