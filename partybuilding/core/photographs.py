"""Pictures that tell where they were taken."""

from typing import IO

from PIL import Image

GPS = 0x8825


def holds_location(file: IO[bytes]) -> bool:
    """Tell whether a picture's file holds the place where it was taken."""
    with Image.open(file) as image:
        return bool(image.getexif().get_ifd(GPS))
