"""What applicants and experts read on screens of the portal and the department may word."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from partybuilding.core.states import Role
from partybuilding.core.texts import Placeholder, Wording
from partybuilding.core.texts.messages import Sayings, Vocabulary
from partybuilding.core.types import AnyUser
from partybuilding.portal.presenters.wording import due_sentence, next_words, side
from partybuilding.projects.models import Project
from partybuilding.texts.messages import message_texts
from partybuilding.texts.selectors import message_in_use

#: Its title stands above the receipt number, the other lines below it, as the steps that follow.
RECEIPT = Vocabulary(
    {
        "unit": Placeholder(
            "初审单位", _("Who reviews first; empty in a year without first review"), "城东街道"
        ),
        "due": Placeholder(
            "办理期限", _("By when it is dealt with"), "应于2026年5月20日前办结。", required=True
        ),
        "next": Placeholder(
            "下一步", _("What the next step is"), "初审通过后，由主管部门预评估并决定是否立项。"
        ),
        "title": Placeholder("项目名称", _("The project's title"), "邻里驿站连心桥"),
    },
    always=("title",),
).message(
    "portal-receipt",
    gettext_noop("The application is submitted"),
    gettext_noop("%(unit)s reviews first."),
    "%(due)s",
    "%(next)s",
    gettext_noop("You are told every step in the messages of the portal."),
)
_guide = Vocabulary({}, always=()).message
#: What stands above the form with which an application is begun; its title is that of the page.
START = _guide(
    "guide-start",
    gettext_noop("New application"),
    gettext_noop(
        "One project, one plan, one application. Choose a small entry point that is easy to do and able to spread."
    ),
)
#: What stands above the answers before an application is handed in.
CHECK = _guide(
    "guide-check",
    gettext_noop("Check and submit"),
    gettext_noop(
        "Read everything once more. After submission it can be taken back until its review begins; "
        "from then on it can only be changed when it is returned."
    ),
)
#: What stands above the public commitments.
COMMITMENTS = _guide(
    "guide-commitments",
    gettext_noop("What is promised in public"),
    gettext_noop(
        "What the organization promises in public: goal, steps, deadline and person. They are published on the "
        "column once the editors have checked them."
    ),
)
#: What stands above the results while they are written.
RESULTS = _guide(
    "guide-results",
    gettext_noop("What the year has brought"),
    gettext_noop(
        "Report every step that is done first. What will not be finished this year is explained here, commitment by "
        "commitment; then sum up what the year has brought."
    ),
)


def said_of(project: Project) -> Sayings:
    """Return what the placeholders of a receipt stand for."""
    return Sayings(
        项目名称=project,
        初审单位=lambda: side(Role.UNIT, project) if project.cycle.first_review else "",
        办理期限=lambda: due_sentence(project),
        下一步=lambda: next_words(project),
    )


def _submitted(user: AnyUser) -> "QuerySet[Project]":
    found = Project.objects.visible_to(user).filter(state="submitted")
    return found.select_related("cycle", "organization__unit").order_by("-code")


def guide(wording: Wording) -> dict[str, Any]:
    """Return a guide in the words in use: its title, its first line, and the lines that follow."""
    message = message_in_use(wording, {})
    lead, *more = message.body.split("\n")
    return {"title": message.subject, "lead": lead, "more": more}


TEXTS = (
    *message_texts(
        [(RECEIPT, _("Receipt of an application"))], _submitted, said_of, group="receipts"
    ),
    *message_texts(
        (
            (START, _("What to know before an application is begun")),
            (CHECK, _("What to know before an application is submitted")),
            (COMMITMENTS, _("What to know when commitments are written")),
            (RESULTS, _("What to know when results are written")),
        ),
        group="guidance",
    ),
)
