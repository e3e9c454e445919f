"""The machine of a brand (lifecycle.md, "Brand and case study")."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Due, Role, State, Step, Table, Tone


class BrandState(TextChoices):
    """Where a brand stands."""

    DRAFT = "draft", _("Brand being drafted")
    NOMINATED = "nominated", _("Awaiting recognition")
    RECOGNISED = "recognised", _("Recognised")
    PROMOTED = "promoted", _("Being promoted")
    DECLINED = "declined", _("Not recognised")
    REVOKED = "revoked", _("Recognition revoked")


S = BrandState

#: The steps of the status strip.
STRIP = (_("Draft of the brand"), _("Recognition"), _("Publication"), _("Promotion"))

STATES = (
    State(
        S.DRAFT.value,
        S.DRAFT.label,
        strip=1,
        holders=(Role.EDITOR, Role.UNIT),
        editable_by=Role.EDITOR,
    ),
    State(
        S.NOMINATED.value,
        S.NOMINATED.label,
        strip=2,
        holders=(Role.DEPARTMENT,),
        due=Due(days="recognition_days"),
        tone=Tone.WAITING,
    ),
    State(
        S.RECOGNISED.value,
        S.RECOGNISED.label,
        public=S.RECOGNISED.label,
        strip=3,
        tone=Tone.POSITIVE,
    ),
    State(
        S.PROMOTED.value,
        S.PROMOTED.label,
        public=S.PROMOTED.label,
        strip=4,
        tone=Tone.ACTIVE,
    ),
    State(S.DECLINED.value, S.DECLINED.label, tone=Tone.NEGATIVE),
    State(S.REVOKED.value, S.REVOKED.label, tone=Tone.NEGATIVE),
)

_DEPARTMENT = (Role.DEPARTMENT,)

STEPS = (
    Step(
        "nominate",
        _("Nominate"),
        {S.DRAFT: (Role.UNIT, Role.EDITOR)},
        S.NOMINATED,
        asks=("opinion",),
        tone=Tone.POSITIVE,
        needs=_("name; at least one approved project that it grew from; grounds of the nomination"),
    ),
    Step(
        "recall",
        _("Take the nomination back"),
        {S.NOMINATED: (Role.UNIT, Role.EDITOR)},
        S.DRAFT,
        asks=("reason",),
        tone=Tone.WITHDRAWN,
        needs=_("reason given"),
    ),
    Step(
        "recognise",
        _("Recognise"),
        {S.NOMINATED: _DEPARTMENT},
        S.RECOGNISED,
        asks=("opinion",),
        tone=Tone.POSITIVE,
        needs=_("not of the organizations whose brand it is"),
    ),
    Step(
        "decline",
        _("Do not recognise"),
        {S.NOMINATED: _DEPARTMENT},
        S.DECLINED,
        asks=("reason",),
        tone=Tone.NEGATIVE,
        needs=_("reason given"),
    ),
    Step(
        "take_back",
        _("Take the decision back"),
        {S.RECOGNISED: _DEPARTMENT, S.DECLINED: _DEPARTMENT},
        S.NOMINATED,
        asks=("reason",),
        tone=Tone.WITHDRAWN,
        needs=_("reason given; nothing of it is public yet"),
    ),
    Step(
        "promote",
        _("Promote the brand"),
        {S.RECOGNISED: _DEPARTMENT},
        S.PROMOTED,
        asks=("opinion",),
        tone=Tone.POSITIVE,
        needs=_("the brand's page is published"),
    ),
    Step(
        "stop_promoting",
        _("Stop promoting the brand"),
        {S.PROMOTED: _DEPARTMENT},
        S.RECOGNISED,
        asks=("reason",),
        tone=Tone.WITHDRAWN,
        needs=_("reason given"),
    ),
    Step(
        "revoke",
        _("Revoke recognition"),
        {S.RECOGNISED: _DEPARTMENT, S.PROMOTED: _DEPARTMENT},
        S.REVOKED,
        asks=("reason",),
        tone=Tone.NEGATIVE,
        needs=_("a reason, which is public; the page goes offline with it"),
        public_reason=True,
    ),
    Step(
        "reopen",
        _("Reopen"),
        {S.REVOKED: _DEPARTMENT},
        S.RECOGNISED,
        asks=("reason",),
        tone=Tone.WAITING,
        needs=_("reason given; the page is published anew"),
    ),
)

TABLE = Table(STATES, STEPS)
