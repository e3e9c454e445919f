"""What the design says of the machines of judging (judging.md, sections 3, 4 and 6), written by hand."""

from typing import Any

from partybuilding.core.states import Role
from tests.factories.evaluation import (
    make_awards,
    make_draws,
    make_objections,
    make_runs,
    make_sheets,
)
from tests.partybuilding.machines.contract import Contract

_DEPARTMENT = {"department"}
_REASON = {"reason": "现场核对后说明。"}

#: Of an expert's sheet; applicants take the same steps with the sheets of their organisation.
SHEET = Contract(
    "score_sheet",
    {
        ("open", "lock"): {"expert"},
        ("open", "ask_recusal"): {"expert"},
        ("open", "excuse"): _DEPARTMENT,
        ("recusal", "grant_recusal"): _DEPARTMENT,
        ("recusal", "refuse_recusal"): _DEPARTMENT,
        ("excused", "restore"): _DEPARTMENT,
        ("locked", "reopen"): _DEPARTMENT,
    },
    {
        "lock": "locked",
        "ask_recusal": "recusal",
        "grant_recusal": "excused",
        "refuse_recusal": "open",
        "excuse": "excused",
        "restore": "open",
        "reopen": "open",
    },
    lambda cast: make_sheets(cast, SHEET.states),
    lambda step: _REASON,
    beside={("open", "lock"): {"applicant"}, ("open", "ask_recusal"): {"applicant"}},
)


def _drawn(step: str) -> dict[str, Any]:
    return {"data": {"witness_name": "李公证", "witness_words": "公平公正"}, **_REASON}


DRAW = Contract(
    "draw",
    {
        ("announced", "hold"): _DEPARTMENT,
        ("drawn", "apply"): _DEPARTMENT,
        ("announced", "void"): _DEPARTMENT,
        ("drawn", "void"): _DEPARTMENT,
        ("applied", "void"): _DEPARTMENT,
    },
    {"hold": "drawn", "apply": "applied", "void": "void"},
    lambda cast: make_draws(DRAW.states),
    _drawn,
)
RUN = Contract(
    "run",
    {
        ("computed", "fix"): _DEPARTMENT,
        ("frozen", "open_comment"): _DEPARTMENT,
        ("noticed", "announce"): _DEPARTMENT,
        ("computed", "set_aside"): _DEPARTMENT,
        ("frozen", "set_aside"): _DEPARTMENT,
        ("noticed", "set_aside"): _DEPARTMENT,
    },
    {
        "fix": "frozen",
        "open_comment": "noticed",
        "announce": "announced",
        "set_aside": "discarded",
    },
    lambda cast: make_runs(RUN.states),
    lambda step: _REASON,
    public=("noticed", "announced"),
)
OBJECTION = Contract(
    "objection",
    {
        ("received", "examine"): _DEPARTMENT,
        ("examined", "uphold"): _DEPARTMENT,
        ("examined", "dismiss"): _DEPARTMENT,
    },
    {"examine": "examined", "uphold": "upheld", "dismiss": "dismissed"},
    lambda cast: make_objections(cast, OBJECTION.states),
    lambda step: _REASON,
    decides=(
        ("received", "examine", Role.DEPARTMENT),
        ("examined", "uphold", Role.DEPARTMENT),
        ("examined", "dismiss", Role.DEPARTMENT),
    ),
)
AWARD = Contract(
    "award",
    {("approved", "pay"): _DEPARTMENT, ("paid", "take_back_payment"): _DEPARTMENT},
    {"pay": "paid", "take_back_payment": "approved"},
    lambda cast: make_awards(cast, AWARD.states),
    lambda step: {"data": {"paid_on": "2022-01-01", "receipt": "0001"}, **_REASON},
)
JUDGING = (SHEET, DRAW, RUN, OBJECTION, AWARD)
