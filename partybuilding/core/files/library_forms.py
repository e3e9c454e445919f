"""How documents and pictures come into the CMS's library: known by their content, and then fixed."""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from partybuilding.core.files.library import is_fixed
from partybuilding.core.files.photographs import holds_location, without_location
from partybuilding.core.files.uploads import (
    DOCUMENTS,
    IMAGES,
    UploadRefused,
    admit_upload,
    check_upload,
)
from partybuilding.core.files.uploads.images import is_large

#: What may be changed of a document or picture in public use: how it is found in the library.
FREE = ("tags",)
#: Formats that the library keeps as JPG or PNG.
ANEW = {"webp", "heic", "heif"}


class LibraryForm:
    """What both forms share: a file is never put in another's place, and what is in public use stays."""

    instance: Any
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            return
        self.fields.pop("file", None)
        # Wagtail has asked for the bound field already, so that the field's own text would not be seen.
        title = self["title"]  # type: ignore[index]
        title.help_text = _(
            "A file is never replaced: upload the new one and choose it on the page, "
            "which then goes through review."
        )
        if is_fixed(self.instance):
            title.help_text = _(
                "In use on a public page, so that it stays as it is. For a new version upload a new "
                "file and choose it on the page, which then goes through review."
            )
            for name, field in self.fields.items():
                field.disabled = name not in FREE


class LibraryDocumentForm(LibraryForm, BaseDocumentForm):
    """The form behind every way into the library of documents.

    Named by the setting WAGTAILDOCS_DOCUMENT_FORM_BASE.
    """

    def clean_file(self) -> Any:
        """Take what a document is by its content, under a name that says so."""
        file = self.cleaned_data["file"]
        return _admitted(file, DOCUMENTS) if isinstance(file, UploadedFile) else file


class LibraryImageForm(LibraryForm, BaseImageForm):
    """The form behind every way into the library: one picture, many, from within a page.

    Named by the setting WAGTAILIMAGES_IMAGE_FORM_BASE.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            # Wagtail decodes the picture to count its pixels, and a broken one ends in a fault.
            field.to_python = partial(_picture, field.to_python)

    def clean_file(self) -> Any:
        """Make a new file smaller, JPG or PNG, and take out where and with which camera it was taken."""
        file: Any = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        decoded = file.image  # type: ignore[attr-defined]
        if decoded.format_name in ANEW or is_large(*decoded.get_size()):
            return _admitted(file, IMAGES)
        picture = without_location(file)
        file.seek(0)
        if picture is None:
            if holds_location(file):
                raise ValidationError(
                    _("This picture tells where it was taken. Save it as JPG first.")
                )
            return file
        return _same_file(file, picture)


def _picture(to_python: Callable[[Any], Any], file: Any) -> Any:
    """Know a picture by its content before anybody decodes it."""
    if isinstance(file, UploadedFile):
        try:
            check_upload(file, kinds=IMAGES)
        except UploadRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
    return to_python(file)


def _admitted(file: UploadedFile, kinds: Any) -> UploadedFile:
    """Return a file as it is taken in: known by its content, under a name that says so."""
    try:
        checked, content = admit_upload(file, kinds=kinds)
    except UploadRefused as refusal:
        raise ValidationError(str(refusal)) from refusal
    return _same_file(file, content.read(), checked.name, checked.content_type)


def _same_file(
    file: UploadedFile, content: bytes, name: str = "", content_type: str = ""
) -> UploadedFile:
    """Return a file with another content, of the same name and kind when nothing is said of them."""
    same = InMemoryUploadedFile(
        BytesIO(content),
        "file",
        name or file.name,
        content_type or file.content_type,
        len(content),
        file.charset,
    )
    same.image = getattr(file, "image", None)  # type: ignore[attr-defined]
    return same
