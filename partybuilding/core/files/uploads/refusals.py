"""Why a file is refused, each reason with the sentence that says what to do."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.refusals import Refusal


class Reason(TextChoices):
    """A reason for refusing a file; the label is the sentence for the person."""

    TOO_LARGE = (
        "too_large",
        _("The file is larger than %(megabytes)s MB. Compress it and upload it again."),
    )
    EMPTY = "empty", _("The file is empty. Choose it again and upload it.")
    KIND_NOT_ALLOWED = (
        "kind_not_allowed",
        _("Only these kinds of file can be uploaded here: %(kinds)s."),
    )
    NOT_PDF = "not_pdf", _("This is not a valid PDF. Export it as PDF again and upload it.")
    NOT_DOCX = (
        "not_docx",
        _("This is not a valid Word document (.docx). Save it as .docx and upload it again."),
    )
    NOT_OFD = "not_ofd", _("This is not a valid OFD. Export it as OFD again and upload it.")
    NOT_PPTX = (
        "not_pptx",
        _("This is not a valid presentation (.pptx). Save it as .pptx and upload it again."),
    )
    NOT_XLSX = (
        "not_xlsx",
        _("This is not a valid Excel workbook (.xlsx). Save it as .xlsx and upload it again."),
    )
    NOT_JPG = "not_jpg", _("This is not a valid JPG picture. Save it as JPG and upload it again.")
    NOT_PNG = "not_png", _("This is not a valid PNG picture. Save it as PNG and upload it again.")
    NOT_WEBP = (
        "not_webp",
        _("This is not a valid WebP picture. Save it as JPG and upload it again."),
    )
    NOT_HEIC = (
        "not_heic",
        _("This is not a valid HEIC picture. Save it as JPG and upload it again."),
    )
    OLD_OFFICE = (
        "old_office",
        _(
            "This Office file is of an old format or protected by a password. Remove the password,"
            " save it as .docx, .xlsx or .pptx and upload it again."
        ),
    )
    MACROS = (
        "macros",
        _(
            "The file contains macros or controls. Save it as .docx, .xlsx or .pptx without them and"
            " upload it."
        ),
    )
    EMBEDDED = (
        "embedded",
        _(
            "Another file or a program is embedded in this file. Delete the embedded object, or put a"
            " picture in its place, and upload it again."
        ),
    )
    LINKED = (
        "linked",
        _(
            "The file draws on files or templates elsewhere. Break the links to them (in Excel: Data,"
            " Edit Links) and upload it again."
        ),
    )
    UNPACKS_TOO_LARGE = (
        "unpacks_too_large",
        _("The file's content is abnormally large. Save it as a new file and upload that."),
    )
    PDF_PROTECTED = (
        "pdf_protected",
        _("The PDF is protected by a password. Remove the protection and upload it again."),
    )
    PDF_ACTIVE = (
        "pdf_active",
        _(
            "The PDF contains scripts, programs, forms that send, or embedded files."
            " Print it to a plain PDF and upload that."
        ),
    )
    TOO_MANY_PIXELS = (
        "too_many_pixels",
        _("The picture has more than 50 million pixels. Make it smaller and upload it again."),
    )
    MOVING_PICTURE = (
        "moving_picture",
        _("This is a moving picture. Save one view of it as JPG and upload that."),
    )
    NOT_STORED = (
        "not_stored",
        _("The file store does not answer. Nothing is lost: try again in a few minutes."),
    )


class UploadRefused(Refusal):
    """A file was refused: `reason` is the code, `str()` the sentence for the person, `file` its name."""

    file = ""

    def __init__(self, reason: Reason, **values: object) -> None:
        self.reason = reason
        super().__init__([str(reason.label) % values])

    @property
    def named(self) -> str:
        """The sentence with the file's name before it, where there may be several files."""
        words = _("“%(name)s” was not uploaded. %(why)s")
        return str(words) % {"name": self.file, "why": self} if self.file else str(self)


class Malformed(Exception):
    """The content is not what its beginning promises; the refusal names what the name claims."""
