"""How a news item comes about: written, handed in, approved by other eyes, scheduled, found again."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Revision
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.models import ColumnSettings, HomePage
from home.news.desk import STALE_DAYS, newest_day, next_item
from home.news.index import NewsIndexPage, latest_news
from home.news.models import NewsCategory
from home.news.pages import NewsPage
from partybuilding.column.desk import page_lines
from partybuilding.column.services import start_page
from partybuilding.column.waiting.columns import stale_columns
from partybuilding.core.pages import PublicationRefused
from partybuilding.core.states import Role
from tests.factories import make_cast, make_person, make_project, make_user
from tests.factories.column import make_image
from tests.factories.news import dated, make_many_news, publish_news, write_news
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
TITLE = "村口“听诊台”添了一张小凳子"


@pytest.fixture
def editor() -> Any:
    return make_person(Role.EDITOR)


@pytest.fixture
def publisher() -> Any:
    return make_person(Role.PUBLISHER)


def form_of(**given: Any) -> dict[str, Any]:
    """Return what the editor's form of an item sends."""
    facts = {
        "title": TITLE,
        "category": NewsCategory.objects.get(code="work").pk,
        "summary": "凳子是村民自己搬来的。",
        "source": "区委组织部",
        "author": "",
        "lead_image": "",
        "lead_image_alt": "",
        "body": streamfield([("text", rich_text("<p>大家坐下来慢慢说。</p>"))]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        "go_live_at": "",
        "expire_at": "",
    }
    buttons = {name: given.pop(name) for name in list(given) if name.startswith("action-")}
    return {**nested_form_data({**facts, **given}), **buttons}


def add_address() -> str:
    index = NewsIndexPage.objects.get()
    return reverse("wagtailadmin_pages:add", args=["home", "newspage", index.pk])


def edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def approve(page: NewsPage, user: Any, action: str = "approve") -> Any:
    """Approve by the button of the editor's screen."""
    state = NewsPage.objects.get(pk=page.pk).current_workflow_task_state
    names = [page.pk, action, state.pk]
    address = reverse("wagtailadmin_pages:workflow_action", args=names)
    return client_of(user).post(address, {"comment": ""})


def written_by(editor: Any, **given: Any) -> NewsPage:
    """Let an editor write an item and hand it in."""
    form = form_of(**{"action-submit": "1", **given})
    assert client_of(editor).post(add_address(), form).status_code == 302
    return NewsPage.objects.get(title=given.get("title", TITLE))


# Written


def test_an_editor_writes_hands_in_and_a_publisher_lets_it_out(
    editor: Any, publisher: Any, client: Client
) -> None:
    shown = client_of(editor).get(add_address()).content.decode()
    assert "发布时间在首次发布时自动记录" in shown
    page = written_by(editor)
    assert (page.live, page.workflow_in_progress) == (False, True)
    assert client.get(page.url).status_code == 404
    assert "action-publish" not in client_of(editor).get(edit_address(page)).content.decode()
    approve(page, publisher)
    assert client.get(page.url).status_code == 200
    assert TITLE in client.get("/").content.decode()


def test_who_wrote_last_does_not_approve(editor: Any, publisher: Any) -> None:
    page = written_by(editor)
    client_of(publisher).post(edit_address(page), form_of(summary="凳子是村民搬来的。"))
    approve(page, publisher)
    assert not NewsPage.objects.get(pk=page.pk).live
    approve(page, make_person(Role.PUBLISHER))
    assert NewsPage.objects.get(pk=page.pk).live


def test_where_one_person_makes_the_site_news_needs_nobody_else(publisher: Any) -> None:
    """And only news: a promise is approved by somebody else whatever the settings say."""
    cast = make_cast()
    promises = start_page(make_project("commitments_submitted", cast), by=publisher)
    promises.summary = "发布人改了一句"
    promises.save_revision(user=publisher)
    promises.get_workflow().start(promises, publisher)
    page = written_by(publisher)
    for allowed in (False, True):
        ColumnSettings.objects.update(news_of_one=allowed)
        lines = {line.label: line.count for line in page_lines(publisher)}
        assert lines == {"待审核发布": int(allowed), "本人所写、待他人审核": 2 - allowed}
        approve(page, publisher)
        assert NewsPage.objects.get(pk=page.pk).live == allowed
        state = promises.current_workflow_task_state
        with pytest.raises(PublicationRefused):
            state.task.specific.on_action(state, publisher, "approve")


def test_the_source_is_proposed_from_the_settings(editor: Any) -> None:
    ColumnSettings.objects.update(organizer="区融媒体中心")
    assert 'value="区融媒体中心"' in client_of(editor).get(add_address()).content.decode()
    page = publish_news(source="本栏编辑部")
    shown = client_of(editor).get(edit_address(page)).content.decode()
    assert 'value="本栏编辑部"' in shown
    assert "发布时间和网址不再改变" in shown


def test_a_draft_may_lack_what_is_asked_when_it_is_handed_in(editor: Any) -> None:
    picture = make_image()
    bare = {"category": "", "summary": "", "source": "", "body": streamfield([])}
    form = form_of(lead_image=picture.pk, **bare)
    assert client_of(editor).post(add_address(), form).status_code == 302
    page = NewsPage.objects.get(title=TITLE)
    refused = client_of(editor).post(edit_address(page), {**form, "action-submit": "1"})
    assert refused.status_code == 200
    errors = refused.context["form"].errors
    assert set(errors) == {"category", "summary", "source", "body", "lead_image_alt"}
    filled = form_of(**{"lead_image": picture.pk, "action-submit": "1"})
    refused = client_of(editor).post(edit_address(page), filled)
    assert refused.context["form"].errors == {"lead_image_alt": ["请填写题图的文字说明。"]}
    filled["lead_image_alt"] = "村民围坐在听诊台前"
    assert client_of(editor).post(edit_address(page), filled).status_code == 302
    assert NewsPage.objects.get(pk=page.pk).workflow_in_progress


def test_a_persons_number_is_found_in_every_part(editor: Any) -> None:
    number = "13812345678"
    bodies: list[dict[str, Any]] = [
        {"type": "quote", "value": {"text": f"打{number}", "who": "村民"}},
        {"type": "numbers", "value": [{"number": number, "unit": "", "label": "电话"}]},
        {
            "type": "table",
            "value": {
                "table": {
                    "caption": "联系人",
                    "columns": [{"type": "text", "heading": "电话"}],
                    "rows": [{"values": [number]}],
                },
                "row_header": True,
            },
        },
        {
            "type": "table",
            "value": {
                "table": {
                    "caption": "联系人",
                    "columns": [{"type": "text", "heading": f"电话{number}"}],
                    "rows": [{"values": ["有"]}],
                },
                "row_header": True,
            },
        },
    ]
    for body in bodies:
        page = write_news(body=[body])
        with pytest.raises(PublicationRefused, match=r"138\*\*\*\*5678"):
            page.save_revision(user=editor).publish()
        page.delete()


# Date and address


def test_the_date_is_that_of_the_first_publication_for_ever(editor: Any) -> None:
    first = timezone.now() - timedelta(days=40)
    page = dated(publish_news(by=editor), first)
    form = client_of(editor).get(edit_address(page)).context["form"]
    assert not {"first_published_at", "date", "slug"} & set(form.fields)
    page.unpublish()
    page.summary = "改过的一句话。"
    page.save_revision(user=editor).publish()
    again = NewsPage.objects.get(pk=page.pk)
    assert again.published_on == first
    assert again.last_published_at > first


def test_the_address_follows_the_title_until_publication_and_then_stays(editor: Any) -> None:
    page = write_news("申报开始")
    assert page.slug == "shen-bao-kai-shi"
    page.title = "申报截止"
    early = page.save_revision(user=editor)
    page.save()
    assert page.slug == "shen-bao-jie-zhi"
    page.save_revision(user=editor).publish()
    page = NewsPage.objects.get(pk=page.pk)
    assert page.url == "/news/shen-bao-jie-zhi/"
    page.title = "申报延期"
    page.save_revision(user=editor).publish()
    assert NewsPage.objects.get(pk=page.pk).url == "/news/shen-bao-jie-zhi/"
    Revision.objects.get(pk=early.pk).publish()
    page = NewsPage.objects.get(pk=page.pk)
    assert (page.title, page.url) == ("申报截止", "/news/shen-bao-jie-zhi/")


def test_two_items_of_one_title_have_two_addresses() -> None:
    assert [write_news("申报开始").slug, write_news("申报开始").slug] == [
        "shen-bao-kai-shi",
        "shen-bao-kai-shi-2",
    ]


def test_a_copy_is_a_draft_of_its_own(editor: Any) -> None:
    page = publish_news(by=editor)
    assert page.permissions_for_user(editor).can_copy()
    form = {
        "new_title": "另一期",
        "new_slug": "ling-yi-qi",
        "new_parent_page": page.get_parent().pk,
    }
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    assert client_of(editor).post(address, form).status_code == 302
    made = NewsPage.objects.get(slug="ling-yi-qi")
    assert (made.live, made.published_on, made.workflow_in_progress) == (False, None, False)


# Scheduled


def test_an_approved_item_goes_out_at_its_hour(editor: Any, publisher: Any, client: Client) -> None:
    hour = timezone.now() + timedelta(days=2)
    page = written_by(editor, go_live_at=timezone.localtime(hour).strftime("%Y-%m-%d %H:%M"))
    approve(page, publisher)
    call_command("publish_scheduled")
    assert client.get(page.url).status_code == 404
    with time_machine.travel(hour + timedelta(minutes=5), tick=False):
        call_command("publish_scheduled")
        assert client.get(page.url).status_code == 200
        page = NewsPage.objects.get(pk=page.pk)
        assert page.published_on == timezone.now()


# Rights, categories, the list in the CMS, the desk


def test_editors_write_news_and_no_project_pages(editor: Any, publisher: Any) -> None:
    home, index = HomePage.objects.get(), NewsIndexPage.objects.get()
    projects = home.get_children().get(slug="projects").specific
    for user in (editor, publisher):
        assert index.permissions_for_user(user).can_add_subpage()
        assert index.permissions_for_user(user).can_edit()
        assert not home.permissions_for_user(user).can_add_subpage()
        assert not projects.permissions_for_user(user).can_add_subpage()
    department = make_person(Role.DEPARTMENT)
    assert client_of(department).get(add_address()).status_code == 404
    assert not index.permissions_for_user(department).can_add_subpage()
    assert GroupPagePermission.objects.filter(permission__codename="add_page").count() == 8


def test_the_list_says_date_category_and_state(editor: Any) -> None:
    day = timezone.now() - timedelta(days=30)
    dated(publish_news("申报开始", category="policy"), day)
    write_news("还没写完")
    client = client_of(editor)
    shown = client.get(reverse("news:index")).content.decode()
    for said in ("申报开始", "还没写完", "政策解读", f"{timezone.localtime(day):%Y-%m-%d}", "草稿"):
        assert said in shown
    policy = NewsCategory.objects.get(code="policy").pk
    narrowed = client.get(reverse("news:index_results"), {"category": policy}).content.decode()
    assert "申报开始" in narrowed
    assert "还没写完" not in narrowed
    assert reverse("news:index") in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_list_asks_for_categories_as_often_at_any_length(editor: Any) -> None:
    client = client_of(editor)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("news:index")).status_code == 200
        return sum("newscategory" in query["sql"] for query in queries)

    make_many_news(3)
    asked()
    few = asked()
    make_many_news(27)
    assert asked() == few


