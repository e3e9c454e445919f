"""What residents read of a project's supervision: rounds, findings, lateness; never who was there."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partybuilding.projects.pages import ProjectPage
from tests.factories import Cast, make_cast
from tests.factories.column import make_page
from tests.factories.supervision import (
    finding,
    make_activity,
    make_rectification,
    make_visit,
    take_rectification,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def page(cast: Cast) -> ProjectPage:
    return make_page("implementing", cast)


def shown(page: ProjectPage) -> str:
    response = Client().get(page.url)
    assert response.status_code == 200
    return response.text


def test_without_anything_held_there_is_no_such_part(page: ProjectPage) -> None:
    assert 'id="supervision"' not in shown(page)


def test_rounds_findings_and_good_practice_are_read(cast: Cast, page: ProjectPage) -> None:
    make_visit(page.project, cast, finding("台账未更新。"), good_practice="每周一张纸。")
    text = shown(page)
    for words in (
        'id="supervision"',
        "已接受督导1次。发现问题1个，已整改销号0个。",
        "台账未更新。",
        "整改要求：补齐记录，每周更新。",
        "待整改",
        "每周一张纸。",
        "实地督导",
        "2025年第二季度",
        "现场查看台账，分工上墙。",
    ):
        assert words in text
    for words in ("工作专班郝示例", cast["taskforce"].first_name):
        assert words not in text


def test_lateness_stands_in_words_for_ever(cast: Cast, page: ProjectPage) -> None:
    one = make_rectification("issued", cast, page.project, days=1)
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        assert "逾期3天" in shown(page)
        one = take_rectification(one, "report_done", cast)
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        assert "已补齐记录" not in shown(page)
        take_rectification(one, "verify", cast)
        text = shown(page)
    for words in ("已销号", "逾期3天", "6月12日销号", "整改情况：已补齐记录，书记签字。"):
        assert words in text


def test_what_was_not_held_in_time_is_said(cast: Cast, page: ProjectPage) -> None:
    today = timezone.localdate()
    make_activity(page.project, "dispatch", due_on=today - timedelta(days=1))
    assert "有1项督导未按时开展。" in shown(page)
    make_activity(page.project, due_on=today - timedelta(days=2))
    make_visit(page.project, cast)
    text = shown(page)
    assert "未发现需整改的问题。" in text
    assert "逾期开展" in text


def test_what_an_officer_wrote_is_text(cast: Cast, page: ProjectPage) -> None:
    hostile = "<script>alert(1)</script>"
    make_visit(page.project, cast, finding(hostile), summary=hostile, good_practice=hostile)
    assert hostile not in shown(page)


def test_the_page_asks_as_much_for_many_rounds_as_for_one(cast: Cast, page: ProjectPage) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            shown(page)
        return len(found)

    make_rectification("reported", cast, page.project)
    queries()  # what is asked once in a process
    few = queries()
    for kind in ("dispatch", "observation"):
        make_visit(page.project, cast, finding("甲项不清"), finding("乙项不清"), kind=kind)
    assert queries() == few <= 25
