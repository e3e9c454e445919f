"""The reminders: as they are delivered, and what they may name."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from partybuilding.core.texts import Placeholder, Wording
from partybuilding.core.texts.messages import Vocabulary
from partybuilding.texts.messages import message_texts

_vocabulary = Vocabulary(
    {
        "kind": Placeholder("事项类别", _("What is to be done"), "整改反馈"),
        "title": Placeholder("事项名称", _("Of which project or matter"), "邻里驿站连心桥"),
        "n": Placeholder("件数", _("How many matters there are"), "3"),
        "late": Placeholder("逾期件数", _("How many of them are overdue"), "1"),
        "own": Placeholder(
            "本人事项",
            _("What the reader has to do, a line each; the line is left out when there is nothing"),
            "\n【整改反馈】邻里驿站连心桥 应于2026年5月20日前办结。",
            required=True,
        ),
        "above": Placeholder(
            "督促事项",
            _(
                "What is overdue with others, a line each; the line is left out when there is nothing"
            ),
            "\n【初审】示例村积分超市 应于2026年5月8日前办结，已逾期4天。在办：张明。",
            required=True,
        ),
    },
    always=("own", "above"),
)


def _message(code: str, subject: str) -> Wording:
    return _vocabulary.message(
        code,
        subject,
        gettext_noop("For you to do:%(own)s"),
        gettext_noop("Overdue with others, for you to follow up:%(above)s"),
    )


ONE_SOON = _message("remind-one-soon", gettext_noop("Due soon: %(kind)s %(title)s"))
ONE_TODAY = _message("remind-one-today", gettext_noop("Due today: %(kind)s %(title)s"))
ONE_LATE = _message("remind-one-late", gettext_noop("Overdue: %(kind)s %(title)s"))
SOME_SOON = _message("remind-some-soon", gettext_noop("Reminder: %(n)s matters are due soon"))
SOME_LATE = _message(
    "remind-some-late", gettext_noop("Reminder: %(n)s matters, %(late)s of them overdue")
)

TEXTS = message_texts(
    (
        (ONE_SOON, _("Reminder: one matter is due soon")),
        (ONE_TODAY, _("Reminder: one matter is due today")),
        (ONE_LATE, _("Reminder: one matter is overdue")),
        (SOME_SOON, _("Reminder: several matters are due soon")),
        (SOME_LATE, _("Reminder: several matters, some overdue")),
    )
)
