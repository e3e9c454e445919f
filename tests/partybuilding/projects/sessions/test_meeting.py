"""The screens of decision sessions: list, opening, meeting mode, summary and closing."""

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from partybuilding.projects.desk import session_lines
from partybuilding.projects.models import DecisionSession, Project, SessionItem
from partybuilding.projects.services import close_session, note_decision, open_session, rate
from tests.factories import (
    Cast,
    make_cast,
    make_organization,
    make_person,
    make_project,
    open_cycle,
)
from tests.factories.projects import assess
from tests.factories.screens import client_of, misled, queries_of

pytestmark = pytest.mark.django_db
SESSIONS = "/admin/party/sessions/"
STAFF = ("department", "auditor", "taskforce", "unit", "editor", "publisher")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def session(cast: Cast) -> DecisionSession:
    """Three projects of three fields, all prepared."""
    for sector in ("rural", "urban", "school"):
        project = make_project("first_passed", cast)
        assess(project, cast)
        Project.objects.filter(pk=project.pk).update(sector=sector, title=f"{sector}项目")
    return open_session(cast.cycle, "2026年度立项评审会", by=cast["department"])


@pytest.fixture
def officer(cast: Cast) -> Client:
    return client_of(cast["department"])


def items(session: DecisionSession) -> list[SessionItem]:
    return list(session.items.select_related("project"))


def address(item: SessionItem) -> str:
    return reverse("partybuilding:session_item", args=[item.session_id, item.pk])


def summary(session: DecisionSession) -> str:
    return reverse("partybuilding:session_summary", args=[session.pk])


def fresh(user: Any) -> Any:
    return type(user).objects.get(pk=user.pk)


def said(answer: Any) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request)).strip()


# Who has which screen


@pytest.mark.parametrize("role", STAFF)
def test_sessions_are_seen_by_department_and_auditors(
    cast: Cast, session: DecisionSession, role: str
) -> None:
    client, item = client_of(cast[role]), items(session)[0]
    expected = 200 if role in {"department", "auditor"} else 404
    for url in (
        SESSIONS,
        address(item),
        summary(session),
        f"{SESSIONS}{session.pk}/pulse/",
        f"{SESSIONS}{session.pk}/list.docx",
    ):
        assert client.get(url).status_code == expected, url
    entered = client.get(f"{SESSIONS}{session.pk}/").status_code
    assert entered == (302 if expected == 200 else 404)


@pytest.mark.parametrize("role", STAFF)
def test_only_the_department_acts(cast: Cast, session: DecisionSession, role: str) -> None:
    client, item = client_of(cast[role]), items(session)[0]
    cycle = make_cast(open_cycle())
    make_project("first_passed", cycle)
    opening = client.get(f"{SESSIONS}open/{cycle.cycle.pk}/").status_code
    noting = client.post(address(item), {"decision": "defer"}).status_code
    closing = client.post(summary(session), {}).status_code
    assert (opening, noting, closing) == ((200, 302, 200) if role == "department" else (404,) * 3)


def test_an_administrator_looks_on(session: DecisionSession) -> None:
    administrator = make_person(Role.EDITOR, is_superuser=True)
    client = client_of(administrator)
    assert "由区委组织部人员登记" in client.get(address(items(session)[0])).content.decode()
    assert client.post(address(items(session)[0]), {"decision": "defer"}).status_code == 404


def test_applicants_and_experts_do_not_come_in(cast: Cast, session: DecisionSession) -> None:
    for role in ("applicant", "expert"):
        answer = client_of(cast[role]).get(SESSIONS)
        assert answer.status_code == 302
        assert "/login/" in answer["Location"]


def test_items_of_another_session_have_no_address_here(
    cast: Cast, session: DecisionSession, officer: Client
) -> None:
    other = make_cast(open_cycle())
    make_project("first_passed", other)
    second = open_session(other.cycle, "另一场", by=cast["department"])
    stray = reverse("partybuilding:session_item", args=[session.pk, second.items.get().pk])
    assert officer.get(stray).status_code == 404
    assert officer.get(f"{SESSIONS}999999/").status_code == 404


# The list, and opening


