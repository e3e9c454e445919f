"""The screens of feedback notices: register, quarter, notice, steps, papers, portal; for each role."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from openpyxl import load_workbook

from partybuilding.core.states import Role
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.models import Activity, Visit
from partybuilding.supervision.notices.desk import feedback_lines, register_url
from partybuilding.supervision.notices.models import FeedbackNotice
from tests.factories import make_cast, make_organization, make_person, make_project
from tests.factories.feedback import (
    make_activity,
    make_draft,
    make_issued,
    make_visit,
    set_office,
    this_quarter,
)
from tests.factories.projects import Cast
from tests.factories.screens import client_of, misled, queries_of

pytestmark = pytest.mark.django_db
FINDINGS = (("议事记录不全", "补齐记录"), ("<i>公示栏</i>未更新", "七日内更新"))
NOTICES = "/admin/party/supervision/notices/"


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    set_office()
    return make_cast()


def quarter_url(activity: Activity) -> str:
    """Return the address of the screen of an activity's quarter."""
    return f"{NOTICES}quarter/{activity.project.cycle_id}/{activity.year}/{activity.quarter}/"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("taskforce", 200),
        ("department", 200),
        ("auditor", 200),
        ("unit", 200),
        ("editor", 200),
        ("publisher", 200),
    ],
)
def test_staff_read_what_was_issued(cast: Cast, role: str, status: int) -> None:
    notice = make_issued(make_project("implementing", cast), cast, None, *FINDINGS)
    client = client_of(cast[role])
    answer = client.get(f"{NOTICES}{notice.pk}/")
    assert answer.status_code == status
    text = answer.content.decode()
    assert notice.number in text
    assert "议事记录不全" in text
    assert "<i>公示栏</i>" not in text
    assert ("撤销通报" in text) == (role == "taskforce")
    for edition in ("pdf", "docx"):
        assert client.get(f"{NOTICES}{notice.pk}/notice.{edition}").status_code == 200
    assert client.get(f"{NOTICES}{notice.pk}/notice.odt").status_code == 404
    listed = client.get(register_url())
    assert notice.number in listed.content.decode()


@pytest.mark.parametrize("role", ["unit", "editor", "publisher"])
def test_a_draft_does_not_exist_for_those_who_read_what_is_issued(cast: Cast, role: str) -> None:
    notice = make_draft(make_project("implementing", cast), cast)
    client = client_of(cast[role])
    for place in ("", "words/", "step/issue/", "notice.pdf"):
        assert client.get(f"{NOTICES}{notice.pk}/{place}").status_code == 404
    assert client.get(quarter_url(notice.activity)).status_code in (302, 403)
    begin = f"{NOTICES}draft/{notice.activity_id}/"
    assert client.post(begin).status_code == 404


def test_the_task_force_drafts_writes_issues_and_revokes(cast: Cast) -> None:
    project = make_project("implementing", cast)
    make_visit(project, None, *FINDINGS)
    activity = make_activity(project)
    client = client_of(cast["taskforce"])
    screen = client.get(quarter_url(activity)).content.decode()
    assert "起草" in screen
    answer = client.post(f"{NOTICES}draft/{activity.pk}/")
    notice = FeedbackNotice.objects.get()
    assert answer.url == f"{NOTICES}{notice.pk}/"
    assert "如现在印发，内容如下" in client.get(answer.url).content.decode()
    assert client.get(f"{NOTICES}{notice.pk}/notice.docx").status_code == 200
    words = {"opening": "总体较好。", "closing": "望再接再厉。"}
    assert client.get(f"{NOTICES}{notice.pk}/words/").status_code == 200
    assert client.post(f"{NOTICES}{notice.pk}/words/", words).status_code == 302
    form = client.get(f"{NOTICES}{notice.pk}/step/issue/")
    assert cast["applicant"].first_name in form.content.decode()
    seen = form.context["form"].initial["seen"]
    done = client.post(f"{NOTICES}{notice.pk}/step/issue/", {"seen": seen, "and_next": "1"})
    assert done.status_code == 302
    notice = FeedbackNotice.objects.get()
    assert (notice.state, notice.opening) == ("issued", "总体较好。")
    assert client.get(f"{NOTICES}{notice.pk}/step/issue/").status_code == 409
    form = client.get(f"{NOTICES}{notice.pk}/step/revoke/")
    seen = form.context["form"].initial["seen"]
    client.post(f"{NOTICES}{notice.pk}/step/revoke/", {"seen": seen, "reason": "日期写错。"})
    text = client.get(f"{NOTICES}{notice.pk}/").content.decode()
    assert "公开理由：日期写错。" in text