def test_who_does_not_work_on_pages_finds_no_list_of_news() -> None:
    client = client_of(make_person(Role.DEPARTMENT))
    assert reverse("news:index") not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(reverse("news:index")).status_code == 404
    assert client.get(reverse(NewsCategory.snippet_viewset.get_url_name("list"))).status_code == 404


def test_editors_keep_the_categories_and_cannot_delete_them(editor: Any) -> None:
    client = client_of(editor)
    client.get(reverse("wagtailadmin_home"))  # whoever runs it alone has no viewset before
    views = NewsCategory.snippet_viewset
    form = {"name": "群众声音", "code": "Voices 1", "order": 60}
    refused = client.post(reverse(views.get_url_name("add")), form)
    assert "只能使用小写字母" in refused.content.decode()
    form["code"] = "voices"
    assert client.post(reverse(views.get_url_name("add")), form).status_code == 302
    made = NewsCategory.objects.get(code="voices")
    assert str(made) == "群众声音"
    assert client.get(reverse(views.get_url_name("list"))).status_code == 200
    assert client.get(reverse(views.get_url_name("edit"), args=[made.pk])).status_code == 200
    delete = reverse(views.get_url_name("delete"), args=[made.pk])
    assert client.post(delete).status_code == 302
    assert NewsCategory.objects.filter(pk=made.pk).exists()


