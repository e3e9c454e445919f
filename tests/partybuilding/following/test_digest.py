"""The week as an article for the official account: what it tells, who makes it, that it is written down."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partybuilding.core.states import Role
from partybuilding.projects.pages import ProjectPage
from partybuilding.wechat.models import WechatExport
from partybuilding.wechat.services import compare_with_site
from tests.factories import make_cast
from tests.factories.column import make_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of_editor() -> Client:
    cast = make_cast()
    make_page(cast=cast)
    ProjectPage.objects.update(first_published_at=timezone.now() - timedelta(hours=1))
    client = Client()
    client.force_login(cast[Role.EDITOR])
    return client


def test_it_tells_what_became_public_and_what_leaves_is_written_down(
    client_of_editor: Client,
) -> None:
    page = ProjectPage.objects.get()
    url = reverse("partybuilding:wechat_digest")
    shown = client_of_editor.get(url)
    assert page.title in shown.text
    assert "公开栏一周" in shown.text
    form = shown.context["form"]
    lines = {name: form[name].value() for name in ("title", "author", "digest")}
    answer = client_of_editor.post(url, {**lines, "way": "zip"})
    assert answer["Content-Type"] == "application/zip"
    export = WechatExport.objects.get()
    assert (export.page, export.run, export.way) == (None, None, "zip")
    assert export.title in client_of_editor.get(url).text
    assert compare_with_site() == 0


def test_a_quiet_week_says_so(client_of_editor: Client) -> None:
    ProjectPage.objects.update(first_published_at=timezone.now() - timedelta(days=8))
    answer = client_of_editor.get(reverse("partybuilding:wechat_digest"), follow=True)
    assert "最近七天没有公开新内容" in answer.text


def test_others_find_no_such_screen() -> None:
    client = Client()
    client.force_login(make_cast()[Role.UNIT])
    assert client.get(reverse("partybuilding:wechat_digest")).status_code == 404
