"""What papers, pages and rights rest on once a step was taken: the names of its day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from partybuilding.column.cards import card_of
from partybuilding.core.selectors import last_entry
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.organizations.models import IssuingBody
from partybuilding.organizations.services import appoint, save_organization
from partybuilding.organizations.states import OrganizationKind
from partybuilding.projects.documents import application_form, result_letter
from partybuilding.projects.models import DecisionSession, FourOnesPost, Project
from partybuilding.projects.page.words import words_of_record
from partybuilding.projects.selectors import decided_with
from partybuilding.projects.services import (
    close_session,
    note_decision,
    open_session,
    submit_application,
)
from partybuilding.projects.sessions.documents import decision_list
from partybuilding.projects.sessions.selectors import agenda
from partybuilding.projects.told import registers_of
from partybuilding.supervision.models import Activity
from tests.factories import make_cast, make_organization, make_person, make_project, make_unit
from tests.factories.column import make_page
from tests.factories.projects import assess, take

pytestmark = pytest.mark.django_db
MOVED = ("改名后的社区党委", "新归口街道党工委", "新书记", "第一书记", "改名后的选题")


@pytest.fixture
def cast() -> Any:
    return make_cast()


def rewrite_registers(project: Project) -> Any:
    """Rename the organisation, move it to another unit, give it another secretary, rename the topic."""
    lead = project.organization
    lead.name, unit, lead.secretary_name, lead.secretary_post, topic = MOVED
    lead.parent = make_unit(name=unit)
    save_organization(lead, by=None)
    project.topic.title = topic
    project.topic.save()
    return lead.unit


def anew(project: Project) -> Project:
    return Project.objects.get(pk=project.pk)


def names_on(form: Any) -> tuple[str, ...]:
    said = {answer.label: answer.value for answer in form.answers}
    return tuple(said[label] for label in ("申报单位", "归口单位", "第一责任人", "职务", "选题"))


@pytest.mark.parametrize(
    "state", ["submitted", "first_passed", "approved", "archived", "declined", "terminated"]
)
def test_papers_of_what_was_handed_in_stay_as_they_were(state: str, cast: Any) -> None:
    project = make_project(state, cast)
    before = application_form(project, full=True)
    entry = decided_with(project)
    letter = result_letter(project, entry) if entry else None
    rewrite_registers(project)
    FourOnesPost.objects.filter(project=project).update(name="后来的人", post="后来的职务")
    assert application_form(anew(project), full=True) == before
    assert entry is None or result_letter(anew(project), entry) == letter


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_what_lies_with_its_applicant_reads_the_registers_of_today(state: str, cast: Any) -> None:
    project = make_project("returned", cast) if state == "returned" else make_project(cast=cast)
    project.topic = cast.cycle.topics.first()
    project.save()
    rewrite_registers(project)
    assert names_on(application_form(anew(project))) == MOVED


def test_what_is_handed_in_again_freezes_anew(cast: Any) -> None:
    project = make_project("returned", cast)
    before = anew(project).told_at("submit").unit
    unit = rewrite_registers(project)
    project = submit_application(anew(project), by=cast["applicant"])
    assert names_on(application_form(project)) == MOVED
    reviewer = make_person(Role.UNIT, unit)
    project = move(project, "pass_first", by=reviewer, reason="同意。")
    (review,) = application_form(project, full=True).reviews
    assert (review.organization, before) == (
        MOVED[1],
        cast["unit"].memberships.get().organization.name,
    )


def test_the_trail_keeps_what_a_step_rested_on(cast: Any) -> None:
    project = make_project("approved", cast)
    kept = last_entry(project, "approve").data["facts"]
    assert kept == anew(project).facts["approve"]
    assert (kept["organization"], kept["issuer"]) == (cast.organization.name, "区委组织部")
    assert last_entry(project, "submit").data["application"] == project.sheet.snapshot(project)


def test_public_pages_tell_the_names_of_the_approval_and_are_found_by_todays_too(
    cast: Any, rf: Any, client: Any
) -> None:
    page = make_page("implementing", cast)
    project = page.project
    name, unit = cast.organization.name, cast.organization.unit.name
    rewrite_registers(project)
    page = type(page).objects.get(pk=page.pk)
    card = card_of(page, rf.get("/"))
    assert (card["organization"], card["unit"]) == (name, unit)
    html = client.get(page.get_url()).content.decode()
    assert name in html
    assert not [word for word in MOVED if word in html]
    words = words_of_record(anew(project))
    assert {name, unit, *MOVED[:2]} <= set(words)


def test_the_list_of_a_session_keeps_the_names_of_the_decision(cast: Any) -> None:
    project = make_project("first_passed", cast)
    assess(project, cast)
    session = open_session(cast.cycle, "立项评审会", by=cast["department"])
    note_decision(session.items.get(), "approve", by=cast["department"], reason="同意。")
    close_session(session, by=cast["department"])
    session = DecisionSession.objects.get(pk=session.pk)
    before = decision_list(session, agenda(session))
    rewrite_registers(project)
    assert decision_list(session, agenda(session)) == before


# Who reviewed it


def sees(user: Any, project: Project) -> bool:
    return Project.objects.visible_to(user).filter(pk=project.pk).exists()


@pytest.mark.parametrize("step", ["pass_first", "send_back", "not_recommend"])
def test_who_reviewed_a_file_keeps_reading_it(step: str, cast: Any) -> None:
    project = take(make_project("submitted", cast), step, cast)
    unit = rewrite_registers(project)
    colleague = make_person(Role.UNIT, cast["unit"].memberships.get().organization)
    assert sees(cast["unit"], project)
    assert sees(colleague, project)
    assert sees(make_person(Role.UNIT, unit), project)
    assert not sees(make_person(Role.UNIT), project)


def test_a_unit_that_decided_nothing_loses_what_moved_away(cast: Any) -> None:
    project = make_project("submitted", cast)
    rewrite_registers(project)
    assert not sees(cast["unit"], project)


def test_what_hangs_on_a_project_stays_readable_with_it(cast: Any) -> None:
    project = make_project("implementing", cast)
    seen = Activity.objects.visible_to(cast["unit"]).count()
    rewrite_registers(project)
    unit = type(cast["unit"]).objects.get(pk=cast["unit"].pk)
    assert Activity.objects.visible_to(unit).count() == seen > 0


def test_the_old_unit_reads_and_no_longer_acts(cast: Any) -> None:
    project = make_project("returned", cast)
    rewrite_registers(project)
    project = submit_application(anew(project), by=cast["applicant"])
    assert sees(cast["unit"], project)
    assert not Project.objects.waiting_for(cast["unit"]).filter(pk=project.pk).exists()


# Whose letter


def test_another_office_with_officers_changes_no_letter(cast: Any) -> None:
    project = make_project("approved", cast)
    letter = result_letter(project, decided_with(project))
    other = make_organization(code="A0000", name="区委办公室", kind=OrganizationKind.DISTRICT)
    appoint(make_person(Role.EXPERT), Role.DEPARTMENT, other, by=None)
    assert result_letter(anew(project), decided_with(project)) == letter
    second = make_project("approved", cast)
    assert result_letter(second, decided_with(second)).issuer == "区委组织部"


def test_a_letter_takes_the_body_of_its_day_and_keeps_it(cast: Any) -> None:
    today = timezone.localdate()
    first = IssuingBody.objects.create(
        since=date(2020, 1, 1),
        name="中共示例区委组织部",
        head="示例区委组织部文件",
        letter_code="示组",
    )
    project = make_project("approved", cast)
    letter = result_letter(project, decided_with(project))
    assert (letter.issuer, letter.head) == ("中共示例区委组织部", "示例区委组织部文件")
    assert letter.number == f"示组〔{today.year}〕1号"
    first.name = "改正后的名称"
    first.save()
    IssuingBody.objects.create(since=today, name="新机关", letter_code="新组")
    assert result_letter(anew(project), decided_with(project)) == letter
    later = make_project("declined", cast)
    assert result_letter(later, decided_with(later)).number == f"新组〔{today.year}〕1号"
    next_one = take(make_project("first_passed", cast), "decline", cast)
    told = result_letter(next_one, decided_with(next_one))
    assert (told.issuer, told.head, told.number) == ("新机关", "新机关", f"新组〔{today.year}〕2号")


@pytest.mark.parametrize(
    ("days", "name"), [(-31, "先"), (-30, "先"), (-1, "先"), (0, "后"), (1, "后")]
)
def test_the_last_body_to_begin_issues(days: int, name: str) -> None:
    turn = date(2026, 6, 1)
    IssuingBody.objects.create(since=turn - timedelta(days=30), name="先")
    IssuingBody.objects.create(since=turn, name="后")
    assert IssuingBody.on(turn + timedelta(days=days)).name == name


def test_without_any_row_the_department_issues_without_number() -> None:
    body = IssuingBody.on(date(2026, 1, 1))
    assert (body.name, body.head_words) == ("区委组织部", "区委组织部")
    assert body.next_number(body.letter_code, 2026) == ""


def test_registers_speak_the_names_of_what_is_frozen(cast: Any) -> None:
    project = make_project("submitted", cast)
    today, told = registers_of(project), anew(project).told
    names = (*told.__dataclass_fields__, "organizations")
    assert [getattr(today, name) for name in names] == [getattr(told, name) for name in names]
