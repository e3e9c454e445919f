"""What forms of several rooms share: texts that get onto papers, and pictures of the library."""

from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from wagtail.images.forms import BaseImageForm

from partybuilding.core.photographs import holds_location, without_location
from partybuilding.core.validators import validate_printable


class OnPaper:
    """A form whose texts get onto papers: what no paper can print is named beside its field."""

    fields: dict[str, forms.Field]

    def full_clean(self) -> None:
        """Hold every text that is typed to what can be printed, fields that a form adds later included."""
        for field in self.fields.values():
            typed = isinstance(field, forms.CharField) and not field.widget.is_hidden
            if typed and validate_printable not in field.validators:
                field.validators.append(validate_printable)
        super().full_clean()  # type: ignore[misc]


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
