"""Sizes of the book, its editions, and where the making of one stands."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Size(TextChoices):
    """The trimmed size of a page; `press/layout.py` knows the millimetres."""

    K16 = "k16", _("16mo standard, 185 × 260 mm")
    LARGE16 = "large16", _("16mo large, 210 × 285 mm")
    A4 = "a4", _("A4, 210 × 297 mm")


class Multiple(IntegerChoices):
    """Of how many pages a printed book has a whole number: leaves folded once, or whole sheets."""

    FOUR = 4, _("4 pages")
    SIXTEEN = 16, _("16 pages")


class EditionKind(TextChoices):
    """An edition of the book."""

    PUBLIC = "public", _("Web edition (PDF)")
    LARGE = "large", _("Large print (PDF)")
    EPUB = "epub", _("E-book (EPUB)")
    WORD = "word", _("Word edition")
    PRINT = "print", _("Printing edition (PDF)")
    INTERNAL = "internal", _("Internal publication (PDF)")


#: What residents may ever get; the internal publication and what goes to the press never are.
FOR_RESIDENTS = (EditionKind.PUBLIC, EditionKind.LARGE, EditionKind.EPUB)
FOR_PRESS = (EditionKind.PRINT, EditionKind.INTERNAL)
EXTENSIONS = {EditionKind.EPUB: "epub", EditionKind.WORD: "docx"}


class BuildStatus(TextChoices):
    """Where the making of an edition stands."""

    RUNNING = "running", _("Being built")
    BUILT = "built", pgettext_lazy("edition", "Built")
    FAILED = "failed", _("Not built")
    STOPPED = "stopped", pgettext_lazy("edition", "Build stopped")


class BuildStage(TextChoices):
    """What is being done while an edition is made, in this order."""

    GATHERING = "gathering", _("Gathering texts and pictures")
    GLYPHS = "glyphs", _("Looking for characters without a glyph")
    PICTURES = "pictures", _("Shrinking pictures")
    TYPESETTING = "typesetting", _("Typesetting")


def extension_of(kind: str) -> str:
    """Return the extension of an edition's file."""
    return EXTENSIONS.get(EditionKind(kind), "pdf")
