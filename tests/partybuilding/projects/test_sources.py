"""An application is begun from a case, an own project or an earlier application: who may, and what is taken over."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from partybuilding.cases.services import adopt_case
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.selectors import trail_of
from partybuilding.core.services import move
from partybuilding.projects.models import Project, Source
from partybuilding.projects.services import AlreadyBegun, begin_from
from partybuilding.projects.sheet import APPLICATION
from partybuilding.projects.states import SourceKind
from tests.factories import Cast, make_cast, make_project
from tests.factories.programme import open_cycle
from tests.factories.spread import make_case, publish_case_page

pytestmark = pytest.mark.django_db
CONTINUE, COPY, ADOPT = SourceKind.CONTINUE, SourceKind.COPY, SourceKind.ADOPT


@pytest.fixture
def past() -> Cast:
    return make_cast(open_cycle(year=2041))


@pytest.fixture
def now(past: Cast) -> Cast:
    """The same organisation in the year after."""
    return make_cast(open_cycle(year=2042), past.organization)


@pytest.fixture
def other() -> Cast:
    """Another organisation in the year after."""
    return make_cast(open_cycle(year=2043))


def published_case(past: Cast) -> Any:
    project = make_project("graded", past)
    return publish_case_page(make_case("selected", past, project).page, past).case


def begin(origin: Project, kind: str, cast: Cast, **more: Any) -> Project:
    facts = {"cycle": cast.cycle, "organization": cast.organization, "by": cast["applicant"]}
    return begin_from(origin, kind, **{**facts, **more})


def adopt(case: Any, cast: Cast) -> Project:
    return adopt_case(case, cycle=cast.cycle, organization=cast.organization, by=cast["applicant"])


@pytest.mark.parametrize("kind", [CONTINUE, COPY])
def test_the_texts_of_an_own_application_are_taken_over_without_persons_and_days(
    past: Cast, now: Cast, kind: str
) -> None:
    origin = make_project("graded", past)
    draft = begin(origin, kind, now)
    for name in ("title", "sector", "problem", "distinctiveness", "highlights", "overview"):
        assert getattr(draft, name) == getattr(origin, name) != ""
    assert draft.topic in now.cycle.topics.all()
    assert draft.topic.title == origin.topic.title
    assert (draft.contact_name, draft.contact_phone, draft.state) == ("", "", "draft")
    steps = [(s.task, s.goal, s.deadline, s.person, s.post) for s in draft.plan_steps.all()]
    assert steps == [("建立议事厅", "12个小区全覆盖", None, "", "")]
    assert not draft.partners.exists()
    assert (draft.source.kind, draft.source.origin, draft.source.case) == (kind, origin, None)
    assert trail_of(draft).get().data["source"] == kind


def test_of_a_case_of_others_only_what_is_public_is_taken_over(past: Cast, other: Cast) -> None:
    case = published_case(past)
    draft = adopt(case, other)
    origin = case.project
    assert draft.title == f"学习借鉴：{origin.title}"
    assert (draft.sector, draft.topic.title) == (origin.sector, origin.topic.title)
    for name in ("problem", "distinctiveness", "highlights", "overview", "contact_name"):
        assert getattr(draft, name) == ""
    steps = list(draft.plan_steps.values_list("task", "goal", "deadline", "person"))
    assert steps == [("首次议事", "办结议题60件", None, "")]
    assert (draft.source.kind, draft.source.case) == (ADOPT, case)


def test_a_topic_that_the_new_year_does_not_have_is_left_open(past: Cast, now: Cast) -> None:
    origin = make_project("graded", past)
    now.cycle.topics.update(title="另一个选题")
    assert begin(origin, COPY, now).topic is None


def test_the_sheet_never_carries_persons_partners_and_files() -> None:
    never = {"contact_name", "contact_phone", "partners", "attachments"}
    carried = {field.key for field in APPLICATION.fields if field.carried}
    assert carried.isdisjoint(never)
    assert {field.key for field in APPLICATION.fields if ADOPT in field.carried} == {
        *("title", "sector", "topic", "plan"),
    }


@pytest.mark.parametrize("kind", [CONTINUE, COPY])
def test_only_the_own_organization_continues_and_copies(past: Cast, other: Cast, kind: str) -> None:
    with pytest.raises(ConditionUnmet, match="本单位牵头"):
        begin(make_project("graded", past), kind, other)
    assert not Source.objects.exists()
    assert not Project.objects.filter(cycle=other.cycle).exists()


@pytest.mark.parametrize("year", [2041, 2040])
def test_only_an_earlier_year_is_continued(past: Cast, year: int) -> None:
    origin = make_project("graded", past)
    cycle = past.cycle if year == past.cycle.year else open_cycle(year=year)
    with pytest.raises(ConditionUnmet, match="往年"):
        begin(origin, CONTINUE, past, cycle=cycle)


@pytest.mark.parametrize("state", ["withdrawn", "declined", "terminated", "approved"])
def test_what_was_never_carried_out_is_copied_but_not_continued(
    past: Cast, now: Cast, state: str
) -> None:
    origin = make_project(state, past)
    with pytest.raises(ConditionUnmet, match="沿用申报内容"):
        begin(origin, CONTINUE, now)
    assert begin(origin, COPY, now).title == origin.title


@pytest.mark.parametrize("state", ["implementing", "results_submitted", "graded"])
def test_what_is_or_was_carried_out_can_be_continued(past: Cast, now: Cast, state: str) -> None:
    assert begin(make_project(state, past), CONTINUE, now).source.kind == CONTINUE


def test_nobody_learns_from_the_own_case(past: Cast, now: Cast) -> None:
    with pytest.raises(ConditionUnmet, match="本单位自己的案例"):
        adopt(published_case(past), now)


def test_a_case_that_is_not_public_is_not_learnt_from(past: Cast, other: Cast) -> None:
    case = make_case("selected", past, make_project("graded", past))
    with pytest.raises(ConditionUnmet, match="不再公开"):
        adopt(case, other)


def test_only_applicants_of_the_organization_begin(past: Cast, now: Cast, other: Cast) -> None:
    origin = make_project("graded", past)
    for role in ("editor", "unit", "department"):
        with pytest.raises(NotYours):
            begin(origin, COPY, now, by=now[role])
    with pytest.raises(NotYours):
        begin(origin, COPY, now, by=other["applicant"])


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_the_window_decides_to_the_day(past: Cast, other: Cast, days: int) -> None:
    case = published_case(past)
    with time_machine.travel(other.cycle.applications_close + timedelta(days=days), tick=False):
        if days <= 0:
            assert adopt(case, other).source.case == case
        else:
            with pytest.raises(ConditionUnmet, match="申报"):
                adopt(case, other)


def test_a_second_time_leads_to_the_first_while_that_lives(past: Cast, other: Cast) -> None:
    case = published_case(past)
    first = adopt(case, other)
    with pytest.raises(AlreadyBegun) as refused:
        adopt(case, other)
    assert refused.value.project == first
    assert Project.objects.filter(cycle=other.cycle).count() == 1


def test_once_the_first_has_ended_one_may_begin_anew(past: Cast, now: Cast) -> None:
    origin = make_project("graded", past)
    first = begin(origin, CONTINUE, now)
    with pytest.raises(AlreadyBegun):
        begin(origin, COPY, now)
    Project.objects.filter(pk=first.pk).update(state="submitted")
    move(Project.objects.get(pk=first.pk), "withdraw", by=now["applicant"], reason="先不办了。")
    assert begin(origin, COPY, now).pk != first.pk


def test_another_organization_may_learn_from_the_same_case(past: Cast, other: Cast) -> None:
    case = published_case(past)
    third = make_cast(other.cycle)
    assert {adopt(case, other).source.case, adopt(case, third).source.case} == {case}
