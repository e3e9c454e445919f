"""An approved list: what it names, how it is frozen, who begins it, what keeps it from going out."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from partybuilding.column.notices import office
from partybuilding.column.notices.document import banner_of
from partybuilding.column.notices.index import NoticeIndexPage
from partybuilding.column.notices.models import NoticeCorrection, NoticeEntry
from partybuilding.column.notices.office import Office
from partybuilding.column.notices.pages import NoticePage
from partybuilding.column.notices.selectors import awaiting_notice, open_notices
from partybuilding.column.notices.services import (
    redraw_entries,
    start_correction,
    start_notice,
)
from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.models import Notice
from partybuilding.core.pages import PublicationRefused
from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Partner, Project
from partybuilding.projects.services import close_session, note_decision, open_session
from tests.factories import make_cast, make_organization, make_project
from tests.factories.column import forge
from tests.factories.notices import OBJECTIONS, approve, complete, make_notice, publish_notice
from tests.factories.projects import Cast, assess, take
from tests.factories.rooms import only

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return make_cast()


def fresh(page: NoticePage) -> NoticePage:
    """Read a notice as it stands."""
    return NoticePage.objects.get(pk=page.pk)


def refused(page: NoticePage, cast: Cast) -> str:
    """Try to approve a notice, and return why it may not go out."""
    with pytest.raises(PublicationRefused) as refusal:
        approve(page, cast)
    return str(refusal.value)


# What a list names


def test_a_list_names_what_is_approved_and_nothing_else(cast: Cast) -> None:
    for state in ("declined", "first_passed", "withdrawn", "terminated", "draft"):
        make_project(state, cast)
    named = [make_project(state, cast) for state in ("approved", "implementing")]
    Partner.objects.create(project=named[0], organization=make_organization(name="城南街道党工委"))
    page = start_notice(cast.cycle, by=cast["editor"])
    rows = [
        (row.order, row.code, row.title, row.organizations, row.unit) for row in page.entries.all()
    ]
    lead, unit = cast.organization.name, cast.organization.unit.name
    assert rows == [
        (1, named[0].code, named[0].title, f"{lead}、城南街道党工委", unit),
        (2, named[1].code, named[1].title, lead, unit),
    ]
    assert page.slug == f"{cast.cycle.year}-approved-list"
    assert page.title == f"关于{cast.cycle.name}立项名单的公示"
    assert f"{cast.cycle.name}共立项2个" in str(page.body)
    assert page.period.working_days == 5
    assert not page.live


def test_names_stay_as_they_were(cast: Cast) -> None:
    page = make_notice(cast)
    before = list(page.entries.values())
    Organization.objects.filter(pk=cast.organization.pk).update(name="改名后的党委")
    Project.objects.update(title="改了的题目")
    first = page.get_latest_revision()
    complete(fresh(page), cast, number="组通〔2026〕1号")
    first.publish()
    assert list(fresh(page).entries.values()) == before


def test_what_an_earlier_notice_names_is_left_out(cast: Cast) -> None:
    first = make_notice(cast)
    later = make_project("approved", cast)
    second = start_notice(cast.cycle, by=cast["editor"])
    assert [row.project for row in second.entries.all()] == [later]
    assert second.slug == f"{cast.cycle.year}-approved-list-2"
    assert list(first.entries.values_list("project", flat=True)) != [later.pk]


def test_a_second_click_leads_to_the_draft_that_there_is(cast: Cast) -> None:
    page = make_notice(cast)
    assert start_notice(cast.cycle, by=cast["publisher"]).pk == page.pk
    approve(page, cast)
    with pytest.raises(ConditionUnmet, match="均已列入公示"):
        start_notice(cast.cycle, by=cast["publisher"])


def test_a_deleted_draft_gives_its_projects_back(cast: Cast) -> None:
    make_notice(cast).delete()
    assert awaiting_notice(cast.cycle).count() == 1


def test_a_closed_session_names_what_it_approved(cast: Cast) -> None:
    make_project("approved", cast)
    waiting = [make_project("first_passed", cast) for _ in range(2)]
    for project in waiting:
        assess(project, cast)
    session = open_session(
        cast.cycle,
        "评审会",
        by=cast["department"],
        projects=Project.objects.filter(pk__in=[p.pk for p in waiting]),
    )
    first, second = session.items.order_by("order")
    note_decision(first, "approve", by=cast["department"])
    note_decision(second, "decline", by=cast["department"], grounds=["not_distinctive"])
    with pytest.raises(ConditionUnmet, match="请先结束"):
        start_notice(cast.cycle, by=cast["department"], session=session)
    close_session(session, by=cast["department"])
    session.refresh_from_db()
    page = start_notice(cast.cycle, by=cast["department"], session=session)
    assert [row.project_id for row in page.entries.all()] == [first.project_id]
    assert page.session == session


@pytest.mark.parametrize("role", ["applicant", "unit", "taskforce", "expert", "auditor"])
def test_others_do_not_begin_notices(cast: Cast, role: str) -> None:
    page = make_notice(cast)
    for act in (
        lambda: start_notice(cast.cycle, by=cast[role]),
        lambda: redraw_entries(page, by=cast[role]),
    ):
        with pytest.raises(NotYours):
            act()
    assert NoticePage.objects.count() == 1


def test_editors_are_told_of_a_draft_that_the_department_began(cast: Cast) -> None:
    make_project("approved", cast)
    start_notice(cast.cycle, by=cast["department"])
    told = Notice.objects.filter(subject__startswith="待完善公示")
    assert [notice.recipient for notice in told] == [cast["editor"]]


def test_the_settings_propose_who_receives_objections(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = Office("组织科", "023-1", "示例路", "", "实名", 7)
    only(monkeypatch, office=(lambda: ours,))
    make_project("approved", cast)
    page = start_notice(cast.cycle, by=cast["editor"])
    assert (page.issuer, page.objection_office, page.period.working_days) == (
        "区委组织部",
        "组织科",
        7,
    )
    only(monkeypatch, office=())
    assert office.office() == Office()


# Drawing again


def test_a_list_is_drawn_again_until_it_is_published(cast: Cast) -> None:
    page = make_notice(cast, states=("approved", "approved"))
    gone = page.entries.first().project
    take(gone, "terminate", cast)
    added = make_project("approved", cast)
    redraw_entries(page, by=cast["editor"])
    assert added.pk in set(page.entries.values_list("project", flat=True))
    assert gone.pk not in set(page.entries.values_list("project", flat=True))
    approve(page, cast)
    with pytest.raises(Frozen):
        redraw_entries(page, by=cast["editor"])


def test_nothing_left_to_draw_leaves_the_list_as_it_was(cast: Cast) -> None:
    page = make_notice(cast)
    take(page.entries.get().project, "terminate", cast)
    with pytest.raises(ConditionUnmet):
        redraw_entries(page, by=cast["editor"])
    assert page.entries.count() == 1


# What keeps a notice back


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"opens_on": None, "closes_on": None}, "请填写公示期"),
        ({"closes_on": None}, "应同时填写"),
        ({"issuer": ""}, "发文单位"),
        ({"objection_office": ""}, "意见受理单位"),
        ({"objection_phone": ""}, "受理电话"),
        ({"objection_address": ""}, "受理地址或受理邮箱"),
        ({"objection_form": ""}, "意见反映要求"),
        ({"objection_phone": "13812345678"}, "手机"),
    ],
)
def test_an_incomplete_notice_does_not_go_out(
    cast: Cast, fields: dict[str, Any], words: str
) -> None:
    page = make_notice(cast, **fields)
    assert words in refused(page, cast)
    assert not fresh(page).live


def test_a_period_lies_ahead_is_long_enough_and_not_turned_round(cast: Cast) -> None:
    page = make_notice(cast)
    complete(page, cast, opens_on=timezone.localdate() - timedelta(days=1))
    assert "早于发布日" in refused(fresh(page), cast)
    one_day = complete(fresh(page), cast, opens_on=page.opens_on, closes_on=page.opens_on)
    draft = one_day.get_latest_revision().as_object()
    assert "至少应有5个工作日" in "".join(draft.problems(timezone.localdate()))
    late = page.opens_on - timedelta(days=1)
    draft = complete(fresh(page), cast, closes_on=late).get_latest_revision().as_object()
    assert "早于起始日" in "".join(draft.problems(timezone.localdate()))


def test_a_notice_with_an_e_mail_alone_says_how_to_object(cast: Cast) -> None:
    page = make_notice(cast, objection_address="", objection_email="zzk@example.org")
    assert approve(page, cast).live


def test_a_list_with_what_is_not_approved_any_more_does_not_go_out(cast: Cast) -> None:
    page = make_notice(cast, states=("approved", "approved"))
    entry = page.entries.first()
    take(entry.project, "terminate", cast)
    assert f"{entry.code}《{entry.title}》已不在立项状态" in refused(page, cast)
    page.entries.all().delete()
    draft = page.get_latest_revision().as_object()
    assert draft.problems(timezone.localdate()) == ["名单中没有项目。"]


def test_a_hidden_project_is_never_named_even_past_the_door(cast: Cast) -> None:
    page = make_notice(cast)
    forge(page.entries.get().project, "declined")
    assert "已不在立项状态" in refused(page, cast)


def test_numbers_of_persons_in_the_list_are_found(cast: Cast) -> None:
    page = make_notice(cast)
    NoticeEntry.objects.update(title="联系李示例13812345678")
    assert "立项名单第1项" in refused(page, cast)


def test_a_scheduled_notice_begins_no_earlier_than_it_goes_out(cast: Cast) -> None:
    later = timezone.now() + timedelta(days=30)
    page = make_notice(cast, go_live_at=later)
    assert "早于发布日" in refused(page, cast)
    day = timezone.localdate(later)
    period = {"opens_on": day, "closes_on": day + timedelta(days=20)}
    page = complete(fresh(page), cast, go_live_at=later, **period)
    flow = Page.objects.get(pk=page.pk).current_workflow_state
    flow.current_task_state.approve(user=cast["publisher"])
    assert not fresh(page).live
    with time_machine.travel(later + timedelta(minutes=1)):
        call_command("publish_scheduled")
    assert fresh(page).live


# What was published


def test_what_was_published_keeps_its_words(cast: Cast) -> None:
    page = publish_notice(cast)
    title = page.title
    changed = complete(page, cast, title="另一个标题", number="1号", body=[])
    words = refused(changed, cast)
    assert "内容不得改动" in words
    for name in ("标题", "文号", "公告正文"):
        assert name in words
    assert fresh(page).title == title


def test_a_published_period_grows_and_never_shrinks(cast: Cast) -> None:
    page = publish_notice(cast)
    closes = page.closes_on
    assert "只能延长" in refused(complete(page, cast, closes_on=closes - timedelta(days=1)), cast)
    longer = complete(fresh(page), cast, closes_on=closes + timedelta(days=3))
    flow = Page.objects.get(pk=page.pk).current_workflow_state
    flow.current_task_state.approve(user=cast["publisher"])
    assert fresh(longer).closes_on == closes + timedelta(days=3)
    moved = fresh(page).first_published_at - page.first_published_at
    assert abs(moved) < timedelta(milliseconds=1)  # a revision keeps thousandths of a second


def test_corrections_are_dated_when_they_go_out_and_kept(cast: Cast) -> None:
    page = publish_notice(cast)
    page.corrections = [NoticeCorrection(text="第1项单位名称应为某某党委。")]
    page.save_revision(user=cast["editor"])
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        page = approve(fresh(page), cast)
        first = page.corrections.get()
        assert first.said_on == timezone.localdate()
    page.corrections.add(NoticeCorrection(text="受理电话以此为准。"))
    page.save_revision(user=cast["editor"])
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        page = approve(fresh(page), cast)
        days = [row.said_on for row in page.corrections.order_by("pk")]
        assert days == [first.said_on, timezone.localdate()]
    page.corrections = []
    page.save_revision(user=cast["editor"])
    assert "已发布的更正不得改动" in refused(fresh(page), cast)


def test_a_published_notice_is_not_deleted_and_a_list_not_copied(cast: Cast) -> None:
    page = make_notice(cast)
    root = make_cast()["publisher"]
    root.is_superuser = True
    assert page.permissions_for_user(root).can_delete()
    assert not page.permissions_for_user(root).can_copy()
    assert not page.permissions_for_user(root).can_copy_to(page.get_parent())
    assert not approve(page, cast).permissions_for_user(root).can_delete()
    general = NoticePage(title="通知", issuer="区委组织部")
    page.get_parent().add_child(instance=general)
    assert general.permissions_for_user(root).can_copy()
    assert general.slug == f"{timezone.localdate():%Y%m%d}"


def test_open_notices_are_those_of_the_day_the_first_to_end_first(cast: Cast) -> None:
    early = publish_notice(cast)
    late = approve(make_notice(cast, closes_on=early.closes_on + timedelta(days=5)), cast)
    make_notice(cast)  # a draft
    assert list(open_notices(early.opens_on - timedelta(days=1))) == []
    assert [one.pk for one in open_notices(early.opens_on)] == [early.pk, late.pk]
    assert [one.pk for one in open_notices(early.closes_on)] == [early.pk, late.pk]
    assert [one.pk for one in open_notices(early.closes_on + timedelta(days=1))] == [late.pk]


def test_a_general_notice_needs_no_period_but_one_with_a_period_says_how_to_object(
    cast: Cast,
) -> None:
    index = make_notice(cast).get_parent()
    page = NoticePage(title="关于征求意见的公告", issuer="区委组织部", live=False)
    index.add_child(instance=page)
    assert page.problems(timezone.localdate()) == []
    page.opens_on = timezone.localdate()
    page.closes_on = page.opens_on
    assert len(page.problems(timezone.localdate())) == 4
    for name, value in OBJECTIONS.items():
        setattr(page, name, value)
    assert page.problems(timezone.localdate()) == []


def test_a_column_without_its_index_says_what_to_make_first(cast: Cast) -> None:
    make_project("approved", cast)
    NoticeIndexPage.objects.get().delete()
    with pytest.raises(ConditionUnmet, match="公示公告"):
        start_notice(cast.cycle, by=cast["editor"])


def test_a_banner_says_when_it_ends_and_where_objections_go(cast: Cast, rf: Any) -> None:
    page = publish_notice(cast)
    banner = banner_of(page, rf.get("/"), page.closes_on)
    assert (banner["state"], banner["left"], banner["ends"]) == (
        "公示中",
        "今天截止",
        page.closes_on,
    )
    assert banner["how"] == "如有异议，请向区委组织部组织科反映，联系电话：023-79220000。"
    plain = banner_of(NoticePage(title="通知"), rf.get("/"))
    assert (plain["state"], plain["left"], plain["how"]) == ("", "", "")


def test_a_period_far_ahead_or_without_end_is_a_slip(cast: Cast) -> None:
    page = make_notice(cast)
    today = timezone.localdate()
    for opens, closes, words in (
        (today + timedelta(days=61), today + timedelta(days=80), "才开始"),
        (today + timedelta(days=1), today + timedelta(days=182), "最长180天"),
    ):
        changed = complete(fresh(page), cast, opens_on=opens, closes_on=closes)
        draft = changed.get_latest_revision().as_object()
        assert words in "".join(draft.problems(today))


def test_a_published_notice_is_corrected_by_another_and_both_name_each_other(cast: Cast) -> None:
    page = make_notice(cast)
    with pytest.raises(ConditionUnmet, match="已发布的文件"):
        start_correction(page, by=cast["editor"])
    with pytest.raises(NotYours):
        start_correction(page, by=cast["unit"])
    page = approve(page, cast)
    draft = start_correction(page, by=cast["editor"])
    assert start_correction(page, by=cast["editor"]) == draft
    assert (draft.corrects, draft.title) == (page, f"更正：{page.title}")
    assert approve(fresh(draft), cast).live
    old, new = (Client().get(one.url).text for one in (fresh(page), fresh(draft)))
    assert f"本文已由以下文件更正：{draft.title}" in old
    assert "本文更正：" in new
    assert start_correction(page, by=cast["editor"]).slug.endswith("-correction-2")
