"""Organisations as a tree, memberships with their history, expert groups, and who issues papers."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.registers.sorting import SortKeyField
from partybuilding.core.states import Role
from partybuilding.core.text.validators import TelephoneField
from partybuilding.organizations.states import OrganizationKind, Sector


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Lists of organisations."""

    def active(self) -> "OrganizationQuerySet":
        """Keep those that exist today."""
        return self.filter(is_active=True)

    def reporting_units(self) -> "OrganizationQuerySet":
        """Keep the units through which the others report."""
        return self.filter(is_reporting_unit=True)


class Organization(models.Model):
    """A Party organisation; each reports through the unit above it."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    code = models.CharField(_("organization code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganizationKind)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("superior organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    is_reporting_unit = models.BooleanField(_("is a reporting unit"), default=False)
    unit = models.ForeignKey(
        "self",
        verbose_name=_("reporting unit"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="reporting",
    )
    secretary_name = models.CharField(_("secretary"), max_length=40, blank=True)
    secretary_post = models.CharField(_("secretary's post"), max_length=100, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    #: Lists stand in the order of the codes, or of the names where people look for a name.
    code_key = SortKeyField(of="code")
    name_key = SortKeyField(of="name")

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Party organization")
        verbose_name_plural = _("Party organizations")
        ordering = ["code_key"]

    def __str__(self) -> str:
        return self.name

    def unit_above(self) -> "Organization | None":
        """Find the nearest reporting unit above; None for units themselves and what has none."""
        if self.is_reporting_unit:
            return None
        above = self.parent
        while above is not None and not above.is_reporting_unit:
            above = above.parent
        return above


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


class IssuingBody(models.Model):
    """Who issues the papers of the department from a day on, and under which numbers.

    A paper takes what holds on its day and keeps it; a change is a further row, not another text.
    """

    since = models.DateField(
        _("since"), unique=True, help_text=_("Papers of this day and later are issued so.")
    )
    name = models.CharField(
        _("issuing body"), max_length=100, help_text=_("As it signs, e.g. 中共黔江区委组织部.")
    )
    head = models.CharField(
        _("name in the head of letters"),
        max_length=100,
        blank=True,
        help_text=_("Left empty, the head reads as the signature."),
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization of the department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": OrganizationKind.DISTRICT.value},
        help_text=_("Officers of the department are appointed in this organization alone."),
    )
    letter_code = models.CharField(
        _("code letters of letters of the result"),
        max_length=20,
        blank=True,
        help_text=_(
            "E.g. 黔江组 for 黔江组〔2022〕12号. Left empty, these letters carry no number."
        ),
    )
    supervision_code = models.CharField(
        _("code letters of feedback notices"),
        max_length=20,
        blank=True,
        help_text=_(
            "Stand before year and number of a feedback notice; numbers begin anew each year."
        ),
    )

    class Meta:
        verbose_name = _("issuing body")
        verbose_name_plural = _("issuing bodies")
        ordering = ["-since"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def on(cls, day: date) -> "IssuingBody":
        """Return who issues on a day: the last to begin by then, before the first of all the first."""
        rows = cls.objects.order_by("since")
        return rows.filter(since__lte=day).last() or rows.first() or cls(since=day, name=DEPARTMENT)

    @property
    def head_words(self) -> str:
        """How it reads in the head of a letter."""
        return self.head or self.name

    @staticmethod
    def next_number(code: str, year: int) -> str:
        """Take the next document number of a year, e.g. 黔江组〔2022〕12号; none without code letters."""
        return f"{code}〔{year}〕{NumberSeries.take(code, year)}号" if code else ""


#: Who issues papers while nobody has entered it.
DEPARTMENT = "区委组织部"


class NumberSeries(models.Model):
    """The numbers given in a year under code letters; the row stays locked till commit, so none is left out."""

    code = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("series of document numbers")
        verbose_name_plural = _("series of document numbers")
        constraints = [
            models.UniqueConstraint(fields=["code", "year"], name="one_series_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕"

    @classmethod
    def take(cls, code: str, year: int) -> int:
        """Take the next number; who comes second waits for the first one's transaction to end."""
        series, _made = cls.objects.get_or_create(code=code, year=year)
        cls.objects.filter(pk=series.pk).update(last_number=models.F("last_number") + 1)
        series.refresh_from_db(fields=["last_number"])
        return series.last_number
