"""Cut a picture of a report for residents: one to look at, one for lists; light, JPEG, nothing else in it."""

from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps

#: The longer side of the large one, and the size of the small one (16:9), in pixels.
LARGE, SMALL = 1080, (480, 270)


QUALITY = {"large": 72, "small": 65}


@dataclass(frozen=True)
class Cuts:
    """A picture in both sizes."""

    large: bytes
    small: bytes


def cuts_of(file: IO[bytes]) -> Cuts:
    """Return both sizes of a picture that was checked and written anew when it was taken in."""
    with Image.open(file, formats=["JPEG", "PNG"]) as image:
        image.draft("RGB", (2 * LARGE, 2 * LARGE))  # lets the decoder skip what is not needed
        flat = Image.new("RGB", image.size, "white")
        colours = image.convert("RGBA")
        flat.paste(colours, mask=colours.getchannel("A"))
    flat.thumbnail((LARGE, LARGE))
    upright = flat.height > flat.width  # is shown whole, on a ground of its own
    small = ImageOps.pad(flat, SMALL, color="#f3efe9") if upright else ImageOps.fit(flat, SMALL)
    return Cuts(_jpeg(flat, "large"), _jpeg(small, "small"))


def _jpeg(image: Image.Image, size: str) -> bytes:
    written = BytesIO()
    image.save(written, "JPEG", quality=QUALITY[size], optimize=True)
    return written.getvalue()
