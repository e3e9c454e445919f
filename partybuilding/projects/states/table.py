"""The machine of a project as a table (lifecycle.md, "Project")."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Role, Step, Table, Text, Tone
from partybuilding.projects.states.codes import ProjectState
from partybuilding.projects.states.rows import STATES, STRIP

S = ProjectState

_APPLICANT, _UNIT, _DEPARTMENT = (Role.APPLICANT,), (Role.UNIT,), (Role.DEPARTMENT,)

STEPS = (
    Step(
        "submit",
        _("Submit application"),
        {S.DRAFT: _APPLICANT, S.RETURNED: _APPLICANT},
        S.SUBMITTED,
        tone=Tone.POSITIVE,
        needs=_(
            "window open (a returned application has its own deadline); form complete; "
            "organization has a reporting unit and a secretary; every partner agreed"
        ),
        within="cycle",
    ),
    Step(
        "recall",
        _("Take back to change"),
        {S.SUBMITTED: _APPLICANT, S.FIRST_PASSED: _APPLICANT},
        S.DRAFT,
        tone=Tone.WITHDRAWN,
        needs=_(
            "from where the year hands it in to: the unit has not opened a review, or in a year "
            "without one the department has not begun; it can be handed in again"
        ),
    ),
    Step(
        "pass_first",
        _("Pass first review"),
        {S.SUBMITTED: _UNIT},
        S.FIRST_PASSED,
        asks=("opinion", "files"),
        tone=Tone.POSITIVE,
        needs=_("not of the applying organizations; opinion given"),
        bulk=True,
    ),
    Step(
        "not_recommend",
        _("Do not recommend"),
        {S.SUBMITTED: _UNIT},
        S.NOT_RECOMMENDED,
        told=_("First review finished"),
        asks=("grounds", "reason", "files"),
        tone=Tone.NEGATIVE,
        needs=_("at least one ground; “other” with text; the decision stays the department's"),
        bulk=True,
    ),
    Step(
        "take_back",
        _("Take back the first review"),
        {S.NOT_RECOMMENDED: _UNIT, S.FIRST_PASSED: _UNIT},
        S.SUBMITTED,
        asks=("reason",),
        tone=Tone.WITHDRAWN,
        needs=_("reason given; the department has not acted"),
    ),
    Step(
        "take_up",
        _("Take up for decision"),
        {S.NOT_RECOMMENDED: _DEPARTMENT},
        S.FIRST_PASSED,
        asks=("opinion", "files"),
        tone=Tone.POSITIVE,
        bulk=True,
    ),
    Step(
        "send_back",
        _("Return for changes"),
        {S.SUBMITTED: _UNIT, S.FIRST_PASSED: _DEPARTMENT},
        S.RETURNED,
        asks=("reason", "remarks", "files"),
        tone=Tone.WAITING,
        needs=_("reason given"),
        bulk=True,
    ),
    Step(
        "approve",
        _("Approve project"),
        {S.FIRST_PASSED: _DEPARTMENT},
        S.APPROVED,
        asks=("opinion", "quota", "files"),
        tone=Tone.POSITIVE,
        needs=_(
            "pre-assessment recorded with initial rating; the four ones named; "
            "every partner agreed; quota not exceeded without a reason"
        ),
        bulk=True,
        within="cycle",
    ),
    Step(
        "decline",
        _("Decline"),
        {S.NOT_RECOMMENDED: _DEPARTMENT, S.FIRST_PASSED: _DEPARTMENT},
        S.DECLINED,
        asks=("grounds", "reason", "files"),
        tone=Tone.NEGATIVE,
        needs=_("at least one ground; “other” with text"),
        bulk=True,
    ),
    Step(
        "revoke_approval",
        _("Revoke the approval"),
        {S.APPROVED: _DEPARTMENT},
        S.FIRST_PASSED,
        asks=("reason",),
        tone=Tone.WITHDRAWN,
        needs=_("reason given; nothing of it is public yet"),
    ),
    Step(
        "submit_commitments",
        _("Submit commitments"),
        {S.APPROVED: _APPLICANT},
        S.COMMITMENTS_SUBMITTED,
        tone=Tone.POSITIVE,
        needs=_(
            "every commitment has steps, goal, deadline inside the year and a responsible person "
            "with post"
        ),
    ),
    Step(
        "return_commitments",
        _("Return commitments"),
        {S.COMMITMENTS_SUBMITTED: (Role.EDITOR,)},
        S.APPROVED,
        asks=("reason",),
        tone=Tone.WAITING,
        needs=_("reason given"),
    ),
    Step(
        "publish_commitments",
        _("Publish commitments"),
        {S.COMMITMENTS_SUBMITTED: (Role.PUBLISHER,)},
        S.IMPLEMENTING,
        tone=Tone.POSITIVE,
        needs=_("by the editorial workflow, in the same transaction as the page"),
    ),
    Step(
        "submit_results",
        _("Submit results"),
        {S.IMPLEMENTING: _APPLICANT},
        S.RESULTS_SUBMITTED,
        tone=Tone.POSITIVE,
        needs=_(
            "each commitment closed with evidence or explained; summary with figures; "
            "implementation has begun; no finding overdue"
        ),
    ),
    Step(
        "return_results",
        _("Return results"),
        {S.RESULTS_SUBMITTED: _DEPARTMENT},
        S.IMPLEMENTING,
        asks=("reason",),
        tone=Tone.WAITING,
        needs=_("reason given"),
    ),
    Step(
        "grade",
        _("Record grade"),
        {S.RESULTS_SUBMITTED: _DEPARTMENT},
        S.GRADED,
        asks=("grade", "reason"),
        tone=Tone.POSITIVE,
        needs=_("a grade of the year's rules, within its quota or with a reason"),
        within="cycle",
    ),
    Step(
        "archive",
        _("Archive"),
        {S.GRADED: _DEPARTMENT},
        S.ARCHIVED,
        asks=("opinion",),
        needs=_("results announced; nothing open"),
        bulk=True,
    ),
    Step(
        "withdraw",
        _("Withdraw"),
        {
            S.DRAFT: _APPLICANT,
            S.SUBMITTED: _APPLICANT,
            S.RETURNED: _APPLICANT,
            S.NOT_RECOMMENDED: _APPLICANT,
            S.FIRST_PASSED: _APPLICANT,
        },
        S.WITHDRAWN,
        asks=("reason",),
        tone=Tone.WITHDRAWN,
        needs=_("reason given"),
    ),
    Step(
        "terminate",
        _("Terminate"),
        {
            S.APPROVED: _DEPARTMENT,
            S.COMMITMENTS_SUBMITTED: _DEPARTMENT,
            S.IMPLEMENTING: _DEPARTMENT,
            S.RESULTS_SUBMITTED: _DEPARTMENT,
        },
        S.TERMINATED,
        asks=("reason",),
        tone=Tone.NEGATIVE,
        needs=_("a reason, which is public"),
        public_reason=True,
    ),
    Step(
        "reopen",
        _("Reopen"),
        {
            S.DECLINED: _DEPARTMENT,
            S.WITHDRAWN: _DEPARTMENT,
            S.TERMINATED: _DEPARTMENT,
            S.GRADED: _DEPARTMENT,
        },
        asks=("reason",),
        tone=Tone.WAITING,
        needs=_("reason given; a graded project only before the announcement"),
        within="cycle",
    ),
)

TABLE = Table(STATES, STEPS)

#: What a year without a first review by the units does without.
OF_FIRST_REVIEW = frozenset({S.SUBMITTED, S.NOT_RECOMMENDED})


@cache
def table_for(*, first_review: bool) -> Table:
    """Return the part of the one table that holds in a year: with the units' first review, or without.

    Without it, what is handed in awaits the decision at once, and the steps of the strip move up by
    one. It is taken back from where it is handed in to, and from nowhere else.
    """
    if first_review:
        return Table(STATES, tuple(_steps(S.SUBMITTED, frozenset())))
    states = tuple(
        replace(state, strip=state.strip - 1) if state.strip and state.strip > 1 else state
        for state in STATES
        if state.code not in OF_FIRST_REVIEW
    )
    return Table(states, tuple(_steps(S.FIRST_PASSED, OF_FIRST_REVIEW)))


def _steps(entry: str, gone: frozenset[str]) -> Iterator[Step]:
    for step in STEPS:
        kept = {entry} if step.code == "recall" else step.sources.keys() - gone
        sources = {state: roles for state, roles in step.sources.items() if state in kept}
        if step.code == "submit":
            yield replace(step, target=entry)
        elif sources and step.target not in gone:
            yield replace(step, sources=sources)


def strip_for(*, first_review: bool) -> tuple[Text, ...]:
    """Return the words of the status strip in a year."""
    return STRIP if first_review else (STRIP[0], *STRIP[2:])
