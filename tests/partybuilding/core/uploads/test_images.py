"""Pictures are measured before they are decoded, and written anew before they are kept."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from partybuilding.core.uploads import clean_image
from partybuilding.core.uploads.images import check_image, reencode
from partybuilding.core.uploads.kinds import Kind
from partybuilding.core.uploads.refusals import Malformed, Reason, UploadRefused
from tests.partybuilding.core.uploads.samples import HTML, image, phone_exif, png_of, upload

WRITERS = [(Kind.JPG, "JPEG"), (Kind.PNG, "PNG")]


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize(("kind", "writer"), WRITERS)
def test_a_sound_picture_passes(kind, writer):
    assert check_image(image(writer), kind=kind) == kind


@pytest.mark.parametrize(
    "size",
    [(5000, 4001), (12_000, 10_000), (20_000, 10_000)],
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


def test_twenty_million_pixels_pass():
    picture = image("PNG", mode="1", size=(5000, 4000))
    assert check_image(picture, kind=Kind.PNG) == Kind.PNG


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
    written = reencode(photo, kind)
    assert not [word for word in (b"ecret", b"Exif", b"script") if word in written]
    assert set(opened(written).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_printing_photo_becomes_a_screen_photo():
    assert opened(reencode(image(mode="CMYK"), Kind.JPG)).mode == "RGB"


def test_a_grey_photo_stays_grey():
    assert opened(reencode(image(mode="L"), Kind.JPG)).mode == "L"


def test_a_photo_of_two_frames_keeps_its_first():
    second = Image.new("RGB", (20, 10))
    photo = image("MPO", save_all=True, append_images=[second])
    assert opened(photo).format == "MPO"
    written = opened(reencode(photo, Kind.JPG))
    assert (written.format, written.getpixel((1, 1))[0] > 125) == ("JPEG", True)


def test_transparency_stays():
    drawing = Image.new("P", (4, 4), 1)
    drawing.putpalette([0, 0, 0, 255, 0, 0])
    written = BytesIO()
    drawing.save(written, "PNG", transparency=1)
    cleaned = opened(reencode(written.getvalue(), Kind.PNG))
    assert cleaned.convert("RGBA").getpixel((0, 0)) == (255, 0, 0, 0)


def test_a_picture_cut_off_in_the_middle_is_malformed_when_written_anew():
    with pytest.raises(Malformed):
        reencode(image(size=(200, 200))[:-300], Kind.JPG)
