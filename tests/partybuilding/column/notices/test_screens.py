"""Notices as residents read them and as staff begin them: page, list, filters, feed, editor, rights, cost."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from partybuilding.column.notices.models import NoticeCorrection
from partybuilding.column.notices.pages import NoticePage
from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.services import close_session, note_decision, open_session
from tests.factories import make_cast, make_project
from tests.factories.column import forge, make_page
from tests.factories.notices import (
    OBJECTIONS,
    approve,
    make_notice,
    make_notices,
    publish_notice,
)
from tests.factories.projects import Cast, assess
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 25


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return make_cast()


def text_of(address: str) -> str:
    """Return what a resident reads there."""
    response = Client().get(address)
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


# Residents


def test_a_notice_reads_like_an_official_document(cast: Cast) -> None:
    page = publish_notice(cast, number="组通〔2026〕12号", objection_email="zzk@example.org")
    text = text_of(page.url)
    entry = page.entries.get()
    for words in (
        *(page.title, "立项名单公示", "组通〔2026〕12号", "立项名单（共1个）", entry.title),
        *(entry.code, entry.organizations, entry.unit, page.period.words, "意见反映方式"),
        *(*OBJECTIONS.values(), 'href="mailto:zzk@example.org"', "1天后开始", "未开始"),
    ):
        assert words in text
    published = timezone.localtime(page.first_published_at)
    assert f'<meta name="PubDate" content="{published:%Y-%m-%d %H:%M}">' in text
    signature = text[text.index("official__sign") :]
    assert "区委组织部 <br>" in " ".join(signature.split())
    assert f"{published.year}年{published.month}月{published.day}日" in signature


def test_the_list_leads_to_the_pages_that_residents_may_read(cast: Cast) -> None:
    readable = make_page("implementing", cast)
    draft = make_page("approved", cast, live=False)
    page = approve(make_notice(cast), cast)
    text = text_of(page.url)
    assert f'href="{readable.url}"' in text
    assert draft.project.code in text
    assert draft.get_url() not in text
    forge(readable.project, "declined")
    assert f'href="{readable.url}"' not in text_of(page.url)


def test_a_correction_stands_above_the_notice_with_its_day(cast: Cast) -> None:
    page = publish_notice(cast)
    page.corrections = [NoticeCorrection(text="第1项单位名称应为某某党委。")]
    page.save_revision(user=cast["editor"])
    text = text_of(approve(page, cast).url)
    today = timezone.localdate()
    said = f"{today.year}年{today.month}月{today.day}日：第1项单位名称应为某某党委。"
    assert said in text
    assert text.index(said) < text.index("立项名单（共1个）")


def test_attachments_of_a_published_notice_may_be_taken_along(cast: Cast) -> None:
    file = get_document_model().objects.create(
        title="立项名单（盖章件）", file="documents/list.pdf", file_size=2048
    )
    block = {"type": "file", "value": {"file": file.pk, "title": ""}}
    page = publish_notice(cast, attachments=[block])
    text = text_of(page.url)
    assert "立项名单（盖章件）" in text
    assert file.url in text


def test_the_period_is_told_as_of_today(cast: Cast) -> None:
    page = publish_notice(cast)
    for day, state, left in (
        (page.opens_on, "公示中", "还剩"),
        (page.closes_on, "公示中", "今天截止"),
        (page.closes_on + timedelta(days=1), "公示结束", ""),
    ):
        with time_machine.travel(f"{day.isoformat()}T10:00:00+08:00"):
            for address in (page.url, "/notices/"):
                text = text_of(address)
                assert state in text
                assert left in text


def test_the_list_is_narrowed_by_kind_state_and_year(cast: Cast) -> None:
    notice = publish_notice(cast)
    index = notice.get_parent()
    make_notices(2, index)
    assert "共3条公示公告" in text_of("/notices/")
    year = str(cast.cycle.year)
    assert "找到1条公示公告" in text_of("/notices/?kind=approved_list")
    assert "找到2条公示公告" in text_of("/notices/?kind=general&kind=x")
    assert "找到1条公示公告" in text_of("/notices/?state=upcoming&state=open")
    assert "找到1条公示公告" in text_of(f"/notices/?year={year}&kind=approved_list")
    assert "没有符合条件的公示公告" in text_of(f"/notices/?year={year}&kind=general")
    assert "共3条公示公告" in text_of("/notices/?kind=x&state=y&year=z&page=99&odd=1")


def test_an_empty_list_says_what_will_stand_there() -> None:
    text = text_of("/notices/")
    assert "暂无公示公告" in text
    assert "/notices/feed.atom" in text


def test_list_and_feed_hold_the_same_notices_and_drafts_are_in_neither(cast: Cast) -> None:
    live = publish_notice(cast)
    draft = make_notice(cast)
    for query in ("", "?kind=approved_list", "?kind=general", "?state=closed"):
        listed, fed = text_of(f"/notices/{query}"), text_of(f"/notices/feed.atom{query}")
        assert (live.url in listed) == (live.url in fed)
        assert draft.get_url() not in listed + fed
    assert live.url in text_of("/notices/feed.atom")
    assert Client().get(draft.get_url()).status_code == 404


def test_public_pages_cost_the_same_at_any_length(cast: Cast) -> None:
    page = publish_notice(cast, states=("approved", "implementing"))
    for address in ("/notices/", "/notices/?kind=general", page.url, "/notices/feed.atom"):
        queries_of(Client(), address)
    few = [queries_of(Client(), a) for a in ("/notices/", page.url, "/notices/feed.atom")]
    make_notices(60, page.get_parent())
    first = page.entries.first()
    for order in range(3, 63):
        project = Project.objects.get(pk=first.project_id)
        project.pk, project.code = None, f"{first.code}-{order}"
        project.save(force_insert=True)
        page.entries.create(project=project, order=order, code=project.code, title="项目")
    many = [queries_of(Client(), a) for a in ("/notices/", page.url, "/notices/feed.atom")]
    assert many == few
    assert max(many) <= MOST_QUERIES
    assert 'rel="next"' in text_of("/notices/")


def test_caches_may_keep_a_notice_and_ask(cast: Cast) -> None:
    page = publish_notice(cast)
    for address in (page.url, "/notices/", "/notices/feed.atom"):
        first = Client().get(address)
        assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
        again = Client().get(address, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304


# Staff


def form_of(page: NoticePage, **fields: Any) -> dict[str, Any]:
    """Return what the editor's form of a notice sends."""
    corrections = [
        {"id": row.pk, "text": row.text} for row in page.corrections.all() if row.pk
    ] + fields.pop("corrections", [])
    values = {
        "title": page.title,
        "number": page.number,
        "issuer": page.issuer,
        "opens_on": page.opens_on or "",
        "closes_on": page.closes_on or "",
        "body": streamfield([("text", rich_text("<p>正文。</p>"))]),
        "attachments": streamfield([]),
        **{name: getattr(page, name) for name in OBJECTIONS if name != "issuer"},
        "objection_email": "",
        "corrections": inline_formset(corrections, initial=page.corrections.count()),
        "comments": inline_formset([]),
        "go_live_at": "",
        "expire_at": "",
    }
    return nested_form_data({**values, **fields})


