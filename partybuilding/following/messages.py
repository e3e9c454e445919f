"""The mails to residents who follow: as they are delivered, and what they may name."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from partybuilding.core.texts import Placeholder
from partybuilding.core.texts.messages import Vocabulary
from partybuilding.texts.messages import message_texts

_message = Vocabulary(
    {
        "name": Placeholder(
            "关注内容",
            _("The project, the place, or all projects"),
            "邻里驿站连心桥",
            required=True,
        ),
        "link": Placeholder(
            "确认链接",
            _("The address on which the reader agrees"),
            "\nhttps://www.example.gov.cn/follow/confirm/…\n",
            required=True,
        ),
        "days": Placeholder(
            "保留天数", _("After how many days the address is deleted"), "7", required=True
        ),
        "n": Placeholder("条数", _("How many things are new"), "2"),
        "told": Placeholder(
            "新情况",
            _("What is new, each with its day and address"),
            "【2026年5月12日】邻里驿站正式开放\nhttps://www.example.gov.cn/projects/2026/…\n",
            required=True,
        ),
        "rest": Placeholder(
            "其余条数", _("How many more there are; empty when all are told"), "12"
        ),
        "address": Placeholder(
            "网站地址",
            _("The address of the site; empty when all are told"),
            "https://www.example.gov.cn/",
        ),
        "leaving": Placeholder(
            "退订链接",
            _("The address on which the reader ends the mails"),
            "https://www.example.gov.cn/follow/leave/…",
            required=True,
        ),
    },
    always=("name",),
).message
CONFIRM = _message(
    "mail-confirm",
    gettext_noop("Please confirm: mails on %(name)s"),
    gettext_noop("Somebody, presumably you, wants to be told by mail what is new: %(name)s"),
    gettext_noop("Open this address and press the button to agree:%(link)s"),
    gettext_noop(
        "If it was not you, do nothing: no mail follows, and the address is deleted after %(days)s days."
    ),
)
NEWS = _message(
    "mail-news",
    gettext_noop("%(name)s: new things, %(n)s"),
    "%(told)s",
    gettext_noop("%(rest)s more on the site: %(address)s"),
    gettext_noop("No more of these mails: %(leaving)s"),
)

TEXTS = message_texts(
    (
        (CONFIRM, _("To residents: please confirm the mails")),
        (NEWS, _("To residents who follow: what is new")),
    )
)
