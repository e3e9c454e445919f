"""How a picture is to be turned, the only thing of a camera's notes that readers need."""

import struct

from PIL import ExifTags, Image

UPRIGHT = 1
#: One entry of Exif, 2.3: little-endian, tag 0x0112, one short number.
BLOCK = struct.Struct("<2sHIHHHIHHI")


def orientation_of(image: Image.Image) -> int:
    """Return how a picture is to be turned, 1 to 8; 1 is upright."""
    said = image.getexif().get(ExifTags.Base.Orientation, UPRIGHT)
    return said if said in range(1, 9) else UPRIGHT


def exif_of(orientation: int) -> bytes:
    """Return a block of Exif that says nothing else; empty when there is nothing to say."""
    if orientation == UPRIGHT:
        return b""
    return BLOCK.pack(b"II", 42, 8, 1, ExifTags.Base.Orientation, 3, 1, orientation, 0, 0)
