"""The boards say of what residents can read the same as the column: projects by state, overdue commitments."""

import json
from collections import Counter
from random import Random
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from partybuilding.boards.selectors.charges import charges_of
from partybuilding.boards.selectors.pipeline import pipeline
from partybuilding.boards.watched import narrowing_of, watched_by
from partybuilding.column.charts import marks_chart
from partybuilding.column.listing import project_list
from partybuilding.projects.models import FourOnesPost, Project
from partybuilding.projects.promises.selectors import marks_of, standings, told_promises
from partybuilding.projects.stages import STAGES
from partybuilding.projects.states import KEEPING, TABLE, CommitmentState, Mark
from tests.factories import Cast, make_cast, make_organization, open_cycle
from tests.factories.column import forge, make_pages
from tests.factories.promises import scatter_promises

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> tuple[list[Cast], list[Project]]:
    """Publish projects of two years and three units in every public state, with promises of every kind."""
    chance = Random(20220701)
    casts = [make_cast(open_cycle(year=2071)), make_cast(open_cycle(year=2072))]
    pages = [page for cast in casts for page in make_pages(15, cast)]
    for page in pages[::4]:
        place = make_organization()
        Project.objects.filter(pk=page.project_id).update(organization=place)
    for page in pages:
        scatter_promises(page.project, chance.randrange(4), chance)
        forge(page.project, chance.choice(TABLE.public_states()))
        Project.objects.filter(pk=page.project_id).update(commitments_published_at=timezone.now())
    return casts, list(Project.objects.filter(page__isnull=False))


def test_fifty_filters_find_the_same_on_the_boards_and_in_public(
    client: Client, district: tuple[list[Cast], list[Project]]
) -> None:
    (cast, _other), projects = district
    chance, officer, sizes = Random(7), cast["department"], set()
    units = sorted({project.organization.unit_id for project in projects})
    cycles = {project.cycle.year: project.cycle_id for project in projects}
    for _turn in range(50):
        year = chance.choice([None, *cycles])
        unit = chance.choice([None, None, *units])
        stages = chance.sample(list(STAGES), chance.randrange(3))
        public = QueryDict(mutable=True)
        public.update({"year": str(year or ""), "unit": str(unit or "")})
        public.setlist("state", stages)
        asked = {"cycle": str(cycles.get(year, "")), "unit": str(unit or "")}
        watched = watched_by(officer, narrowing_of(asked, officer))
        board = next(one for one in watched if one.code == "project")
        counts = {one.state.code: one.count for one in pipeline(board, timezone.localdate())}
        states = [code for stage in stages or STAGES for code in STAGES[stage]]
        listed = project_list(public)
        rows = json.loads(client.get(f"/projects/list.json?{public.urlencode()}").content)
        assert sum(counts[code] for code in states) == listed.count == len(rows["projects"])
        sizes.add(listed.count)
    assert {0, len(projects)} <= sizes
    assert len(sizes) > 8


def test_overdue_commitments_are_the_same_for_leaders_and_residents(
    client: Client, district: tuple[list[Cast], list[Project]]
) -> None:
    (cast, _other), projects = district
    today, leader = timezone.localdate(), cast["leader"]
    FourOnesPost.objects.all().delete()
    FourOnesPost.objects.bulk_create(
        FourOnesPost(project=one, duty="leader", name="王示例", person=leader) for one in projects
    )
    charges = charges_of(leader, watched_by(leader), today)
    rows = json.loads(client.get("/projects/list.json").content)["projects"]
    public = {row["code"]: row["commitments_overdue"] for row in rows}
    assert {one.project.code: one.tally.overdue for one in charges} == public
    assert sum(public.values()) > 3
    narrowed = json.loads(client.get("/projects/list.json?overdue=1").content)["projects"]
    assert {row["code"] for row in narrowed} == {code for code, late in public.items() if late}
    for cycle in {one.project.cycle for one in charges}:
        keys = [one.pk for one in projects if one.cycle_id == cycle.pk]
        found = standings(keys, today)
        by_state: Counter[Any] = Counter()
        for row in found:
            by_state[row.state] += row.commitments
        own = [one for one in charges if one.project.cycle_id == cycle.pk]
        assert by_state[CommitmentState.OVERDUE] == sum(one.tally.overdue for one in own)
        marks = marks_of(told_promises(projects=keys), today)
        assert marks[Mark.LATE] + marks[Mark.MISSED] == by_state[CommitmentState.OVERDUE]
        for mark in (Mark.LATE, Mark.MISSED):
            told = f"{mark.label}{marks[mark]}项" in marks_chart(marks).finding
            assert told == bool(marks[mark])
    running = [one for one in charges if one.project.state in KEEPING]
    assert sum(one.overdue_promises for one in charges) == sum(one.tally.overdue for one in running)
