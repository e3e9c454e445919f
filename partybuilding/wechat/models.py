"""What left the site for the official account: who took it when, and what the page said then."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from partybuilding.core.types import AnyUser
from partybuilding.evaluation.models import Run
from partybuilding.wechat import permissions
from partybuilding.wechat.states import Way


class WechatExportQuerySet(models.QuerySet["WechatExport"]):
    """Lists of exports."""

    def visible_to(self, user: AnyUser) -> "WechatExportQuerySet":
        """Keep what a user may see."""
        return permissions.visible_to(self, user)

    def differing(self) -> "WechatExportQuerySet":
        """Keep what tells something else than the site does now."""
        return self.exclude(differs_since=None)

    def newest(self) -> "WechatExportQuerySet":
        """Keep the last one of every page and of every run; those whose page is gone are left out."""
        later = WechatExport.objects.filter(
            models.Q(page=models.OuterRef("page")) | models.Q(run=models.OuterRef("run")),
            pk__gt=models.OuterRef("pk"),
        )
        has_source = models.Q(page__isnull=False) | models.Q(run__isnull=False)
        return self.filter(has_source).exclude(models.Exists(later))


class WechatExport(models.Model):
    """One article that was copied, taken along or put into the drafts; told of a page or of a run."""

    page = models.ForeignKey(
        Page,
        verbose_name=pgettext_lazy("wechat", "page"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="wechat_exports",
    )
    run = models.ForeignKey(
        Run,
        verbose_name=_("results of a year"),
        null=True,
        on_delete=models.PROTECT,
        related_name="wechat_exports",
    )
    way = models.CharField(pgettext_lazy("wechat", "way"), max_length=10, choices=Way)
    title = models.CharField(pgettext_lazy("wechat", "title of the article"), max_length=200)
    author = models.CharField(pgettext_lazy("wechat", "author of the article"), max_length=100)
    digest = models.CharField(pgettext_lazy("wechat", "digest of the article"), max_length=300)
    #: SHA-256 of what the page said (`Manuscript.digest_of_text`).
    text_hash = models.CharField(_("hash of the text"), max_length=64)
    length = models.PositiveIntegerField(_("characters with layout"))
    made_at = models.DateTimeField(pgettext_lazy("wechat", "exported at"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("wechat", "exported by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=150)
    #: The platform's name of the draft.
    media_id = models.CharField(_("draft on the platform"), max_length=128, blank=True)
    differs_since = models.DateTimeField(_("differs from the site since"), null=True)

    objects = WechatExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export for the official account")
        verbose_name_plural = _("exports for the official account")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["-made_at", "-id"], name="wechat_export_newest")]

    def __str__(self) -> str:
        return self.title
