"""What belongs to a notice: its list as it was, its corrections."""

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from partybuilding.projects.models import Project


class NoticeEntry(models.Model):
    """One project of an approved list, with its names as they were when the notice was made.

    Not part of the page's revisions: no draft, older version or schedule changes it.
    """

    notice = models.ForeignKey(
        "partybuilding.NoticePage", on_delete=models.CASCADE, related_name="entries"
    )
    project = models.ForeignKey(
        Project,
        verbose_name=_("project"),
        on_delete=models.PROTECT,
        related_name="notice_entries",
    )
    order = models.PositiveIntegerField(_("order"))
    code = models.CharField(_("number"), max_length=20)
    title = models.CharField(_("project title"), max_length=100)
    organizations = models.TextField(_("organizations"))
    unit = models.CharField(_("reporting unit"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("entry of the list")
        verbose_name_plural = _("entries of the list")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "project"], name="once_in_a_notice"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class NoticeCorrection(Orderable):
    """What was wrong in a published notice, and how it reads rightly; shown above the notice."""

    page = ParentalKey(
        "partybuilding.NoticePage", on_delete=models.CASCADE, related_name="corrections"
    )
    text = models.TextField(
        _("correction"),
        max_length=500,
        help_text=_("Say where, what stood there and how it should read."),
    )
    #: The day on which it was published; empty until then.
    said_on = models.DateField(_("published on"), null=True, editable=False)

    panels = [FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return self.text

    @property
    def day(self) -> date:
        """The day that is shown: today for one that is not published yet."""
        return self.said_on or timezone.localdate()
