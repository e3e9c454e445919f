"""The categories of the news, kept by the editors."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class NewsCategory(models.Model):
    """A kind of news by which readers narrow the list."""

    name = models.CharField(_("name of the category"), max_length=20, unique=True)
    code = models.CharField(
        _("code in addresses"),
        max_length=30,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]*$", _("Small letters, digits and hyphens."))],
        help_text=_("E.g. policy. Readers' bookmarks hold it: do not change it later."),
    )
    order = models.PositiveSmallIntegerField(
        _("place in the order"), default=10, help_text=_("The smallest comes first.")
    )

    panels = [FieldPanel("name"), FieldPanel("code"), FieldPanel("order")]

    class Meta:
        ordering = ("order", "pk")
        verbose_name = _("news category")
        verbose_name_plural = _("news categories")

    def __str__(self) -> str:
        return self.name
