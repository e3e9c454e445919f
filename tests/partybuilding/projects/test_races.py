"""Races while projects are chosen."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db.models import F

from partybuilding.core.selectors import last_entry, trail_of
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.services import save_rules, start_next_year
from partybuilding.organizations.services import add_person
from partybuilding.portal.services import MAX_FILES, add_file
from partybuilding.projects.models import Project
from partybuilding.projects.services import (
    close_session,
    create_draft,
    note_decision,
    open_review,
    open_session,
    record_assessment,
    submit_application,
)
from tests.factories import Cast, fill, make_project
from tests.factories.people import make_person
from tests.factories.programme import make_cycle, open_cycle
from tests.factories.progress import jpeg
from tests.factories.projects import assess
from tests.factories.races import BOTH, TWO, Act, Race, hold, state_of, steps

pytestmark = pytest.mark.django_db(transaction=True)
GROUNDS = {"reason": "不够具体。", "data": {"grounds": ["plan_incomplete"]}}
YES = {"reason": "情况属实。"}


def passed_twice(cast: Cast) -> Race:
    project = make_project("submitted", cast)
    second = make_person(Role.UNIT, cast.organization.unit)
    return steps(project, pass_first=(cast["unit"], YES), pass_first_=(second, YES))


def passed_and_not_recommended(cast: Cast) -> Race:
    project = make_project("submitted", cast)
    ways = {"pass_first": (cast["unit"], YES), "not_recommend": (cast["unit"], GROUNDS)}
    return steps(project, **ways)


def recalled_and_passed(cast: Cast) -> Race:
    project = make_project("submitted", cast)
    return steps(project, recall=(cast["applicant"], {}), pass_first=(cast["unit"], YES))


def unreviewed(cast: Cast) -> Project:
    """Hand an application in to a year without a first review, where the department has it at once."""
    return make_project(
        "submitted", Cast(open_cycle(first_review=False), cast.organization, cast.people)
    )


def recalled_or_begun(project: Project, recall: Act, begin: Act) -> Race:
    """Have a draft of which nobody has read, or what was begun with and is not taken back."""

    def holds() -> bool:
        now = Project.objects.get(pk=project.pk)
        begun = now.review_opened_at is not None or now.session_items.exists()
        return (now.state, begun) in (("draft", False), ("first_passed", True))

    return Race(recall, begin, holds, BOTH)


def recalled_while_the_department_opens_it(cast: Cast) -> Race:
    project = unreviewed(cast)
    recall = partial(move, project, "recall", by=cast["applicant"])
    return recalled_or_begun(project, recall, partial(open_review, project, by=cast["department"]))


def recalled_while_a_session_is_opened(cast: Cast) -> Race:
    project = unreviewed(cast)
    recall = partial(move, project, "recall", by=cast["applicant"])
    sit = partial(open_session, project.cycle, "第一次会议", by=cast["department"])
    return recalled_or_begun(project, recall, sit)


def handed_in_twice(cast: Cast) -> Race:
    project = fill(create_draft(cast.cycle, cast.organization, by=cast["applicant"]), cast)
    submit = partial(submit_application, project, by=cast["applicant"])
    return Race(submit, submit, lambda: trail_of(project).filter(step="submit").count() == 1)


def picture() -> Any:
    return jpeg(size=(80, 60), gps=False)


def handed_in_and_a_file_added(cast: Cast) -> Race:
    """After the handing in nothing comes in any more."""
    project = fill(create_draft(cast.cycle, cast.organization, by=cast["applicant"]), cast)
    file = picture()
    return Race(
        lambda: submit_application(project, by=cast["applicant"]),
        lambda: add_file(project, file, by=cast["applicant"]),
        lambda: trail_of(project).last().step == "submit",
        BOTH,
    )


def the_last_file_added_twice(cast: Cast) -> Race:
    project = create_draft(cast.cycle, cast.organization, by=cast["applicant"])
    for _number in range(MAX_FILES - 1):
        add_file(project, picture(), by=cast["applicant"])
    one, other = [partial(add_file, project, picture(), by=cast["applicant"]) for _ in range(2)]
    return Race(one, other, lambda: project.attachments.count() == MAX_FILES)


def ready(cast: Cast) -> Project:
    project = make_project("first_passed", cast)
    assess(project, cast)
    return Project.objects.get(pk=project.pk)


def approved_and_declined(cast: Cast) -> Race:
    by = cast["department"]
    return steps(ready(cast), approve=(by, YES), decline=(by, GROUNDS))


def the_last_place_given_twice(cast: Cast) -> Race:
    one, other = ready(cast), ready(cast)
    Cycle.objects.update(approval_quota=F("approval_quota") - one.quota_left() + 1)
    acts = [partial(move, each, "approve", by=cast["department"], **YES) for each in (one, other)]
    return Race(*acts, lambda: sorted(map(state_of, (one, other))) == ["approved", "first_passed"])


def submitted_while_the_opening_is_taken_back(cast: Cast) -> Race:
    """No application lies in a year that never opened."""
    cycle = open_cycle()
    other = Cast(cycle, cast.organization, cast.people)
    project = fill(create_draft(cycle, cast.organization, by=cast["applicant"]), other)
    back = partial(move, cycle, "take_back_opening", by=cast["department"], reason="日期有误。")
    submit = partial(submit_application, project, by=cast["applicant"])
    opened = {"submitted": "applying", "draft": "preparing"}
    return Race(submit, back, lambda: opened[state_of(project)] == state_of(cycle))


def session_of(cast: Cast, project: Project) -> tuple[Any, Any]:
    by = cast["department"]
    session = open_session(cast.cycle, "第一次会议", by=by, projects=[project])
    return session, note_decision(session.items.get(), "approve", by=by)


def session_closed_twice(cast: Cast) -> Race:
    """The second one finds it closed as it was closed."""
    project = ready(cast)
    session, _item = session_of(cast, project)
    close = partial(close_session, session, by=cast["department"])
    return Race(close, close, lambda: trail_of(project).filter(step="approve").count() == 1, TWO)


def session_closed_while_noted(cast: Cast) -> Race:
    """What stands noted is what took effect."""
    project = ready(cast)
    session, item = session_of(cast, project)
    decline = {"decision": "decline", "grounds": ["plan_incomplete"], "reason": "不够具体。"}
    return Race(
        partial(close_session, session, by=cast["department"]),
        partial(note_decision, item, by=cast["department"], **decline),
        lambda: (
            {"approve": "approved", "decline": "declined"}[session.items.get().decision]
            == state_of(project)
        ),
        BOTH,
    )


def withdrawn_and_closed(cast: Cast) -> Race:
    """The applicant withdraws what a session is about to approve: one of both is recorded."""
    project = ready(cast)
    session, _item = session_of(cast, project)
    return Race(
        partial(close_session, session, by=cast["department"]),
        partial(move, project, "withdraw", by=cast["applicant"], reason="条件不成熟。"),
        lambda: state_of(project) in ("approved", "withdrawn"),
        BOTH,
    )


def assessed_twice(cast: Cast) -> Race:
    project = make_project("first_passed", cast)
    said = {"participants": "组织部一行3人", "findings": "基础扎实。"}
    act = partial(record_assessment, project, "visit", by=cast["department"], **said)
    return Race(act, act, lambda: project.assessments.count() == 1, TWO)


def next_year_begun_twice(cast: Cast) -> Race:
    """The database holds a year once, whoever looked first."""
    last = Cycle.objects.order_by("-year").first()
    begin = partial(start_next_year, last, by=cast["department"])
    return Race(begin, begin, lambda: Cycle.objects.filter(year=last.year + 1).count() == 1)


def rules_saved_while_the_year_opens(cast: Cast) -> Race:
    """Nothing of the rules is written after they were frozen."""
    cycle = make_cycle()
    changed = Cycle.objects.get(pk=cycle.pk)
    changed.approval_quota = 99
    return Race(
        partial(move, cycle, "open_applications", by=cast["department"]),
        partial(save_rules, changed, by=cast["department"]),
        lambda: (
            not trail_of(cycle).filter(
                step="rules", pk__gt=last_entry(cycle, "open_applications").pk
            )
        ),
        BOTH,
    )


def account_added_twice(cast: Cast) -> Race:
    name = f"user{get_user_model().objects.count()}"
    add = partial(add_person, username=name, name="王示例", by=cast["department"])
    return Race(add, add, lambda: get_user_model().objects.filter(username=name).count() == 1)


RACES = (
    passed_twice,
    passed_and_not_recommended,
    recalled_and_passed,
    recalled_while_the_department_opens_it,
    recalled_while_a_session_is_opened,
    handed_in_twice,
    handed_in_and_a_file_added,
    the_last_file_added_twice,
    approved_and_declined,
    the_last_place_given_twice,
    session_closed_twice,
    session_closed_while_noted,
    withdrawn_and_closed,
    assessed_twice,
    next_year_begun_twice,
    rules_saved_while_the_year_opens,
    submitted_while_the_opening_is_taken_back,
    account_added_twice,
)


@pytest.mark.parametrize("made", RACES, ids=lambda made: made.__name__)
def test_of_two_at_once_as_many_succeed_as_may(made: Callable[[Cast], Race]) -> None:
    hold(made)
