"""What must hold before a feedback notice is issued: pure questions to the record and the attempt."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.core.rules import YES, Sentence, Verdict, refuse, verdict
from partybuilding.core.states import Role, Step, Text
from partybuilding.core.text.personal_data import findings
from partybuilding.organizations.models import IssuingBody
from partybuilding.organizations.permissions import on_desk, roles_of_user
from partybuilding.projects.models import Partner
from partybuilding.projects.permissions import is_of_applicants, of_units, takes_in_project
from partybuilding.supervision.notices.states import READABLE, TABLE

PHRASES: dict[str, tuple[Text, ...]] = {
    "revoke": (
        gettext_lazy("A finding was recorded with the wrong project; a corrected notice follows."),
        gettext_lazy("A deadline was given wrongly; a corrected notice follows."),
    ),
}


def visible_to(notices: QuerySet, user: Any) -> QuerySet:
    """Keep the notices that a user may see at all.

    Overseers: all, drafts too. A unit: its organisations', applicants: their own (leading or taking
    part), editors and publishers: all, each once they were issued. Everybody else: none.
    """
    standing = roles_of_user(user)
    if standing.oversees:
        return notices
    scope = Q(pk__in=[])
    if standing.has(Role.EDITOR, Role.PUBLISHER):
        scope |= Q(state__in=READABLE)
    if units := standing.ids(Role.UNIT):
        scope |= of_units(units, "project") & Q(state__in=READABLE)
    if own := standing.ids(Role.APPLICANT):
        joint = Partner.objects.filter(organization__in=own).values("project")
        mine = Q(project__organization__in=own) | Q(project__in=joint)
        scope |= mine & Q(state__in=READABLE)
    return notices.filter(scope)


def waiting_for(notices: QuerySet, user: Any) -> QuerySet:
    """Keep the notices that wait for this user to act: the table's holders."""
    return on_desk(notices, user, TABLE)


def user_can_write_feedback(project: Any, user: Any) -> bool:
    """Let the task force, of whom nobody writes of their own organisation's project."""
    return roles_of_user(user).has(Role.TASK_FORCE) and not is_of_applicants(project, user)


def user_can_take(step: Step, notice: Any, user: Any) -> bool:
    """Let whom the table names, but nobody of the project's own organisations."""
    return takes_in_project(step, notice, notice.project, user)


def user_can_edit_feedback(notice: Any, user: Any) -> bool:
    """Let those who may write it change its words until it is issued."""
    written = notice.state_row.editable_by == Role.TASK_FORCE
    return written and user_can_write_feedback(notice.project, user)


def user_sees_rounds(user: Any) -> bool:
    """Show the quarter's notices to the task force and to everybody else who sees every record."""
    return roles_of_user(user).oversees


def is_the_quarters(notice: Any) -> Verdict:
    """Ask whether it is the quarter's own notice; others are corrected, never revoked."""
    if notice.supplement or notice.corrects_id:
        return refuse(
            _("A supplementary notice or a correction is put right by another correction.")
        )
    later = any(one.supplement for one in _standing_of(notice))
    return refuse(_("A supplementary notice follows it; correct it instead.")) if later else YES


def _standing_of(notice: Any) -> Any:
    return type(notice).objects.standing().filter(activity=notice.activity_id)


def is_put_right(notice: Any) -> Verdict:
    """Ask whether the notice that corrects it was issued."""
    if notice.corrected_by is None:
        return refuse(_("Draft the correction and issue it; that replaces this notice."))
    return YES


def has_something_to_tell(notice: Any) -> Verdict:
    """Ask whether anybody went there in the quarter; a supplementary notice needs findings."""
    told = notice.told
    if notice.supplement and not told.findings:
        return refuse(_("Every finding of this quarter has been told in a notice already."))
    if notice.supplement:
        return YES
    return verdict(() if told.held else (_("No visit of this quarter has been recorded yet."),))


def is_fit_for_all(notice: Any) -> Verdict:
    """Keep the numbers of persons out of what applicants and residents will read."""
    return verdict(_numbers_in((notice.opening, notice.closing, *notice.told.texts())))


def office_is_named(notice: Any) -> Verdict:
    """Ask whether the settings say with which code letters the issuing body of today numbers it."""
    if IssuingBody.on(timezone.localdate()).supervision_code:
        return YES
    return refuse(
        _("Give the code letters of feedback notices in the settings of issuing bodies first.")
    )


def _numbers_in(texts: tuple[str, ...]) -> Iterator[Sentence]:
    for one in findings("\n".join(texts)):
        facts = {"kind": one.kind.label, "excerpt": one.excerpt}
        yield _("The notice is public and contains a %(kind)s: %(excerpt)s") % facts
