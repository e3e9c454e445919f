"""The brand: the record that decides, and the projects it grew from."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from partybuilding.brands import permissions, rules
from partybuilding.brands.states import TABLE, BrandState
from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.models import StateField
from partybuilding.core.pages import take_offline
from partybuilding.core.rules import asks_reason, asks_words_for_all
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.core.words.fields import WordField
from partybuilding.organizations.models import Organization
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.models import Project
from partybuilding.spreading.models import SpreadRecord

NAME_LENGTH = 40


class BrandQuerySet(models.QuerySet["Brand"]):
    """Lists of brands."""

    def visible_to(self, user: AnyUser) -> "BrandQuerySet":
        """Keep what this user may see."""
        return permissions.visible_to(self, user)

    def waiting_for(self, user: AnyUser) -> "BrandQuerySet":
        """Keep what waits for this user."""
        return permissions.waiting_for(self, user)

    def public(self) -> "BrandQuerySet":
        """Keep what may have a live page."""
        return self.filter(state__in=TABLE.public_states())


_wiring = partial(TABLE.wiring, permissions.user_can_take)


class Brand(SpreadRecord):
    """A brand; organisation and field are those of the first project it grew from."""

    name = models.CharField(_("brand name"), max_length=NAME_LENGTH)
    state = StateField(_("state"), default=BrandState.DRAFT, choices=BrandState, editable=False)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("brand owner"),
        on_delete=models.PROTECT,
        related_name="brands",
    )
    get_sector_display: Callable[[], str]
    sector = WordField(_("field"), max_length=20, words=SECTORS, is_copied=True, blank=True)
    projects = models.ManyToManyField(
        Project, verbose_name=_("projects"), through="BrandOrigin", related_name="brands"
    )
    recognised_at = models.DateTimeField(_("recognised at"), null=True, editable=False)
    promoted_at = models.DateTimeField(_("promoted at"), null=True, editable=False)

    objects = BrandQuerySet.as_manager()

    #: The projects of a brand that is not saved yet: its page brings them along.
    begun_from: tuple[Project, ...] = ()

    class Meta(SpreadRecord.Meta):
        verbose_name = _("brand")
        verbose_name_plural = _("brands")

    def __str__(self) -> str:
        return self.name

    def take_after(self, project: Project) -> None:
        """Take organisation and field of the first project."""
        self.organization, self.sector = project.organization, project.sector

    def rule_value(self, name: str) -> Any:
        """Take the rules of due dates from the newest year among the brand's projects."""
        newest = self.projects.select_related("cycle").order_by("-cycle__year").first()
        assert newest, "a brand grows from a project"
        return newest.cycle.rule_value(name)

    def place_of(self, role: Role) -> Organization | None:
        """Return the unit above the organisation for reviewers."""
        return self.organization.unit if role == Role.UNIT else None

    @transition(
        field=state,
        **_wiring(
            "nominate",
            rules.is_complete,
            asks=(rules.asks_grounds,),
        ),
    )
    def nominate(self, attempt: Attempt) -> None:
        """Propose the brand to the department."""

    @transition(
        field=state,
        **_wiring("recall", asks=(asks_reason,)),
    )
    def recall(self, attempt: Attempt) -> None:
        """Take the nomination back until the department has decided."""

    @transition(
        field=state,
        **_wiring("recognise", rules.is_complete),
    )
    def recognise(self, attempt: Attempt) -> None:
        """Recognise the brand."""
        self.recognised_at = attempt.at

    @transition(
        field=state,
        **_wiring("decline", asks=(asks_reason,)),
    )
    def decline(self, attempt: Attempt) -> None:
        """Do not recognise the brand, with the reason."""

    @transition(
        field=state,
        **_wiring(
            "take_back",
            rules.never_published,
            asks=(asks_reason,),
        ),
    )
    def take_back(self, attempt: Attempt) -> None:
        """Undo a decision of which nobody outside has read."""
        self.recognised_at = None

    @transition(
        field=state,
        **_wiring("promote", rules.page_is_live),
    )
    def promote(self, attempt: Attempt) -> None:
        """Promote the brand across the district."""
        self.promoted_at = attempt.at

    @transition(
        field=state,
        **_wiring("stop_promoting", asks=(asks_reason,)),
    )
    def stop_promoting(self, attempt: Attempt) -> None:
        """Leave the brand recognised, and promote it no more."""
        self.promoted_at = None

    @transition(
        field=state,
        **_wiring("reopen", asks=(asks_reason,)),
    )
    def reopen(self, attempt: Attempt) -> None:
        """Let a recognition that was revoked hold again; its page is published anew."""

    @transition(
        field=state,
        **_wiring(
            "revoke",
            asks=(asks_reason, asks_words_for_all),
        ),
    )
    def revoke(self, attempt: Attempt) -> None:
        """Take the recognition back, with a public reason; its page goes offline."""
        take_offline(self, by=attempt.by)


class BrandOrigin(models.Model):
    """One project that a brand grew from; the first one lends it organisation and field."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="origins")
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="brand_origins"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("project of the brand")
        verbose_name_plural = _("projects of the brand")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["brand", "project"], name="brand_origin_once"),
        ]

    def __str__(self) -> str:
        return str(self.project)
