"""Who wants to be told of what by mail: an address and nothing else of the person."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Project

#: Days after which an address that nobody confirmed is forgotten.
UNCONFIRMED_DAYS = 7


class FollowingQuerySet(models.QuerySet["Following"]):
    """Lists of followings."""

    def confirmed(self) -> "FollowingQuerySet":
        """Keep those whose owner of the address said yes."""
        return self.filter(confirmed_at__isnull=False)

    def forgotten(self) -> "FollowingQuerySet":
        """Keep those that nobody confirmed in time."""
        since = timezone.now() - timedelta(days=UNCONFIRMED_DAYS)
        return self.filter(confirmed_at=None, asked_at__lt=since)


class Following(models.Model):
    """One address that follows one thing: a project, a township or street, or everything."""

    address = models.EmailField(_("address"))
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    place = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    #: What is followed, in one word; a project's or a place's key is part of it.
    what = models.CharField(max_length=40)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    #: Until when its owner has been told what is new.
    told_until = models.DateTimeField(null=True)

    objects = FollowingQuerySet.as_manager()

    class Meta:
        verbose_name = _("following by mail")
        verbose_name_plural = _("followings by mail")
        constraints = [
            models.CheckConstraint(
                condition=Q(project=None) | Q(place=None), name="following_one_thing"
            ),
            models.UniqueConstraint(fields=["address", "what"], name="following_once"),
        ]
        indexes = [models.Index(fields=["confirmed_at", "told_until"])]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.project or self.place or _("Everything"))
