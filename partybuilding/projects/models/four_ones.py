"""The four ones of a project (四个一): who holds which duty from which day to which, kept as history."""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.words.fields import WordField
from partybuilding.projects.models.project import Project
from partybuilding.projects.states import DUTIES


class FourOnesQuerySet(models.QuerySet["FourOnesPost"]):
    """Lists of those who hold, held and will hold the duties."""

    def on(self, day: date | None = None) -> "FourOnesQuerySet":
        """Keep who holds a duty on a day, today when none is given."""
        day = day or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def effective(self) -> "FourOnesQuerySet":
        """Leave out what was replaced before it took effect."""
        return self.filter(Q(until=None) | Q(until__gte=F("since")))


class FourOnesPost(models.Model):
    """One of the four ones (四个一), from a day to a day: post, person, duty and time fixed.

    A row is never overwritten or removed. One that was replaced before or on the day on which it
    began never took effect: it ends before it begins, so that no day has two holders.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="four_ones")
    get_duty_display: Callable[[], str]
    duty = WordField(_("duty"), max_length=20, words=DUTIES, year="project.cycle_id")
    name = models.CharField(_("name"), max_length=60)
    post = models.CharField(_("post"), max_length=100, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account of the person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="four_ones",
    )
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = FourOnesQuerySet.as_manager()

    class Meta:
        verbose_name = _("four ones")
        verbose_name_plural = _("four ones")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "duty"],
                condition=models.Q(until=None),
                name="four_ones_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()} {self.name}"

    @property
    def is_effective(self) -> bool:
        """Whether there is a day on which it holds."""
        return self.until is None or self.until >= self.since

    def holds_on(self, day: date) -> bool:
        """Tell whether the duty is held by this row on a day; `FourOnesQuerySet.on` in Python."""
        return self.since <= day and (self.until is None or self.until >= day)
