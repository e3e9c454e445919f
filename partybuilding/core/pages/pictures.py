"""Pictures as pages show them: cut to a fixed ratio around the focal point, light, JPEG."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.models import SourceImageIOError

_JPEG = "bgcolor-ffffff|format-jpeg|jpegquality-65"
#: In lists, 16:9.
CARD = f"fill-480x270|{_JPEG}"
#: At the top of a page, 16:9.
LEAD = f"fill-800x450|{_JPEG}"
#: In running text, as it was taken.
BODY = f"max-800x800|{_JPEG}"
#: A logo, as it was drawn.
MARK = "max-240x120|format-png"
#: What stands in place of a cut for a picture that is higher than wide: its head would be cut off.
WHOLE = {CARD: f"max-480x540|{_JPEG}", LEAD: f"max-800x900|{_JPEG}"}


@dataclass(frozen=True)
class Picture:
    """What an `<img>` needs."""

    src: str
    width: int
    height: int
    alt: str


def picture_of(image: Any, cut: str, alt: str = "") -> Picture | None:
    """Return a picture in one of the cuts; None without an image, or when its file is lost."""
    if image is None:
        return None
    if image.height > image.width:
        cut = WHOLE.get(cut, cut)
    try:
        made = image.get_rendition(cut)
    except SourceImageIOError:
        return None
    return Picture(made.url, made.width, made.height, alt)


def images_of(body: Any) -> Iterator[Any]:
    """Yield every picture of a page's body, whatever block it stands in."""
    for child in body:
        yield from _images(child.block, child.value)


def _images(block: Any, value: Any) -> Iterator[Any]:
    if isinstance(block, ImageChooserBlock):
        yield value
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _images(child, value[name])
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from _images(block.child_block, item)


def fetch_cuts(images: Iterable[Any], *cuts: str) -> None:
    """Fetch some cuts of many images at once."""
    known = [image for image in images if image is not None]
    prefetch_related_objects(known, _cuts("renditions", *cuts))


def with_cut(name: str, cut: str) -> Prefetch:
    """Return what fetches one cut of the pictures of a list, which selects the pictures themselves."""
    return _cuts(f"{name}__renditions", cut)


def _cuts(lookup: str, *cuts: str) -> Prefetch:
    """Return what fetches cuts where Wagtail's `get_rendition` looks for them."""
    renditions = get_image_model().get_rendition_model().objects
    specs = [*cuts, *(WHOLE[cut] for cut in cuts if cut in WHOLE)]
    return Prefetch(
        lookup, renditions.filter(filter_spec__in=specs), to_attr="prefetched_renditions"
    )
