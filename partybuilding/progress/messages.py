"""The messages on questions and on changes of commitments: as they are delivered, and what they may name."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from partybuilding.core.texts import Placeholder
from partybuilding.core.texts.messages import REASON, Sayings, Vocabulary, reason_like
from partybuilding.core.types import AnyUser
from partybuilding.progress.models import CommitmentChange, StepQuestion
from partybuilding.projects.messages import TITLE
from partybuilding.texts.messages import message_texts

_question = Vocabulary(
    {
        "title": TITLE,
        "step": Placeholder("实施步骤", _("The step that is meant"), "走访摸底"),
        "reason": reason_like("请说明完成的户数。"),
    },
    always=("title", "step"),
).message
_change = Vocabulary(
    {
        "title": TITLE,
        "old": Placeholder("原内容", _("What the promise reads"), "2026年6月30日", required=True),
        "new": Placeholder("调整内容", _("What it is to read"), "2026年9月30日", required=True),
        "reason": reason_like("汛期工期顺延。"),
    },
    always=("title",),
).message

ASKED = _question(
    "told-question-asked", gettext_noop("Please explain your report: %(step)s"), REASON
)
ANSWERED = _question("told-question-answered", gettext_noop("Question answered: %(step)s"), REASON)
SETTLED = _question(
    "told-question-settled", gettext_noop("Your report is accepted: %(step)s"), REASON
)
UPHELD = _question(
    "told-question-upheld",
    gettext_noop("Completion taken back, please report it again: %(step)s"),
    REASON,
)
UPHELD_STAFF = _question(
    "told-question-upheld-staff",
    gettext_noop("Completion taken back: %(title)s, %(step)s"),
    REASON,
)

_CHANGE = gettext_noop("%(old)s → %(new)s. Reason: %(reason)s")
DECIDE = _change(
    "told-change-decide", gettext_noop("Change of a commitment to decide: %(title)s"), _CHANGE
)
PROPOSED = _change(
    "told-change-proposed", gettext_noop("Change of a commitment proposed: %(title)s"), _CHANGE
)
WITHDRAWN = _change(
    "told-change-withdrawn", gettext_noop("Change of a commitment withdrawn: %(title)s")
)
APPROVED = _change(
    "told-change-approved", gettext_noop("Change of a commitment approved: %(title)s"), REASON
)
REFUSED = _change(
    "told-change-refused", gettext_noop("Change of a commitment not approved: %(title)s"), REASON
)


def said_of_question(question: StepQuestion, reason: str = "") -> Mapping[str, str]:
    """Return what the placeholders of a question stand for."""
    return Sayings(项目名称=lambda: question.project, 实施步骤=lambda: question.step, 理由=reason)


def said_of_change(change: CommitmentChange, reason: str = "") -> Mapping[str, str]:
    """Return what the placeholders of a change stand for."""
    return Sayings(
        项目名称=lambda: change.project,
        原内容=lambda: change.old,
        调整内容=lambda: change.new,
        理由=reason,
    )


def _questions(user: AnyUser) -> "QuerySet[StepQuestion]":
    found = StepQuestion.objects.visible_to(user).select_related("step", "project__cycle")
    return found.order_by("-pk")


def _changes(user: AnyUser) -> "QuerySet[CommitmentChange]":
    found = CommitmentChange.objects.visible_to(user)
    return found.select_related("step", "commitment", "project__cycle").order_by("-pk")


TEXTS = (
    *message_texts(
        (
            (ASKED, _("To applicants: please explain a report")),
            (ANSWERED, _("To whoever asked: a question is answered")),
            (SETTLED, _("To applicants: a report is accepted")),
            (UPHELD, _("To applicants: a completion is taken back")),
            (UPHELD_STAFF, _("To staff: a completion is taken back")),
        ),
        _questions,
        said_of_question,
    ),
    *message_texts(
        (
            (DECIDE, _("To the department: a change of a commitment to decide")),
            (PROPOSED, _("To the reporting unit: a change of a commitment is proposed")),
            (WITHDRAWN, _("To the department: a change of a commitment is withdrawn")),
            (APPROVED, _("To applicants and the reporting unit: a change is approved")),
            (REFUSED, _("To applicants and the reporting unit: a change is not approved")),
        ),
        _changes,
        said_of_change,
    ),
)