def test_a_quarter_is_issued_with_the_result_of_each(cast: Cast) -> None:
    activities, now = [], this_quarter()
    for at in range(3):
        project = make_project("implementing", cast)
        make_visit(project, None if at else Quarter(now.year + 1, now.number))
        activities.append(make_activity(project))
    client, address = client_of(cast["taskforce"]), quarter_url(activities[0])
    form = client.get(address).content.decode()
    assert form.count('name="activity"') == 2
    assert "本季度尚无督导记录" in form
    keys = [activity.pk for activity in activities]
    elsewhere = make_activity(make_project("implementing", make_cast()))
    answer = client.post(address, {"activity": [*keys, elsewhere.pk, "x"]})
    text = answer.content.decode()
    assert "印发2份，未印发1份" in text
    assert "应印发3份，已印发2份" in text
    assert "印发0份，未印发0份" in client.post(address).content.decode()
    assert not FeedbackNotice.objects.filter(activity=elsewhere).exists()


def test_others_look_at_a_quarter_and_issue_nothing(cast: Cast) -> None:
    project = make_project("implementing", cast)
    make_visit(project)
    activity = make_activity(project)
    client, address = client_of(cast["department"]), quarter_url(activity)
    assert 'name="activity"' not in client.get(address).content.decode()
    text = client.post(address, {"activity": activity.pk}).content.decode()
    assert "未印发1份" in text
    assert not FeedbackNotice.objects.exists()
    assert client.post(f"{NOTICES}draft/{activity.pk}/").status_code == 302
    assert not FeedbackNotice.objects.exists()


def test_addresses_of_nothing_are_not_found(cast: Cast) -> None:
    client = client_of(cast["taskforce"])
    held = make_activity(make_project("implementing", cast), "site")
    assert client.post(f"{NOTICES}draft/{held.pk}/").status_code == 404
    for nothing in (f"{cast.cycle.pk}/2025/5", f"{cast.cycle.pk}/0/1", "99999/2025/1"):
        assert client.get(f"{NOTICES}quarter/{nothing}/").status_code == 404
    assert client.get(f"{NOTICES}99999/").status_code == 404
    assert client.get(NOTICES).status_code == 200


def test_the_register_is_narrowed_and_taken_along(cast: Cast) -> None:
    project = make_project("implementing", cast)
    issued = make_issued(project, cast, None, *FINDINGS)
    draft = make_draft(make_project("implementing", cast), cast)
    client = client_of(cast["taskforce"])

    def listed(**filters: Any) -> set[int]:
        found = client.get(register_url(**filters)).context["object_list"]
        return {one.pk for one in found}

    both = {issued.pk, draft.pk}
    today = timezone.localdate()
    late = "overdue" if draft.due_on < today else "today" if draft.due_on == today else "soon"
    for filters, expected in (
        ({}, both),
        ({"desk": "mine"}, {draft.pk}),
        ({"state": "issued"}, {issued.pk}),
        ({"findings": "open"}, {issued.pk}),
        ({"findings": "none"}, {draft.pk}),
        ({"findings": "closed"}, set()),
        ({"quarter": f"{issued.activity.year}-{issued.activity.quarter}"}, both),
        ({"quarter": f"{issued.activity.year + 1}-{issued.activity.quarter}"}, set()),
        ({"cycle": str(cast.cycle.pk)}, both),
        ({"unit": str(cast.organization.unit_id)}, both),
        ({"sector": "school"}, set()),
        ({"q": issued.number}, {issued.pk}),
    ):
        assert listed(**filters) == expected, filters
    if (draft.due_on - today) <= timedelta(days=7):
        assert listed(due=late) == {draft.pk}
    book = client.get(register_url(export="xlsx", state="issued"))
    rows = list(load_workbook(filename=_file(book)).active.values)
    assert issued.number in rows[1]
    assert 2 in rows[1]


def _file(answer: Any) -> BytesIO:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return BytesIO(content)