def test_an_editor_writes_a_general_notice_and_hands_it_in(cast: Cast) -> None:
    index = make_notice(cast).get_parent()
    editor = client_of(cast["editor"])
    address = reverse("wagtailadmin_pages:add", args=["partybuilding", "noticepage", index.pk])
    assert editor.get(address).status_code == 200
    blank = NoticePage(title="关于开展主题党日的通知", issuer="")
    form = {**form_of(blank), "action-submit": "1"}
    assert "请填写发文单位" in editor.post(address, form).content.decode()
    form["issuer"] = "区委组织部"
    assert editor.post(address, form).status_code == 302
    made = NoticePage.objects.get(title=blank.title)
    assert (made.kind, made.live, made.workflow_in_progress) == ("general", False, True)


def test_the_editor_is_told_what_is_missing_when_handing_in_and_not_before(cast: Cast) -> None:
    page = make_notice(cast).get_latest_revision_as_object()
    editor = client_of(cast["editor"])
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = form_of(page, objection_phone="")
    assert editor.post(address, form).status_code == 302
    refused = editor.post(address, {**form, "action-submit": "1"}).content.decode()
    assert "请填写受理电话" in refused
    good = {**form_of(page), "action-submit": "1"}
    assert editor.post(address, good).status_code == 302
    assert NoticePage.objects.get(pk=page.pk).workflow_in_progress


def test_the_editor_of_a_published_notice_says_what_may_be_changed(cast: Cast) -> None:
    page = publish_notice(cast)
    page.corrections = [NoticeCorrection(text="第一条更正。")]
    page.save_revision(user=cast["editor"])
    page = approve(page, cast)
    editor = client_of(cast["editor"])
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "本公告已发布，内容不再改动" in editor.get(address).content.decode()
    first = page.corrections.get()
    form = form_of(page, title="新标题")
    form["corrections-0-text"] = "改过的更正。"
    refused = editor.post(address, {**form, "action-submit": "1"}).content.decode()
    assert "内容不得改动" in refused
    assert "已发布的更正不得改动" in refused
    assert page.corrections.get().text == first.text


