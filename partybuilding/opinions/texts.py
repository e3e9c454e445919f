"""What a resident reads who has sent an opinion; the department may word it."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from partybuilding.core.texts import Message, Placeholder
from partybuilding.core.texts.messages import Vocabulary, message_of
from partybuilding.core.types import AnyUser
from partybuilding.opinions.models import Opinion
from partybuilding.texts.register import EditedText

VOCABULARY = Vocabulary(
    {
        "accept": Placeholder(
            "受理告知日", _("By when it is said whether it is taken up"), "2026年5月20日", required=True
        ),
        "answer": Placeholder(
            "答复日", _("By when it is answered"), "2026年6月10日", required=True
        ),
    },
    always=(),
)  # fmt: skip
#: The second line stands below the two numbers, the others are the steps that follow.
RECEIPT = VOCABULARY.message(
    "opinion-receipt",
    gettext_noop("Your opinion has arrived"),
    gettext_noop(
        "Please note both numbers now, take a picture of this page, or print it: the code is not shown again."
    ),
    gettext_noop("By %(accept)s we tell you whether it is taken up."),
    gettext_noop("By %(answer)s you get an answer; both count working days only."),
    gettext_noop("Look it up with both numbers; without them nobody can, not even we."),
)


def _nobody(user: AnyUser) -> "QuerySet[Opinion]":
    """Return no opinion: a receipt is shown to its sender alone."""
    return Opinion.objects.none()


def _drawn(body: str, _opinion: object) -> Message:
    return message_of(RECEIPT, body, RECEIPT.samples)


TEXTS = (
    EditedText(
        RECEIPT, _("Receipt of an opinion, for residents"), _drawn, _nobody, group="receipts"
    ),
)
