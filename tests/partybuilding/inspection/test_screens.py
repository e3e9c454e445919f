"""The report and the list of words: who sees them, what they hold, lines that are taken over."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.states import Role
from partybuilding.inspection import views
from partybuilding.inspection.models import OutsideLink, WatchedWord
from partybuilding.inspection.services import import_words
from tests.factories import make_cast
from tests.factories.news import publish_news
from tests.factories.people import make_person
from tests.factories.projects import Cast
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
REPORT, WORDS = "partybuilding:inspection", "watched_words:index"
LINES = "partybuilding:inspection_words"
OUTSIDE = "partybuilding:inspection_outside"
LINK = [{"type": "text", "value": '<p><a href="https://example.org/">外站</a></p>'}]


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return make_cast()


@pytest.mark.parametrize("role", list(Role))
def test_editors_and_publishers_inspect_and_for_all_others_there_is_nothing(
    cast: Cast, role: Role
) -> None:
    browser = client_of(cast[role.value])
    found = {browser.get(reverse(name)).status_code for name in (REPORT, WORDS, LINES)}
    found.add(browser.get(reverse("watched_words:add")).status_code)
    if role in {Role.EDITOR, Role.PUBLISHER}:
        assert found == {200}
        home = browser.get(reverse("wagtailadmin_home")).content.decode()
        assert reverse(REPORT) in home
    else:
        assert found <= {302, 403, 404}
        assert browser.post(reverse(OUTSIDE)).status_code in {302, 403, 404}


def test_the_report_names_each_fault_with_the_way_to_mend_it(cast: Cast) -> None:
    WatchedWord.objects.create(word="布署", better="部署", reason="错别字。")
    page = publish_news("安排布署")
    shown = client_of(cast["editor"]).get(reverse(REPORT)).content.decode()
    assert "出现“布署”，建议改为“部署”。错别字。" in shown
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in shown
    assert '<td class="party-number party-late">2</td>' in shown


def test_a_long_list_is_cut_on_the_screen_and_whole_in_the_file(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "SHOWN", 1)
    WatchedWord.objects.create(word="布署")
    for title in ("布署一", "布署二"):
        publish_news(title)
    browser = client_of(cast["editor"])
    shown = browser.get(reverse(REPORT)).content.decode()
    assert "另有1条" in shown
    book = load_workbook(BytesIO(browser.get(reverse(REPORT), {"export": "xlsx"}).content))
    rows = list(book.active.values)
    assert rows[0][:4] == ("问题类别", "页面或栏目", "位置", "问题")
    assert {"布署一", "布署二"} <= {row[1] for row in rows}


def test_links_to_other_sites_are_tried_part_by_part(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_news(body=LINK)
    asked: list[Any] = []

    def tried(addresses: list[str], since: Any, *, by: Any) -> int:
        asked.append((addresses, since))
        return 1 if len(asked) == 1 else 0

    monkeypatch.setattr(views, "try_outside", tried)
    browser = client_of(cast["editor"])
    script = {"X-Requested-With": "XMLHttpRequest"}
    first = browser.post(reverse(OUTSIDE), headers=script).json()
    assert (first["left"], first["done"]) == (1, 0)
    second = browser.post(reverse(OUTSIDE), {"since": first["since"]}, headers=script).json()
    assert (second["left"], second["since"]) == (0, first["since"])
    assert [one[0] for one in asked] == [["https://example.org/"]] * 2
    assert asked[0][1] == asked[1][1]


@pytest.mark.parametrize("since", ["", "x", "2022-13-45T00:00:00Z", "2022-01-01T00:00:00"])
def test_a_beginning_that_is_no_moment_begins_anew(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, since: str
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(views, "try_outside", lambda _all, at, by: asked.append(at) or 0)
    answer = client_of(cast["editor"]).post(reverse(OUTSIDE), {"since": since}, follow=True)
    assert "外部链接已全部检查。" in answer.content.decode()
    assert timezone.now() - asked[0] < timedelta(minutes=1)


def test_the_report_says_what_was_tried(cast: Cast) -> None:
    publish_news(body=LINK)
    browser = client_of(cast["editor"])
    assert "外部链接1个，已检查0个。" in browser.get(reverse(REPORT)).content.decode()
    OutsideLink.objects.create(address="https://example.org/", checked_at=timezone.now())
    assert "上次检查时间" in browser.get(reverse(REPORT)).content.decode()


def test_lines_are_taken_over_in_any_of_their_shapes() -> None:
    editor = make_person(Role.EDITOR)
    WatchedWord.objects.create(word="布署", better="旧的", reason="旧的")
    assert (
        import_words("布署|部署|错别字。\n\n帐号\t账号\n村长｜村委会主任｜称谓\n既使\n", by=editor)
        == 4
    )
    assert set(WatchedWord.objects.values_list("word", "better", "reason")) == {
        ("布署", "部署", "错别字。"),
        ("帐号", "账号", ""),
        ("村长", "村委会主任", "称谓"),
        ("既使", "", ""),
    }


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("布署\n|部署", "第2行：没有写错误用词。"),
        ("布署\na|b|c|d", "第2行：超过三项"),
        (f"布署\n{'长' * 41}", "第2行：有一项太长"),
        (f"布署|{'长' * 81}", "第1行：有一项太长"),
        (" \n", "请每行写一条用词。"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_taken_over(
    lines: str, said: str
) -> None:
    with pytest.raises(ConditionUnmet) as refused:
        import_words(lines, by=make_person(Role.EDITOR))
    assert said in str(refused.value)
    assert not WatchedWord.objects.exists()


def test_others_take_over_nothing() -> None:
    with pytest.raises(NotYours):
        import_words("布署", by=make_person(Role.APPLICANT))


def test_the_form_of_lines_keeps_what_was_typed(cast: Cast) -> None:
    browser = client_of(cast["editor"])
    shown = browser.post(reverse(LINES), {"lines": "a|b|c|d"}).content.decode()
    assert "第1行：超过三项" in shown
    assert "a|b|c|d" in shown
    answer = browser.post(reverse(LINES), {"lines": "布署|部署"}, follow=True)
    assert "已导入1条用词。" in answer.content.decode()


def test_a_word_is_added_changed_and_taken_out_in_the_list(cast: Cast) -> None:
    browser = client_of(cast["publisher"])
    browser.post(reverse("watched_words:add"), {"word": "布署", "better": "", "reason": ""})
    word = WatchedWord.objects.get()
    again = browser.post(reverse("watched_words:add"), {"word": "布署"}).content.decode()
    assert "清单里已有这个词。" in again
    edit = reverse("watched_words:edit", args=[word.pk])
    browser.post(edit, {"word": "布署", "better": "部署", "reason": ""})
    assert WatchedWord.objects.get().better == "部署"
    browser.post(reverse("watched_words:delete", args=[word.pk]))
    assert not WatchedWord.objects.exists()
