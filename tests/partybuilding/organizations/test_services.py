"""Writing organisations, memberships, accounts and groups: what is written, what is refused, what is noted."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.states import STAFF_ROLES, Role
from partybuilding.organizations import services
from partybuilding.organizations.journal import entries_of
from partybuilding.organizations.models import IssuingBody, Membership, Organization
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.organizations.states import OrganizationKind
from tests.factories import make_group, make_organization, make_person, make_unit, make_user
from tests.factories.people import district

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def officer() -> Any:
    return make_person(Role.DEPARTMENT)


@pytest.fixture
def admin() -> Any:
    return make_user(is_superuser=True, first_name="系统管理员")


def noted(thing: Any) -> list[str]:
    return [entry.action.removeprefix("partybuilding.") for entry in entries_of(thing)]


# Organisations


def test_a_saved_organization_and_all_below_it_report_through_the_nearest_unit(
    officer: Any,
) -> None:
    first, second = make_unit(), make_unit()
    middle = make_organization(first)
    leaf = make_organization(first, parent=middle)
    middle.parent = second
    services.save_organization(middle, by=officer)
    leaf.refresh_from_db()
    assert (middle.unit, leaf.unit) == (second, second)


def test_what_becomes_a_reporting_unit_takes_over_what_stands_below_it(officer: Any) -> None:
    unit = make_unit()
    middle = make_organization(unit)
    leaf = make_organization(unit, parent=middle)
    middle.is_reporting_unit = True
    services.save_organization(middle, by=officer)
    leaf.refresh_from_db()
    assert (middle.unit, leaf.unit) == (None, middle)


def test_an_organization_below_itself_is_refused(officer: Any) -> None:
    top = make_organization()
    top.parent = make_organization(top.unit, parent=top)
    with pytest.raises(ConditionUnmet, match="本党组织"):
        services.save_organization(top, by=officer)


def test_an_organization_stands_below_something_or_reports_for_itself(officer: Any) -> None:
    lost = Organization(name="游离支部", code="X1", kind=OrganizationKind.BRANCH)
    with pytest.raises(ConditionUnmet, match="上级党组织"):
        services.save_organization(lost, by=officer)
    district = Organization(name="区直某部", code="X2", kind=OrganizationKind.DISTRICT)
    assert services.save_organization(district, by=officer).pk


def test_a_superior_out_of_use_is_refused(officer: Any) -> None:
    closed = make_organization()
    services.deactivate_organization(closed, by=officer)
    closed.refresh_from_db()
    fresh = Organization(name="新支部", code="X3", kind=OrganizationKind.BRANCH, parent=closed)
    with pytest.raises(ConditionUnmet, match="已停用"):
        services.save_organization(fresh, by=officer)


def test_a_unit_with_reviewers_stays_a_unit(officer: Any) -> None:
    unit = make_unit()
    unit.parent = make_unit()
    reviewer = make_person(Role.UNIT, unit)
    unit.is_reporting_unit = False
    with pytest.raises(ConditionUnmet, match="初审员"):
        services.save_organization(unit, by=officer)
    services.end_membership(reviewer.memberships.get(), by=officer)
    assert services.save_organization(unit, by=officer).unit == unit.parent


def test_the_journal_tells_each_changed_fact_and_nothing_of_a_save_without_change(
    officer: Any,
) -> None:
    place = make_organization(secretary_name="甲")
    place.secretary_name = "乙"
    services.save_organization(place, by=officer)
    services.save_organization(place, by=officer)
    assert noted(place) == ["organization.edit", "organization.create"]
    entry = entries_of(place)[0]
    assert entry.data == {"changes": {"secretary_name": ["甲", "乙"]}}
    assert entry.user == officer


def test_out_of_use_ends_every_membership_there_and_keeps_it_as_history(officer: Any) -> None:
    place = make_organization()
    person = make_person(Role.APPLICANT, place)
    services.deactivate_organization(place, by=officer)
    place.refresh_from_db()
    assert not place.is_active
    assert person.memberships.get().is_past
    assert noted(place)[0] == "organization.deactivate"


def test_what_others_stand_below_or_report_through_stays_in_use(officer: Any) -> None:
    unit = make_unit()
    middle = make_organization(unit)
    leaf = make_organization(unit, parent=middle)
    for place in (unit, middle):
        with pytest.raises(ConditionUnmet, match="下还有"):
            services.deactivate_organization(place, by=officer)
    for place in (leaf, middle, unit):
        services.deactivate_organization(place, by=officer)


def test_one_does_not_close_the_place_of_ones_own_membership_of_the_department(
    officer: Any,
) -> None:
    place = officer.memberships.get().organization
    with pytest.raises(NotYours, match="本人"):
        services.deactivate_organization(place, by=officer)
    place.refresh_from_db()
    assert place.is_active


def test_back_in_use_once_the_superior_is(officer: Any) -> None:
    unit = make_unit()
    place = make_organization(unit)
    for one in (place, unit):
        services.deactivate_organization(one, by=officer)
    with pytest.raises(ConditionUnmet, match="上级党组织已停用"):
        services.reactivate_organization(place, by=officer)
    services.reactivate_organization(unit, by=officer)
    assert services.reactivate_organization(place, by=officer).is_active
    assert noted(place)[0] == "organization.reactivate"


def test_only_what_nothing_ever_belonged_to_is_removed(officer: Any) -> None:
    used, unused = make_organization(), make_organization()
    make_person(Role.APPLICANT, used)
    with pytest.raises(ConditionUnmet, match="停用"):
        services.remove_organization(used, by=officer)
    services.remove_organization(unused, by=officer)
    assert Organization.objects.filter(pk=used.pk).exists()
    assert not Organization.objects.filter(pk=unused.pk).exists()
    assert noted(used)[0] != "organization.remove"


# Memberships


@pytest.mark.parametrize("role", list(Role))
def test_an_appointment_gives_the_cms_group_of_a_staff_role_and_its_end_takes_it(
    officer: Any, role: Role
) -> None:
    person = make_user()
    place = {Role.APPLICANT: make_organization, Role.UNIT: make_unit}.get(role, district)()
    membership = services.appoint(person, role, place, by=officer, post="干部")
    expected = [services.group_name(role)] if role in STAFF_ROLES else []
    assert list(person.groups.values_list("name", flat=True)) == expected
    assert roles_of_user(person).has(role)
    services.end_membership(membership, by=officer)
    assert list(person.groups.all()) == []
    assert not roles_of_user(person).roles
    assert noted(person) == ["person.end", "person.appoint"]


def test_groups_that_carry_no_role_are_left_alone(officer: Any) -> None:
    person = make_person(Role.EDITOR)
    person.groups.add(Group.objects.create(name="别的组"))
    services.end_membership(person.memberships.get(), by=officer)
    assert list(person.groups.values_list("name", flat=True)) == ["别的组"]


@pytest.mark.parametrize(
    ("role", "place", "words"),
    [
        (Role.APPLICANT, district, "申报人"),
        (Role.UNIT, make_organization, "归口单位"),
        (Role.UNIT, district, "归口单位"),
        (Role.DEPARTMENT, make_organization, "组织部"),
        (Role.DEPARTMENT, make_unit, "组织部"),
        (Role.TASK_FORCE, make_unit, "区级部门"),
        (Role.AUDITOR, make_organization, "区级部门"),
        (Role.EDITOR, make_organization, "归口单位"),
        (Role.PUBLISHER, make_organization, "归口单位"),
        (Role.LEADER, make_organization, "归口单位"),
    ],
)
def test_a_role_is_held_where_it_fits(officer: Any, role: Role, place: Any, words: str) -> None:
    with pytest.raises(ConditionUnmet, match=words):
        services.appoint(make_user(), role, place(), by=officer)


def test_an_expert_comes_from_anywhere(officer: Any) -> None:
    for place in (make_unit, make_organization, district):
        assert services.appoint(make_user(), Role.EXPERT, place(), by=officer).is_current


def test_only_the_department_itself_has_officers_of_the_department(officer: Any) -> None:
    other = make_organization(name="区委宣传部", kind=OrganizationKind.DISTRICT)
    assert services.appoint(make_user(), Role.DEPARTMENT, other, by=officer).is_current
    IssuingBody.objects.create(since=date(2022, 1, 1), name="区委组织部", organization=district())
    with pytest.raises(ConditionUnmet, match="组织部"):
        services.appoint(make_user(), Role.DEPARTMENT, other, by=officer)
    assert services.appoint(make_user(), Role.DEPARTMENT, district(), by=officer).is_current


def test_an_organization_stays_fit_for_the_roles_held_in_it(officer: Any) -> None:
    place = make_organization()
    make_person(Role.APPLICANT, place)
    place.kind = OrganizationKind.DISTRICT
    with pytest.raises(ConditionUnmet, match="申报人"):
        services.save_organization(place, by=officer)
    place.refresh_from_db()
    place.name = "改名后的党委"
    assert services.save_organization(place, by=officer).name == "改名后的党委"


def test_nobody_is_appointed_where_it_is_out_of_use(officer: Any) -> None:
    place = make_organization()
    closed = services.deactivate_organization(place, by=officer)
    with pytest.raises(ConditionUnmet, match="已停用"):
        services.appoint(make_user(), Role.APPLICANT, closed, by=officer)


def test_another_post_ends_the_one_before_on_the_day_before(officer: Any) -> None:
    person = make_person(Role.APPLICANT, make_organization())
    before = person.memberships.get()
    today = timezone.localdate()
    after = services.appoint(
        person, Role.APPLICANT, before.organization, by=officer, post="副书记", since=today
    )
    before.refresh_from_db()
    assert (before.until, after.since, after.until) == (today - DAY, today, None)
    assert list(person.memberships.current()) == [after]


def test_the_same_post_again_changes_nothing(officer: Any) -> None:
    person = make_person(Role.APPLICANT, make_organization())
    before = person.memberships.get()
    again = services.appoint(
        person, Role.APPLICANT, before.organization, by=officer, post=before.post
    )
    assert again == before
    assert person.memberships.count() == 1


def test_a_post_does_not_begin_before_the_one_it_follows(officer: Any) -> None:
    person = make_person(Role.APPLICANT, make_organization())
    before = person.memberships.get()
    with pytest.raises(ConditionUnmet, match="起始日期"):
        services.appoint(
            person,
            Role.APPLICANT,
            before.organization,
            by=officer,
            post="副书记",
            since=before.since - DAY,
        )


def test_several_roles_stand_side_by_side(officer: Any) -> None:
    place = make_unit()
    person = make_person(Role.UNIT, place)
    services.appoint(person, Role.EDITOR, place, by=officer)
    assert roles_of_user(person).roles == {Role.UNIT, Role.EDITOR}


def test_what_begins_later_holds_from_then_and_signing_in_gives_its_group(
    officer: Any, client: Any, time_machine: Any
) -> None:
    person = make_user()
    tomorrow = timezone.localdate() + DAY
    services.appoint(person, Role.EDITOR, make_unit(), by=officer, since=tomorrow)
    assert not person.groups.exists()
    time_machine.move_to(timezone.now() + DAY, tick=False)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert [group.name for group in person.groups.all()] == ["编辑"]


def test_an_end_without_a_day_holds_at_once(officer: Any) -> None:
    person, place = make_user(), make_unit()
    membership = services.appoint(person, Role.UNIT, place, by=officer)
    services.end_membership(membership, by=officer)
    yesterday = timezone.localdate() - DAY
    assert (membership.since, membership.until) == (yesterday, yesterday)
    assert not roles_of_user(person).has(Role.UNIT)


def test_a_last_day_still_holds(officer: Any) -> None:
    person = make_person(Role.UNIT)
    today = timezone.localdate()
    membership = services.end_membership(person.memberships.get(), by=officer, until=today)
    assert membership.is_current
    assert roles_of_user(person).has(Role.UNIT)


@pytest.mark.parametrize(
    ("until", "again", "words"),
    [(date(2019, 12, 31), None, "早于起始日期"), (date(2021, 1, 1), date(2030, 1, 1), "已经结束")],
)
def test_an_end_before_the_beginning_or_after_another_end_is_refused(
    officer: Any, until: date, again: date | None, words: str
) -> None:
    membership = make_person(Role.UNIT).memberships.get()
    if again:
        services.end_membership(membership, by=officer, until=until)
    with pytest.raises(ConditionUnmet, match=words):
        services.end_membership(membership, by=officer, until=again or until)


def test_one_does_not_end_ones_own_membership_of_the_department(officer: Any) -> None:
    with pytest.raises(NotYours, match="本人"):
        services.end_membership(officer.memberships.get(), by=officer)
    services.end_membership(officer.memberships.get(), by=make_person(Role.DEPARTMENT))


def test_one_ends_ones_own_other_memberships(officer: Any) -> None:
    further = services.appoint(officer, Role.EDITOR, make_unit(), by=officer)
    assert services.end_membership(further, by=officer).is_past


# Accounts


def test_an_added_person_signs_in_with_the_first_password(officer: Any) -> None:
    person = services.add_person(
        username="shili01", name="陈示例", email="c@example.cn", password="first", by=officer
    )
    assert person.check_password("first")
    assert (person.get_full_name(), person.email) == ("陈示例", "c@example.cn")
    assert noted(person) == ["person.create"]


def test_without_a_first_password_nobody_signs_in(officer: Any) -> None:
    person = services.add_person(username="shili01", name="陈示例", by=officer)
    assert not person.has_usable_password()
    services.set_password(person, "later", by=officer)
    assert person.check_password("later")
    assert noted(person)[0] == "person.password"


def test_a_login_name_is_taken_whatever_its_letters_size(officer: Any) -> None:
    make_user(username="Shili01")
    with pytest.raises(ConditionUnmet, match="登录名"):
        services.add_person(username="shili01", name="陈示例", by=officer)


def test_a_changed_name_is_whole_and_noted_once(officer: Any) -> None:
    person = make_user(first_name="旧", last_name="名")
    for _turn in range(2):
        services.rename_person(person, name="新名", email="", by=officer)
    assert (person.first_name, person.last_name) == ("新名", "")
    assert noted(person) == ["person.edit"]


def test_a_deactivated_account_keeps_its_roles_and_comes_back(officer: Any) -> None:
    person = make_person(Role.UNIT)
    services.deactivate_account(person, by=officer)
    assert not roles_of_user(type(person).objects.get(pk=person.pk)).roles
    assert person.memberships.current().exists()
    for _turn in range(2):
        services.reactivate_account(person, by=officer)
    assert roles_of_user(type(person).objects.get(pk=person.pk)).has(Role.UNIT)
    assert noted(person)[:2] == ["person.reactivate", "person.deactivate"]


def test_one_does_not_deactivate_ones_own_account(officer: Any) -> None:
    with pytest.raises(NotYours, match="本人"):
        services.deactivate_account(officer, by=officer)


# Expert groups


def test_a_group_is_formed_and_formed_anew_of_experts(officer: Any) -> None:
    one, two = make_person(Role.EXPERT), make_person(Role.EXPERT)
    group = services.form_expert_group("第一组", [one], by=officer)
    assert services.form_expert_group("第一组", [two], by=officer) == group
    assert list(group.members.all()) == [two]
    assert noted(group) == ["group.save", "group.save"]


def test_who_is_no_expert_enters_no_group(officer: Any) -> None:
    with pytest.raises(ConditionUnmet, match="不是评审专家"):
        services.form_expert_group("第一组", [make_person(Role.UNIT)], by=officer)


def test_the_leader_of_a_group_is_a_member_and_leads_no_longer_than_that(officer: Any) -> None:
    one, two = make_person(Role.EXPERT), make_person(Role.EXPERT)
    group = make_group(one)
    group.leader = two
    with pytest.raises(ConditionUnmet):
        services.save_expert_group(group, [one], by=officer)
    services.save_expert_group(group, [one, two], by=officer)
    assert services.form_expert_group(group.name, [one, two], by=officer).leader == two
    assert services.form_expert_group(group.name, [one], by=officer).leader is None


def test_a_member_whose_appointment_ended_may_stay(officer: Any) -> None:
    former = make_person(Role.EXPERT)
    group = make_group(former)
    services.end_membership(former.memberships.get(), by=officer)
    assert services.save_expert_group(group, [former], by=officer) == group


# Who may not


def writes(person: Any, place: Organization, membership: Membership) -> list[Callable[..., Any]]:
    """Return every service, ready to be called with `by`."""
    return [
        lambda by: services.save_organization(place, by=by),
        lambda by: services.deactivate_organization(place, by=by),
        lambda by: services.reactivate_organization(place, by=by),
        lambda by: services.remove_organization(place, by=by),
        lambda by: services.appoint(person, Role.EDITOR, place, by=by),
        lambda by: services.end_membership(membership, by=by),
        lambda by: services.add_person(username="x", name="x", by=by),
        lambda by: services.rename_person(person, name="x", email="", by=by),
        lambda by: services.set_password(person, "x", by=by),
        lambda by: services.deactivate_account(person, by=by),
        lambda by: services.reactivate_account(person, by=by),
        lambda by: services.form_expert_group("x", [], by=by),
    ]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DEPARTMENT])
def test_no_other_role_writes_anything(role: Role) -> None:
    person = make_person(Role.EXPERT)
    membership = person.memberships.get()
    stranger = make_person(role)
    for write in writes(person, make_organization(), membership):
        with pytest.raises(NotYours):
            write(stranger)


def test_the_department_touches_no_account_of_a_system_administrator(
    officer: Any, admin: Any
) -> None:
    place = make_organization()
    membership = services.appoint(admin, Role.APPLICANT, place, by=admin)
    for write in writes(admin, place, membership)[4:6] + writes(admin, place, membership)[7:11]:
        with pytest.raises(NotYours, match="系统管理员"):
            write(officer)


def test_a_system_administrator_writes_and_so_does_the_system_itself(admin: Any) -> None:
    for by in (admin, None):
        person = make_person(Role.EXPERT)
        services.set_password(person, "other", by=by)
        services.deactivate_account(person, by=by)
        services.end_membership(person.memberships.get(), by=by)
        services.save_organization(make_organization(), by=by)
        services.form_expert_group("第一组", [], by=by)
        services.add_person(username=f"by{by and by.pk}", name="x", by=by)


def test_a_post_begins_and_ends_on_believable_days(officer: Any) -> None:
    place, person, today = make_organization(), make_user(), timezone.localdate()
    ahead, far, old = (today + timedelta(days=n) for n in (366, 367, -366 * 50 - 1))
    for day in (far, old):
        with pytest.raises(ConditionUnmet, match="日期不能"):
            services.appoint(person, Role.APPLICANT, place, by=officer, since=day)
    held = services.appoint(person, Role.APPLICANT, place, by=officer, since=ahead)
    with pytest.raises(ConditionUnmet, match="日期不能晚于"):
        services.end_membership(held, by=officer, until=today + timedelta(days=3661))
    last = today + timedelta(days=3660)
    assert services.end_membership(held, by=officer, until=last).until == last
