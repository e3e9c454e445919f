"""What the department may word of opinions: the sender's receipt, and the messages to those who have them."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from partybuilding.core.machine.wording import day_words
from partybuilding.core.texts import Placeholder
from partybuilding.core.texts.messages import REASON, Sayings, Vocabulary, reason_like
from partybuilding.core.types import AnyUser
from partybuilding.opinions.models import Opinion
from partybuilding.texts.messages import message_texts

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

ARRIVED = Vocabulary(
    {
        "day": Placeholder(
            "受理期限", _("By when it is to be taken up"), "2026年5月20日", required=True
        )
    },
    always=(),
).message(
    "told-opinions-arrived",
    gettext_noop("New opinions of residents have arrived"),
    gettext_noop("Please take them up by %(day)s, or say why not."),
)

_message = Vocabulary(
    {
        "number": Placeholder("意见编号", _("The opinion's number"), "2026-0512-7", required=True),
        "day": Placeholder("答复期限", _("By when it is answered"), "2026年6月10日"),
        "reason": reason_like("请写明完成时间。"),
    },
    always=("number", "day"),
).message
DRAFTED = _message(
    "told-opinion-drafted",
    gettext_noop("Answer awaiting approval: %(number)s"),
    gettext_noop("To be answered by %(day)s."),
)
PASSED_ON = _message(
    "told-opinion-passed-on", gettext_noop("An opinion was passed on to you: %(number)s"), REASON
)
SENT_BACK = _message(
    "told-opinion-sent-back", gettext_noop("Draft of an answer sent back: %(number)s"), REASON
)
APPROVED = _message(
    "told-opinion-approved",
    gettext_noop("Answer approved: %(number)s"),
    gettext_noop("The sender can now read it."),
)


def said_of(opinion: Opinion, reason: str = "") -> Sayings:
    """Return what the placeholders stand for."""
    return Sayings(
        意见编号=opinion.number, 答复期限=lambda: day_words(opinion.answer_by), 理由=reason
    )


def _opinions(user: AnyUser) -> "QuerySet[Opinion]":
    return Opinion.objects.visible_to(user).order_by("-pk")


TEXTS = (
    # A receipt is shown to its sender alone.
    *message_texts([(RECEIPT, _("Receipt of an opinion, for residents"))], group="receipts"),
    *message_texts([(ARRIVED, _("To whoever takes up opinions: new ones have arrived"))]),
    *message_texts(
        (
            (DRAFTED, _("To the department: an answer to approve")),
            (PASSED_ON, _("To the reporting unit: an opinion is passed on")),
            (SENT_BACK, _("To the reporting unit: the draft of an answer is sent back")),
            (APPROVED, _("To the reporting unit: an answer is approved")),
        ),
        _opinions,
        said_of,
    ),
)
