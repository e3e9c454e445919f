"""What the search keeps: facts of every page, its names, and what editors teach it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.models import Page

from search.folding import fold
from search.kinds import PageKind
from search.tokens import FIELD_LENGTH


class Entry(models.Model):
    """What results show of a page and are narrowed by; made anew whenever the index is."""

    page = models.OneToOneField(
        Page, primary_key=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    kind = models.CharField(max_length=16, choices=PageKind)
    sector = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    date = models.DateField(null=True)
    note = models.CharField(max_length=255, blank=True)
    text = models.TextField(max_length=FIELD_LENGTH, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self) -> str:
        return str(self.page)


class Subject(models.Model):
    """A project that a page tells of; made anew whenever the index is.

    What tells of the same project as a page that answers is an answer, too.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    project = models.PositiveBigIntegerField(_("project"), db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("subject of a page")
        verbose_name_plural = _("subjects of pages")
        constraints = [
            models.UniqueConstraint(fields=["page", "project"], name="search_subject_once")
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.project}"


class Name(models.Model):
    """A title or name with its reading, to be completed from pinyin and initials.

    Both are kept as they sound to whoever does not tell all sounds apart (`search.pinyin.loosened`).
    """

    #: The columns of its index of pairs of characters (`core.registers.words`).
    paired = ("folded", "reading", "initials")

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=255)
    folded = models.CharField(max_length=255)
    reading = models.CharField(max_length=1600)
    initials = models.CharField(max_length=255)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("name to be completed")
        verbose_name_plural = _("names to be completed")
        constraints = [models.UniqueConstraint(fields=["page", "text"], name="search_name_once")]

    def __str__(self) -> str:
        return self.text


class Synonym(models.Model):
    """Words that mean the same: whoever asks for one finds the others too."""

    words = models.CharField(
        _("words that mean the same"),
        max_length=200,
        help_text=_("Two or more words with spaces between them, for example: 廉洁 清廉 廉政"),
    )

    panels = [FieldPanel("words")]

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """Ask for at least two words, each of at least two characters: one alone stands everywhere."""
        words = set(fold(self.words).split())
        if len(words) < 2:
            raise ValidationError(
                {"words": _("Give at least two words with a space between them.")}
            )
        _refuse_short(words)


class Promotion(models.Model):
    """A page that stands first when somebody asks for certain words."""

    words = models.CharField(
        _("when somebody searches for"),
        max_length=200,
        help_text=_(
            "Words with spaces between them; one of them in the question is enough, "
            "for example: 投诉 举报 意见"
        ),
    )
    page = models.ForeignKey(
        Page, verbose_name=_("show this page first"), on_delete=models.CASCADE, related_name="+"
    )
    note = models.CharField(
        _("what to say about it"),
        max_length=120,
        blank=True,
        help_text=_("One sentence for residents; the page's own text when left out."),
    )

    panels = [
        FieldPanel("words"),
        FieldPanel("page"),
        FieldPanel("note"),
        HelpPanel(
            _("Only pages that everybody may read are shown; a withdrawn page shows no longer.")
        ),
    ]

    class Meta:
        verbose_name = _("recommended result")
        verbose_name_plural = _("recommended results")
        ordering = ["words", "pk"]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """Ask for words of at least two characters."""
        _refuse_short(set(fold(self.words).split()))


class Unanswered(models.Model):
    """A question that found nothing: what was asked, how often and when last; never by whom."""

    text = models.CharField(_("asked for"), max_length=30, unique=True)
    count = models.PositiveIntegerField(_("times"), default=1)
    last_seen = models.DateField(_("last asked"), db_index=True)

    class Meta:
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        ordering = ["-count", "-last_seen"]
        default_permissions = ("delete", "view")

    def __str__(self) -> str:
        return self.text


def _refuse_short(words: set[str]) -> None:
    short = sorted(word for word in words if len(word) < 2)
    if short:
        sentence = _("A single character stands in too many words: %(word)s")
        raise ValidationError({"words": sentence % {"word": short[0]}})
