"""Organisations as a tree, each with where it reports and where residents find it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partybuilding.core.registers.sorting import SortKeyField
from partybuilding.core.words.fields import WordField
from partybuilding.organizations.states import KINDS, SECTORS

#: The size of the schematic map: six tiles side by side fit a phone of 320 px.
TILE_ROWS, TILE_COLUMNS = 12, 6


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Lists of organisations."""

    def active(self) -> "OrganizationQuerySet":
        """Keep those that exist today."""
        return self.filter(is_active=True)

    def reporting_units(self) -> "OrganizationQuerySet":
        """Keep the units through which the others report."""
        return self.filter(is_reporting_unit=True)

    def townships(self) -> "OrganizationQuerySet":
        """Keep the townships and streets."""
        return self.exclude(township="")


class Organization(models.Model):
    """A Party organisation; each reports through the unit above it."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    code = models.CharField(_("organization code"), max_length=40, unique=True)
    kind = WordField(_("kind"), max_length=20, words=KINDS)
    sector = WordField(_("sector"), max_length=20, words=SECTORS, blank=True)
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
    township = models.CharField(
        _("township or street"),
        max_length=20,
        blank=True,
        help_text=_(
            "Only for a reporting unit that is one: its name as residents say it, e.g. 城东街道. It then "
            "has a page of its own in the column, with all projects of the place."
        ),
    )
    #: Where residents look for it, whichever unit it reports through.
    place = models.ForeignKey(
        "self",
        verbose_name=_("works in"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="placed",
        limit_choices_to=~Q(township=""),
        help_text=_(
            "The township or street where it works, if it reports through another unit: its "
            "projects are then found there, too."
        ),
    )
    tile_row = models.PositiveSmallIntegerField(
        _("row on the map"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(TILE_ROWS)],
        help_text=_("From the north, 1 to 12. Left empty, places stand in a list by their names."),
    )
    tile_column = models.PositiveSmallIntegerField(
        _("column on the map"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(TILE_COLUMNS)],
        help_text=_("From the west, 1 to 6."),
    )
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
