"""What editors and publishers see in the CMS: their desk, the column's screen, the record beside the page."""

from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from partybuilding.column.selectors import pages_of
from partybuilding.projects.casefile.contents import actions_of
from partybuilding.projects.pages import ProjectPage
from tests.factories import make_cast, make_project
from tests.factories.column import make_page, make_pages
from tests.factories.projects import Cast

pytestmark = pytest.mark.django_db
COLUMN = "party_column_modeladmin_index"


def as_user(user: Any) -> Client:
    """Sign somebody in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def submit(page: ProjectPage, cast: Cast) -> Any:
    """Hand a page to the publishers."""
    return page.get_workflow().start(page, cast["editor"])


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return make_cast()


@pytest.fixture
def five(cast: Cast) -> dict[str, Any]:
    """Make a project in each status of its page, and two that are not approved."""
    make_project("declined", cast)
    make_project("first_passed", cast)
    pages = {
        "none": make_project("approved", cast),
        "draft": make_page("approved", cast, live=False),
        "review": make_page("approved", cast, live=False),
        "returned": make_page("implementing", cast, live=False),
        "live": make_page("terminated", cast),
    }
    submit(pages["review"], cast)
    state = submit(pages["returned"], cast)
    state.current_task_state.reject(user=cast["publisher"], comment="请补充图片。")
    return pages


def test_every_approved_project_has_its_status_and_no_other(
    cast: Cast, five: dict[str, Any]
) -> None:
    rows = {project.pk: project.page_status for project in pages_of(cast["editor"])}
    expected = {getattr(one, "project_id", one.pk): status for status, one in five.items()}
    assert rows == expected


def test_the_screen_offers_what_can_be_done(cast: Cast, five: dict[str, Any]) -> None:
    text = as_user(cast["editor"]).get(reverse(COLUMN)).content.decode()
    assert reverse("partybuilding:start_page", args=[five["none"].pk]) in text
    assert text.count("/start/") == 1
    for status in ("draft", "review", "returned", "live"):
        assert reverse("wagtailadmin_pages:edit", args=[five[status].pk]) in text
    for word in ("待编写", "草稿", "待审核", "被退回", "已发布"):
        assert word in text
    assert five["live"].url in text


@pytest.mark.parametrize("role", ["unit", "department", "taskforce", "auditor"])
def test_others_do_not_open_the_screen(cast: Cast, five: dict[str, Any], role: str) -> None:
    response = as_user(cast[role]).get(reverse(COLUMN))
    assert response.status_code == 302
    assert as_user(cast[role]).post(
        reverse("partybuilding:start_page", args=[five["none"].pk])
    ).status_code in (302, 404)
    assert not ProjectPage.objects.filter(project=five["none"]).exists()


def test_an_editor_begins_a_page_and_stands_in_the_editor(cast: Cast) -> None:
    project = make_project("approved", cast)
    address = reverse("partybuilding:start_page", args=[project.pk])
    editor = as_user(cast["editor"])
    assert editor.get(address).status_code == 405
    response = editor.post(address, follow=True)
    page = ProjectPage.objects.get(project=project)
    assert response.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    text = response.content.decode()
    assert "已按项目档案生成草稿" in text
    assert "项目档案" in text
    assert "已立项" in text


@pytest.mark.parametrize("state", ["declined", "first_passed", "draft"])
def test_a_page_of_a_hidden_project_cannot_be_begun(cast: Cast, state: str) -> None:
    project = make_project(state, cast)
    address = reverse("partybuilding:start_page", args=[project.pk])
    assert as_user(cast["editor"]).post(address).status_code == 404


def test_the_screen_costs_the_same_at_any_length(cast: Cast) -> None:
    make_pages(3, cast)
    editor = as_user(cast["editor"])

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(reverse(COLUMN)).status_code == 200
        return len(captured)

    queries()
    few = queries()
    make_pages(30, make_cast(cast.cycle))
    assert queries() == few


def test_the_explorer_shows_the_state_and_costs_the_same_at_any_length(cast: Cast) -> None:
    page = make_pages(3, cast)[0]
    address = reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    editor = as_user(cast["editor"])

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            text = editor.get(address).content.decode()
        assert "（实施中）" in text
        return sum("partybuilding_project" in query["sql"] for query in captured.captured_queries)

    queries()
    few = queries()
    make_pages(30, make_cast(cast.cycle))
    assert queries() <= few + 2
    assert "（实施中）" in editor.get(f"{address}?q={page.title[:4]}").content.decode()


def test_editor_and_case_file_lead_to_each_other(cast: Cast) -> None:
    page = make_page("approved", cast)
    case = reverse("partybuilding:case", args=[page.project_id])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    editor = as_user(cast["editor"])
    assert editor.get(edit).content.decode().count(f'href="{case}"') >= 2
    assert edit in editor.get(case).content.decode()
    urls = [way.url for way in actions_of(page.project, cast["department"])]
    assert edit not in urls


def test_what_editors_cannot_use_is_not_offered(cast: Cast) -> None:
    page = make_page("approved", cast)
    root = as_user(cast["publisher"])
    text = root.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).content.decode()
    for name in ("copy", "move"):
        assert reverse(f"wagtailadmin_pages:{name}", args=[page.pk]) not in text
    assert reverse("wagtailadmin_pages:add_subpage", args=[page.get_parent().pk]) not in text


def test_a_lead_picture_needs_its_words_when_the_page_is_handed_in(cast: Cast) -> None:
    from tests.factories.column import make_image
    from tests.partybuilding.projects.test_publish_gate import form_of

    page = make_page("approved", cast, live=False)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    editor = as_user(cast["editor"])
    form = {**form_of(page), "lead_image": make_image().pk}
    assert editor.post(address, form).status_code == 302
    refused = editor.post(address, {**form, "action-submit": "action-submit"})
    assert "请填写题图的文字说明" in refused.content.decode()
    full = {**form, "lead_image_alt": "居民在议事", "action-submit": "action-submit"}
    assert editor.post(address, full).status_code == 302
    assert Page.objects.get(pk=page.pk).workflow_in_progress


def test_the_workflow_goes_on_when_mail_is_off(
    cast: Cast, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    cast["publisher"].email = "publisher@example.org"
    cast["publisher"].save()
    page = make_page("approved", cast, live=False)
    submit(page, cast)
    page.current_workflow_task_state.approve(user=cast["publisher"])
    assert Page.objects.get(pk=page.pk).live
    assert mail.outbox == []
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
