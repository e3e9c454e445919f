"""Pictures of phones come into the CMS's library smaller, as JPG or PNG."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from partybuilding.core.files.uploads import images
from tests.partybuilding.core.uploads.samples import image, phone_exif

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("writer", "name", "kept"),
    [("HEIF", "照片.heic", "jpg"), ("WEBP", "图.webp", "jpg"), ("JPEG", "大图.jpg", "jpg")],
)
def test_a_picture_of_a_phone_is_kept_smaller(
    writer: str, name: str, kept: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(images, "KEPT_PIXELS", 5_000)
    content = image(writer, size=(120, 80), exif=phone_exif(1))
    form_class = get_image_form(get_image_model())
    files = {"file": SimpleUploadedFile(name, content)}
    form = form_class({"title": "照片", "collection": 1}, files)
    assert form.is_valid(), form.errors
    saved = form.save()
    assert saved.file.name.endswith(f".{kept}")
    assert 4_500 < saved.width * saved.height <= 5_000
    with saved.file.open("rb") as stored:
        assert b"SecretPhone" not in stored.read()