def test_the_list_offers_to_open_and_then_to_enter(cast: Cast, officer: Client) -> None:
    assert "没有开过立项评审会" in officer.get(SESSIONS).content.decode()
    assess(make_project("first_passed", cast), cast)
    page = officer.get(SESSIONS)
    assert [year for year, _counts in page.context["waiting"]] == [cast.cycle]
    url = f"{SESSIONS}open/{cast.cycle.pk}/"
    form = officer.get(url)
    assert form.context["form"]["title"].value().startswith(f"{cast.cycle.year}年度立项评审会（")
    assert [(c.sector.code, c.waiting, c.ready, c.lacking) for c, _t in form.context["rows"]] == [
        ("urban", 1, 1, 0)
    ]
    answer = officer.post(url, {"title": "评审会", "sectors": ["urban"]})
    session = DecisionSession.objects.get()
    assert answer["Location"] == f"{SESSIONS}{session.pk}/"
    page = officer.get(SESSIONS)
    assert (page.context["open_ones"], page.context["waiting"]) == ([session], [])
    close_session(session, by=cast["department"])
    assert officer.get(SESSIONS).context["closed_ones"][0].n_undecided == 1


def test_only_the_chosen_fields_come_before_the_session(cast: Cast, officer: Client) -> None:
    for sector in ("rural", "urban"):
        project = make_project("first_passed", cast)
        Project.objects.filter(pk=project.pk).update(sector=sector)
    officer.post(f"{SESSIONS}open/{cast.cycle.pk}/", {"title": "评审会", "sectors": ["rural"]})
    assert [item.project.sector for item in DecisionSession.objects.get().items.all()] == ["rural"]


def test_no_title_no_field_and_a_second_session_are_said(
    session: DecisionSession, cast: Cast, officer: Client
) -> None:
    url = f"{SESSIONS}open/{cast.cycle.pk}/"
    answer = officer.post(url, {"title": "", "sectors": []})
    assert set(answer.context["form"].errors) == {"title", "sectors"}
    answer = officer.post(url, {"title": "再开一次", "sectors": ["rural"]})
    assert "已有进行中的立项评审会" in answer.content.decode()


def test_a_year_without_waiting_projects_opens_nothing(cast: Cast, officer: Client) -> None:
    page = officer.get(f"{SESSIONS}open/{cast.cycle.pk}/").content.decode()
    assert "目前没有待立项评审的项目" in page
    assert officer.get(f"{SESSIONS}open/999999/").status_code == 404


def test_the_first_screen_leads_into_the_open_session(cast: Cast, session: DecisionSession) -> None:
    (line,) = session_lines(cast["department"])
    assert (line.count, line.url) == (3, f"{SESSIONS}{session.pk}/?show=undecided")
    note_decision(session.items.first(), "send_back", by=cast["department"], reason="范围不符")
    lines = list(session_lines(cast["department"]))
    assert ([one.count for one in lines], misled(cast["department"], lines)) == ([2], [])


# Meeting mode


def test_one_enters_at_the_first_project_that_is_not_discussed(
    cast: Cast, session: DecisionSession, officer: Client
) -> None:
    first, second, third = items(session)
    assert officer.get(f"{SESSIONS}{session.pk}/")["Location"] == address(first)
    note_decision(first, "defer", by=cast["department"])
    assert officer.get(f"{SESSIONS}{session.pk}/")["Location"] == address(second)
    for item in (second, third):
        note_decision(item, "defer", by=cast["department"])
    assert officer.get(f"{SESSIONS}{session.pk}/")["Location"] == address(first)
    close_session(session, by=cast["department"])
    assert officer.get(f"{SESSIONS}{session.pk}/")["Location"] == summary(session)


def test_the_screen_has_every_fact(cast: Cast, session: DecisionSession, officer: Client) -> None:
    item = items(session)[1]
    save_partners_past_submission(item.project)
    page = officer.get(address(item)).content.decode()
    for words in (
        "第2项，共3项",
        item.project.code,
        "urban项目",
        cast.organization.name,
        cast.organization.unit.name,
        "联合街道党工委",
        "小区停车、楼道堆物等矛盾多",
        "党员认领楼栋",
        "全年办结居民议题",
        "12个小区全覆盖",
        "同意推荐。",
        "组织部一行3人",
        "总排名：1/3",
        "城市领域：1/1",
        "35/40",
        "王示例",
        "rural项目",
    ):
        assert words in page, words


def test_the_screen_says_why_the_unit_did_not_recommend(cast: Cast, officer: Client) -> None:
    project = make_project("not_recommended", cast)
    session = open_session(cast.cycle, "2026年度立项评审会", by=cast["department"])
    page = officer.get(address(session.items.get(project=project))).content.decode()
    assert re.search(r"初审不予推荐</strong\s*>：方案不完善\s*</p>", page)


