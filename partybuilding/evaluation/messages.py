"""The messages on draws and score sheets: as they are delivered, and what they may name."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from partybuilding.core.texts import Placeholder
from partybuilding.core.texts.messages import REASON, Vocabulary, reason_like
from partybuilding.projects.messages import ADDED, TITLE, supplemented
from partybuilding.projects.yearform.compose import EXPERT, PEER
from partybuilding.texts.messages import message_texts

_decided = Vocabulary(
    {
        "title": TITLE,
        "reason": reason_like("与申报单位无利害关系。"),
    },
    always=("title",),
).message
_laid_out = Vocabulary(
    {
        "organization": Placeholder("评议单位", _("The organization that reviews"), "示例村"),
        "count": Placeholder("项目数", _("How many projects there are to score"), "8"),
        "day": Placeholder(
            "截止日期", _("By when they are scored"), "2026年12月1日", required=True
        ),
    },
    always=("count",),
).message

#: What whose sheet it is reads of a step of the department, by the step.
DECIDED = {
    "grant_recusal": _decided(
        "told-recusal-granted", gettext_noop("Your recusal was granted: %(title)s"), REASON
    ),
    "refuse_recusal": _decided(
        "told-recusal-refused",
        gettext_noop("Your recusal was not granted, please score: %(title)s"),
        REASON,
    ),
    "restore": _decided(
        "told-sheet-restored", gettext_noop("Please score after all: %(title)s"), REASON
    ),
    "reopen": _decided(
        "told-sheet-reopened", gettext_noop("A score sheet was opened again: %(title)s"), REASON
    ),
}
TO_EXPERTS = _laid_out(
    "told-sheets-expert",
    gettext_noop("Score sheets for you"),
    gettext_noop(
        "%(count)s projects are yours to score by %(day)s. Give the recusal statement first."
    ),
)
TO_PEERS = _laid_out(
    "told-sheets-peer",
    gettext_noop("Peer review begins"),
    gettext_noop("%(organization)s reviews %(count)s projects of other organizations by %(day)s."),
)

#: What they read when more is asked on their sheets, by the part of the year's form.
SUPPLEMENTED = {
    EXPERT: supplemented(
        "told-experts-supplemented",
        gettext_noop("More is asked on the experts' sheets: %(year)s"),
        ADDED,
    ),
    PEER: supplemented(
        "told-peers-supplemented",
        gettext_noop("More is asked in the peer review: %(year)s"),
        ADDED,
    ),
}

#: Whose sheets they are stays with the experts: they are shown with samples.
TEXTS = message_texts(
    (
        (TO_EXPERTS, _("To experts: sheets to score")),
        (TO_PEERS, _("To organizations: peer review begins")),
        (SUPPLEMENTED[EXPERT], _("To experts: more is asked on their sheets")),
        (SUPPLEMENTED[PEER], _("To organizations: more is asked in the peer review")),
        (DECIDED["grant_recusal"], _("To experts: recusal granted")),
        (DECIDED["refuse_recusal"], _("To experts: recusal not granted")),
        (DECIDED["restore"], _("To experts: to be scored after all")),
        (DECIDED["reopen"], _("To experts and organizations: a sheet is opened again")),
    )
)
