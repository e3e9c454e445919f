"""What a photograph tells beside the picture: where it was taken, with which camera; seen and taken out.

The picture itself is not encoded anew: the container's parts that are no part of the picture are left
out, and how the picture is to be turned is written back (docs/adr/0045-pictures-and-papers-as-they-are.md).
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import IO, Any

from PIL import ExifTags, Image

#: A place in the words of XMP, also as makers of drones write it.
PLACE_IN_WORDS = re.compile(rb"(?i)gps_?(?:dest)?(?:lat|lon)")
#: What in a block of GPS data is a place; the other entries say when, how high, how sure.
PLACES = {
    ExifTags.GPS.GPSLatitude,
    ExifTags.GPS.GPSLongitude,
    ExifTags.GPS.GPSDestLatitude,
    ExifTags.GPS.GPSDestLongitude,
    ExifTags.GPS.GPSAreaInformation,
}
#: What is raised over a file that is no picture, or a broken one.
BROKEN = (ArithmeticError, LookupError, OSError, SyntaxError, TypeError, ValueError, struct.error)

UPRIGHT = 1
#: One entry of Exif 2.3: little-endian, tag 0x0112, one short number.
EXIF_BLOCK = struct.Struct("<2sHIHHHIHHI")

JPEG_START, JPEG_END, JPEG_SCAN = 0xD8, 0xD9, 0xDA
#: Notes of applications (JFIF, Exif, XMP, IPTC, makers' own) and comments.
JPEG_NOTES = {*range(0xE0, 0xF0), 0xFE}
#: The notes without which colours would change: JFIF, the colour profile, Adobe's transform.
JPEG_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
#: The next marker behind a scan; 00 and D0 to D7 belong to the scan.
JPEG_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])", re.DOTALL)

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_HEADER, PNG_END = b"IHDR", b"IEND"
#: The picture, its transparency, its colours, its size on paper, its movement.
PNG_KEPT = {
    *(PNG_HEADER, b"PLTE", b"IDAT", PNG_END, b"tRNS"),
    *(b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"cICP"),
    *(b"pHYs", b"bKGD", b"hIST", b"acTL", b"fcTL", b"fdAT"),
}

WEBP_HEADER = 12
WEBP_KEPT = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
WEBP_EXTENDED = b"VP8X"
#: The bits of the extended header that promise Exif and XMP.
WEBP_EXIF, WEBP_XMP = 0x08, 0x04


def holds_location(file: IO[bytes]) -> bool:
    """Tell whether a picture's file holds the place where it was taken; a broken one shows none."""
    file.seek(0)
    try:
        with Image.open(file) as image:
            told = bool(PLACES & set(image.getexif().get_ifd(ExifTags.IFD.GPSInfo)))
            return told or any(map(PLACE_IN_WORDS.search, _words(image)))
    except BROKEN:
        return False


def without_location(file: IO[bytes]) -> bytes | None:
    """Return a picture's file with nothing but the picture and how it is turned.

    Returns:
        None when the file is no JPEG, PNG or WebP, or is broken.
    """
    file.seek(0)
    data = file.read()
    try:
        with Image.open(BytesIO(data)) as image:
            strip = CONTAINERS.get(image.format or "")
            return strip(data, _orientation_of(image)) if strip else None
    except BROKEN:
        return None


def _words(image: Image.Image) -> Iterator[bytes]:
    """Yield the texts that travel with a picture."""
    yield from (_bytes(value) for value in image.info.values())
    yield from (_bytes(value) for _, value in getattr(image, "applist", ()))


def _bytes(value: Any) -> bytes:
    return value.encode() if isinstance(value, str) else value if isinstance(value, bytes) else b""


def _orientation_of(image: Image.Image) -> int:
    """Return how a picture is to be turned, 1 to 8; 1 is upright."""
    said = image.getexif().get(ExifTags.Base.Orientation, UPRIGHT)
    return said if said in range(1, 9) else UPRIGHT


def _exif_of(orientation: int) -> bytes:
    """Return a block of Exif that says nothing else; empty when there is nothing to say."""
    if orientation == UPRIGHT:
        return b""
    return EXIF_BLOCK.pack(b"II", 42, 8, 1, ExifTags.Base.Orientation, 3, 1, orientation, 0, 0)


def _jpeg(data: bytes, orientation: int) -> bytes:
    """Return a file with the picture alone; what hangs behind its end, such as a film, is left out.

    Raises:
        ValueError: it is broken.
    """
    parts = [bytes([0xFF, JPEG_START])]
    exif = _exif_of(orientation)
    if exif:
        parts.append(_segment(0xE1, b"Exif\0\0" + exif))
    for marker, body, rest in _segments(data):
        if marker not in JPEG_NOTES or body.startswith(JPEG_KEPT.get(marker, b"\0\0")):
            parts += [_segment(marker, body), rest]
    return b"".join([*parts, bytes([0xFF, JPEG_END])])


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield each segment: its marker, its body, and the scan that follows it."""
    place = 2
    while True:
        found = JPEG_MARKER.match(data, place)
        if found is None:
            raise ValueError("A marker was expected.")
        marker, place = found[1][0], found.end()
        if marker == JPEG_END:
            return
        length = int.from_bytes(data[place : place + 2])
        body = data[place + 2 : place + length]
        place += length
        behind = JPEG_MARKER.search(data, place) if marker == JPEG_SCAN else None
        if marker == JPEG_SCAN and behind is None:
            yield marker, body, data[place:]
            return
        end = behind.start() if behind else place
        yield marker, body, data[place:end]
        place = end


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2) + body


def _png(data: bytes, orientation: int) -> bytes:
    """Return a file with the picture alone.

    Raises:
        ValueError: it is broken.
    """
    parts = [PNG_SIGNATURE]
    exif = _exif_of(orientation)
    for name, body in _png_chunks(data):
        if name in PNG_KEPT:
            parts.append(_png_chunk(name, body))
        if name == PNG_HEADER and exif:
            parts.append(_png_chunk(b"eXIf", exif))
    return b"".join(parts)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place, name = len(PNG_SIGNATURE), b""
    while name != PNG_END:
        length = int.from_bytes(data[place : place + 4])
        name = data[place + 4 : place + 8]
        if not name:
            raise ValueError("The end is missing.")
        yield name, data[place + 8 : place + 8 + length]
        place += length + 12


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)


def _webp(data: bytes, orientation: int) -> bytes:
    """Return a file with the picture alone; a simple file has no room for notes and none to take out."""
    exif = _exif_of(orientation)
    parts = []
    for name, body in _webp_chunks(data):
        if name == WEBP_EXTENDED:
            flags = body[0] & ~(WEBP_EXIF | WEBP_XMP) | (WEBP_EXIF if exif else 0)
            parts.append(_webp_chunk(name, bytes([flags]) + body[1:]))
        elif name in WEBP_KEPT:
            parts.append(_webp_chunk(name, body))
    if exif:
        parts.append(_webp_chunk(b"EXIF", exif))
    body = b"".join([b"WEBP", *parts])
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = WEBP_HEADER
    while place + 8 <= len(data):
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        yield data[place : place + 4], data[place + 8 : place + 8 + length]
        place += 8 + length + length % 2


def _webp_chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


#: The containers that can be opened without touching the picture.
CONTAINERS: dict[str, Callable[[bytes, int], bytes]] = {
    "JPEG": _jpeg,
    "PNG": _png,
    "WEBP": _webp,
    "MPO": _jpeg,
}
