"""Opinions in any state, brought there by those who would do it; and forms of the public, ready to send."""

import re
from datetime import timedelta
from itertools import count
from typing import Any

import time_machine
from django.test import Client
from django.utils import timezone

from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.services import publish_exchange, receive
from tests.factories.people import make_person, make_unit
from tests.factories.projects import Cast

TEXT = "日间照料点中午关门，老人只能坐在门口等，能不能安排人值班？"
ANSWER = "您好。从下周起中午由党员轮流值班，开放到下午两点。"
#: A moment longer than anybody needs to fill in a form.
A_WHILE = timedelta(seconds=10)
_nonces = count(1)
_WAYS: dict[str, tuple[str, ...]] = {
    "received": (),
    "transferred": ("transfer", "transfer"),
    "accepted": ("accept",),
    "drafted": ("accept", "draft"),
    "answered": ("accept", "draft", "approve"),
    "refused": ("refuse",),
}
WHO = {
    "accept": "unit",
    "draft": "unit",
    "approve": "department",
    "send_back": "department",
    "transfer": "department",
    "prolong": "unit",
    "refuse": "unit",
}


def inputs_of(step: str, unit: int = 0) -> dict[str, Any]:
    """Return what a step asks for."""
    return {
        "draft": {"data": {"answer": ANSWER, "outcome": "adopted"}},
        "send_back": {"reason": "请写明完成时间。"},
        "transfer": {"reason": "属你单位职责。", "data": {"unit": unit}},
        "prolong": {"reason": "需到现场核实。"},
        "refuse": {"reason": "与本栏项目无关。", "data": {"refusal": "not_about"}},
    }.get(step, {})


def nonce() -> str:
    """Return the name of a form that nobody has sent."""
    return f"form-{next(_nonces)}"


def make_opinion(
    state: str = "received", cast: Cast | None = None, project: Any = None, **fields: Any
) -> Opinion:
    """Receive an opinion and bring it to a state, step by step; one passed on is back with its unit."""
    facts = {"text": TEXT, "nonce": nonce(), "project": project, **fields}
    opinion = receive(**facts).opinion
    for step in _WAYS[state]:
        opinion = take(opinion, step, cast)
    return opinion


def make_exchange(cast: Cast, project: Any = None, **fields: Any) -> Opinion:
    """Answer an opinion and publish the exchange."""
    opinion = make_opinion("answered", cast, project, **fields)
    return publish_exchange(opinion, by=cast["department"], question=opinion.text)


def take(opinion: Opinion, step: str, cast: Any) -> Opinion:
    """Take one step with everything it asks for; what no unit has, the department drafts."""
    role = WHO[step] if opinion.unit_id or step != "draft" else "department"
    if opinion.unit_id is None and role == "unit":
        role = "department"
    if step == "approve" and opinion.drafted_by == cast["department"]:
        role = "second"
        cast.people.setdefault(role, make_person(Role.DEPARTMENT))
    own = cast.organization.unit
    unit = make_unit() if opinion.unit_id == own.pk else own
    return move(opinion, step, by=cast[role], **inputs_of(step, unit.pk))


def open_form(client: Client, address: str) -> dict[str, str]:
    """Open a form of the public and return its hidden fields, as a browser keeps them."""
    found = client.get(address).text
    stamp = re.search(r'name="stamp" value="([^"]+)"', found)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', found)
    assert stamp, found[:2000]
    assert token, found[:2000]
    return {"stamp": stamp[1], "csrfmiddlewaretoken": token[1], "homepage": ""}


def send(client: Client, address: str, after: timedelta = A_WHILE, **given: str) -> Any:
    """Open a form, wait a while, and send it."""
    hidden = open_form(client, address)
    with time_machine.travel(timezone.now() + after, tick=False):
        return client.post(address, {**hidden, **given})