def save_partners_past_submission(project: Project) -> None:
    partner = make_organization(name="联合街道党工委")
    project.partners.create(organization=partner)


def test_rank_is_by_points_and_ties_share_a_place(
    cast: Cast, session: DecisionSession, officer: Client
) -> None:
    first, second, third = items(session)
    best = {one.pk: one.points for one in cast.cycle.criteria.all()}
    rate(third.project, best, by=cast["department"])
    second.project.ratings.all().delete()
    ranks = [officer.get(address(item)).context["facts"].rank for item in (first, second, third)]
    assert (ranks[0].overall, ranks[0].of, ranks[2].overall) == (2, 2, 1)
    assert ranks[1] is None
    assert "待立项初评" in officer.get(address(second)).content.decode()


def test_deciding_and_undoing_need_no_javascript(session: DecisionSession, officer: Client) -> None:
    item = items(session)[0]
    answer = officer.post(address(item), {"decision": "approve"}, follow=True)
    assert "已记：立项" in answer.content.decode()
    assert answer.context["tally"]["left"] == 63
    answer = officer.post(address(item), {"decision": "undo"}, follow=True)
    assert "已撤销" in answer.content.decode()
    assert answer.context["tally"]["approve"] == 0


def test_a_refusal_needs_its_ground_and_keeps_what_was_typed(
    session: DecisionSession, officer: Client
) -> None:
    item = items(session)[0]
    page = officer.get(address(item), {"decide": "decline"})
    assert [row["decision"] for row in page.context["dialogs"] if row["open"]] == ["decline"]
    answer = officer.post(address(item), {"decision": "decline", "reason": "重复申报。"})
    assert answer.status_code == 422
    assert "请至少选择一项" in answer.content.decode()
    assert "重复申报。" in answer.content.decode()
    other = {"decision": "decline", "grounds": ["other"]}
    assert officer.post(address(item), other).status_code == 422
    given = {**other, "grounds": ["other", "plan_incomplete"], "reason": "重复申报。"}
    assert officer.post(address(item), given).status_code == 302
    item.refresh_from_db()
    assert (item.decision, item.grounds) == ("decline", ["other", "plan_incomplete"])
    form = officer.get(address(item)).context["dialogs"][1]["form"]
    assert form["reason"].value() == "重复申报。"


def test_returning_needs_words(session: DecisionSession, officer: Client) -> None:
    item = items(session)[0]
    assert officer.post(address(item), {"decision": "send_back"}).status_code == 422
    given = {"decision": "send_back", "reason": "请补充责任人。"}
    assert officer.post(address(item), given).status_code == 302


def test_an_unknown_decision_has_no_answer(session: DecisionSession, officer: Client) -> None:
    assert officer.post(address(items(session)[0]), {"decision": "promote"}).status_code == 404


def test_beyond_the_quota_the_reason_is_asked_for(
    cast: Cast, session: DecisionSession, officer: Client
) -> None:
    cast.cycle.approval_quota = 1
    cast.cycle.save()
    first, second, _third = items(session)
    officer.post(address(first), {"decision": "approve"})
    assert officer.get(address(first)).context["over_quota"] is False
    assert officer.get(address(second)).context["over_quota"] is True
    answer = officer.post(address(second), {"decision": "approve"})
    assert answer.status_code == 422
    assert "立项名额已满" in answer.content.decode()
    given = {"decision": "approve", "quota_reason": "区委专题会议同意增加。"}
    page = officer.post(address(second), given, follow=True)
    assert page.context["tally"]["over"] == 1
    assert "超出" in page.content.decode()


def test_an_officer_of_the_applicants_neither_notes_nor_reads_the_reviews(
    cast: Cast, session: DecisionSession
) -> None:
    appoint(cast["department"], Role.APPLICANT, cast.organization, by=None)
    client, item = client_of(fresh(cast["department"])), items(session)[0]
    page = client.get(address(item))
    assert "应当回避" in page.content.decode()
    assert "组织部一行3人" not in page.content.decode()
    assert "同意推荐。" not in page.content.decode()
    assert page.context["dialogs"] == []
    answer = client.post(address(item), {"decision": "approve"})
    assert answer.status_code == 409
    item.refresh_from_db()
    assert item.decision == ""


