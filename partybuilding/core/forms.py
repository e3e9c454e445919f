"""How a picture comes into the CMS's library: without the place where it was taken."""

from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from wagtail.images.forms import BaseImageForm

from partybuilding.core.photographs import holds_location, without_location


class LibraryImageForm(BaseImageForm):
    """The form behind every way into the library: one picture, many, from within a page.

    Named by the setting WAGTAILIMAGES_IMAGE_FORM_BASE.
    """

    def clean_file(self) -> Any:
        """Take out of a new file where, when and with which camera it was taken."""
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        picture = without_location(file)
        file.seek(0)
        if picture is None:
            if holds_location(file):
                raise ValidationError(
                    _("This picture tells where it was taken. Save it as JPG first.")
                )
            return file
        return _same_file(file, picture)


def _same_file(file: UploadedFile, content: bytes) -> UploadedFile:
    """Return a file of the same name and kind with another content."""
    same = InMemoryUploadedFile(
        BytesIO(content), "file", file.name, file.content_type, len(content), file.charset
    )
    same.image = getattr(file, "image", None)
    return same
