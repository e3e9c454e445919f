"""A project's page is begun once, from its record, by those who may."""

import pytest
from django.test import Client
from django.urls import reverse

from partybuilding.column.pages import ProjectIndexPage, ProjectYearPage
from partybuilding.column.services import body_from, first_sentence, start_page
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.projects.pages import ProjectPage
from tests.factories import make_cast, make_project

pytestmark = pytest.mark.django_db


def test_an_editor_begins_a_page_from_the_record() -> None:
    cast = make_cast()
    project = make_project("approved", cast)
    page = start_page(project, by=cast["editor"])
    assert not page.live
    assert (page.title, page.slug) == (project.title, project.code)
    assert page.summary == "全年办结居民议题不少于60件，满意度达到95%"
    assert page.get_parent().specific.cycle == cast.cycle
    assert [block.block_type for block in page.body] == ["heading", "text"] * 3
    assert page.get_latest_revision().user == cast["editor"]


def test_beginning_again_finds_the_page_that_there_is() -> None:
    cast = make_cast()
    project = make_project("approved", cast)
    assert start_page(project, by=cast["editor"]) == start_page(project, by=cast["publisher"])
    assert ProjectYearPage.objects.count() == 1


@pytest.mark.parametrize("role", ["applicant", "unit", "department", "expert", "auditor"])
def test_others_do_not_begin_pages(role: str) -> None:
    cast = make_cast()
    with pytest.raises(NotYours):
        start_page(make_project("approved", cast), by=cast[role])


@pytest.mark.parametrize("state", ["draft", "submitted", "first_passed", "declined", "withdrawn"])
def test_what_is_not_approved_gets_no_page(state: str) -> None:
    cast = make_cast()
    with pytest.raises(ConditionUnmet):
        start_page(make_project(state, cast), by=cast["editor"])
    assert not ProjectPage.objects.exists()


def test_without_an_index_there_is_a_sentence(client: Client) -> None:
    cast = make_cast()
    project = make_project("approved", cast)
    ProjectIndexPage.objects.get().delete()
    client.force_login(cast["editor"], backend="django.contrib.auth.backends.ModelBackend")
    response = client.post(reverse("partybuilding:start_page", args=[project.pk]), follow=True)
    assert "请先在首页下新建“创新项目”栏目。" in response.content.decode()


def test_text_of_the_record_is_escaped() -> None:
    cast = make_cast()
    project = make_project("approved", cast)
    project.problem = "<script>alert(1)</script>\n\n第二段"
    value = body_from(project)[1]["value"]
    assert value == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p><p>第二段</p>"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("第一句。第二句。", "第一句"), ("", ""), ("长" * 130, "长" * 120), ("。", "")],
)
def test_a_summary_is_the_first_sentence(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence
