"""Pictures shrunk to the size at which they are printed, before anything else looks at them.

The typesetter keeps the memory of every picture that it decoded: 1.25 × width × height × 3 bytes.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageOps

QUALITY = 80
INCH = 25.4
#: The largest height of a picture by its place, as a share of the height of the page.
LEAD_SHARE, SINGLE_SHARE, SEVERAL_SHARE = 0.31, 0.36, 0.24
#: Millimetres between two pictures side by side.
GUTTER = 4
#: No picture is printed with fewer dots an inch: a small one stays small.
LEAST_DPI = 96
Figure = dict[str, Any]


def shrink_all(
    book: dict[str, Any],
    form: dict[str, Any],
    originals: Path,
    folder: Path,
    told: Callable[[int, int], None],
) -> None:
    """Write every picture of a book into a folder, and say in its figure which file it is and how wide.

    Args:
        form: width of the text and height of the page in millimetres, dots per inch, and whether for the press.
        originals: the folder of the pictures as they were taken, named by their keys.
        told: is called with how many are done, of how many.
    """
    placed = list(_placed(book, form))
    for number, (figure, width, height) in enumerate(placed, start=1):
        shrink(figure, originals / str(figure["image"]), folder, (width, height), form)
        told(number, len(placed))


def _placed(book: dict[str, Any], form: dict[str, Any]) -> Iterator[tuple[Figure, float, float]]:
    """Yield every figure with the room that it has on the page, in millimetres."""
    width, high = form["measure"], form["height"]
    half = (width - GUTTER) / 2
    for case in book["cases"]:
        if case["lead"]:
            yield case["lead"], width, high * LEAD_SHARE
        for part in case["parts"]:
            for element in part["elements"]:
                figures = element["figures"] if element["kind"] == "figures" else []
                several = len(figures) > 1
                for figure in figures:
                    room = (half, high * SEVERAL_SHARE) if several else (width, high * SINGLE_SHARE)
                    yield figure, *room


def shrink(
    figure: Figure, original: Path, folder: Path, room: tuple[float, float], form: dict[str, Any]
) -> None:
    """Write one picture as JPEG of the size in which it is printed."""
    with Image.open(original) as opened:
        # A JPEG is decoded smaller at once.
        wanted = tuple(int(side / INCH * form["dpi"]) for side in room)
        turned = opened.getexif().get(0x0112, 1) > 4
        opened.draft("RGB", wanted[::-1] if turned else wanted)  # type: ignore[arg-type]
        scale = _full_size(opened)
        image = ImageOps.exif_transpose(opened)
        width, height = _printed(image.size, scale, room)
        pixels = (width / INCH * form["dpi"], height / INCH * form["dpi"])
        if pixels[0] < image.width:
            size = (max(1, round(pixels[0])), max(1, round(pixels[1])))
            image = image.resize(size, Image.Resampling.HAMMING, reducing_gap=1.5)
        name = f"{figure['image']}-{image.width}x{image.height}.jpg"
        if not (folder / name).exists():
            _encoded(image, press=form["press"]).save(folder / name, "JPEG", quality=QUALITY)
    figure.update(file=name, width=round(width, 2), height=round(height, 2))


def _full_size(opened: Image.Image) -> float:
    """Return how many times larger the picture is than what will be decoded."""
    tile = getattr(opened, "decoderconfig", None)
    return float(tile[0]) if tile and tile[0] else 1.0


def _printed(
    pixels: tuple[int, int], scale: float, room: tuple[float, float]
) -> tuple[float, float]:
    """Return width and height on paper in millimetres: as large as there is room and dots for."""
    width, height = (side * max(scale, 1.0) / LEAST_DPI * INCH for side in pixels)
    share = min(1.0, room[0] / width, room[1] / height)
    return width * share, height * share


def _encoded(image: Image.Image, *, press: bool) -> Image.Image:
    """Return a picture on white, in RGB, or for the press in CMYK."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
    colours = image.convert("RGB")
    return _for_press(colours) if press else colours


def _for_press(image: Image.Image) -> Image.Image:
    """Return CMYK in which black carries what the three inks have in common, so that no more than 300 % meet."""
    cyan, magenta, yellow = (ImageChops.invert(band) for band in image.split())
    common = ImageChops.darker(ImageChops.darker(cyan, magenta), yellow)
    black = common.point([round((value / 255) ** 1.6 * 255 * 0.9) for value in range(256)])
    inks = [ImageChops.subtract(band, black) for band in (cyan, magenta, yellow)]
    return Image.merge("CMYK", (*inks, black))
