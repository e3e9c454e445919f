"""The messages about brands: as they are delivered, and what they may name."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from partybuilding.brands.models import Brand
from partybuilding.core.texts import Placeholder
from partybuilding.core.texts.messages import REASON, Sayings, Vocabulary, reason_like
from partybuilding.core.types import AnyUser
from partybuilding.texts.messages import message_texts

_message = Vocabulary(
    {
        "name": Placeholder("品牌名称", _("The brand's name"), "红色驿站"),
        "organization": Placeholder("所属单位", _("Whose brand it is"), "城东街道石城社区"),
        "reason": reason_like("做法成熟，群众认可。"),
    },
    always=("name", "organization"),
).message

NOMINATED = _message(
    "told-brand-nominated", gettext_noop("Brand awaiting recognition: %(name)s"), REASON
)
RECALLED = _message("told-brand-recalled", gettext_noop("Nomination taken back: %(name)s"), REASON)
RECOGNISED_STAFF = _message(
    "told-brand-recognised-staff",
    gettext_noop("Brand recognised: %(name)s"),
    gettext_noop("Its page can now be submitted for publication."),
)
RECOGNISED = _message(
    "told-brand-recognised",
    gettext_noop("Brand recognised: %(name)s"),
    gettext_noop("The Organization Department recognised the brand."),
)
DECLINED = _message("told-brand-declined", gettext_noop("Brand not recognised: %(name)s"), REASON)
TAKEN_BACK = _message(
    "told-brand-taken-back", gettext_noop("Decision on the brand taken back: %(name)s"), REASON
)
NOT_PROMOTED = _message(
    "told-brand-not-promoted", gettext_noop("Brand no longer promoted: %(name)s"), REASON
)
REOPENED = _message(
    "told-brand-reopened", gettext_noop("Recognition holds again: %(name)s"), REASON
)
PROMOTED = _message("told-brand-promoted", gettext_noop("Brand being promoted: %(name)s"), REASON)
REVOKED = _message("told-brand-revoked", gettext_noop("Recognition revoked: %(name)s"), REASON)


def said_of(brand: Brand, reason: str = "") -> Sayings:
    """Return what the placeholders stand for."""
    return Sayings(品牌名称=brand, 所属单位=lambda: brand.organization.name, 理由=reason)


def _brands(user: AnyUser) -> "QuerySet[Brand]":
    return Brand.objects.visible_to(user).select_related("organization").order_by("-pk")


TEXTS = message_texts(
    (
        (NOMINATED, _("To the department: a brand to recognise")),
        (RECALLED, _("To the department: a nomination is taken back")),
        (RECOGNISED, _("To the organization: its brand is recognised")),
        (RECOGNISED_STAFF, _("To editors and the reporting unit: a brand is recognised")),
        (DECLINED, _("To all concerned: a brand is not recognised")),
        (TAKEN_BACK, _("To all concerned: the decision on a brand is taken back")),
        (PROMOTED, _("To all concerned: a brand is promoted")),
        (NOT_PROMOTED, _("To all concerned: a brand is no longer promoted")),
        (REVOKED, _("To all concerned: recognition of a brand is revoked")),
        (REOPENED, _("To all concerned: recognition of a brand holds again")),
    ),
    _brands,
    said_of,
)
