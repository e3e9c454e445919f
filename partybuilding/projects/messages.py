"""The messages about projects: as they are delivered, and what they may name."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from partybuilding.core.states import Text
from partybuilding.core.texts import Placeholder, Wording
from partybuilding.core.texts.messages import REASON, Sayings, Vocabulary, reason_like
from partybuilding.core.types import AnyUser
from partybuilding.projects.models import Project
from partybuilding.texts.messages import message_texts

TITLE = Placeholder("项目名称", _("The project's title"), "邻里驿站连心桥")
_message = Vocabulary(
    {
        "title": TITLE,
        "code": Placeholder("项目编号", _("The project's number"), "2026-034"),
        "organization": Placeholder(
            "申报单位", _("The organization that applies"), "城东街道石城社区"
        ),
        "unit": Placeholder("上级单位", _("The unit through which it reports"), "城东街道"),
        "partner": Placeholder("联合单位", _("The partner that is meant"), "示例村"),
        "duty": Placeholder("岗位", _("The post that the reader holds"), "联络干部"),
        "day": Placeholder("起始日期", _("From when on"), "2026年4月1日"),
        "reason": reason_like("请补充完成时限。"),
    },
    always=("title", "code", "organization", "unit"),
).message

SUBMITTED_UNIT = _message(
    "told-submitted-unit",
    gettext_noop("Awaiting your first review: %(title)s"),
    gettext_noop("%(organization)s submitted application %(code)s."),
)
SUBMITTED = _message(
    "told-submitted",
    gettext_noop("Submitted: %(title)s"),
    gettext_noop("The receipt number is %(code)s. The reporting unit reviews first."),
)
SUBMITTED_DEPARTMENT = _message(
    "told-submitted-department",
    gettext_noop("Awaiting decision: %(title)s"),
    gettext_noop("%(organization)s submitted application %(code)s."),
)
SUBMITTED_UNREVIEWED = _message(
    "told-submitted-unreviewed",
    gettext_noop("Submitted: %(title)s"),
    gettext_noop("The receipt number is %(code)s. The Organization Department decides next."),
)
PASSED_DEPARTMENT = _message(
    "told-passed-department",
    gettext_noop("Awaiting decision: %(title)s"),
    gettext_noop("%(unit)s passed application %(code)s."),
)
PASSED = _message(
    "told-passed",
    gettext_noop("First review passed: %(title)s"),
    gettext_noop("The Organization Department pre-assesses and decides next."),
)
NOT_RECOMMENDED_DEPARTMENT = _message(
    "told-not-recommended-department",
    gettext_noop("Not recommended, awaiting your decision: %(title)s"),
    REASON,
)
NOT_RECOMMENDED = _message(
    "told-not-recommended",
    gettext_noop("First review finished: %(title)s"),
    gettext_noop(
        "The reporting unit's opinion is with the Organization Department, which decides."
    ),
)
TAKEN_UP = _message("told-taken-up", gettext_noop("Taken up for decision: %(title)s"), REASON)
RETURNED = _message("told-returned", gettext_noop("Returned for changes: %(title)s"), REASON)
APPROVED = _message(
    "told-approved",
    gettext_noop("Approved: %(title)s"),
    gettext_noop("Application %(code)s is approved. Please prepare the public commitments."),
)
APPROVED_UNIT = _message(
    "told-approved-unit",
    gettext_noop("Approved: %(title)s"),
    gettext_noop("Application %(code)s of %(organization)s is approved."),
)
APPROVED_EDITORS = _message(
    "told-approved-editors",
    gettext_noop("Page to write: %(title)s"),
    gettext_noop("The project is approved and can be announced on the column."),
)
DECLINED = _message("told-declined", gettext_noop("Declined: %(title)s"), REASON)
WITHDRAWN = _message("told-withdrawn", gettext_noop("Withdrawn: %(title)s"), REASON)
COMMITMENTS_IN = _message("told-commitments-in", gettext_noop("Commitments to publish: %(title)s"))
COMMITMENTS_RETURNED = _message(
    "told-commitments-returned", gettext_noop("Commitments returned: %(title)s"), REASON
)
COMMITMENTS_PUBLISHED = _message(
    "told-commitments-published", gettext_noop("Commitments published: %(title)s"), REASON
)
RESULTS_IN = _message("told-results-in", gettext_noop("Results to evaluate: %(title)s"))
RESULTS_RETURNED = _message(
    "told-results-returned", gettext_noop("Results returned: %(title)s"), REASON
)
TERMINATED = _message("told-terminated", gettext_noop("Terminated: %(title)s"), REASON)
RECALLED = _message("told-recalled", gettext_noop("Taken back to change: %(title)s"), REASON)
TAKEN_BACK = _message(
    "told-taken-back", gettext_noop("First review taken up again: %(title)s"), REASON
)
REVOKED = _message("told-revoked", gettext_noop("Approval revoked: %(title)s"), REASON)
REOPENED = _message("told-reopened", gettext_noop("Reopened: %(title)s"), REASON)
PARTNER_ASKED = _message(
    "told-partner-asked",
    gettext_noop("Asked to take part: %(title)s"),
    gettext_noop(
        "%(organization)s asks you to carry the project out together. Read the application, "
        "and say whether you agree."
    ),
)
PARTNER_DROPPED = _message(
    "told-partner-dropped",
    gettext_noop("Not named as a partner any more: %(title)s"),
    gettext_noop("%(organization)s has taken you off the list of those who take part."),
)
PARTNER_AGREED = _message(
    "told-partner-agreed", gettext_noop("%(partner)s agreed to take part: %(title)s"), REASON
)
PARTNER_REFUSED = _message(
    "told-partner-refused", gettext_noop("%(partner)s does not take part: %(title)s"), REASON
)
APPOINTED = _message(
    "told-appointed",
    gettext_noop("You are named %(duty)s: %(title)s"),
    gettext_noop("From %(day)s on. You see there how far its commitments are and who has it."),
)
_FORM = {
    "year": Placeholder("年度批次", _("The year whose form it is"), "2026年度"),
    "reason": Placeholder("理由", _("Why it was put right"), "原文有错别字。", required=True),
}
FORM_CORRECTED = Vocabulary(_FORM, always=("year",)).message(
    "told-form-corrected",
    gettext_noop("Words of the application form were put right: %(year)s"),
    gettext_noop("What is asked has not changed. Reason: %(reason)s"),
)
ADDED = gettext_noop("Added: %(names)s. Reason: %(reason)s")
_ADDED = Placeholder("新增填报项", _("What is asked besides"), "受益群众人数", required=True)
#: What whoever fills in a part besides the application reads when it is added to.
supplemented = Vocabulary({**_FORM, "names": _ADDED}, always=("year",)).message
RESULTS_SUPPLEMENTED = supplemented(
    "told-results-supplemented",
    gettext_noop("More is asked with the results: %(year)s"),
    ADDED,
)
_PART = Placeholder("填报部分", _("Which part of the form"), "专家评审意见")
SHEET_CORRECTED = Vocabulary({**_FORM, "part": _PART}, always=("year", "part")).message(
    "told-sheet-corrected",
    gettext_noop("Words of “%(part)s” were put right: %(year)s"),
    gettext_noop("What is asked has not changed. Reason: %(reason)s"),
)

#: What each message is called in the list, in the order of the course.
NAMES: tuple[tuple[Wording, Text], ...] = (
    (PARTNER_ASKED, _("To a partner: asked to take part")),
    (PARTNER_DROPPED, _("To a partner: not named any more")),
    (PARTNER_AGREED, _("To the leading organization: a partner agreed")),
    (PARTNER_REFUSED, _("To the leading organization and staff: a partner does not take part")),
    (SUBMITTED, _("To applicants: submitted")),
    (SUBMITTED_UNIT, _("To the reporting unit: an application to review")),
    (SUBMITTED_UNREVIEWED, _("To applicants: submitted, in a year without a first review")),
    (SUBMITTED_DEPARTMENT, _("To the department: submitted, in a year without a first review")),
    (RECALLED, _("To all concerned: application taken back to change")),
    (RETURNED, _("To applicants: returned for changes")),
    (WITHDRAWN, _("To all concerned: withdrawn")),
    (PASSED, _("To applicants: first review passed")),
    (PASSED_DEPARTMENT, _("To the department: an application to decide")),
    (NOT_RECOMMENDED, _("To applicants: first review finished")),
    (NOT_RECOMMENDED_DEPARTMENT, _("To the department: not recommended")),
    (TAKEN_BACK, _("To all concerned: first review taken up again")),
    (TAKEN_UP, _("To the reporting unit: taken up for decision")),
    (APPROVED, _("To applicants: approved")),
    (APPROVED_UNIT, _("To the reporting unit: approved")),
    (APPROVED_EDITORS, _("To editors: a page to write")),
    (REVOKED, _("To all concerned: approval revoked")),
    (DECLINED, _("To applicants and the reporting unit: declined")),
    (COMMITMENTS_IN, _("To editors: commitments to publish")),
    (COMMITMENTS_RETURNED, _("To applicants: commitments returned")),
    (COMMITMENTS_PUBLISHED, _("To applicants: commitments published")),
    (RESULTS_IN, _("To the department: results to evaluate")),
    (RESULTS_RETURNED, _("To applicants: results returned")),
    (APPOINTED, _("To whoever is named: one of the posts of a project")),
    (TERMINATED, _("To applicants and the reporting unit: terminated")),
    (REOPENED, _("To all concerned: reopened")),
)


def values_of(project: Project, *, reason: str = "", partner: str = "", **more: str) -> Sayings:
    """Return what the placeholders stand for; the registers are asked only for what a text uses."""
    return Sayings(
        项目名称=project,
        项目编号=project.code or "",
        申报单位=lambda: project.organization.name,
        上级单位=lambda: project.organization.unit.name if project.organization.unit else "",
        联合单位=partner,
        理由=reason,
        **more,
    )


def _projects(user: AnyUser) -> "QuerySet[Project]":
    """Return the projects that a user sees, the newest first."""
    found = Project.objects.visible_to(user).exclude(code=None)
    return found.select_related("cycle", "organization__unit").order_by("-cycle__year", "-code")


TEXTS = (
    *message_texts(NAMES, _projects, values_of),
    *message_texts(
        [
            (FORM_CORRECTED, _("To applicants: words of the form were put right")),
            (
                SHEET_CORRECTED,
                _("To the task force, experts and peers: words of their part were put right"),
            ),
            (RESULTS_SUPPLEMENTED, _("To applicants: more is asked with the results")),
        ]
    ),
)
