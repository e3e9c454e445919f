"""The machine of a brand (lifecycle.md, "Brand and case study")."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Due, Role, State, Table, Tone
from partybuilding.spreading.states import DEPARTMENT, back, forward


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

STEPS = (
    forward(
        "nominate",
        _("Nominate"),
        {S.DRAFT: (Role.UNIT, Role.EDITOR)},
        S.NOMINATED,
        _("name; at least one approved project that it grew from; grounds of the nomination"),
    ),
    back(
        "recall",
        _("Take the nomination back"),
        {S.NOMINATED: (Role.UNIT, Role.EDITOR)},
        S.DRAFT,
    ),
    forward(
        "recognise",
        _("Recognise"),
        {S.NOMINATED: DEPARTMENT},
        S.RECOGNISED,
        _("not of the organizations whose brand it is"),
    ),
    back(
        "decline",
        _("Do not recognise"),
        {S.NOMINATED: DEPARTMENT},
        S.DECLINED,
        tone=Tone.NEGATIVE,
    ),
    back(
        "take_back",
        _("Take the decision back"),
        {S.RECOGNISED: DEPARTMENT, S.DECLINED: DEPARTMENT},
        S.NOMINATED,
        _("reason given; nothing of it is public yet"),
    ),
    forward(
        "promote",
        _("Promote the brand"),
        {S.RECOGNISED: DEPARTMENT},
        S.PROMOTED,
        _("the brand's page is published"),
    ),
    back(
        "stop_promoting",
        _("Stop promoting the brand"),
        {S.PROMOTED: DEPARTMENT},
        S.RECOGNISED,
    ),
    back(
        "revoke",
        _("Revoke recognition"),
        {S.RECOGNISED: DEPARTMENT, S.PROMOTED: DEPARTMENT},
        S.REVOKED,
        _("a reason, which is public; the page goes offline with it"),
        tone=Tone.NEGATIVE,
        public_reason=True,
    ),
    back(
        "reopen",
        _("Reopen"),
        {S.REVOKED: DEPARTMENT},
        S.RECOGNISED,
        _("reason given; the page is published anew"),
        tone=Tone.WAITING,
    ),
)

TABLE = Table(STATES, STEPS)
