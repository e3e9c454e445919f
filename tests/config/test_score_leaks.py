"""What others give a project changes nothing that anybody but the department reads, until it is announced.

Every address is asked before and after others score: words, order, counts, tags and lengths stay as they are.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from typing import Any

import pytest
import time_machine
from django.db.models import Q
from django.test import Client
from django.urls import NoReverseMatch, reverse

from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.evaluation.models import ScoreSheet
from partybuilding.evaluation.selectors.results import Reading
from partybuilding.evaluation.services import compute, give_statement, override, rate_daily
from partybuilding.evaluation.states import DrawKind
from tests.config.test_leaks import patterns
from tests.factories import make_person
from tests.factories.evaluation import Judged, hold_draw, make_year, review, score, tomorrow
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
#: What differs from answer to answer and tells nothing: tokens of forms and of the policy for scripts.
TOKENS = re.compile(
    r"(csrfmiddlewaretoken\\?\" value|nonce|data-csrf|\"CSRF_TOKEN\"|name=\"key\" value|nonce-)"
    r"[\\\"=:' ]*[\w+/=-]+"
)
OWN = re.compile(r"^(partybuilding|portal):|^party_|^(results|projects|site|search|sitemap)")
#: Who hands in sheets themselves on the way, and what tells others that the rating is closed.
SCORING = ("same group", "another group", "applicant")
TOLD_LATER = ("/admin/party/trail/", "/admin/party/evaluation/daily/")


class World:
    """A drawn year of which some sheets are scored by others, later, and the values in its addresses."""

    def __init__(self) -> None:
        self.year: Judged = make_year()
        for kind in (DrawKind.GROUPS, DrawKind.PEERS):
            hold_draw(self.year, kind)
        for project, cast in zip(self.year.projects, self.year.casts, strict=True):
            for by in (cast["unit"], self.year.task_force):
                rate_daily(project, 90, by=by)
        for expert in self.year.experts:
            give_statement(self.year.cycle, by=expert)
        self.project = self.year.projects[0]
        mates, others = (list(group.members.order_by("pk")) for group in self.year.groups[:2])
        cast = self.year.casts[0]
        self.people = {
            "same group": mates[0],
            "another group": others[0],
            "applicant": cast["applicant"],
            "unit": cast["unit"],
            "auditor": make_person(Role.AUDITOR),
        }
        own = self.sheets().filter(
            Q(judge__in=(mates[0], others[0])) | Q(reviewer=cast.organization)
        )
        self.own = set(own.values_list("pk", flat=True))

    def others_score(self) -> None:
        """Hand in what those who look do not score themselves."""
        for sheet in self.sheets().exclude(pk__in=self.own):
            self.hand_in(sheet)

    def all_score(self) -> None:
        """Hand in the rest, compute, override and freeze."""
        for sheet in self.sheets():
            self.hand_in(sheet)
        run = compute(self.year.cycle, by=self.year.department)
        first, second = Reading(run).lines[:2]
        assert first.grade is not None
        assert second.grade is not None
        changes = {first.name: second.grade.code, second.name: first.grade.code}
        run = override(run, changes, "群众反响不同。", by=self.year.department)
        move(run, "fix", by=self.year.department)

    def sheets(self) -> Any:
        """Return the sheets that nobody handed in."""
        rows = ScoreSheet.objects.filter(cycle=self.year.cycle, state="open").order_by("pk")
        return rows.select_related("judge", "project", "cycle")

    def hand_in(self, sheet: ScoreSheet) -> None:
        """Score a sheet with points that depend on it."""
        points = f"{95 - sheet.pk % 11}"
        if not sheet.is_of_peer:
            score(sheet, points)
            return
        applicants = {cast.organization.pk: cast["applicant"] for cast in self.year.casts}
        review(sheet, applicants[sheet.reviewer_id], points)

    def addresses(self, who: str) -> Iterator[str]:
        """Yield every address that can tell something of judging, with keys of what is judged."""
        year, sheet = self.year.cycle.year, self.sheets().exclude(pk__in=self.own).first()
        mine = self.sheets().filter(judge=self.people.get(who)).values_list("pk", flat=True)[:1]
        assert sheet is not None
        fixed: dict[str, list[Any]] = {
            "pk": [self.project.pk, sheet.pk, *mine],
            "year": [year],
            "cycle": [self.year.cycle.pk],
            "group": [self.year.groups[0].pk],
            "code": [self.project.code],
            "kind": [DrawKind.GROUPS],
            "edition": ["pdf", "csv"],
            "step": ["lock"],
            "section": ["results"],
        }
        inside = "" if who == "anonymous" else "portal/" if who in SCORING else "admin/"
        for pattern, name, parameters in patterns():
            is_inner = pattern.startswith(("admin/", "portal/"))
            if OWN.search(name) and (pattern.startswith(inside) if inside else not is_inner):
                choices = [fixed.get(each, ["x"]) for each in parameters]
                for chosen in product(*choices):
                    with suppress(NoReverseMatch):
                        yield reverse(name, kwargs=dict(zip(parameters, chosen, strict=True)))


def answer(client: Client, address: str) -> tuple[int, str, str]:
    """Return what an address answers, without what differs each time and tells nothing."""
    response = client.get(address)
    body = response.getvalue() if response.streaming else response.content
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    told = (body.decode("utf-8", "replace"), str(sorted(headers.items())))
    words, heads = (TOKENS.sub("", text) for text in told)
    return response.status_code, words, heads


@pytest.mark.parametrize(
    "who", ["anonymous", "same group", "another group", "applicant", "unit", "auditor"]
)
def test_what_others_give_changes_nothing_for(who: str) -> None:
    with time_machine.travel(tomorrow(2), tick=False):
        world = World()
        client = Client() if who == "anonymous" else client_of(world.people[who])
        client.raise_request_exception = False
        asked = dict.fromkeys(world.addresses(who))
        readable = [one for one in asked if client.get(one).status_code == 200]
        client.get(readable[0])  # what the refused ones left to be said is said here
        before = {one: answer(client, one) for one in readable}
        assert len(before) > 3
        world.others_score()
        assert [one for one in before if answer(client, one) != before[one]] == []
        if who in SCORING:
            return
        world.all_score()
        changed = [one for one in before if answer(client, one) != before[one]]
        assert [one for one in changed if not one.startswith(TOLD_LATER)] == []
