"""What somebody has typed into a form of this room and not yet sent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """The text of one form, of one person; gone once it is sent."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    #: Which form it is, e.g. "report:12".
    form = models.CharField(max_length=60)
    #: Name → values, as the form would post them.
    said = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("text not yet sent")
        verbose_name_plural = _("texts not yet sent")
        constraints = [models.UniqueConstraint(fields=["by", "form"], name="draft_once_a_form")]

    def __str__(self) -> str:
        return self.form
