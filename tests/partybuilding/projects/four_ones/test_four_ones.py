"""The four ones: one holder a day, changed by date, kept for ever, told in public, seen by the leader."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.models import Notice
from partybuilding.core.selectors import trail_of
from partybuilding.core.states import Role
from partybuilding.organizations.services import end_membership
from partybuilding.projects.casefile.history import facts_of
from partybuilding.projects.four_ones.forms import FourOnesForm
from partybuilding.projects.four_ones.selectors import accounts_for, handovers
from partybuilding.projects.models import FourOnesPost, Project
from partybuilding.projects.page.facts import company_of
from partybuilding.projects.page.parts import Reading
from partybuilding.projects.preparation.selectors import duty_rows
from partybuilding.projects.services import appoint_four_ones
from partybuilding.projects.states import Duty
from tests.factories import Cast, make_cast, make_person, make_project, make_user
from tests.factories.column import make_page
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
LEADER = ("王示例", "区农业农村委主任")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    return make_project("first_passed", cast)


def days(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)


def name(project: Project, cast: Cast, day: int = 0, who: str = "王示例", **rest: Any) -> Any:
    people = {"leader": (who, "主任", *rest.values())}
    return appoint_four_ones(project, people, by=cast["department"], since=days(day))


def past(project: Project, count: int = 30) -> None:
    """Let everybody have begun some days ago."""
    project.four_ones.update(since=days(-count))


def holder(project: Project, day: int = 0) -> str:
    return "".join(project.four_ones.on(days(day)).values_list("name", flat=True))


def notes(project: Project, step: str) -> list[Any]:
    return list(trail_of(project).filter(step=step))


# From whom to whom, by date


def test_a_successor_ends_the_one_before_and_keeps_the_row(cast: Cast, project: Project) -> None:
    by = cast["department"]
    appoint_four_ones(project, {"leader": (" 王示例 ", "主任"), "team": ("专班", "")}, by=by)
    past(project)
    people = {"leader": ("赵示例", "主任"), "team": ("专班", "")}
    assert [post.name for post in appoint_four_ones(project, people, by=by)] == ["赵示例"]
    assert project.four_ones.get(name="王示例").until == days(-1)
    assert notes(project, "appoint")[-1].data == {"leader": ["赵示例", "主任", days(0).isoformat()]}


def test_a_change_on_the_first_day_voids_the_first_name(cast: Cast, project: Project) -> None:
    for who in ("王示例", "赵示例"):
        name(project, cast, who=who)
    first = project.four_ones.get(name="王示例")
    assert not first.is_effective
    assert holder(project) == "赵示例"
    assert holder(project, -1) == ""


def test_a_later_day_takes_effect_when_it_comes(cast: Cast, project: Project) -> None:
    name(project, cast)
    past(project)
    name(project, cast, day=7, who="赵示例")
    assert [holder(project, at) for at in (0, 6, 7, 90)] == ["王示例", "王示例", "赵示例", "赵示例"]
    row = duty_rows(project)[0]
    assert (row.now.name, row.next.name, row.before) == ("王示例", "赵示例", ())
    later = duty_rows(project, days(8))[0]
    assert (later.now.name, later.next) == ("赵示例", None)
    assert [post.name for post in later.before] == ["王示例"]


@pytest.mark.parametrize(("day", "left"), [(7, "钱示例"), (3, "钱示例"), (9, "赵示例")])
def test_whoever_is_named_from_the_same_day_or_earlier_takes_a_planned_place(
    cast: Cast, project: Project, day: int, left: str
) -> None:
    name(project, cast)
    past(project)
    name(project, cast, day=7, who="赵示例")
    name(project, cast, day=day, who="钱示例")
    assert holder(project, 7) == left
    assert holder(project, 9) == "钱示例"
    assert project.four_ones.count() == 3


def test_naming_the_present_holder_again_leaves_a_plan_alone(cast: Cast, project: Project) -> None:
    name(project, cast)
    past(project)
    name(project, cast, day=7, who="赵示例")
    assert name(project, cast) == []
    assert holder(project, 7) == "赵示例"


def test_nobody_takes_a_duty_over_before_who_has_acted_in_it(cast: Cast, project: Project) -> None:
    name(project, cast)
    past(project, 5)
    for day in (-5, -9):
        with pytest.raises(ConditionUnmet, match="王示例"):
            name(project, cast, day=day, who="赵示例")
    name(project, cast, day=-4, who="赵示例")
    assert [holder(project, at) for at in (-5, -4)] == ["王示例", "赵示例"]


CHANGE = st.tuples(st.integers(-4, 6), st.sampled_from(("甲", "乙", "丙")))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(changes=st.lists(CHANGE, min_size=1, max_size=6))
def test_no_day_has_two_holders_and_no_past_is_rewritten(
    cast: Cast, project: Project, changes: list[tuple[int, str]]
) -> None:
    project.four_ones.all().delete()
    name(project, cast, who="起")
    past(project, 8)
    for day, who in changes:
        before = {at: holder(project, at) for at in range(-9, 0)}
        rows = project.four_ones.count()
        with suppress(ConditionUnmet):
            name(project, cast, day=day, who=who)
        assert all(holder(project, at) == before[at] for at in range(-9, min(day, 0)))
        assert project.four_ones.count() >= rows
    for at in range(-9, 10):
        today = list(project.four_ones.on(days(at)))
        assert len(today) == int(at >= -8)
        assert today == [post for post in project.four_ones.all() if post.holds_on(days(at))]


def test_an_empty_name_changes_nothing(cast: Cast, project: Project) -> None:
    assert name(project, cast, who=" ") == []
    assert not notes(project, "appoint")


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ({"driver": ("王示例", "")}, "driver"),
        ({"leader": ("王示例 13812345678", "")}, "手机号码"),
        ({"leader": ("王示例", "主任 13812345678")}, "手机号码"),
    ],
)
def test_what_may_not_be_public_is_refused(
    cast: Cast, project: Project, people: dict[str, Any], said: str
) -> None:
    with pytest.raises(ConditionUnmet, match=said):
        appoint_four_ones(project, people, by=cast["department"])
    assert not project.four_ones.exists()


@pytest.mark.parametrize("role", ["unit", "taskforce", "editor", "leader"])
def test_only_the_department_names_them(cast: Cast, project: Project, role: str) -> None:
    with pytest.raises(NotYours):
        appoint_four_ones(project, {"leader": LEADER}, by=cast[role])


def test_approving_needs_who_holds_them_today(cast: Cast, project: Project) -> None:
    name(project, cast, day=3)
    assert "leader" in project.duties_missing()
    Project.objects.get(pk=project.pk).four_ones.update(since=days(0))
    assert "leader" not in Project.objects.get(pk=project.pk).duties_missing()


# Accounts


def test_an_account_is_linked_told_and_unlinked(cast: Cast, project: Project) -> None:
    leader, by = cast["leader"], cast["department"]
    name(project, cast, who="王示例")
    assert not Notice.objects.to(leader).exists()
    assert appoint_four_ones(project, {"leader": ("王示例", "主任", leader)}, by=by) == []
    assert project.four_ones.get().person == leader
    told = Notice.objects.to(leader).get()
    assert "包抓领导" in told.subject
    assert told.url == f"/admin/party/projects/{project.pk}/"
    appoint_four_ones(project, {"leader": ("王示例", "主任", leader)}, by=by)
    appoint_four_ones(project, {"leader": ("王示例", "主任")}, by=by)
    assert project.four_ones.get().person == leader
    appoint_four_ones(project, {"leader": ("王示例", "主任", None)}, by=by)
    assert project.four_ones.get().person is None
    assert [row.data["leader"][1] for row in notes(project, "link")] == [str(leader), ""]
    assert Notice.objects.to(leader).count() == 1


def test_who_is_newly_named_with_an_account_is_told(cast: Cast, project: Project) -> None:
    by = cast["department"]
    people = {"secretary": ("李示例", "书记", cast["applicant"]), "team": ("专班", "", None)}
    appoint_four_ones(project, people, by=by)
    told = Notice.objects.to(cast["applicant"]).first()
    assert told.url == f"/portal/projects/{project.pk}/"


def test_a_team_and_a_closed_account_hold_nothing(cast: Cast, project: Project) -> None:
    gone = make_user(is_active=False)
    for people in ({"team": ("专班", "", cast["leader"])}, {"leader": ("王示例", "", gone)}):
        with pytest.raises(ConditionUnmet, match="账号"):
            appoint_four_ones(project, people, by=cast["department"])


def test_the_form_offers_fitting_accounts(cast: Cast, project: Project) -> None:
    offered = {duty: {pk for pk, _words in accounts_for(project, duty)} for duty in Duty}
    assert offered[Duty.LEADER] == {cast["leader"].pk}
    assert offered[Duty.SECRETARY] == {cast["applicant"].pk}
    assert {cast["department"].pk, cast["leader"].pk} <= offered[Duty.LIAISON]
    assert offered[Duty.TEAM] == set()


def test_an_account_that_no_longer_fits_stays_chosen(cast: Cast, project: Project) -> None:
    leader = cast["leader"]
    name(project, cast, person=leader)
    end_membership(leader.memberships.get(), by=cast["department"])
    form = FourOnesForm(project=project, rows=duty_rows(project))
    assert (str(leader.pk), leader.get_full_name()) in form.fields["leader_account"].choices
    assert form["leader_account"].value() == str(leader.pk)


def test_the_form_names_links_and_dates(cast: Cast, project: Project) -> None:
    client = client_of(cast["department"])
    address = f"/admin/party/projects/{project.pk}/four-ones/"
    day = days(5)
    sent = {
        "leader_name": "王示例",
        "leader_post": "主任",
        "leader_account": cast["leader"].pk,
        "since": f"{day:%Y-%m-%d}",
    }
    assert client.post(address, sent).status_code == 302
    post = project.four_ones.get()
    assert (post.person, post.since) == (cast["leader"], day)
    assert (
        f"自{date_format(day)}起：王示例"
        in client.get(f"/admin/party/projects/{project.pk}/").content.decode()
    )
    assert "原定自" in client.get(address).content.decode()
    wrong = client.post(address, {"since": f"{day:%Y-%m-%d}", "liaison_account": cast["leader"].pk})
    assert set(wrong.context["form"].errors) == {"liaison_name"}
    refused = client.post(address, {**sent, "leader_name": "王示例13812345678"})
    assert "手机号码" in refused.content.decode()
    assert "王示例13812345678" in refused.content.decode()


# The leader's scope


def test_a_leader_sees_a_project_from_the_first_to_the_last_day(
    cast: Cast, project: Project
) -> None:
    leader, stranger = cast["leader"], make_person(Role.LEADER)
    name(project, cast, person=leader)
    past(project)

    def seen_by(user: Any) -> bool:
        fresh = type(user).objects.get(pk=user.pk)
        return Project.objects.visible_to(fresh).filter(pk=project.pk).exists()

    assert seen_by(leader)
    assert not seen_by(stranger)
    name(project, cast, day=1, who="赵示例", person=stranger)
    assert (seen_by(leader), seen_by(stranger)) == (True, False)
    FourOnesPost.objects.filter(person=leader).update(until=days(-1))
    FourOnesPost.objects.filter(person=stranger).update(since=days(0))
    assert (seen_by(leader), seen_by(stranger)) == (False, True)


def test_an_account_without_the_role_sees_nothing_more(cast: Cast, project: Project) -> None:
    person = make_user()
    name(project, cast, person=person)
    assert not Project.objects.visible_to(person).exists()


# In public


def test_what_changed_since_the_approval_is_told_newest_first(cast: Cast, project: Project) -> None:
    name(project, cast, who="甲")
    past(project, 30)
    Project.objects.filter(pk=project.pk).update(approved_at=timezone.now() - timedelta(days=20))
    project = Project.objects.get(pk=project.pk)
    name(project, cast, day=-15, who="乙")
    appoint_four_ones(project, {"leader": ("乙", "副书记")}, by=cast["department"], since=days(-10))
    name(project, cast, who="误")
    name(project, cast, who="丙")
    name(project, cast, day=4, who="丁")
    assert [(one.since, one.words) for one in handovers(project)] == [
        (days(0), "由乙（副书记）调整为丙（主任）。"),
        (days(-10), "乙的职务由“主任”变更为“副书记”。"),
        (days(-15), "由甲（主任）调整为乙（主任）。"),
    ]
    assert len(handovers(project, days(4))) == 4
    assert handovers(project)[0].title == "包抓领导调整"


def test_what_changed_before_the_approval_is_nobodys_matter(cast: Cast, project: Project) -> None:
    name(project, cast, who="甲")
    past(project, 3)
    name(project, cast, who="乙")
    assert handovers(project) == []
    Project.objects.filter(pk=project.pk).update(approved_at=timezone.now())
    assert handovers(Project.objects.get(pk=project.pk)) == []


def test_a_name_without_a_post_reads_well(cast: Cast, project: Project) -> None:
    by = cast["department"]
    Project.objects.filter(pk=project.pk).update(approved_at=timezone.now() - timedelta(days=20))
    project = Project.objects.get(pk=project.pk)
    appoint_four_ones(project, {"team": ("专班", "")}, by=by, since=days(-15))
    appoint_four_ones(project, {"team": ("专班", "党员")}, by=by, since=days(-10))
    appoint_four_ones(project, {"team": ("先锋队", "")}, by=by, since=days(-5))
    assert [one.words for one in handovers(project)] == [
        "由专班（党员）调整为先锋队。",
        "专班的职务由“未注明职务”变更为“党员”。",
    ]


def test_readers_see_who_holds_them_today(cast: Cast) -> None:
    page = make_page("approved", cast, live=False)
    project = page.project
    past(project)
    name(project, cast, day=1, who="赵示例")
    reading = Reading(page, project, request=None)
    shown = company_of(project, reading.posts, reading.today).four_ones
    assert [one["value"] for one in shown] == ["李示例", "王示例", "赵示例", "项目工作专班"]
    past_day = duty_rows(project)[0]
    assert past_day.next.name == "赵示例"


def test_the_trail_says_what_and_since_when(cast: Cast, project: Project) -> None:
    name(project, cast, person=cast["leader"])
    row = notes(project, "appoint")[0]
    day = f"{days(0).month}月{days(0).day}日"
    assert list(facts_of(row, project.cycle_id)) == [f"包抓领导 王示例 主任，自{day}起"]
    row.data = {"leader": ["王示例", ""]}
    assert list(facts_of(row, project.cycle_id)) == ["包抓领导 王示例"]
    name(project, cast, person=None)
    linked = facts_of(notes(project, "link")[0], project.cycle_id)
    assert list(linked) == ["包抓领导 王示例"]


def test_the_portal_shows_them_once_it_is_approved(cast: Cast, project: Project) -> None:
    client = client_of(cast["applicant"])
    name(project, cast, who="王示例")
    assert "王示例" not in client.get(f"/portal/projects/{project.pk}/").content.decode()
    approved = make_project("approved", cast)
    name(approved, cast, day=2, who="<b>赵</b>")
    page = client.get(f"/portal/projects/{approved.pk}/").content.decode()
    assert "王示例" in page
    assert "起：&lt;b&gt;赵&lt;/b&gt;" in page
