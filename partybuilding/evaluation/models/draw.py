"""A draw: announced a day before by a digest, drawn before a witness, repeatable by anybody for ever."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.models import Record, StateField
from partybuilding.core.rules import asks_reason, asks_words_for_all
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation import permissions, rules
from partybuilding.evaluation.arithmetic.lots import seed_of
from partybuilding.evaluation.states import DRAWS, DrawKind, DrawState


class DrawQuerySet(models.QuerySet["Draw"]):
    """Lists of draws."""

    def visible_to(self, user: AnyUser) -> "DrawQuerySet":
        """Keep what this user may see."""
        return permissions.department_only(self, user)

    def waiting_for(self, user: AnyUser) -> "DrawQuerySet":
        """Keep what waits for this user."""
        return permissions.draws_waiting_for(self, user)

    def standing(self) -> "DrawQuerySet":
        """Keep what was not declared void."""
        return self.exclude(state=DrawState.VOID)


_wiring = partial(DRAWS.wiring, permissions.user_can_take)


class Draw(Record):
    """One draw of a year (随机抽取).

    The day before, the digest of a secret and of the list among which is drawn is published. On the day
    the secret is opened and a witness says any words: both make the seed, and the result follows.
    """

    state = StateField(_("state"), default=DrawState.ANNOUNCED, choices=DrawState, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="draws")
    kind = models.CharField(_("what is drawn"), max_length=10, choices=DrawKind)
    #: The list and bounds of the draw, as the arithmetic reads them; fixed when it is announced.
    participants = models.JSONField(default=dict, editable=False)
    secret = models.CharField(max_length=64, editable=False)
    commitment = models.CharField(_("published digest"), max_length=64, editable=False)
    witness_name = models.CharField(_("witness"), max_length=40, blank=True, editable=False)
    witness_words = models.CharField(
        _("words of the witness"), max_length=100, blank=True, editable=False
    )
    seed = models.CharField(_("seed"), max_length=64, blank=True, editable=False)
    drawn_at = models.DateTimeField(_("drawn at"), null=True, editable=False)
    #: What the seed gave, and what was exchanged by hand afterwards, each with its reason.
    result = models.JSONField(default=dict, editable=False)
    swaps = models.JSONField(default=list, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "kind"],
                condition=~models.Q(state=DrawState.VOID),
                name="one_standing_draw_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} {self.get_kind_display()}"

    def rule_value(self, name: str) -> Any:
        """Take the rules of due dates from the year."""
        return self.cycle.rule_value(name)

    @transition(
        field=state, **_wiring("hold", rules.announced_before_today, asks=(rules.asks_witness,))
    )
    def hold(self, attempt: Attempt) -> None:
        """Open the secret and make the seed with the witness's words."""
        self.witness_name = str(attempt.data["witness_name"]).strip()
        self.witness_words = str(attempt.data["witness_words"]).strip()
        self.seed = seed_of(self.secret, self.witness_words)
        self.drawn_at = attempt.at

    @transition(field=state, **_wiring("apply", rules.nothing_broken))
    def apply(self, attempt: Attempt) -> None:
        """Let it take effect; the sheets are laid out with it."""

    @transition(
        field=state,
        **_wiring("void", rules.nobody_scored_by_it, asks=(asks_reason, asks_words_for_all)),
    )
    def void(self, attempt: Attempt) -> None:
        """Declare it void, with a public reason; a new one can be announced."""

    def freeze(self, attempt: Attempt) -> Mapping[str, Any]:
        """Keep in the trail what the seed is made of."""
        if attempt.step != "hold":
            return {}
        return {"commitment": self.commitment, "secret": self.secret, "seed": self.seed}