def test_lists_take_the_same_queries_for_any_number(cast: Cast) -> None:
    client = client_of(cast["taskforce"])
    first = make_issued(make_project("implementing", cast), cast, None, *FINDINGS)
    addresses = (register_url(), quarter_url(first.activity), NOTICES)
    case = f"/admin/party/projects/{first.project_id}/"
    for address in (*addresses, case):
        client.get(address)
    few = [queries_of(client, address) for address in addresses]
    for _ in range(3):
        make_issued(make_project("implementing", cast), cast, None, *FINDINGS)
    assert [queries_of(client, address) for address in addresses] == few


def test_the_case_file_names_the_notices(cast: Cast) -> None:
    project = make_project("implementing", cast)
    client = client_of(cast["unit"])
    case = f"/admin/party/projects/{project.pk}/"
    assert 'id="feedback-section"' not in client.get(case).content.decode()
    notice = make_issued(project, cast, None, *FINDINGS)
    text = client.get(case).content.decode()
    assert 'id="feedback-section"' in text
    assert notice.number in text
    assert "2个问题" in text


def test_the_desk_says_what_is_to_be_issued(cast: Cast) -> None:
    project = make_project("implementing", cast)
    make_visit(project)
    activity = make_activity(project)
    make_activity(make_project("terminated", cast))
    make_issued(make_project("implementing", cast), cast, None, *FINDINGS)
    user = cast["taskforce"]
    with time_machine.travel(f"{activity.due_on} 09:00+08:00", tick=False):
        lines = [line for line in feedback_lines(user) if line.count]
        assert [(line.count, line.overdue) for line in lines] == [(1, 0)]
        assert lines[0].url == f"{quarter_url(activity)}?show=due"
        assert misled(user, lines) == []
    with time_machine.travel(f"{activity.due_on + timedelta(days=1)} 09:00+08:00", tick=False):
        assert next(feedback_lines(user)).overdue == 1
        assert list(feedback_lines(cast["department"])) == []
    with time_machine.travel(f"{activity.due_on - timedelta(days=40)} 09:00+08:00", tick=False):
        assert [line.count for line in feedback_lines(user)] == [0]


# The portal


def test_those_who_carry_it_out_read_and_keep_it(cast: Cast) -> None:
    project = make_project("implementing", cast)
    notice = make_issued(project, cast, None, *FINDINGS)
    draft = make_draft(project, cast, 1 if notice.activity.quarter > 1 else 2)
    client = client_of(cast["applicant"])
    home = client.get(f"/portal/projects/{project.pk}/").content.decode()
    assert notice.number in home
    address = f"/portal/projects/{project.pk}/feedback/{notice.pk}/"
    text = client.get(address).content.decode()
    for words in (notice.number, "议事记录不全", "补齐记录", "办结议题60件", "待整改"):
        assert words in text
    assert "查看、李查看" not in text
    assert "<i>公示栏</i>" not in text
    for edition in ("pdf", "docx"):
        assert client.get(f"{address}notice.{edition}").status_code == 200
    assert client.get(f"{address}notice.odt").status_code == 404
    hidden = f"/portal/projects/{project.pk}/feedback/{draft.pk}/"
    assert client.get(hidden).status_code == 404
    other = make_project("implementing", cast)
    assert client.get(f"/portal/projects/{other.pk}/feedback/{notice.pk}/").status_code == 404
    stranger = client_of(make_person(Role.APPLICANT, make_organization()))
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"{address}notice.pdf").status_code == 404


def test_the_applicant_reads_that_it_was_revoked(cast: Cast) -> None:
    project = make_project("implementing", cast)
    notice = make_issued(project, cast, None, *FINDINGS)
    FeedbackNotice.objects.filter(pk=notice.pk).update(revocation="整改期限写错。")
    client = client_of(cast["applicant"])
    address = f"/portal/projects/{project.pk}/feedback/{notice.pk}/"
    assert "整改期限写错。" in client.get(address).content.decode()


def test_a_character_that_no_font_has_keeps_nobody_from_the_paper(cast: Cast) -> None:
    project = make_project("implementing", cast)
    notice = make_draft(project, cast)
    Visit.objects.update(summary="看\U000f0000台账。")
    answer = client_of(cast["taskforce"]).get(f"{NOTICES}{notice.pk}/notice.pdf", follow=True)
    assert answer.content.startswith(b"%PDF")
