"""How a picture comes into the CMS's library: no larger than needed, without the place where it was taken."""

from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from wagtail.images.forms import BaseImageForm

from partybuilding.core.photographs import holds_location, without_location
from partybuilding.core.uploads import IMAGES, UploadRefused, admit_upload
from partybuilding.core.uploads.images import is_large

#: Formats that the library keeps as JPG or PNG.
ANEW = {"webp", "heic", "heif"}


class LibraryImageForm(BaseImageForm):
    """The form behind every way into the library: one picture, many, from within a page.

    Named by the setting WAGTAILIMAGES_IMAGE_FORM_BASE.
    """

    def clean_file(self) -> Any:
        """Make a new file smaller, JPG or PNG, and take out where and with which camera it was taken."""
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        if file.image.format_name in ANEW or is_large(*file.image.get_size()):
            return _written_anew(file)
        picture = without_location(file)
        file.seek(0)
        if picture is None:
            if holds_location(file):
                raise ValidationError(
                    _("This picture tells where it was taken. Save it as JPG first.")
                )
            return file
        return _same_file(file, picture)


def _written_anew(file: UploadedFile) -> UploadedFile:
    try:
        checked, content = admit_upload(file, kinds=IMAGES)
    except UploadRefused as refused:
        raise ValidationError(str(refused)) from refused
    return _same_file(file, content.read(), checked.name, checked.content_type)


def _same_file(
    file: UploadedFile, content: bytes, name: str | None = None, content_type: str | None = None
) -> UploadedFile:
    """Return a file with another content, of the same name and kind unless others are given."""
    same = InMemoryUploadedFile(
        BytesIO(content),
        "file",
        name or file.name,
        content_type or file.content_type,
        len(content),
        file.charset,
    )
    same.image = getattr(file, "image", None)
    return same
