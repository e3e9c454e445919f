"""What a photograph tells beside the picture: where it was taken, with which camera; seen and taken out.

The picture itself is not encoded anew: the container's parts that are no part of the picture are left
out, and how the picture is to be turned is written back.
"""

import re
import struct
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any

from PIL import ExifTags, Image

from partybuilding.core.files.photographs import jpeg, png, webp
from partybuilding.core.files.photographs.orientation import orientation_of

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
#: The containers that can be opened without touching the picture.
CONTAINERS = {"JPEG": jpeg, "PNG": png, "WEBP": webp, "MPO": jpeg}
#: What is raised over a file that is no picture, or a broken one.
BROKEN = (ArithmeticError, LookupError, OSError, SyntaxError, TypeError, ValueError, struct.error)


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
            container = CONTAINERS.get(image.format or "")
            return container.only_picture(data, orientation_of(image)) if container else None
    except BROKEN:
        return None


def _words(image: Image.Image) -> Iterator[bytes]:
    """Yield the texts that travel with a picture."""
    yield from (_bytes(value) for value in image.info.values())
    yield from (_bytes(value) for _, value in getattr(image, "applist", ()))


def _bytes(value: Any) -> bytes:
    return value.encode() if isinstance(value, str) else value if isinstance(value, bytes) else b""
