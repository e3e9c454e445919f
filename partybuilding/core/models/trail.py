"""The trail: append-only rows of who moved what, chained by keyed hash (docs/adr/0041-a-keyed-trail.md)."""

import hashlib
import hmac
import json
from typing import Any, NoReturn, TypeVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.conf import trail_keys
from partybuilding.core.machine.registry import machine_named


class AppendOnlyError(RuntimeError):
    """Somebody tried to change or delete what may only grow."""


_Row = TypeVar("_Row", bound=models.Model)


class AppendOnlyQuerySet(models.QuerySet[_Row]):
    """Refuse every way of changing rows that the ORM offers."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("The trail only grows.")

    update = delete = bulk_update = update_or_create = _refuse


class AppendOnly(models.Model):
    """A row that is written once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row; an existing one is refused."""
        if not self._state.adding:
            raise AppendOnlyError("The trail only grows.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError("The trail only grows.")


def current_key() -> str:
    """Return the id of the key that what is written now is hashed with."""
    return str(next(iter(trail_keys())))


class Keyed(AppendOnly):
    """A row whose hash only the keeper of a key outside the database can compute.

    Whoever writes to the database alone can change a row, but not what belongs behind it.
    """

    #: Empty in rows from before there were keys; `rekey_trail` leaves none.
    key_id = models.CharField(_("key"), max_length=20, blank=True, default="")
    previous_hash = models.CharField(_("previous hash"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        abstract = True

    def said(self) -> Any:
        """Return what the hash covers."""
        raise NotImplementedError

    def computed_hash(self) -> str:
        """Return the hash of what the row says now: keyed, or plain where it names no key.

        A key that is not among TRAIL_KEY gives nothing, so that its rows are found wrong.
        """
        said = [self.key_id, self.said()] if self.key_id else self.said()
        text = json.dumps(said, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
        if not self.key_id:
            return hashlib.sha256(text.encode()).hexdigest()
        secret = trail_keys().get(self.key_id)
        return hmac.new(secret.encode(), text.encode(), "sha256").hexdigest() if secret else ""

    def seal_with(self, key_id: str) -> None:
        """Name the key and compute the hash."""
        self.key_id = key_id
        self.hash = self.computed_hash()


#: What a row's hash covers; everything but the hash itself.
SEALED_FIELDS = [
    "machine",
    "record_id",
    "record_label",
    "sequence",
    "step",
    "from_state",
    "to_state",
    "by_id",
    "by_name",
    "by_post",
    "by_organization",
    "reason",
    "data",
    "files",
    "previous_hash",
]


def microseconds(moment: Any) -> int:
    """Return a time as a whole number that every database gives back the same."""
    return int(moment.timestamp() * 1_000_000)


class TransitionRecord(Keyed):
    """One step that was taken: who, as what, when, from where to where and why."""

    #: The columns of its index of pairs of characters (`core.registers.words`).
    paired = ("record_label", "by_name", "by_organization", "reason")

    machine = models.CharField(_("machine"), max_length=40)
    record_id = models.BigIntegerField(_("record"))
    record_label = models.CharField(_("title at the time"), max_length=300)
    sequence = models.PositiveIntegerField(_("sequence"))
    step = models.CharField(_("step"), max_length=40)
    from_state = models.CharField(_("from"), max_length=40)
    to_state = models.CharField(_("to"), max_length=40)
    at = models.DateTimeField(_("when"), default=now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    by_name = models.CharField(_("name"), max_length=150)
    by_post = models.CharField(_("post"), max_length=150, blank=True)
    by_organization = models.CharField(_("organization"), max_length=200, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    data = models.JSONField(_("data"), default=dict, encoder=DjangoJSONEncoder)
    files = models.JSONField(_("files"), default=list)
    batch = models.UUIDField(_("batch"), null=True)

    class Meta:
        verbose_name = _("trail entry")
        verbose_name_plural = _("trail")
        ordering = ["machine", "record_id", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["machine", "record_id", "sequence"], name="trail_one_row_per_place"
            ),
        ]
        indexes = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.record_label} {self.step_label}"

    def said(self) -> dict[str, Any]:
        """Return every field but the hash, times as whole microseconds."""
        said = {name: getattr(self, name) for name in SEALED_FIELDS}
        said["at"] = microseconds(self.at)
        said["batch"] = str(self.batch or "")
        return said

    @property
    def _table(self) -> Any:
        machine = machine_named(self.machine)
        return machine.table if machine else None

    @property
    def is_note(self) -> bool:
        """Whether the row notes a fact and moves nothing."""
        return self.from_state == self.to_state

    @property
    def step_label(self) -> str:
        """The words for the step."""
        table = self._table
        if table and table.has_step(self.step):
            return str(table.step(self.step).label)
        return str(NOTE_LABELS.get(self.step, self.step))

    @property
    def from_label(self) -> str:
        """The words for the state it started from."""
        return self._label_of(self.from_state)

    @property
    def to_label(self) -> str:
        """The words for the state it led to."""
        return self._label_of(self.to_state)

    def _label_of(self, state: str) -> str:
        states = self._table.states if self._table else ()
        return next((str(row.label) for row in states if row.code == state), state)


#: The facts that rooms note in the trail beside steps, with their words.
NOTE_LABELS = {
    "create": _("Draft created"),
    "edit": _("Material changed"),
    "assess": _("Pre-assessment recorded"),
    "rate": _("Initial rating recorded"),
    "appoint": _("Four ones recorded"),
    "link": _("Account of the four ones linked"),
    "assign": _("Assigned to experts"),
    "extend": _("Deadline extended"),
    "open_review": _("Review opened"),
    "ask_partner": _("Partner asked for consent"),
    "drop_partner": _("Partner taken off the list"),
    "partner_agreed": _("Partner agreed to take part"),
    "partner_refused": _("Partner does not take part"),
    "attach": _("Attachment added"),
    "detach": _("Attachment removed"),
    "rules": _("Rules changed"),
    "session_open": _("Decision session opened"),
    "session_close": _("Decision session closed"),
    "report": _("Step reported done"),
    "ask": _("Report questioned"),
    "propose": _("Change proposed"),
    "replan": _("Plan of supervision changed"),
    "supervise": _("Supervision recorded"),
    "correct": _("Record corrected"),
    "issue": _("Finding issued"),
    "receive": _("Received from the public"),
    "publish": pgettext_lazy("opinions", "Published"),
    "withhold": _("Not published"),
    "appraisal": _("Days of the public appraisal set"),
    "change": _("Commitment changed"),
    "taken_back": pgettext_lazy("question", "Completion taken back"),
    "offline": _("Page taken offline"),
    "evaluation_rules": _("Rules of the evaluation saved"),
    "announce_draw": _("Draw announced"),
    "swap": _("Projects exchanged between groups"),
    "rate_daily": _("Day-to-day rating recorded"),
    "absence": _("Missing part of the result recorded"),
    "compute": _("Run computed"),
    "override": _("Grades given against the ranking"),
    "book": _("Case book put together"),
    "book_published": _("Edition of the case book published"),
    "book_withdrawn": _("Edition of the case book withdrawn"),
}


class TrailSeal(Keyed):
    """A day's seal over the heads of all chains that grew, so that a cut-off tail is found."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    sealed_at = models.DateTimeField(_("sealed at"), default=now)
    #: [[machine, record_id, sequence, hash], …] of the chains that grew since the seal before.
    heads = models.JSONField(_("heads"), default=list)
    last_row = models.BigIntegerField(_("last row"), default=0)

    class Meta:
        verbose_name = _("trail seal")
        verbose_name_plural = _("trail seals")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}"

    def said(self) -> list[Any]:
        """Return every field but the hash; plain seals said nothing of their time."""
        said = [self.number, self.heads, self.last_row, self.previous_hash]
        return [*said, microseconds(self.sealed_at)] if self.key_id else said
