"""What head and foot of every page say: who runs the site, its records, where objections go."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from home.looks import WHITE, WORDS, contrast, holds, is_color
from partybuilding.column.notices.office import WORKING_DAYS
from partybuilding.core.text.validators import TelephoneField

#: What stands below the account of the front page, as delivered.
DELIVERED_ORDER = ("evidence", "news", "opinions")
WEB_ADDRESS = URLValidator(schemes=["https", "http"])


def validate_brand(color: str) -> None:
    """Refuse what is no colour, and one on which white words cannot be read."""
    if not is_color(color):
        raise ValidationError(_("Write the colour as # and six digits, e.g. #b3000c."))
    if not holds(color):
        found = f"{contrast(color, WHITE):.1f}"
        raise ValidationError(
            _(
                "White words cannot be read on this colour: the contrast is %(found)s, and at least "
                "%(least)s is needed. Choose a darker one."
            )
            % {"found": found, "least": WORDS}
        )


class FrontParts(blocks.StreamBlock):
    """What stands below the account of the front page, each at most once."""

    evidence = blocks.StaticBlock(label=_("Done lately"), admin_text="", icon="calendar-check")
    news = blocks.StaticBlock(label=_("News and notices"), admin_text="", icon="doc-full")
    opinions = blocks.StaticBlock(label=_("Residents' opinions"), admin_text="", icon="comment")

    class Meta:
        block_counts = {name: {"max_num": 1} for name in DELIVERED_ORDER}


@register_setting(icon="site", order=100)
class ColumnSettings(BaseSiteSetting):
    """What head and foot of every page say: who runs the site, and its records."""

    color = models.CharField(
        _("colour of the site"),
        max_length=7,
        blank=True,
        validators=[validate_brand],
        help_text=_(
            "Of the band, the buttons and the lines, as # and six digits; white words must be readable on it. "
            "Left empty, it is red. The dark version is computed from it."
        ),
    )
    mark = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("mark of the site"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Stands before the name, and in the browser's tab: square, on a clear ground."),
    )
    front = StreamField(
        FrontParts(required=False),
        verbose_name=_("order of the front page"),
        blank=True,
        help_text=_(
            "What stands below the account and the places, in this order; what is not listed is left out. "
            "Left empty, it is the delivered order."
        ),
    )
    tagline = models.CharField(_("line below the name"), max_length=60, blank=True)
    description = models.CharField(
        _("site description"),
        max_length=160,
        blank=True,
        help_text=_("One or two sentences for search engines."),
    )
    host = models.CharField(_("host of the site"), max_length=100, blank=True)
    organizer = models.CharField(_("organizer of the site"), max_length=100, blank=True)
    contact = TelephoneField(_("contact telephone of the site"), max_length=60, blank=True)
    address = models.CharField(_("postal address"), max_length=120, blank=True)
    domain = models.CharField(
        _("domain of the site"),
        max_length=100,
        blank=True,
        help_text=_("For the meta tag SiteDomain."),
    )
    site_code = models.CharField(_("site identification code"), max_length=20, blank=True)
    icp_number = models.CharField(_("ICP record number"), max_length=60, blank=True)
    police_number = models.CharField(_("public-security record number"), max_length=60, blank=True)
    police_url = models.CharField(
        _("address of the public-security record"),
        max_length=200,
        blank=True,
        validators=[WEB_ADDRESS],
    )
    objection_office = models.CharField(
        _("office that receives objections"), max_length=100, blank=True
    )
    objection_phone = TelephoneField(_("telephone for objections"), max_length=60, blank=True)
    objection_address = models.CharField(_("address for objections"), max_length=160, blank=True)
    objection_email = models.EmailField(_("e-mail for objections"), blank=True)
    objection_form = models.TextField(
        _("form of objections"),
        max_length=300,
        blank=True,
        help_text=_("E.g. in writing, with one's real name, with facts and evidence."),
    )
    notice_days = models.PositiveSmallIntegerField(
        _("working days of a public comment"),
        default=WORKING_DAYS,
        validators=[MinValueValidator(1)],
        help_text=_("Approved lists are open to comment for at least so many working days."),
    )
    site_badge = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("badge of a Party or government site"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The picture given with the registration; shown with its link only."),
    )
    site_badge_url = models.CharField(
        _("link of this badge"), max_length=300, blank=True, validators=[WEB_ADDRESS]
    )
    report_badge = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("badge for reporting errors of the site"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    report_badge_url = models.CharField(
        _("link of the badge for reporting errors"),
        max_length=300,
        blank=True,
        validators=[WEB_ADDRESS],
    )
    news_of_one = models.BooleanField(
        _("news is published by whoever wrote it"),
        default=False,
        help_text=_(
            "Publishers may then publish news that they wrote themselves. Commitments, public notices, "
            "bulletins, cases and brands are approved by somebody else all the same."
        ),
    )
    embedded = models.BooleanField(
        _("head and foot are provided by the portal"),
        default=False,
        help_text=_("For a site inside a district portal that draws its own head and foot."),
    )

    panels = [
        MultiFieldPanel([FieldPanel("tagline"), FieldPanel("description")], heading=_("Name")),
        MultiFieldPanel(
            [FieldPanel("mark"), FieldPanel("color"), FieldPanel("front")], heading=_("Looks")
        ),
        MultiFieldPanel(
            [
                FieldPanel("host"),
                FieldPanel("organizer"),
                FieldPanel("contact"),
                FieldPanel("address"),
            ],
            heading=_("Who runs the site"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("domain"),
                FieldPanel("site_code"),
                FieldPanel("icp_number"),
                FieldPanel("police_number"),
                FieldPanel("police_url"),
            ],
            heading=_("Records of the site"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("objection_office"),
                FieldPanel("objection_phone"),
                FieldPanel("objection_address"),
                FieldPanel("objection_email"),
                FieldPanel("objection_form"),
                FieldPanel("notice_days"),
            ],
            heading=_("Objections to public notices"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("site_badge"),
                FieldPanel("site_badge_url"),
                FieldPanel("report_badge"),
                FieldPanel("report_badge_url"),
            ],
            heading=_("Badges in the foot"),
        ),
        MultiFieldPanel([FieldPanel("news_of_one")], heading=_("Approval")),
        FieldPanel("embedded"),
    ]
    #: Read with the settings, as every page shows them.
    select_related = ["mark", "site_badge", "report_badge"]

    class Meta:
        verbose_name = _("settings of the column")

    def clean(self) -> None:
        """Keep the colour in one spelling."""
        super().clean()
        self.color = f"#{self.color.lstrip('#').lower()}" if self.color else ""

    @property
    def front_order(self) -> tuple[str, ...]:
        """The parts of the front page below its account, in their order."""
        return tuple(block.block_type for block in self.front) or DELIVERED_ORDER
