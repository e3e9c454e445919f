"""Pictures are measured before they are decoded, and written anew before they are kept."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, JpegImagePlugin, PngImagePlugin

from partybuilding.core.files.uploads import clean_image, images
from partybuilding.core.files.uploads.images import check_image, reencode
from partybuilding.core.files.uploads.names import Kind
from partybuilding.core.files.uploads.refusals import Malformed, Reason, UploadRefused
from tests.partybuilding.core.uploads.samples import HTML, image, phone_exif, png_of, upload

WRITERS = [(Kind.JPG, "JPEG"), (Kind.PNG, "PNG")]


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize(("kind", "writer"), WRITERS)
def test_a_sound_picture_passes(kind, writer):
    assert check_image(image(writer), kind=kind) == kind


@pytest.mark.parametrize(
    "size",
    [(8000, 6501), (12_000, 10_000), (20_000, 10_000)],
    ids=["just above", "120 megapixels", "200 megapixels"],
)
@pytest.mark.parametrize(
    "warnings",
    [
        pytest.param((), marks=pytest.mark.filterwarnings(f"{how}::Warning"), id=how)
        for how in ("error", "ignore")
    ],
)
def test_a_picture_of_too_many_pixels_is_refused_undecoded(size, warnings, monkeypatch):
    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", lambda image: pytest.fail("decoded"))
    with pytest.raises(UploadRefused) as refused:
        check_image(png_of(*size), kind=Kind.PNG)
    assert refused.value.reason == Reason.TOO_MANY_PIXELS


def test_fifty_two_million_pixels_pass():
    assert check_image(png_of(8000, 6500), kind=Kind.PNG) == Kind.PNG


@pytest.mark.parametrize(
    ("writer", "kind", "size"),
    [
        ("JPEG", Kind.JPG, (819, 614)),
        ("HEIF", Kind.HEIC, (600, 400)),
        ("WEBP", Kind.WEBP, (600, 400)),
        ("PNG", Kind.PNG, (600, 400)),
    ],
)
def test_a_picture_of_a_phone_is_made_smaller_and_keeps_its_shape(writer, kind, size, monkeypatch):
    monkeypatch.setattr(images, "KEPT_PIXELS", 120_000)  # the real one takes a second for each
    turned = 1 if kind == Kind.HEIC else 6  # HEIC turns by its own means, not by EXIF
    written, kept = reencode(image(writer, size=size, exif=phone_exif(turned)), kind)
    size = size if kind == Kind.HEIC else size[::-1]
    assert kept == (Kind.PNG if kind == Kind.PNG else Kind.JPG)
    smaller = opened(written)
    assert 115_000 < smaller.width * smaller.height <= 120_000
    assert smaller.width / smaller.height == pytest.approx(size[0] / size[1], rel=0.01)
    assert not smaller.getexif()
    shown = smaller.convert("L")
    bright, dark = (9, smaller.width - 9)[:: 1 if kind == Kind.HEIC else -1]
    assert shown.getpixel((bright, 9)) > 125 > shown.getpixel((dark, 9))


def test_a_large_jpg_is_never_decoded_whole(monkeypatch):
    drafted = []
    draft = JpegImagePlugin.JpegImageFile.draft

    def noted(image, mode, size):
        answer = draft(image, mode, size)
        drafted.append(image.size)
        return answer

    monkeypatch.setattr(JpegImagePlugin.JpegImageFile, "draft", noted)
    reencode(image(mode="L", size=(8192, 6144)), Kind.JPG)
    assert (4096, 3072) in drafted


def test_a_long_screenshot_stays_readable():
    written, _kind = reencode(image("PNG", mode="L", size=(1080, 14_000)), Kind.PNG)
    assert opened(written).width > 950


@pytest.mark.parametrize(("writer", "kind"), [("WEBP", Kind.WEBP), ("PNG", Kind.PNG)])
def test_a_moving_picture_is_refused_in_words(writer, kind):
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "blue")]
    moving, still = BytesIO(), BytesIO()
    frames[0].save(moving, writer, save_all=True, append_images=frames[1:])
    frames[0].save(still, writer)
    with pytest.raises(UploadRefused) as refused:
        check_image(moving.getvalue(), kind=kind)
    assert refused.value.reason == Reason.MOVING_PICTURE
    assert check_image(still.getvalue(), kind=kind) == kind


def test_a_heic_of_several_pictures_keeps_its_first():
    several = BytesIO()
    pictures = [Image.new("RGB", (64, 32), colour) for colour in ("red", "blue")]
    pictures[0].save(several, "HEIF", save_all=True, append_images=pictures[1:])
    written, kind = reencode(several.getvalue(), Kind.HEIC)
    red, _green, blue = opened(written).getpixel((5, 5))
    assert (kind, red > 200, blue < 50) == (Kind.JPG, True, True)


def test_a_see_through_webp_becomes_a_png():
    see_through = BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(see_through, "WEBP")
    written, kind = reencode(see_through.getvalue(), Kind.WEBP)
    assert (kind, opened(written).convert("RGBA").getpixel((0, 0))[3]) == (Kind.PNG, 0)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + HTML, Kind.PNG),
        (b"\xff\xd8\xff" + HTML, Kind.JPG),
        (image("GIF"), Kind.PNG),
        (image("PNG"), Kind.JPG),
        (image("PNG").replace(b"IDAT", b"IDAX"), Kind.PNG),
        (image("PNG")[:60], Kind.PNG),
    ],
    ids=["html as png", "html as jpg", "gif as png", "png as jpg", "damaged", "cut off"],
)
def test_what_is_no_such_picture_is_malformed(data, kind):
    with pytest.raises(Malformed):
        check_image(data, kind=kind)


def test_a_picture_of_a_thousand_scans_is_malformed():
    with pytest.raises(Malformed, match="scans"):
        check_image(image() + b"\xff\xda\x00\x00" * 1000, kind=Kind.JPG)


def test_a_text_that_unpacks_to_hundreds_of_megabytes_is_malformed():
    text = b"zTXtComment\x00\x00" + zlib.compress(bytes(90_000_000))
    chunk = struct.pack(">L", len(text) - 4) + text + struct.pack(">L", zlib.crc32(text))
    data = image("PNG")
    with pytest.raises(Malformed):
        check_image(data[:33] + chunk + data[33:], kind=Kind.PNG)


@pytest.mark.parametrize(("kind", "writer"), WRITERS)
def test_place_and_maker_are_gone_and_the_picture_stands_upright(kind, writer):
    photo = image(writer, exif=phone_exif())
    assert opened(photo).getexif().get_ifd(0x8825)
    cleaned = opened(clean_image(upload(f"照片.{kind}", photo)).read())
    assert not cleaned.getexif()
    assert cleaned.size == (10, 20)
    corners = [(1, 1), (8, 1), (1, 18), (8, 18)]
    assert [cleaned.convert("L").getpixel(corner) > 125 for corner in corners] == [
        False,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(("kind", "writer"), WRITERS)
def test_nothing_but_the_picture_survives(kind, writer):
    secrets = {"xmp": b"<secret/>", "icc_profile": b"secret" * 30, "exif": phone_exif(1)}
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "secret")
    extra = {"pnginfo": notes} if kind == Kind.PNG else {"comment": b"secret", **secrets}
    photo = image(writer, **extra) + HTML
    assert b"ecret" in photo
    written = reencode(photo, kind)[0]
    assert not [word for word in (b"ecret", b"Exif", b"script") if word in written]
    assert set(opened(written).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_printing_photo_becomes_a_screen_photo():
    assert opened(reencode(image(mode="CMYK"), Kind.JPG)[0]).mode == "RGB"


def test_a_grey_photo_stays_grey():
    assert opened(reencode(image(mode="L"), Kind.JPG)[0]).mode == "L"


def test_a_photo_of_two_frames_keeps_its_first():
    second = Image.new("RGB", (20, 10))
    photo = image("MPO", save_all=True, append_images=[second])
    assert opened(photo).format == "MPO"
    written = opened(reencode(photo, Kind.JPG)[0])
    assert (written.format, written.getpixel((1, 1))[0] > 125) == ("JPEG", True)


def test_transparency_stays():
    drawing = Image.new("P", (4, 4), 1)
    drawing.putpalette([0, 0, 0, 255, 0, 0])
    written = BytesIO()
    drawing.save(written, "PNG", transparency=1)
    cleaned = opened(reencode(written.getvalue(), Kind.PNG)[0])
    assert cleaned.convert("RGBA").getpixel((0, 0)) == (255, 0, 0, 0)


def test_a_picture_cut_off_in_the_middle_is_malformed_when_written_anew():
    with pytest.raises(Malformed):
        reencode(image(size=(200, 200))[:-300], Kind.JPG)