def test_what_is_missing_is_named_with_its_form(
    cast: Cast, session: DecisionSession, officer: Client
) -> None:
    item = items(session)[0]
    item.project.four_ones.all().delete()
    item.project.assessments.all().delete()
    page = officer.get(address(item)).content.decode()
    assert "补齐前立项不能生效" in page
    for name in ("assess", "four_ones"):
        assert f"{reverse(f'partybuilding:{name}', args=[item.project_id])}?next=" in page
    assert officer.post(address(item), {"decision": "approve"}).status_code == 302


def test_a_withdrawn_project_says_so_and_is_not_noted(
    cast: Cast, session: DecisionSession, officer: Client
) -> None:
    item = items(session)[0]
    move(item.project, "withdraw", by=cast["applicant"], reason="条件不成熟。")
    assert "项目当前为“已撤回”" in officer.get(address(item)).content.decode()
    assert officer.post(address(item), {"decision": "defer"}).status_code == 409


def test_noting_over_a_colleague_says_whose_it_was(
    cast: Cast, session: DecisionSession, officer: Client
) -> None:
    colleague = make_person(Role.DEPARTMENT, first_name="陈示明", last_name="")
    item = items(session)[0]
    note_decision(item, "defer", by=colleague)
    assert "陈示明" in officer.get(address(item)).content.decode()
    answer = officer.post(address(item), {"decision": "approve"}, follow=True)
    assert "已替换陈示明于" in answer.content.decode()
    answer = officer.post(address(item), {"decision": "defer"}, follow=True)
    assert "已替换" not in answer.content.decode()


def test_the_pulse_tells_of_a_colleagues_note(
    cast: Cast, session: DecisionSession, officer: Client
) -> None:
    url = f"{SESSIONS}{session.pk}/pulse/"
    before = officer.get(url).json()["stamp"]
    assert officer.get(address(items(session)[0])).context["stamp"] == before
    note_decision(items(session)[1], "defer", by=make_person(Role.DEPARTMENT))
    assert officer.get(url).json()["stamp"] != before


def test_next_and_previous_stay_within_the_narrowed_agenda(
    cast: Cast, session: DecisionSession, officer: Client
) -> None:
    first, second, third = items(session)
    note_decision(second, "defer", by=cast["department"])
    page = officer.get(address(first), {"show": "undecided"})
    assert [row["item"] for row in page.context["agenda"]] == [first, third]
    assert page.context["next"] == f"{address(third)}?show=undecided"
    assert page.context["previous"] == ""
    answer = officer.post(f"{address(first)}?show=undecided", {"decision": "approve"})
    assert answer["Location"] == f"{address(first)}?show=undecided"
    page = officer.get(address(third), {"show": "nonsense"})
    assert (page.context["show"], page.context["previous"]) == ("", address(second))
    page = officer.get(address(first), {"show": "send_back"})
    assert "此类暂无项目" in page.content.decode()


def test_a_closed_session_is_only_read(
    cast: Cast, session: DecisionSession, officer: Client
) -> None:
    item = items(session)[0]
    note_decision(item, "approve", by=cast["department"])
    close_session(session, by=cast["department"])
    page = officer.get(address(item)).content.decode()
    assert "议定：立项" in page
    assert 'name="decision"' not in page
    assert officer.post(address(item), {"decision": "defer"}).status_code == 409


@pytest.mark.parametrize("place", ["item", "summary"])
def test_a_session_takes_the_same_queries_for_any_number(
    cast: Cast, officer: Client, place: str
) -> None:
    numbers = []
    for number in (10, 300):
        grow(cast, number)
        session = open_session(cast.cycle, "评审会", by=cast["department"])
        url = address(items(session)[0]) if place == "item" else summary(session)
        officer.get(url)
        numbers.append(queries_of(officer, url))
        session.delete()
    assert numbers[0] == numbers[1]


def grow(cast: Cast, number: int) -> None:
    """Fill the year up to this number of waiting projects; copies are enough for a list."""
    model = Project.objects.filter(cycle=cast.cycle).first() or make_project("first_passed", cast)
    missing = number - Project.objects.filter(cycle=cast.cycle).count()
    start = Project.objects.count()
    Project.objects.bulk_create(
        [
            Project(
                cycle=model.cycle,
                organization=model.organization,
                sector=model.sector,
                title=f"项目{start + n}",
                code=f"X-{start + n}",
                state=model.state,
            )
            for n in range(missing)
        ]
    )


# Summary and closing


