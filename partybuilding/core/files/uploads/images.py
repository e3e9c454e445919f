"""Is it a picture of bearable size, and the same picture, smaller, with nothing else in the file.

Phones take 24 to 50 million pixels. What is kept is at most 12 million, decoded no larger than needed
and few at a time, so that the memory a worker takes stays bounded.
"""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from math import sqrt
from threading import BoundedSemaphore

import pillow_heif
from PIL import Image, ImageOps

from partybuilding.core.files.uploads.names import Kind
from partybuilding.core.files.uploads.refusals import Malformed, Reason, UploadRefused

pillow_heif.register_heif_opener(thumbnails=False)

#: The most pixels that are taken: of JPG, which is decoded in part, and of what is decoded whole.
MAX_PIXELS = {Kind.JPG: 80_000_000}
MAX_PIXELS_WHOLE = 52_000_000
#: The most pixels that are kept; by area, so that long screenshots stay readable.
KEPT_PIXELS = 12_000_000
# A progressive picture has about ten scans; thousands of them only cost time.
MAX_SCANS = 200
#: Pictures that one worker decodes at a time; the others wait.
AT_A_TIME = BoundedSemaphore(2)

FORMATS = {Kind.JPG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP", Kind.HEIC: "HEIF"}
#: These move when they have several frames; several of the others are versions of one picture.
MOVING = {Kind.PNG, Kind.WEBP}
SAVE_OPTIONS: dict[Kind, dict[str, object]] = {Kind.JPG: {"quality": 90}, Kind.PNG: {}}

_START_OF_SCAN = b"\xff\xda"
# What Pillow's readers raise over a broken file.
_BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def check_image(data: bytes, *, kind: Kind) -> Kind:
    """Check header, size and checksums of a picture, without decoding it.

    Raises:
        UploadRefused: It has too many pixels, or moves.
        Malformed: It is not of this kind, or is broken.
    """
    with _opened(data, kind) as image:
        image.verify()
    return kind


def is_large(width: int, height: int) -> bool:
    """Tell whether a picture is made smaller on its way in."""
    return width * height > KEPT_PIXELS


def reencode(data: bytes, kind: Kind) -> tuple[bytes, Kind]:
    """Write the picture anew as JPG or PNG: smaller, upright, without EXIF, place, comments, profiles.

    The colour profile goes too: a wide-gamut photo becomes slightly paler.

    Raises:
        UploadRefused, Malformed: As `check_image`; the picture cannot be decoded.
    """
    with AT_A_TIME, _opened(data, kind) as image:
        orientation = image.getexif().get(0x0112, 1)
        smaller = _made_smaller(image)
        if kind != Kind.HEIC:  # its reader turns the picture
            smaller.getexif()[0x0112] = orientation
            smaller = ImageOps.exif_transpose(smaller)
        kept = _kept_kind(smaller, kind)
        smaller.info = {key: smaller.info[key] for key in smaller.info if key == "transparency"}
        if kept == Kind.JPG and smaller.mode not in {"L", "RGB"}:
            smaller = smaller.convert("RGB")
        written = BytesIO()
        smaller.save(written, FORMATS[kept], exif=b"", **SAVE_OPTIONS[kept])
    return written.getvalue(), kept


def _made_smaller(image: Image.Image) -> Image.Image:
    if not is_large(*image.size):
        return image
    ratio = sqrt(KEPT_PIXELS / (image.width * image.height))
    size = max(1, int(image.width * ratio)), max(1, int(image.height * ratio))
    image.draft(None, size)  # lets the decoder of JPG skip what is not needed
    if image.mode in {"1", "P"}:
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _kept_kind(image: Image.Image, kind: Kind) -> Kind:
    if kind == Kind.WEBP:
        return Kind.PNG if image.has_transparency_data else Kind.JPG
    return Kind.JPG if kind == Kind.HEIC else kind


@contextmanager
def _opened(data: bytes, kind: Kind) -> Iterator[Image.Image]:
    if kind == Kind.JPG and data.count(_START_OF_SCAN) > MAX_SCANS:
        raise Malformed("The picture has too many scans.")
    try:
        with Image.open(BytesIO(data), formats=[FORMATS[kind]]) as image:
            if image.width * image.height > MAX_PIXELS.get(kind, MAX_PIXELS_WHOLE):
                raise UploadRefused(Reason.TOO_MANY_PIXELS)
            if kind in MOVING and getattr(image, "is_animated", False):
                raise UploadRefused(Reason.MOVING_PICTURE)
            yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UploadRefused(Reason.TOO_MANY_PIXELS) from error
    except _BROKEN as error:
        raise Malformed(str(error)) from error
