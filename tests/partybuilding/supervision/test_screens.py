"""The staff screens of supervision: who opens them, what they offer, what they write."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from partybuilding.core.desk.lines import desk_of
from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from partybuilding.projects.models import Project
from partybuilding.supervision.models import Activity, Rectification, Visit
from partybuilding.supervision.selectors.board import months_of
from tests.factories import Cast, make_cast, make_organization, make_person, make_project
from tests.factories.pictures import photograph
from tests.factories.screens import client_of, queries_of
from tests.factories.supervision import (
    checks_of,
    finding,
    make_activity,
    make_rectification,
    make_visit,
)

pytestmark = pytest.mark.django_db
BOARD, ACTIVITIES = "/admin/party/supervision/", "/admin/party/activities/"
RECTIFICATIONS = "/admin/party/rectifications/"
MEETING, PLAN = f"{BOARD}meeting/", f"{BOARD}plan/"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    return make_project("implementing", cast)


def url(name: str, row: Any, *more: Any) -> str:
    return reverse(f"partybuilding:{name}", args=[row.pk, *more])


def sent(**given: Any) -> dict[str, Any]:
    """Return a filled-in record with no finding."""
    rows = {f"finding-{at}-rectify_by": "2025-05-27" for at in range(8)}
    return {
        "held_on": "2025-05-13",
        "participants": "郝示例",
        "summary": "分工上墙。",
        "finding-TOTAL_FORMS": "8",
        "finding-INITIAL_FORMS": "0",
        **rows,
        **given,
    }


@pytest.mark.parametrize(
    ("role", "plan", "file"),
    [
        ("unit", 200, 200),
        ("department", 200, 200),
        ("taskforce", 200, 200),
        ("auditor", 200, 200),
        ("editor", 404, 200),
        ("publisher", 404, 200),
        ("applicant", 302, 302),
        ("expert", 302, 302),
    ],
)
def test_each_role_opens_what_it_may(
    cast: Cast, project: Project, role: str, plan: int, file: int
) -> None:
    one = make_rectification("reported", cast, project)
    client = client_of(cast[role])
    assert client.get(BOARD).status_code == plan
    for address in (ACTIVITIES, RECTIFICATIONS):
        assert client.get(address).status_code in {plan, 302 if plan == 404 else plan}
    for address in (url("activity", one.activity), url("rectification", one)):
        assert client.get(address).status_code == file


def test_what_is_of_another_unit_does_not_exist(cast: Cast, project: Project) -> None:
    one = make_rectification("reported", cast, project)
    stranger = client_of(make_person(Role.UNIT, make_organization().unit))
    for address in (BOARD, ACTIVITIES, RECTIFICATIONS):
        assert project.title not in stranger.get(address).text
    for address in (
        url("activity", one.activity),
        url("visit", one.activity),
        url("rectification", one),
        url("rectification_step", one, "verify"),
    ):
        assert stranger.get(address).status_code == 404
    assert stranger.post(url("visit_pictures", one.activity)).status_code == 404


def test_screens_of_the_task_force_do_not_exist_for_others(cast: Cast, project: Project) -> None:
    site = make_activity(project)
    for role in ("department", "unit", "auditor"):
        client = client_of(cast[role])
        for address in (PLAN, MEETING, url("visit", site)):
            assert client.get(address).status_code == 404
        assert url("visit", site) not in client.get(url("activity", site)).text
        assert "补全本年度计划" not in client.get(BOARD).text
    torn = make_person(Role.TASK_FORCE)
    appoint(torn, Role.APPLICANT, cast.organization, by=None)
    assert client_of(torn).get(url("visit", site)).status_code == 404


# The board and the register


@pytest.mark.parametrize("rows", ["unit", "officer"])
@pytest.mark.parametrize("columns", ["quarter", "month"])
def test_every_number_of_the_board_opens_its_list(
    cast: Cast, project: Project, rows: str, columns: str
) -> None:
    make_visit(project, cast)
    make_activity(project, "dispatch", due_on=date(2025, 5, 9))
    client = client_of(cast["taskforce"])
    answer = client.get(BOARD, {"rows": rows, "columns": columns})
    for line in answer.context["lines"]:
        for item in [*line["cells"], line["total"]]:
            cell = item["cell"]
            if cell.planned:
                assert listed(client, item["href"]) == cell.planned
            if cell.overdue:
                assert listed(client, item["overdue_href"]) == cell.overdue
    for fact in answer.context["facts"]:
        assert listed(client, fact["href"]) == fact["count"]


def listed(client: Any, address: str) -> int:
    return client.get(address).context["paginator"].count


def test_unknown_choices_of_the_board_are_ignored(cast: Cast, project: Project) -> None:
    asked = {"cycle": "x", "rows": "x", "columns": "x", "kind": "x"}
    answer = client_of(cast["taskforce"]).get(BOARD, asked)
    assert answer.status_code == 200
    assert answer.context["total"]["cell"].planned == Activity.objects.visits().count()
    of_kind = client_of(cast["taskforce"]).get(BOARD, {"kind": "observation"})
    assert of_kind.context["total"]["cell"].planned == 4


def test_an_empty_board_says_so(cast: Cast) -> None:
    assert "暂无督导计划" in client_of(cast["taskforce"]).get(BOARD).text


def test_the_plan_of_a_year_is_completed_by_a_button(cast: Cast, project: Project) -> None:
    Activity.objects.filter(quarter=3).delete()
    address = reverse("partybuilding:supervision_draw_up", args=[cast.cycle.pk])
    client = client_of(cast["taskforce"])
    assert client.get(address).status_code == 405
    assert "已补充6项督导活动" in client.post(address, follow=True).text
    assert "计划已完整" in client.post(address, follow=True).text
    refused = client_of(cast["department"]).post(address, follow=True)
    assert "督导计划由工作专班编制。" in refused.text


NARROWED = [
    ("", 25),
    ("?quarter=2025-2", 4),
    ("?kind=site&kind=dispatch", 14),
    ("?standing=held", 1),
    ("?standing=overdue", 1),
    ("?due=overdue", 1),
    ("?officer=none", 24),
    ("?month=2025-05", 1),
    ("?findings=some", 1),
    ("?findings=open", 1),
    ("?quarter=2025-2&quarter=2025-3&kind=site", 2),
    ("?q=邻里", 25),
    ("?q=没有", 0),
    ("?kind=nonsense&month=x&quarter=y", 25),
]


def test_the_register_is_narrowed(cast: Cast, project: Project) -> None:
    make_visit(project, cast, finding())
    make_activity(project, "dispatch", due_on=date(2025, 5, 9))
    client = client_of(cast["taskforce"])
    assert {query: listed(client, ACTIVITIES + query) for query, _n in NARROWED} == dict(NARROWED)


@pytest.mark.parametrize(
    ("day", "month", "found"),
    [
        (date(2025, 4, 30), "2025-05", 1),
        (date(2025, 5, 1), "2025-05", 2),
        (date(2025, 5, 31), "2025-05", 2),
        (date(2025, 6, 1), "2025-05", 1),
        (date(2025, 12, 31), "2025-12", 2),
        (date(2026, 1, 1), "2025-12", 1),
    ],
)
def test_a_month_has_its_first_and_its_last_day(
    cast: Cast, project: Project, day: date, month: str, found: int
) -> None:
    inside = date.fromisoformat(f"{month}-15")
    kept = [make_activity(project, "dispatch", planned_on=day).pk]
    kept.append(make_activity(project, "site", planned_on=inside).pk)
    Activity.objects.exclude(pk__in=kept).delete()
    assert listed(client_of(cast["taskforce"]), f"{ACTIVITIES}?month={month}") == found
    assert set(months_of(cast["taskforce"])) == {day.replace(day=1), inside.replace(day=1)}


FINDINGS = [
    ("", 2),
    ("?state=issued", 1),
    ("?desk=mine", 1),
    ("?late=late", 1),
    ("?late=moved", 0),
    ("?kind=site", 1),
    ("?due=overdue", 1),
]


def test_the_register_of_findings_is_narrowed(cast: Cast, project: Project) -> None:
    make_rectification("reported", cast, project)
    late = make_rectification("issued", cast, project, kind="dispatch")
    day = timezone.localdate() - timedelta(days=3)
    Rectification.objects.filter(pk=late.pk).update(first_deadline=day, rectify_by=day, due_on=day)
    client = client_of(cast["taskforce"])
    found = {query: listed(client, RECTIFICATIONS + query) for query, _n in FINDINGS}
    assert found == dict(FINDINGS)


def test_the_registers_are_exported_as_they_are_filtered(cast: Cast, project: Project) -> None:
    make_visit(project, cast, finding(HOSTILE))
    client = client_of(cast["taskforce"])
    sheet = load_workbook(BytesIO(client.get(f"{ACTIVITIES}?kind=site&export=xlsx").content)).active
    rows = list(sheet.values)
    assert len(rows) == 8
    assert {row[4] for row in rows[1:]} == {"实地督导"}
    answer = client.get(f"{RECTIFICATIONS}?export=xlsx")
    [_head, row] = list(load_workbook(BytesIO(answer.content)).active.values)
    assert row[0] == HOSTILE


def test_every_screen_asks_as_much_of_many_rows_as_of_few(cast: Cast, project: Project) -> None:
    one = make_rectification("reported", cast, project)
    client = client_of(cast["taskforce"])
    address = url("activity", one.activity)
    screens = (
        BOARD,
        f"{BOARD}?rows=officer&columns=month",
        ACTIVITIES,
        RECTIFICATIONS,
        "/admin/",
        MEETING,
        address,
    )
    for screen in screens:  # what a process looks up once
        queries_of(client, screen)
    few = {screen: queries_of(client, screen) for screen in screens}
    for title in ("甲", "乙", "丙"):
        other = make_project("implementing", cast, title=title)
        make_rectification("reported", cast, other)
    Activity.objects.exclude(kind="site").update(officer=cast["taskforce"])
    assert {screen: queries_of(client, screen) for screen in screens} == few


# Planning


def test_ticked_activities_get_day_and_officer(cast: Cast, project: Project) -> None:
    site, held = make_activity(project), make_visit(project, cast, kind="dispatch").activity
    client = client_of(cast["taskforce"])
    keys = [site.pk, held.pk]
    form = client.get(PLAN, {"id": keys, "next": f"{ACTIVITIES}?kind=site"})
    assert "安排2项督导的日期和责任人" in form.text
    empty = client.post(PLAN, {"id": keys})
    assert "请填写日期或选择责任人。" in empty.text
    given = {"id": keys, "planned_on": "2025-05-20", "officer": cast["taskforce"].pk}
    answer = client.post(PLAN, given)
    assert "已安排1项，未成功1项" in answer.text
    site.refresh_from_db()
    assert (site.planned_on, site.officer) == (date(2025, 5, 20), cast["taskforce"])
    single = client.get(PLAN, {"id": site.pk})
    assert 'value="2025-05-20"' in single.text
    assert "未勾选督导活动。" in client.get(PLAN, {"id": ["x", "0"]}).text


def test_a_meeting_is_recorded_for_the_ticked_projects(cast: Cast, project: Project) -> None:
    second = make_project("implementing", cast, title="第二个项目")
    first, other = make_activity(project, "dispatch"), make_activity(second, "dispatch")
    client = client_of(cast["taskforce"])
    form = client.get(MEETING)
    assert project.title in form.text
    assert form.context["form"]["participants"].value() == cast["taskforce"].first_name
    given = {"held_on": "2025-05-13", "participants": "各项目书记", "summary": "过进度。"}
    assert "请至少勾选一个项目。" in client.post(MEETING, given).text
    ahead = client.post(MEETING, {**given, "held_on": "2025-05-14", "id": first.pk})
    assert "开展日期不能晚于今天。" in ahead.text
    answer = client.post(MEETING, {**given, "id": first.pk, f"remark-{first.pk}": HOSTILE})
    assert "已记录1项，未成功0项" in answer.text
    assert Visit.objects.get().summary == f"过进度。\n{HOSTILE}"
    assert HOSTILE not in client.get(url("activity", first)).text
    client.post(MEETING, {**given, "id": other.pk})
    assert "目前没有待记录的调度。" in client.get(MEETING).text


# Recording


def test_a_visit_is_recorded_by_its_form(cast: Cast, project: Project) -> None:
    site = make_activity(project)
    [commitment] = project.commitments.all()
    client = client_of(cast["taskforce"])
    form = client.get(url("visit", site))
    assert (commitment.goal in form.text, "未开始" in form.text) == (True, True)
    assert url("visit", site) in client.get(url("activity", site)).text
    given = sent(
        **{
            f"found_{commitment.pk}": "behind",
            f"remark_{commitment.pk}": "慢了",
            "finding-0-finding": HOSTILE,
            "finding-0-requirement": "补齐。",
            "finding-0-commitment": commitment.pk,
            "finding-1-finding": "分工未上墙。",
            "finding-1-requirement": "上墙。",
            "files": [SimpleUploadedFile("现场.jpg", photograph(size=(60, 40)))],
        }
    )
    answer = client.post(url("visit", site), given)
    assert answer["Location"] == url("activity", site)
    visit = Visit.objects.get()
    assert (visit.checks.get().remark, visit.attachments.count()) == ("慢了", 1)
    assert visit.activity.rectifications.count() == 2
    shown = client.get(url("activity", site)).text
    assert "已记录" in shown
    assert HOSTILE not in shown
    again = client.post(url("visit", site), given, follow=True)
    assert "该项督导已有记录。" in again.text
    assert client.get(url("visit", site))["Location"] == url("activity", site)


WRONG = [
    ({"summary": ""}, "请"),
    ({"held_on": "2025-05-14"}, "开展日期不能晚于今天。"),
    ({"held_on": "2025-01-14"}, "该项督导应在5月13日及以后开展。"),
    ({"summary": "电话13800138000"}, "手机"),
    ({"finding-0-finding": "台账未更新。"}, "请填写整改要求。"),
    (
        {
            "finding-0-finding": "台账。",
            "finding-0-requirement": "补齐。",
            "finding-0-rectify_by": "2025-05-13",
        },
        "日期不能早于5月14日。",
    ),
    ({"files": [SimpleUploadedFile("假.jpg", b"MZ")]}, "假.jpg"),
]


def test_what_is_wrong_is_said_and_everything_typed_is_kept(cast: Cast, project: Project) -> None:
    site = make_activity(project)
    [commitment] = project.commitments.all()
    checks = {f"found_{commitment.pk}": "on_track", f"remark_{commitment.pk}": "备注在此"}
    client = client_of(cast["taskforce"])
    for given, words in WRONG:
        filled = sent(participants="郝示例一行", **checks, **given)
        answer = client.post(url("visit", site), filled)
        assert answer.status_code == 200
        for kept in (words, "郝示例一行", "备注在此"):
            assert kept in answer.text
        assert not Visit.objects.exists()


def test_a_dispatch_has_the_lighter_form(cast: Cast, project: Project) -> None:
    dispatch = make_activity(project, "dispatch")
    client = client_of(cast["taskforce"])
    form = client.get(url("visit", dispatch))
    assert "逐项核对承诺" not in form.text
    client.post(url("visit", dispatch), sent())
    assert Visit.objects.get().activity == dispatch


def test_pictures_are_added_to_a_record(cast: Cast, project: Project) -> None:
    visit = make_visit(project, cast)
    address = url("visit_pictures", visit.activity)
    client = client_of(cast["taskforce"])
    files = [SimpleUploadedFile("后补.jpg", photograph(size=(60, 40)))]
    assert "已添加1个文件。" in client.post(address, {"files": files}, follow=True).text
    false = [SimpleUploadedFile("假.jpg", b"MZ")]
    assert "假.jpg" in client.post(address, {"files": false}, follow=True).text
    assert "请至少选择一个文件" in client.post(address, follow=True).text
    many = [SimpleUploadedFile(f"{n}.jpg", photograph(size=(60, 40))) for n in range(11)]
    assert "一次最多上传10个附件" in client.post(address, {"files": many}, follow=True).text
    assert visit.attachments.count() == 1, "none of too many, rather than some without a word"
    assert client.get(address).status_code == 405
    assert client_of(cast["department"]).post(address).status_code == 404
    assert client.post(url("visit_pictures", make_activity(project, "dispatch"))).status_code == 404


def test_pictures_of_a_visit_are_for_the_staff_who_see_it(cast: Cast, project: Project) -> None:
    visit = make_visit(project, cast)
    client = client_of(cast["taskforce"])
    files = [SimpleUploadedFile("现场.jpg", photograph(size=(60, 40)))]
    client.post(url("visit_pictures", visit.activity), {"files": files})
    address = reverse("portal:file", args=[visit.attachments.get().pk])
    stranger = make_person(Role.UNIT, make_organization().unit)
    answers = {
        role: opened(cast[role], address)
        for role in ("taskforce", "unit", "department", "applicant", "expert")
    }
    assert answers == {
        "taskforce": 200,
        "unit": 200,
        "department": 200,
        "applicant": 404,
        "expert": 404,
    }
    assert opened(stranger, address) == 404


def opened(user: Any, address: str) -> int:
    """Return how a file answers; it is read to its end, as a browser does."""
    response = client_of(user).get(address)
    if response.streaming:
        assert response.getvalue()
    return response.status_code


# Rectifications


@pytest.mark.parametrize(
    ("step", "given", "state"),
    [
        ("verify", {}, "verified"),
        ("send_back", {"reason": "佐证不足。", "rectify_by": "2025-05-30"}, "issued"),
    ],
)
def test_each_step_is_taken_by_its_form(
    cast: Cast, project: Project, step: str, given: dict[str, str], state: str
) -> None:
    one = make_rectification("reported", cast, project)
    client, address = client_of(cast["taskforce"]), url("rectification_step", one, step)
    shown = client.get(url("rectification", one))
    assert f'href="{address}' in shown.text
    assert client.get(address).status_code == 200
    answer = client.post(address, {"seen": one.version, **given})
    assert answer["Location"] == url("rectification", one)
    one.refresh_from_db()
    assert one.state == state
    if state == "issued":
        assert one.due_on == one.rectify_by == date(2025, 5, 30)
        assert one.first_deadline == date(2025, 5, 27)
        assert "该报告已被退回。" in client.get(url("rectification", one)).text


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"reason": "", "rectify_by": "2025-05-30"}, "reason"),
        ({"reason": "佐证不足。", "rectify_by": "2025-05-13"}, "rectify_by"),
        ({"reason": "佐证不足。", "rectify_by": "昨天"}, "rectify_by"),
    ],
)
def test_sending_back_needs_reason_and_deadline(
    cast: Cast, project: Project, given: dict[str, str], name: str
) -> None:
    one = make_rectification("reported", cast, project)
    client = client_of(cast["taskforce"])
    answer = client.post(
        url("rectification_step", one, "send_back"), {"seen": one.version, **given}
    )
    assert list(answer.context["form"].errors) == [name]


def test_reporting_is_no_step_of_the_staff_screens(cast: Cast, project: Project) -> None:
    one = make_rectification("issued", cast, project)
    client = client_of(cast["taskforce"])
    assert client.get(url("rectification_step", one, "report_done")).status_code == 404
    shown = client.get(url("rectification", one)).text
    assert url("rectification_step", one, "report_done") not in shown


def test_a_verification_leads_on_to_the_next(cast: Cast, project: Project) -> None:
    first = make_rectification("reported", cast, project)
    second = make_rectification("reported", cast, project, kind="dispatch")
    answer = client_of(cast["taskforce"]).post(
        url("rectification_step", first, "verify"), {"seen": first.version, "and_next": "1"}
    )
    assert answer["Location"] == url("rectification", second)


# The file and the desk


def test_the_projects_file_shows_and_offers_supervision(cast: Cast, project: Project) -> None:
    case = url("case", project)
    client = client_of(cast["taskforce"])
    dispatch = make_activity(project, "dispatch")
    shown = client.get(case).text
    assert (f'href="{url("visit", dispatch)}"' in shown, "督导整改" in shown) == (True, True)
    one = make_rectification("issued", cast, project)
    make_visit(project, cast, kind="dispatch", checks=checks_of(project))
    shown = client.get(case).text
    assert (url("rectification", one) in shown, "分工上墙" in shown) == (True, True)
    assert url("visit", dispatch) not in shown
    unit = client_of(cast["unit"]).get(case).text
    assert url("rectification", one) in unit
    assert "/record/" not in unit


def test_a_project_without_supervision_has_no_such_part(cast: Cast) -> None:
    early = make_project("approved", cast)
    assert "督导与整改" not in client_of(cast["taskforce"]).get(url("case", early)).text
    published = make_project("implementing", cast)
    Activity.objects.all().delete()
    shown = client_of(cast["taskforce"]).get(url("case", published)).text
    assert ("督导整改" in shown, "/record/" in shown) == (False, False)


def test_each_desk_has_its_lines(cast: Cast, project: Project) -> None:
    make_rectification("reported", cast, project)
    make_activity(project, "dispatch", due_on=date(2025, 5, 9), officer=cast["taskforce"])
    lines = {
        str(line.label): (line.count, line.overdue, line.url) for line in desk_of(cast["taskforce"])
    }
    client = client_of(cast["taskforce"])
    assert lines["问题整改：待核查"][:2] == (1, 0)
    assert lines["本季度我的督导任务"][:2] == (1, 1)
    assert lines["尚未明确责任人的督导"][:2] == (1, 0)
    assert listed(client, lines["问题整改：待核查"][2]) == 1
    assert listed(client, lines["本季度我的督导任务"][2]) == 1
    assert listed(client, lines["尚未明确责任人的督导"][2]) == 1
    unit = {str(line.label): line for line in desk_of(cast["unit"])}
    of_unit = unit["所属单位整改中的问题"]
    assert (of_unit.count, of_unit.overdue) == (1, 0)
    assert listed(client_of(cast["unit"]), of_unit.url) == 1
    for role in ("department", "auditor", "editor"):
        assert not [line for line in desk_of(cast[role]) if "整改" in str(line.label)]


def test_the_trail_leads_to_the_rectification(cast: Cast, project: Project) -> None:
    one = make_rectification("reported", cast, project)
    assert (
        url("rectification", one) in client_of(cast["department"]).get("/admin/party/trail/").text
    )
