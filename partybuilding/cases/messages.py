"""The messages about case studies: as they are delivered, and what they may name."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from partybuilding.cases.models import CaseStudy
from partybuilding.core.texts import Placeholder
from partybuilding.core.texts.messages import REASON, Sayings, Vocabulary, reason_like
from partybuilding.core.types import AnyUser
from partybuilding.texts.messages import message_texts

_message = Vocabulary(
    {
        "title": Placeholder("案例标题", _("The case's title"), "一间驿站连起三个小区"),
        "project": Placeholder(
            "项目名称", _("The project that it is written from"), "邻里驿站连心桥"
        ),
        "reason": reason_like("请补充可学之处。"),
    },
    always=("title", "project"),
).message

SUBMITTED = _message(
    "told-case-submitted", gettext_noop("Case awaiting selection: %(title)s"), REASON
)
RECALLED = _message("told-case-recalled", gettext_noop("Case taken back: %(title)s"), REASON)
TAKEN_BACK = _message(
    "told-case-taken-back", gettext_noop("Decision on the case taken back: %(title)s"), REASON
)
REOPENED = _message(
    "told-case-reopened", gettext_noop("Case to be published anew: %(title)s"), REASON
)
SELECTED = _message(
    "told-case-selected", gettext_noop("Case selected, to be published: %(title)s"), REASON
)
SENT_BACK = _message("told-case-sent-back", gettext_noop("Case returned: %(title)s"), REASON)
DECLINED = _message("told-case-declined", gettext_noop("Case not selected: %(title)s"), REASON)
PUBLISHED_STAFF = _message(
    "told-case-published-staff", gettext_noop("Case published: %(title)s"), REASON
)
PUBLISHED = _message(
    "told-case-published",
    gettext_noop("Case published: %(title)s"),
    gettext_noop("The case written from your project can be read on the column."),
)
RETRACTED = _message("told-case-retracted", gettext_noop("Case retracted: %(title)s"), REASON)


def said_of(case: CaseStudy, reason: str = "") -> Sayings:
    """Return what the placeholders stand for."""
    return Sayings(案例标题=case, 项目名称=lambda: case.project, 理由=reason)


def _cases(user: AnyUser) -> "QuerySet[CaseStudy]":
    return CaseStudy.objects.visible_to(user).select_related("project__cycle").order_by("-pk")


TEXTS = message_texts(
    (
        (SUBMITTED, _("To the department: a case to select")),
        (RECALLED, _("To the department: a case is taken back")),
        (SELECTED, _("To editors and publishers: a case is selected")),
        (TAKEN_BACK, _("To editors and publishers: the decision on a case is taken back")),
        (SENT_BACK, _("To editors: a case is returned")),
        (DECLINED, _("To editors: a case is not selected")),
        (PUBLISHED_STAFF, _("To editors and publishers: a case is published")),
        (PUBLISHED, _("To applicants and the reporting unit: a case is published")),
        (RETRACTED, _("To all concerned: a case is retracted")),
        (REOPENED, _("To all concerned: a case is to be published anew")),
    ),
    _cases,
    said_of,
)
