"""The screens of organisations, people and expert groups: who sees which, and what they say."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from partybuilding.core.states import Role
from partybuilding.organizations import services
from partybuilding.organizations.models import ExpertGroup, Membership, Organization
from tests.factories import (
    make_cast,
    make_group,
    make_organization,
    make_person,
    make_project,
    make_unit,
    make_user,
)
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db
#: What each screen is for: everybody who sees the register, or who keeps it.
SEEN = {
    "party_organizations_modeladmin_index",
    "party_people_modeladmin_index",
    "partybuilding:organization_tree",
    "partybuilding:organization",
    "partybuilding:person",
}
OVERSEEN = {"party_groups_modeladmin_index", "partybuilding:expert_group"}
KEPT = {
    "partybuilding:organization_add",
    "partybuilding:organization_edit",
    "partybuilding:organization_step",
    "partybuilding:import",
    "partybuilding:import_template",
    "partybuilding:person_add",
    "partybuilding:person_edit",
    "partybuilding:person_appoint",
    "partybuilding:person_password",
    "partybuilding:person_step",
    "partybuilding:membership_post",
    "partybuilding:membership_end",
    "partybuilding:expert_group_add",
    "partybuilding:expert_group_edit",
}
SCREENS = sorted(SEEN | OVERSEEN | KEPT)
OVERSEERS = {Role.DEPARTMENT, Role.TASK_FORCE, Role.AUDITOR}


@pytest.fixture
def unit() -> Organization:
    return make_unit()


@pytest.fixture
def place(unit: Organization) -> Organization:
    return make_organization(unit)


@pytest.fixture
def person(place: Organization) -> Any:
    return make_person(Role.APPLICANT, place)


@pytest.fixture
def officer() -> Any:
    return make_person(Role.DEPARTMENT)


@pytest.fixture
def group() -> ExpertGroup:
    return make_group(make_person(Role.EXPERT))


def address_of(name: str, place: Any, person: Any, group: Any) -> str:
    """Return the address of a screen of these three."""
    kwargs = {
        "partybuilding:organization": [place.pk],
        "partybuilding:organization_edit": [place.pk],
        "partybuilding:organization_step": [place.pk, "deactivate"],
        "partybuilding:person": [person.pk],
        "partybuilding:person_edit": [person.pk],
        "partybuilding:person_appoint": [person.pk],
        "partybuilding:person_password": [person.pk],
        "partybuilding:person_step": [person.pk, "deactivate"],
        "partybuilding:membership_post": [person.memberships.get().pk],
        "partybuilding:membership_end": [person.memberships.get().pk],
        "partybuilding:expert_group": [group.pk],
        "partybuilding:expert_group_edit": [group.pk],
    }
    return reverse(name, args=kwargs.get(name, []))


def may(role: str, name: str) -> bool:
    """Tell whether a role sees a screen of its own unit."""
    if role in ("department", "admin"):
        return True
    if name in OVERSEEN:
        return role in OVERSEERS
    return name in SEEN and role in {*OVERSEERS, "unit"}


@pytest.mark.parametrize("role", [*Role.values, "admin"])
@pytest.mark.parametrize("name", SCREENS)
def test_each_screen_is_shown_to_whom_it_is_for_and_does_not_exist_for_others(
    unit: Organization, place: Organization, person: Any, group: ExpertGroup, name: str, role: str
) -> None:
    user = (
        make_user(is_superuser=True)
        if role == "admin"
        else make_person(Role(role), unit if role == "unit" else None)
    )
    answer = client_of(user).get(address_of(name, place, person, group))
    assert (answer.status_code == 200) == may(role, name), answer.status_code
    if not may(role, name):
        assert answer.status_code in (302, 404)
        assert place.name not in answer.text


@pytest.mark.parametrize("name", sorted(SEEN - {"partybuilding:organization_tree"}))
def test_a_unit_finds_nothing_of_another(
    place: Organization, person: Any, group: ExpertGroup, name: str
) -> None:
    stranger = make_person(Role.UNIT)
    address = address_of(name, place, person, group)
    answer = client_of(stranger).get(address, {"q": place.name})
    assert answer.status_code == (200 if "index" in name else 404)
    if "index" in name:
        assert list(answer.context["object_list"]) == []


@pytest.mark.parametrize("role", [Role.UNIT, Role.TASK_FORCE, Role.AUDITOR, Role.EDITOR])
def test_what_is_posted_to_a_keepers_screen_by_another_does_nothing(
    unit: Organization, place: Organization, person: Any, group: ExpertGroup, role: Role
) -> None:
    client = client_of(make_person(role, unit))
    for name in sorted(KEPT):
        answer = client.post(address_of(name, place, person, group), {"password": "x"})
        assert answer.status_code == 404, name
    assert client.post(reverse("partybuilding:import_confirm")).status_code == 404
    place.refresh_from_db()
    person.refresh_from_db()
    assert place.is_active
    assert person.is_active
    assert person.check_password("demo")


def test_an_administrators_account_is_no_account_for_the_department(officer: Any) -> None:
    admin = make_user(is_superuser=True, first_name="系统管理员")
    held = services.appoint(admin, Role.EDITOR, make_unit(), by=None)
    client = client_of(officer)
    for name in ("person", "person_edit", "person_appoint", "person_password"):
        assert client.get(reverse(f"partybuilding:{name}", args=[admin.pk])).status_code == 404
    step = reverse("partybuilding:person_step", args=[admin.pk, "deactivate"])
    assert client.post(step).status_code == 404
    for name in ("membership_post", "membership_end"):
        assert client.post(reverse(f"partybuilding:{name}", args=[held.pk])).status_code == 404
    page = client.get(reverse("partybuilding:organization", args=[held.organization_id])).text
    assert reverse("partybuilding:membership_end", args=[held.pk]) not in page
    assert reverse("partybuilding:person", args=[admin.pk]) not in page


def test_wagtails_own_screens_of_users_are_for_administrators(officer: Any) -> None:
    for name in ("wagtailusers_users:index", "wagtailusers_users:add", "wagtailusers_groups:index"):
        assert client_of(officer).get(reverse(name)).status_code == 404
        assert client_of(make_user(is_superuser=True)).get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("organization_step", ["reactivate"]),
        ("organization_step", ["explode"]),
        ("person_step", ["reactivate"]),
        ("person_step", ["explode"]),
    ],
)
def test_a_step_that_does_not_fit_has_no_address(
    officer: Any, place: Organization, person: Any, name: str, args: list[str]
) -> None:
    pk = place.pk if name == "organization_step" else person.pk
    address = reverse(f"partybuilding:{name}", args=[pk, *args])
    assert client_of(officer).get(address).status_code == 404


# Organisations


def test_the_screen_of_an_organization_shows_all_that_belongs_to_it(officer: Any) -> None:
    cast = make_cast()
    project = make_project("submitted", cast)
    place = cast.organization
    below = make_organization(cast.organization.unit, parent=place)
    former = make_person(Role.APPLICANT, place, first_name="前任某")
    services.end_membership(former.memberships.get(), by=officer)
    page = client_of(officer).get(reverse("partybuilding:organization", args=[place.pk])).text
    for words in (
        place.name,
        place.code,
        place.unit.name,
        place.secretary_name,
        cast["applicant"].get_full_name(),
        "曾任人员（1）",
        "前任某",
        project.title,
        below.name,
        "新增党组织",
    ):
        assert words in page


def test_projects_that_a_user_may_not_see_are_not_listed() -> None:
    cast = make_cast()
    project = make_project("draft", cast, title="尚未提交的想法")
    address = reverse("partybuilding:organization", args=[cast.organization.pk])
    assert project.title in client_of(cast["unit"]).get(address).text
    project = make_project("submitted", make_cast(cast.cycle), title="别家的项目")
    assert "别家的项目" not in client_of(cast["unit"]).get(address).text


def fields(**changed: Any) -> dict[str, Any]:
    """Return the form of an organisation, filled in."""
    return {
        "name": "新设社区党委",
        "code": "NEW-1",
        "kind": "party_committee",
        "sector": "urban",
        "parent": "",
        "secretary_name": "李示例",
        "secretary_post": "书记",
        **changed,
    }


def test_an_organization_is_added_below_another_by_code_name_or_suggestion(
    officer: Any, unit: Organization
) -> None:
    client, address = client_of(officer), reverse("partybuilding:organization_add")
    for number, parent in enumerate([unit.code, unit.name, f"{unit.code} {unit.name}"]):
        facts = fields(code=f"NEW-{number}", name=f"新设{number}", parent=parent)
        answer = client.post(address, facts)
        found = Organization.objects.get(code=f"NEW-{number}")
        assert answer["Location"] == reverse("partybuilding:organization", args=[found.pk])
        assert (found.parent, found.unit) == (unit, unit)


def test_the_form_starts_below_the_organization_one_came_from(
    officer: Any, place: Organization
) -> None:
    address = reverse("partybuilding:organization_add")
    page = client_of(officer).get(address, {"parent": place.pk}).text
    assert f'value="{place.code} {place.name}"' in page
    assert client_of(officer).get(address, {"parent": "x"}).status_code == 200


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"name": ""}, "name", "必填"),
        ({"name": "taken"}, "name", "已有同名党组织"),
        ({"code": "taken"}, "code", "已被其他党组织使用"),
        ({"kind": "nonsense"}, "kind", "nonsense"),
        ({"parent": "没有这个"}, "parent", "没有此代码或名称"),
        ({"parent": ""}, None, "请填写上级党组织"),
    ],
)
def test_each_fault_of_the_form_is_said_beside_its_field(
    officer: Any, place: Organization, changed: dict[str, str], field: str | None, words: str
) -> None:
    taken = {"name": place.name, "code": place.code}
    given = {key: taken[key] if value == "taken" else value for key, value in changed.items()}
    facts = {**fields(parent=place.unit.code), **given}
    answer = client_of(officer).post(reverse("partybuilding:organization_add"), facts)
    form = answer.context["form"]
    errors = form.errors[field] if field else form.non_field_errors()
    assert words in "".join(errors)
    assert words in answer.text
    assert facts["secretary_post"] in answer.text


def test_an_organization_is_changed_and_what_a_service_refuses_is_said_in_the_form(
    officer: Any, place: Organization
) -> None:
    address = reverse("partybuilding:organization_edit", args=[place.pk])
    client = client_of(officer)
    assert place.parent.code in client.get(address).text
    facts = fields(name=place.name, code=place.code, parent=place.parent.code)
    assert client.post(address, facts).status_code == 302
    below = make_organization(place.unit, parent=place)
    answer = client.post(address, {**facts, "parent": below.code})
    assert "不能选本党组织或其下级党组织" in answer.text
    place.refresh_from_db()
    assert (place.secretary_post, place.parent) == ("书记", place.unit)


def test_an_organization_goes_out_of_use_comes_back_and_a_mistake_is_removed(
    officer: Any, place: Organization, person: Any
) -> None:
    client = client_of(officer)
    step = reverse("partybuilding:organization_step", args=[place.pk, "deactivate"])
    assert person.get_full_name() in client.get(step).text
    client.post(step)
    place.refresh_from_db()
    assert not place.is_active
    client.post(reverse("partybuilding:organization_step", args=[place.pk, "reactivate"]))
    remove = reverse("partybuilding:organization_step", args=[place.pk, "remove"])
    assert "改为停用" in client.post(remove).text
    mistake = make_organization(place.unit)
    remove = reverse("partybuilding:organization_step", args=[mistake.pk, "remove"])
    answer = client.post(remove)
    assert answer["Location"] == reverse("party_organizations_modeladmin_index")
    assert not Organization.objects.filter(pk=mistake.pk).exists()


def test_the_screen_tells_who_changed_what(officer: Any, place: Organization) -> None:
    before = place.secretary_name
    place.secretary_name, place.sector, place.is_reporting_unit = "", "rural", True
    services.save_organization(place, by=officer)
    page = client_of(officer).get(reverse("partybuilding:organization", args=[place.pk])).text
    for words in (
        officer.get_full_name(),
        f"书记：{before} → 空",
        "领域：城市 → 农村",
        "是否归口单位：否 → 是",
    ):
        assert words in page


def test_the_journal_stands_in_the_sites_history_for_administrators(place: Organization) -> None:
    admin = make_user(is_superuser=True)
    services.appoint(make_user(), Role.APPLICANT, place, by=admin, post="干事")
    page = client_of(admin).get(reverse("wagtailadmin_reports:site_history")).text
    assert "新增党组织" in page
    assert f"{place.name} · 申报人 · 干事" in page


# People


def person_fields(place: Organization, **changed: Any) -> dict[str, Any]:
    return {
        "name": "陈示例",
        "username": "shili01",
        "email": "chen@example.cn",
        "password": "Chuangxin-2026",
        "role": "applicant",
        "organization": place.code,
        "post": "党务干部",
        "since": "2026-01-01",
        **changed,
    }


def test_a_person_is_added_and_appointed_in_one_step(officer: Any, place: Organization) -> None:
    address = reverse("partybuilding:person_add")
    page = client_of(officer).get(address, {"organization": place.pk}).text
    assert f'value="{place.code} {place.name}"' in page
    answer = client_of(officer).post(address, person_fields(place))
    person = get_user_model().objects.get(username="shili01")
    assert answer["Location"] == reverse("partybuilding:person", args=[person.pk])
    assert (person.first_name, person.last_name) == ("陈示例", "")
    assert person.check_password("Chuangxin-2026")
    assert person.memberships.get().post == "党务干部"


def test_a_password_can_be_set_later(officer: Any, place: Organization) -> None:
    facts = person_fields(place, password="")
    answer = client_of(officer).post(reverse("partybuilding:person_add"), facts, follow=True)
    assert "未设密码" in answer.text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"username": "有 空格"}, "用户名"),
        ({"username": "taken"}, "登录名已被使用"),
        ({"email": "不是邮箱"}, "邮"),
        ({"role": ""}, "必填"),
        ({"role": "unit"}, "初审员须隶属于归口单位"),
        ({"organization": "没有"}, "没有此代码或名称"),
        ({"since": "昨天"}, "日期"),
        ({"password": "1"}, "密码"),
    ],
)
def test_a_faulty_person_is_not_added_and_the_fault_is_said(
    officer: Any, place: Organization, settings: Any, changed: dict[str, str], words: str
) -> None:
    name = "django.contrib.auth.password_validation.MinimumLengthValidator"
    settings.AUTH_PASSWORD_VALIDATORS = [{"NAME": name}]
    make_user(username="taken")
    address = reverse("partybuilding:person_add")
    answer = client_of(officer).post(address, person_fields(place, **changed))
    assert answer.status_code == 200
    form = answer.context["form"]
    assert words in "".join(text for texts in form.errors.values() for text in texts)
    assert not get_user_model().objects.filter(first_name="陈示例").exists()


def test_name_and_mail_address_are_changed(officer: Any, person: Any) -> None:
    address = reverse("partybuilding:person_edit", args=[person.pk])
    assert person.get_full_name() in client_of(officer).get(address).text
    client_of(officer).post(address, {"name": "新名", "email": "n@example.cn"})
    person.refresh_from_db()
    assert (person.get_full_name(), person.email) == ("新名", "n@example.cn")


def test_a_person_gets_a_further_role_another_post_and_an_end(
    officer: Any, person: Any, place: Organization
) -> None:
    client = client_of(officer)
    facts = {"role": "expert", "organization": place.code, "post": "讲师", "since": "2026-01-01"}
    client.post(reverse("partybuilding:person_appoint", args=[person.pk]), facts)
    held = person.memberships.get(role="expert")
    post = reverse("partybuilding:membership_post", args=[held.pk])
    client.post(post, {"post": "教授", "since": "2026-02-01"})
    present = person.memberships.get(role="expert", until=None)
    assert present.post == "教授"
    end = reverse("partybuilding:membership_end", args=[present.pk])
    assert "早于起始日期" in client.post(end, {"until": "2026-01-01"}).text
    client.post(end, {"until": ""})
    assert not person.memberships.filter(role="expert").current().exists()
    page = client.get(reverse("partybuilding:person", args=[person.pk])).text
    for words in ("讲师", "教授", "任职经历", "结束任职"):
        assert words in page
    ended = Membership.objects.filter(role="expert").last()
    gone = reverse("partybuilding:membership_end", args=[ended.pk])
    assert client.get(gone).status_code == 404


def test_a_new_password_is_typed_twice_and_strong_enough(
    officer: Any, person: Any, settings: Any
) -> None:
    name = "django.contrib.auth.password_validation.MinimumLengthValidator"
    settings.AUTH_PASSWORD_VALIDATORS = [{"NAME": name}]
    address = reverse("partybuilding:person_password", args=[person.pk])
    client = client_of(officer)
    assert "不一致" in client.post(address, {"password": "long-enough-1", "again": "x"}).text
    assert "至少" in client.post(address, {"password": "1", "again": "1"}).text
    signed_in = client_of(person)
    client.post(address, {"password": "long-enough-1", "again": "long-enough-1"})
    person.refresh_from_db()
    assert person.check_password("long-enough-1")
    assert signed_in.get(reverse("portal:home")).status_code == 302


def test_a_closed_account_is_signed_out_at_once_and_opened_again(officer: Any) -> None:
    person = make_person(Role.AUDITOR)
    inside = client_of(person)
    assert inside.get(reverse("wagtailadmin_home")).status_code == 200
    client = client_of(officer)
    step = reverse("partybuilding:person_step", args=[person.pk, "deactivate"])
    assert person.get_full_name() in client.get(step).text
    client.post(step)
    assert inside.get(reverse("wagtailadmin_home")).status_code == 302
    page = client.get(reverse("partybuilding:person", args=[person.pk])).text
    assert "恢复账号" in page
    client.post(reverse("partybuilding:person_step", args=[person.pk, "reactivate"]))
    person.refresh_from_db()
    assert person.is_active


def test_ones_own_account_is_not_offered_to_be_closed(officer: Any) -> None:
    page = client_of(officer).get(reverse("partybuilding:person", args=[officer.pk])).text
    assert "停用账号" not in page
    step = reverse("partybuilding:person_step", args=[officer.pk, "deactivate"])
    assert "不能停用本人账号" in client_of(officer).post(step).text


def test_a_unit_reads_no_mail_address_and_no_journal_of_a_person(
    unit: Organization, person: Any
) -> None:
    services.rename_person(person, name="李示例", email="private@example.cn", by=None)
    address = reverse("partybuilding:person", args=[person.pk])
    page = client_of(make_person(Role.UNIT, unit)).get(address).text
    assert "private@example.cn" not in page
    assert "变更记录" not in page


# Expert groups


def test_a_group_is_formed_of_experts_and_shows_its_projects(officer: Any) -> None:
    expert = make_person(Role.EXPERT, first_name="专家甲")
    client = client_of(officer)
    address = reverse("partybuilding:expert_group_add")
    assert "专家甲" in client.get(address).text
    answer = client.post(address, {"name": "第九组", "members": [expert.pk]})
    group = ExpertGroup.objects.get(name="第九组")
    assert answer["Location"] == reverse("partybuilding:expert_group", args=[group.pk])
    project = make_project("first_passed", make_cast())
    group.assignments.create(project=project)
    page = client.get(answer["Location"]).text
    assert "专家甲" in page
    assert project.title in page


def test_a_group_is_formed_anew_and_a_taken_name_is_refused(
    officer: Any, group: ExpertGroup
) -> None:
    client, other = client_of(officer), make_group()
    address = reverse("partybuilding:expert_group_edit", args=[group.pk])
    answer = client.post(address, {"name": other.name, "members": []})
    assert "已有同名评审组" in answer.text
    outsider = make_person(Role.UNIT)
    answer = client.post(address, {"name": group.name, "members": [outsider.pk]})
    assert answer.context["form"].errors["members"]
    client.post(address, {"name": "改名组", "members": []})
    group.refresh_from_db()
    assert (group.name, group.members.count()) == ("改名组", 0)


# What it costs


@pytest.mark.parametrize("name", ["organization", "person", "organization_tree"])
def test_a_screen_takes_as_many_queries_for_much_as_for_little(
    officer: Any, place: Organization, person: Any, name: str
) -> None:
    args = {"organization": [place.pk], "person": [person.pk]}.get(name, [])
    client, address = client_of(officer), reverse(f"partybuilding:{name}", args=args)
    client.get(address)
    little = queries_of(client, address)
    for _number in range(5):
        make_organization(place.unit, parent=place)
        make_person(Role.APPLICANT, place)
        services.appoint(person, Role.EXPERT, make_organization(place.unit), by=officer)
    assert queries_of(client, address) == little
