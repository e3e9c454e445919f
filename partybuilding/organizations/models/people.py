"""Who is where: people with their place in lists, memberships with their history, expert groups."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.registers.sorting import SortKeyField
from partybuilding.core.states import Role
from partybuilding.core.text.validators import TelephoneField
from partybuilding.organizations.models.organization import Organization


class Person(models.Model):
    """What the register keeps of a person beside the account: the place in lists, the telephone."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="written"
    )
    key = SortKeyField(of="name", person=True)
    #: For the keepers of the register alone.
    telephone = TelephoneField(_("telephone"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name as the person's account has it now."""
        return self.user.get_full_name() or self.user.get_username()


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Lists of memberships."""

    def current(self, today: date | None = None) -> "MembershipQuerySet":
        """Keep those that hold today."""
        day = today or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def open(self, today: date | None = None) -> "MembershipQuerySet":
        """Keep those that have not ended before today: the present ones and those to come."""
        return self.filter(Q(until=None) | Q(until__gte=today or timezone.localdate()))


class Membership(models.Model):
    """A person's role and post in an organisation, from a day to a day; ended, never deleted."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("Party organization"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    post = models.CharField(_("post"), max_length=100, blank=True)
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organization__code_key", "role", "-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization", "role"],
                condition=Q(until=None),
                name="membership_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="membership_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["role", "organization"])]

    def __str__(self) -> str:
        return f"{self.organization} {self.get_role_display()}"

    @property
    def is_past(self) -> bool:
        """Whether it ended before today."""
        return self.until is not None and self.until < timezone.localdate()

    @property
    def is_current(self) -> bool:
        """Whether it holds today; what has not begun yet is neither current nor past."""
        return not self.is_past and self.since <= timezone.localdate()

    @property
    def words(self) -> str:
        """Where, as what, and with which post."""
        return " · ".join(
            filter(None, [str(self.organization), self.get_role_display(), self.post])
        )


class ExpertGroup(models.Model):
    """One of the groups that pre-assess and, at year end, score the projects assigned to it."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("experts"),
        related_name="expert_groups",
        blank=True,
    )
    #: Speaks for the group where its experts lie far apart; changes no score.
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("leader of the group"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="led_groups",
    )
    name_key = SortKeyField(of="name")

    class Meta:
        verbose_name = _("expert group")
        verbose_name_plural = _("expert groups")
        ordering = ["name_key"]

    def __str__(self) -> str:
        return self.name


class FirstPassword(models.Model):
    """Says of an account that its password was set by somebody else and is to be changed at the next sign-in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE
    )

    class Meta:
        verbose_name = _("First password")
        verbose_name_plural = _("first passwords")

    def __str__(self) -> str:
        return str(self.user)
