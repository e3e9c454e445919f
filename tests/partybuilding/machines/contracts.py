"""What the design says of every machine (lifecycle.md), written by hand, and one record in each of its states."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.projects.states import table_for
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.services import draft_correction
from tests.factories import Cast, make_cycle, make_project, make_unit
from tests.factories.feedback import make_draft, make_issued
from tests.factories.opinions import inputs_of, make_opinion
from tests.factories.progress import CHANGE_INPUTS, QUESTION_INPUTS, make_change, make_question
from tests.factories.projects import INPUTS
from tests.factories.spread import BRAND_INPUTS, CASE_INPUTS, forge_state, make_brand, make_case
from tests.factories.supervision import make_rectification, rectification_inputs
from tests.partybuilding.machines.contract import IN_MAY, Contract
from tests.partybuilding.machines.judging import JUDGING


def _of(table: Mapping[str, tuple[str, dict[str, Any]]], step: str) -> dict[str, Any]:
    return table.get(step, ("", {"reason": "理由"}))[1]


def _projects(cast: Cast) -> dict[str, Any]:
    states = PROJECT.states if cast.cycle.first_review else UNREVIEWED.states
    made = {state: make_project(state, cast) for state in states if state != "archived"}
    return {**made, "archived": make_project("archived", cast)}  # with it the year is announced


PROJECT = Contract(
    "project",
    {
        ("draft", "submit"): {"applicant"},
        ("draft", "withdraw"): {"applicant"},
        ("submitted", "pass_first"): {"unit"},
        ("submitted", "send_back"): {"unit"},
        ("submitted", "not_recommend"): {"unit"},
        ("submitted", "recall"): {"applicant"},
        ("submitted", "withdraw"): {"applicant"},
        ("returned", "submit"): {"applicant"},
        ("returned", "withdraw"): {"applicant"},
        ("not_recommended", "take_up"): {"department"},
        ("not_recommended", "decline"): {"department"},
        ("not_recommended", "take_back"): {"unit"},
        ("not_recommended", "withdraw"): {"applicant"},
        ("first_passed", "take_back"): {"unit"},
        ("first_passed", "approve"): {"department"},
        ("first_passed", "send_back"): {"department"},
        ("first_passed", "decline"): {"department"},
        ("first_passed", "withdraw"): {"applicant"},
        ("approved", "submit_commitments"): {"applicant"},
        ("approved", "revoke_approval"): {"department"},
        ("approved", "terminate"): {"department"},
        ("commitments_submitted", "return_commitments"): {"editor"},
        ("commitments_submitted", "publish_commitments"): {"publisher"},
        ("commitments_submitted", "terminate"): {"department"},
        ("implementing", "submit_results"): {"applicant"},
        ("implementing", "terminate"): {"department"},
        ("results_submitted", "return_results"): {"department"},
        ("results_submitted", "grade"): {"department"},
        ("results_submitted", "terminate"): {"department"},
        ("graded", "archive"): {"department"},
        ("graded", "reopen"): {"department"},
        ("declined", "reopen"): {"department"},
        ("withdrawn", "reopen"): {"department"},
        ("terminated", "reopen"): {"department"},
    },
    {
        "submit": "submitted",
        "pass_first": "first_passed",
        "send_back": "returned",
        "recall": "draft",
        "not_recommend": "not_recommended",
        "take_back": "submitted",
        "take_up": "first_passed",
        "revoke_approval": "first_passed",
        "approve": "approved",
        "decline": "declined",
        "submit_commitments": "commitments_submitted",
        "return_commitments": "approved",
        "publish_commitments": "implementing",
        "submit_results": "results_submitted",
        "return_results": "implementing",
        "grade": "graded",
        "archive": "archived",
        "withdraw": "withdrawn",
        "terminate": "terminated",
        "reopen": "",
    },
    _projects,
    lambda step: _of(INPUTS, step),
    public=(
        "approved",
        "commitments_submitted",
        "implementing",
        "results_submitted",
        "graded",
        "archived",
        "terminated",
    ),
    decides=(
        ("submitted", "pass_first", Role.UNIT),
        ("submitted", "not_recommend", Role.UNIT),
        ("not_recommended", "decline", Role.DEPARTMENT),
        ("first_passed", "approve", Role.DEPARTMENT),
        ("first_passed", "decline", Role.DEPARTMENT),
        ("commitments_submitted", "publish_commitments", Role.PUBLISHER),
    ),
    table=table_for(first_review=True),
)

_OF_UNITS = {"submitted", "not_recommended"}
_STEPS_OF_UNITS = {"pass_first", "not_recommend", "take_back", "take_up"}
#: A project in a year that switches the units' first review off.
UNREVIEWED = replace(
    PROJECT,
    may={
        **{
            (state, step): roles
            for (state, step), roles in PROJECT.may.items()
            if state not in _OF_UNITS and step not in _STEPS_OF_UNITS
        },
        ("first_passed", "recall"): {"applicant"},
    },
    leads={
        **{step: to for step, to in PROJECT.leads.items() if step not in _STEPS_OF_UNITS},
        "submit": "first_passed",
    },
    decides=tuple(cell for cell in PROJECT.decides if cell[0] not in _OF_UNITS),
    table=table_for(first_review=False),
    rules={"first_review": False},
)


def _cycles(cast: Cast) -> dict[str, Any]:
    made = {}
    for years, state in enumerate(CYCLE.states, start=20):
        made[state] = make_cycle(year=cast.cycle.year + years)
        forge_state(made[state], state)
        made[state].refresh_from_db()
    return made


_YEAR = (
    ("preparing", "open_applications", "applying"),
    ("applying", "take_back_opening", "preparing"),
    ("applying", "start_selection", "selecting"),
    ("selecting", "start_implementation", "implementing"),
    ("implementing", "start_evaluation", "evaluating"),
    ("evaluating", "announce", "announced"),
    ("announced", "close", "closed"),
)
CYCLE = Contract(
    "cycle",
    {(state, step): {"department"} for state, step, _target in _YEAR},
    {step: target for _state, step, target in _YEAR},
    _cycles,
    lambda step: {"reason": "开错了年度。"},
    public=("applying", "selecting", "implementing", "evaluating", "announced", "closed"),
)

_JUDGES = {"unit", "department"}
_JUDGED = [(state, step) for state in ("open", "answered") for step in ("settle", "uphold")]
#: Of a question that the unit asked.
QUESTION = Contract(
    "question",
    {("open", "answer"): {"applicant"}, **dict.fromkeys(_JUDGED, _JUDGES)},
    {"answer": "answered", "settle": "settled", "uphold": "upheld"},
    lambda cast: {state: make_question(state, cast) for state in QUESTION.states},
    lambda step: _of(QUESTION_INPUTS, step),
    public=("upheld",),
    decides=(
        ("answered", "settle", Role.UNIT),
        ("answered", "settle", Role.DEPARTMENT),
        ("answered", "uphold", Role.DEPARTMENT),
    ),
    beside={cell: {"taskforce"} for cell in _JUDGED},
)
CHANGE = Contract(
    "change",
    {
        ("proposed", "approve"): {"department"},
        ("proposed", "refuse"): {"department"},
        ("proposed", "withdraw"): {"applicant"},
    },
    {"approve": "approved", "refuse": "refused", "withdraw": "withdrawn"},
    lambda cast: {state: make_change(state, cast) for state in CHANGE.states},
    lambda step: _of(CHANGE_INPUTS, step),
    public=("approved",),
    decides=(
        ("proposed", "approve", Role.DEPARTMENT),
        ("proposed", "refuse", Role.DEPARTMENT),
    ),
)


def _rectifications(cast: Cast) -> dict[str, Any]:
    project = make_project("implementing", cast)
    kinds = {"issued": "site", "reported": "dispatch", "verified": "observation"}
    made = {
        state: make_rectification(state, cast, project, kind=kind) for state, kind in kinds.items()
    }
    other = make_project("implementing", cast)
    return {**made, "withdrawn": make_rectification("withdrawn", cast, other)}


RECTIFICATION = Contract(
    "rectification",
    {
        ("issued", "report_done"): {"applicant"},
        ("reported", "verify"): {"taskforce"},
        ("reported", "send_back"): {"taskforce"},
        ("issued", "withdraw"): {"taskforce"},
        ("reported", "withdraw"): {"taskforce"},
    },
    {
        "report_done": "reported",
        "verify": "verified",
        "send_back": "issued",
        "withdraw": "withdrawn",
    },
    _rectifications,
    rectification_inputs,
    public=("issued", "reported", "verified", "withdrawn"),
    decides=(
        ("reported", "verify", Role.TASK_FORCE),
        ("reported", "send_back", Role.TASK_FORCE),
        ("issued", "withdraw", Role.TASK_FORCE),
    ),
    now=IN_MAY,
)


def _feedback(cast: Cast) -> dict[str, Any]:
    force = cast["taskforce"]
    drafted, issued, revoked, corrected = (make_project("implementing", cast) for _ in range(4))
    made = {"draft": make_draft(drafted, cast), "issued": make_issued(issued, cast)}
    wrong = make_issued(revoked, cast)
    made["revoked"] = move(wrong, "revoke", by=force, reason="日期写错。")
    put_right = make_issued(corrected, cast)
    move(draft_correction(put_right, by=force, reason="日期写错。"), "issue", by=force)
    made["corrected"] = FeedbackNotice.objects.get(pk=put_right.pk)
    return made


FEEDBACK = Contract(
    "feedback",
    {
        ("draft", "issue"): {"taskforce"},
        ("issued", "revoke"): {"taskforce"},
        ("issued", "correct"): {"taskforce"},
    },
    {"issue": "issued", "revoke": "revoked", "correct": "corrected"},
    _feedback,
    lambda step: {"reason": "日期写错。"},
    public=("issued", "revoked", "corrected"),
    decides=(
        ("draft", "issue", Role.TASK_FORCE),
        ("issued", "revoke", Role.TASK_FORCE),
        ("issued", "correct", Role.TASK_FORCE),
    ),
    now=IN_MAY,
)

_OPEN = ("received", "transferred", "accepted")


def _opinions(cast: Cast) -> dict[str, Any]:
    project = make_project("approved", cast)
    return {state: make_opinion(state, cast, project) for state in OPINION.states}


def _opinion_inputs(step: str) -> dict[str, Any]:
    return inputs_of(step, make_unit().pk if step == "transfer" else 0)


OPINION = Contract(
    "opinion",
    {
        **{(state, "accept"): _JUDGES for state in ("received", "transferred")},
        **{(state, "transfer"): _JUDGES for state in _OPEN},
        **{(state, "refuse"): _JUDGES for state in _OPEN},
        ("accepted", "draft"): _JUDGES,
        ("accepted", "prolong"): _JUDGES,
        ("drafted", "approve"): {"department"},
        ("drafted", "send_back"): {"department"},
    },
    {
        "accept": "accepted",
        "draft": "drafted",
        "approve": "answered",
        "send_back": "accepted",
        "transfer": "transferred",
        "prolong": "accepted",
        "refuse": "refused",
    },
    _opinions,
    _opinion_inputs,
    public=("received", "transferred", "accepted", "drafted", "answered", "refused"),
    decides=(
        ("received", "accept", Role.UNIT),
        ("accepted", "draft", Role.UNIT),
        ("received", "refuse", Role.DEPARTMENT),
        ("drafted", "approve", Role.DEPARTMENT),
        ("drafted", "send_back", Role.DEPARTMENT),
    ),
)


def _brands(cast: Cast) -> dict[str, Any]:
    project = make_project("approved", cast)
    return {state: make_brand(state, cast, project) for state in BRAND.states}


BRAND = Contract(
    "brand",
    {
        ("draft", "nominate"): {"editor", "unit"},
        ("nominated", "recognise"): {"department"},
        ("nominated", "decline"): {"department"},
        ("nominated", "recall"): {"editor", "unit"},
        ("recognised", "take_back"): {"department"},
        ("declined", "take_back"): {"department"},
        ("promoted", "stop_promoting"): {"department"},
        ("revoked", "reopen"): {"department"},
        ("recognised", "promote"): {"department"},
        ("recognised", "revoke"): {"department"},
        ("promoted", "revoke"): {"department"},
    },
    {
        "nominate": "nominated",
        "recognise": "recognised",
        "decline": "declined",
        "promote": "promoted",
        "revoke": "revoked",
        "recall": "draft",
        "take_back": "nominated",
        "stop_promoting": "recognised",
        "reopen": "recognised",
    },
    _brands,
    lambda step: _of(BRAND_INPUTS, step),
    public=("recognised", "promoted"),
    decides=(
        ("draft", "nominate", Role.EDITOR),
        ("nominated", "recognise", Role.DEPARTMENT),
        ("nominated", "decline", Role.DEPARTMENT),
        ("promoted", "revoke", Role.DEPARTMENT),
    ),
)


def _cases(cast: Cast) -> dict[str, Any]:
    project = make_project("graded", cast)
    return {state: make_case(state, cast, project) for state in CASE.states}


CASE = Contract(
    "case",
    {
        ("draft", "submit"): {"editor"},
        ("submitted", "select"): {"department"},
        ("submitted", "send_back"): {"department"},
        ("submitted", "decline"): {"department"},
        ("submitted", "recall"): {"editor"},
        ("selected", "take_back"): {"department"},
        ("not_selected", "take_back"): {"department"},
        ("retracted", "reopen"): {"department"},
        ("selected", "publish"): {"publisher"},
        ("published", "retract"): {"department", "publisher"},
    },
    {
        "submit": "submitted",
        "select": "selected",
        "send_back": "draft",
        "decline": "not_selected",
        "publish": "published",
        "retract": "retracted",
        "recall": "draft",
        "take_back": "submitted",
        "reopen": "selected",
    },
    _cases,
    lambda step: _of(CASE_INPUTS, step),
    public=("published",),
    decides=(
        ("draft", "submit", Role.EDITOR),
        ("submitted", "select", Role.DEPARTMENT),
        ("submitted", "decline", Role.DEPARTMENT),
        ("selected", "publish", Role.PUBLISHER),
    ),
)

CONTRACTS = (
    PROJECT,
    UNREVIEWED,
    CYCLE,
    QUESTION,
    CHANGE,
    RECTIFICATION,
    FEEDBACK,
    OPINION,
    BRAND,
    CASE,
    *JUDGING,
)