def test_a_list_is_drawn_again_from_the_editor(cast: Cast) -> None:
    page = make_notice(cast)
    make_project("approved", cast)
    address = reverse("partybuilding:redraw_notice", args=[page.pk])
    editor = client_of(cast["editor"])
    assert (
        "重新提取名单"
        in editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    )
    assert editor.get(address).status_code == 405
    said = editor.post(address, follow=True).content.decode()
    assert "名单已重新提取，共2个项目" in said
    approve(page, cast)
    assert "名单发布后不再变动" in editor.post(address, follow=True).content.decode()
    assert client_of(cast["department"]).post(address).status_code == 302
    assert page.entries.count() == 2


@pytest.mark.parametrize("role", ["editor", "publisher", "department"])
def test_who_may_begin_a_notice_does_so_on_its_screen(cast: Cast, role: str) -> None:
    project = make_project("approved", cast)
    client = client_of(cast[role])
    start = reverse("partybuilding:start_notice", args=[cast.cycle.pk])
    listed = client.get(reverse("partybuilding:notices_begun")).content.decode()
    assert "有1个已立项项目尚未公示" in listed
    assert start in listed
    text = client.get(start).content.decode()
    assert project.code in text
    day = timezone.localdate() + timedelta(days=3)
    short = client.post(start, {"opens_on": day, "closes_on": day}).content.decode()
    assert "至少应有5个工作日" in short
    turned = {"opens_on": day, "closes_on": day - timedelta(days=1)}
    assert "早于起始日" in client.post(start, turned).content.decode()
    good = {"opens_on": day, "closes_on": day + timedelta(days=20)}
    response = client.post(start, good)
    page = NoticePage.objects.get()
    assert page.opens_on == day
    if role == "department":
        assert response["Location"] == reverse("partybuilding:notices_begun")
        assert page.title in client.get(response["Location"]).content.decode()
    else:
        assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    again = client.get(start).content.decode()
    assert "均已列入公示" in again
    assert page.title in again


@pytest.mark.parametrize("role", ["unit", "taskforce", "auditor"])
def test_others_find_no_such_screens(cast: Cast, role: str) -> None:
    client = client_of(cast[role])
    for address in (
        reverse("partybuilding:notices_begun"),
        reverse("partybuilding:start_notice", args=[cast.cycle.pk]),
    ):
        assert client.get(address).status_code == 302
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("partybuilding:notices_begun") not in home


def test_the_summary_of_a_closed_session_leads_to_the_notice(cast: Cast) -> None:
    project = make_project("first_passed", cast)
    assess(project, cast)
    by = cast["department"]
    session = open_session(
        cast.cycle, "评审会", by=by, projects=Project.objects.filter(pk=project.pk)
    )
    note_decision(session.items.get(), "approve", by=by)
    summary = reverse("partybuilding:session_summary", args=[session.pk])
    department = client_of(by)
    start = f"{reverse('partybuilding:start_notice', args=[cast.cycle.pk])}?session={session.pk}"
    assert start not in department.get(summary).content.decode()
    assert department.get(start).status_code == 404
    close_session(session, by=by)
    text = department.get(summary).content.decode()
    assert start in text
    assert "发起立项名单公示（1个项目）" in text
    assert project.code in department.get(start).content.decode()
    assert client_of(cast["editor"]).get(start).status_code == 404
    assert department.get(f"{start}x").status_code == 404
    make_notice(cast, states=())
    assert start not in department.get(summary).content.decode()


def test_only_pages_of_projects_may_be_read_from_a_notice(cast: Cast) -> None:
    page = publish_notice(cast)
    assert not ProjectPage.objects.exists()
    text = " ".join(text_of(page.url).split())
    assert '<th scope="row" role="rowheader">' in text
    assert '<th scope="row" role="rowheader"> <a' not in text


def test_who_comes_second_is_told_that_the_list_is_announced(cast: Cast) -> None:
    publish_notice(cast)
    start = reverse("partybuilding:start_notice", args=[cast.cycle.pk])
    day = timezone.localdate() + timedelta(days=3)
    given = {"opens_on": day, "closes_on": day + timedelta(days=20)}
    assert "均已列入公示" in client_of(cast["editor"]).post(start, given).content.decode()
    assert NoticePage.objects.count() == 1