def test_a_category_with_news_stays() -> None:
    page = publish_news()
    with pytest.raises(ProtectedError):
        page.category.delete()


def test_the_desk_hears_of_stale_news(editor: Any) -> None:
    assert newest_day() is None
    today = timezone.localdate()
    codes = [column.code for column, _day in stale_columns(today)]
    assert "news" not in codes
    page = publish_news()
    assert list(latest_news(1)) == [page]
    assert newest_day() == today
    later = today + timedelta(days=STALE_DAYS + 1)
    assert ("news", today) in [(column.code, day) for column, day in stale_columns(later)]
    assert next_item(editor) == add_address()
    assert next_item(make_user()) == reverse("wagtailadmin_explore_root")


def test_editors_drag_a_category_to_its_place(editor: Any) -> None:
    client = client_of(editor)
    client.get(reverse("wagtailadmin_home"))
    views = NewsCategory.snippet_viewset
    before = list(NewsCategory.objects.values_list("pk", flat=True))
    page = client.get(reverse(views.get_url_name("list")), {"ordering": "order"}).text
    assert ("w-orderable" in page, "keydown.up" in page) == (True, True)
    move = reverse(views.get_url_name("reorder"), args=[before[-1]])
    assert client.post(f"{move}?position=0").status_code == 200
    assert list(NewsCategory.objects.values_list("pk", flat=True)) == [before[-1], *before[:-1]]
    other = client_of(make_person(Role.DEPARTMENT))
    assert other.post(f"{move}?position=2").status_code in (302, 404)
    assert list(NewsCategory.objects.values_list("pk", flat=True)) == [before[-1], *before[:-1]]