def test_the_summary_arranges_by_decision_and_warns(
    cast: Cast, session: DecisionSession, officer: Client
) -> None:
    first, second, third = items(session)
    note_decision(first, "approve", by=cast["department"])
    first.project.ratings.all().delete()
    note_decision(second, "decline", by=cast["department"], grounds=["no_highlight"])
    move(second.project, "withdraw", by=cast["applicant"], reason="条件不成熟。")
    page = officer.get(summary(session))
    parts = {code: [item.pk for item in chosen] for code, _label, chosen in page.context["parts"]}
    assert parts == {
        "approve": [first.pk],
        "decline": [second.pk],
        "send_back": [],
        "defer": [],
        "undecided": [third.pk],
        "refused": [],
    }
    said_of = {item.pk: str(item.problems) for item in page.context["with_problems"]}
    assert "尚未补齐" in said_of[first.pk]
    assert "已撤回" in said_of[second.pk]
    assert "有1项尚未议定" in page.content.decode()


def test_the_summary_warns_of_an_application_handed_in_anew(
    cast: Cast, session: DecisionSession, officer: Client
) -> None:
    item = items(session)[0]
    note_decision(item, "decline", by=cast["department"], grounds=["no_highlight"])
    SessionItem.objects.filter(pk=item.pk).update(decided_at=item.project.created_at)
    assert "请重新议定" in officer.get(summary(session)).content.decode()


def test_approvals_over_the_quota_without_reason_are_counted(
    cast: Cast, session: DecisionSession, officer: Client
) -> None:
    for item in items(session):
        note_decision(item, "approve", by=cast["department"])
    cast.cycle.approval_quota = 1
    cast.cycle.save()
    assert officer.get(summary(session)).context["over"] == 2
    note_decision(items(session)[0], "approve", by=cast["department"], quota_reason="同意增加。")
    page = officer.get(summary(session))
    assert page.context["over"] == 1
    assert "未填写超额理由" in page.content.decode()


def close(client: Client, session: DecisionSession, **changes: Any) -> Any:
    stamp = client.get(summary(session)).context["form"]["stamp"].value()
    return client.post(summary(session), {"stamp": stamp, "confirmed": "on", **changes})


def test_closing_shows_each_result(cast: Cast, session: DecisionSession, officer: Client) -> None:
    first, second, third = items(session)
    note_decision(first, "approve", by=cast["department"])
    note_decision(second, "approve", by=cast["department"])
    second.project.ratings.all().delete()
    answer = close(officer, session)
    assert answer["Location"] == summary(session)
    assert said(answer) == "会议已结束：1项生效，1项未生效。"
    page = officer.get(summary(session))
    parts = {code: chosen for code, _label, chosen in page.context["parts"]}
    assert ([i.pk for i in parts["approve"]], [i.pk for i in parts["refused"]]) == (
        [first.pk],
        [second.pk],
    )
    assert parts["undecided"] == [third]
    assert (page.context["tally"]["refused"], page.context["tally"]["total"]) == (1, 3)
    assert page.context["letters"] == {first.project_id}
    assert "请先完成各项标准的立项初评" in page.content.decode()


def test_closing_again_changes_nothing(session: DecisionSession, officer: Client) -> None:
    close(officer, session)
    officer.get(summary(session))
    answer = officer.post(summary(session), {"stamp": "x", "confirmed": "on"})
    assert answer["Location"] == summary(session)
    assert said(answer) == ""


def test_closing_is_confirmed(session: DecisionSession, officer: Client) -> None:
    answer = close(officer, session, confirmed="")
    assert "请先确认议定清单已核对" in answer.content.decode()
    assert DecisionSession.objects.get().is_open


def test_what_changed_since_the_list_was_read_is_read_again(
    cast: Cast, session: DecisionSession, officer: Client
) -> None:
    stamp = officer.get(summary(session)).context["form"]["stamp"].value()
    note_decision(items(session)[0], "approve", by=make_person(Role.DEPARTMENT))
    answer = officer.post(summary(session), {"stamp": stamp, "confirmed": "on"})
    assert "请重新核对" in answer.content.decode()
    assert DecisionSession.objects.get().is_open
    again = answer.context["form"]["stamp"].value()
    officer.post(summary(session), {"stamp": again, "confirmed": "on"})
    assert not DecisionSession.objects.get().is_open


def test_an_auditor_reads_the_summary_without_the_form(
    cast: Cast, session: DecisionSession
) -> None:
    page = client_of(cast["auditor"]).get(summary(session)).content.decode()
    assert "结束会议，议定生效" not in page
