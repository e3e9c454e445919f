"""A photograph loses the place and the camera, keeps the picture and how it is turned."""

from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import ExifTags, Image, ImageCms, ImageOps, PngImagePlugin
from wagtail.images import get_image_model
from wagtail.images.models import Image as LibraryImage

from partybuilding.core.files.photographs import holds_location, without_location
from partybuilding.core.pages.gate import tells_place
from tests.partybuilding.core.uploads import samples

PLACE = {
    ExifTags.GPS.GPSLatitudeRef: "N",
    ExifTags.GPS.GPSLatitude: (29.0, 32.0, 1.0),
    ExifTags.GPS.GPSLongitudeRef: "E",
    ExifTags.GPS.GPSLongitude: (108.0, 46.0, 14.0),
}
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r exif:GPSLatitude="29,32.0N"/></x:xmpmeta>'
DRONE = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r drone-dji:GpsLongtitude="+108.7"/></x:xmpmeta>'
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
TURNED = 6


def exif(*, place: bool = True, orientation: int = TURNED) -> Image.Exif:
    """Return what a telephone writes: maker, model, how to turn it, where it was taken."""
    written = Image.Exif()
    written[ExifTags.Base.Make] = "HUAWEI"
    written[ExifTags.Base.Model] = "HUAWEI P60"
    written[ExifTags.Base.Orientation] = orientation
    if place:
        written.get_ifd(ExifTags.IFD.GPSInfo).update(PLACE)
    return written


def photograph(kind: str, **options: Any) -> bytes:
    file = BytesIO()
    Image.effect_noise((60, 40), 90).convert("RGB").save(file, kind, **options)
    return file.getvalue()


def with_xmp_in_png(words: bytes) -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("XML:com.adobe.xmp", words.decode(), zip=True)
    return photograph("PNG", pnginfo=notes, exif=exif(place=False))


def with_iptc(data: bytes) -> bytes:
    body = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0a\x1c\x02\x5a\0\x05Qianj"
    return data[:2] + b"\xff\xed" + (len(body) + 2).to_bytes(2) + body + data[2:]


JPEG_OPTIONS = {"exif": exif(), "icc_profile": PROFILE, "comment": b"HUAWEI"}
TELLING = {
    "jpeg": photograph("JPEG", **JPEG_OPTIONS),
    "progressive": photograph("JPEG", progressive=True, **JPEG_OPTIONS),
    "jpeg and IPTC": with_iptc(photograph("JPEG", **JPEG_OPTIONS)),
    "jpeg and XMP": photograph("JPEG", exif=exif(place=False), xmp=XMP),
    "jpeg of a drone": photograph("JPEG", exif=exif(place=False), xmp=DRONE),
    "jpeg and a film": photograph("JPEG", **JPEG_OPTIONS) + b"ftypmp42 HUAWEI",
    "png": photograph("PNG", exif=exif(), icc_profile=PROFILE),
    "png and XMP": with_xmp_in_png(XMP),
    "webp": photograph("WEBP", exif=exif(), xmp=XMP, icc_profile=PROFILE),
    "webp and XMP": photograph("WEBP", exif=exif(place=False), xmp=XMP, lossless=True),
}


def pixels(data: bytes) -> bytes:
    with Image.open(BytesIO(data)) as image:
        return ImageOps.exif_transpose(image).tobytes()


@pytest.mark.parametrize("name", TELLING)
def test_the_place_is_seen_and_taken_out_and_the_picture_is_untouched(name: str) -> None:
    before = TELLING[name]
    assert holds_location(BytesIO(before))
    after = without_location(BytesIO(before))
    assert after is not None
    assert not holds_location(BytesIO(after))
    assert b"HUAWEI" not in after
    assert b"Qianj" not in after
    assert pixels(after) == pixels(before)
    with Image.open(BytesIO(after)) as image, Image.open(BytesIO(before)) as original:
        assert image.getexif().get(ExifTags.Base.Orientation) == TURNED
        assert dict(image.getexif()) == {ExifTags.Base.Orientation: TURNED}
        assert image.info.get("icc_profile") == original.info.get("icc_profile")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_without_notes_stays_as_it_is(kind: str) -> None:
    before = photograph(kind)
    assert not holds_location(BytesIO(before))
    assert without_location(BytesIO(before)) == before


