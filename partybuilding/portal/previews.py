"""Small pictures of attached ones, drawn when asked, so that a phone does not load the whole."""

from io import BytesIO

from PIL import Image

from partybuilding.core.models import Attachment

#: The longer side of a preview, in pixels.
SIDE = 480


QUALITY = 75


def preview_of(attachment: Attachment) -> bytes:
    """Return a JPEG preview of a picture that was checked when it was taken in."""
    with attachment.file.open("rb") as stored, Image.open(stored, formats=["JPEG", "PNG"]) as image:
        image.draft("RGB", (SIDE, SIDE))  # lets the decoder skip what is not needed
        image.thumbnail((SIDE, SIDE))
        flat = Image.new("RGB", image.size, "white")
        flat.paste(image.convert("RGBA"), mask=image.convert("RGBA").getchannel("A"))
    written = BytesIO()
    flat.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()
