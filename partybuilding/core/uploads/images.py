"""Is it a JPG or PNG of bearable size, and the same picture with nothing else in the file."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageOps

from partybuilding.core.uploads.kinds import Kind
from partybuilding.core.uploads.refusals import Malformed, Reason, UploadRefused

MAX_PIXELS = 20_000_000
# A progressive picture has about ten scans; thousands of them only cost time.
MAX_SCANS = 200

FORMATS = {Kind.JPG: "JPEG", Kind.PNG: "PNG"}
SAVE_OPTIONS: dict[Kind, dict[str, object]] = {Kind.JPG: {"quality": 90}, Kind.PNG: {}}

_START_OF_SCAN = b"\xff\xda"
# What Pillow's readers raise over a broken file.
_BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def check_image(data: bytes, *, kind: Kind) -> Kind:
    """Check header, size and checksums of a picture, without decoding it.

    Raises:
        UploadRefused: It has more than 20 million pixels.
        Malformed: It is not of this kind, or is broken.
    """
    with _opened(data, kind) as image:
        image.verify()
    return kind


def reencode(data: bytes, kind: Kind) -> bytes:
    """Write the picture anew: turned upright, without EXIF, place, comments and profiles.

    The colour profile goes too: a wide-gamut photo becomes slightly paler.

    Raises:
        UploadRefused, Malformed: As `check_image`; the picture cannot be decoded.
    """
    with _opened(data, kind) as image:
        upright = ImageOps.exif_transpose(image)
        upright.info = {key: upright.info[key] for key in upright.info if key == "transparency"}
        if kind == Kind.JPG and upright.mode not in {"L", "RGB"}:
            upright = upright.convert("RGB")
        written = BytesIO()
        upright.save(written, FORMATS[kind], **SAVE_OPTIONS[kind])
    return written.getvalue()


@contextmanager
def _opened(data: bytes, kind: Kind) -> Iterator[Image.Image]:
    if kind == Kind.JPG and data.count(_START_OF_SCAN) > MAX_SCANS:
        raise Malformed("The picture has too many scans.")
    try:
        with Image.open(BytesIO(data), formats=[FORMATS[kind]]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise UploadRefused(Reason.TOO_MANY_PIXELS)
            yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UploadRefused(Reason.TOO_MANY_PIXELS) from error
    except _BROKEN as error:
        raise Malformed(str(error)) from error