def test_a_camera_that_found_no_satellite_tells_no_place() -> None:
    written = exif(place=False)
    written.get_ifd(ExifTags.IFD.GPSInfo).update({ExifTags.GPS.GPSMapDatum: "WGS-84"})
    assert not holds_location(BytesIO(photograph("JPEG", exif=written)))


def test_an_upright_picture_needs_no_note() -> None:
    after = without_location(BytesIO(photograph("JPEG", exif=exif(orientation=1))))
    assert after is not None
    assert b"Exif" not in after


def test_a_heic_of_a_telephone_is_seen_and_cannot_be_cleaned() -> None:
    import willow  # noqa: F401 - registers HEIC with Pillow

    file = photograph("HEIF", exif=exif())
    assert holds_location(BytesIO(file))
    assert without_location(BytesIO(file)) is None


@pytest.mark.parametrize(
    "broken",
    [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1", samples.image("JPEG")[:200], samples.image("PNG")[:40]],
)
def test_a_broken_file_is_no_fault_of_the_program(broken: bytes) -> None:
    assert not holds_location(BytesIO(broken))
    without_location(BytesIO(broken))


def with_junk(data: bytes) -> bytes:
    """Put bytes that mean nothing between the header and the next part, as some telephones do."""
    end = 4 + int.from_bytes(data[4:6])
    return data[:end] + b"\0\0" + data[end:]


def test_a_scan_without_an_end_is_cleaned_too() -> None:
    after = without_location(BytesIO(TELLING["jpeg"][:-2]))
    assert after is not None
    assert pixels(after) == pixels(TELLING["jpeg"])


def test_what_cannot_be_taken_apart_is_left_alone() -> None:
    assert without_location(BytesIO(with_junk(photograph("JPEG")))) is None
    whole = photograph("PNG")
    assert without_location(BytesIO(whole[: whole.index(b"IEND") - 4])) is None


def upload(name: str = "照片.jpg", data: bytes = TELLING["jpeg"]) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/jpeg")


def stored(image: LibraryImage) -> bytes:
    with image.file.open() as file:
        return file.read()


def test_every_way_into_the_library_takes_the_place_out(admin_client: Client) -> None:
    names = ["wagtailimages:add", "wagtailimages:add_multiple", "wagtailimages_chooser:create"]
    fields = [
        {"title": "一", "file": upload()},
        {"title": "二", "files[]": upload(), "collection": 1},
        {"image-chooser-upload-title": "三", "image-chooser-upload-file": upload()},
    ]
    for name, posted in zip(names, fields, strict=True):
        headers = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
        assert (
            admin_client.post(reverse(name), {"collection": 1, **posted}, **headers).status_code
            < 400
        )
    images = get_image_model().objects.all()
    assert len(images) == len(names)
    for image in images:
        data = stored(image)
        assert not holds_location(BytesIO(data))
        assert b"HUAWEI" not in data
        assert (image.width, image.height, image.file_size) == (60, 40, len(data))


def test_a_picture_gets_a_new_title_and_never_another_file(admin_client: Client) -> None:
    image = get_image_model().objects.create(title="旧", file=upload())
    address = reverse("wagtailimages:edit", args=[image.pk])
    admin_client.post(address, {"title": "新", "collection": 1})
    image.refresh_from_db()
    assert (image.title, stored(image)) == ("新", TELLING["jpeg"])
    admin_client.post(address, {"title": "新", "collection": 1, "file": upload()})
    image.refresh_from_db()
    assert stored(image) == TELLING["jpeg"]


def test_a_picture_that_cannot_be_cleaned_is_refused_only_when_it_tells_a_place(
    admin_client: Client,
) -> None:
    for data, kept in ((photograph("JPEG"), 1), (TELLING["jpeg"], 1)):
        posted = {"title": "一", "collection": 1, "file": upload(data=with_junk(data))}
        page = admin_client.post(reverse("wagtailimages:add"), posted)
        assert get_image_model().objects.count() == kept
    assert "请另存为JPG格式后再上传" in page.content.decode()


def test_a_picture_whose_file_is_lost_tells_no_place() -> None:
    def lost() -> None:
        raise FileNotFoundError

    assert not tells_place(SimpleNamespace(file=SimpleNamespace(open=lost)))
