"""What is written of a book: chosen and ordered, built by a process of its own, published with four eyes, withdrawn."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils import timezone

from partybuilding.casebook import building, child, services
from partybuilding.casebook.gathering import absolute
from partybuilding.casebook.models import CaseBook, Edition
from partybuilding.casebook.selectors import offered_editions, official
from partybuilding.casebook.states import BuildStatus, EditionKind
from partybuilding.cases.models import CaseStudy
from partybuilding.core import background
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.models.heard import SILENCE
from partybuilding.core.selectors import trail_of
from partybuilding.core.services import move
from partybuilding.cycles.models import Cycle
from tests.factories import Cast, make_cast
from tests.factories.casebook import PERMIT, make_book, make_edition
from tests.factories.spread import make_case
from tests.partybuilding.casebook import reading

pytestmark = pytest.mark.django_db
INTERNAL_SIGNS = ("内部资料", "准印证")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def book(cast: Cast) -> CaseBook:
    return make_book(cast)


def keys(book: CaseBook) -> list[int]:
    return list(book.entries.values_list("case", flat=True))


def text_of(edition: Edition) -> str:
    with edition.file.open() as file:
        pages = reading.read(file.read()).pages
        return "".join(page.extract_text() for page in pages).replace(" ", "")


def test_a_book_begins_with_the_cases_that_residents_read(cast: Cast, book: CaseBook) -> None:
    hidden = [make_case(state, cast).pk for state in ("draft", "submitted", "selected")]
    assert len(keys(book)) == 2
    assert services.book_of(cast.cycle, by=cast["editor"]) == book
    assert services.arrange(book, [*hidden, *keys(book)], by=cast["editor"]) == keys(book)
    assert not set(hidden) & set(keys(book))


def test_the_order_of_the_editors_wins_until_grades_are_asked_for(
    cast: Cast, book: CaseBook
) -> None:
    first, second = keys(book)
    assert services.arrange(book, [second, first, second], by=cast["editor"]) == [second, first]
    assert services.arrange(book, [second], by=cast["editor"]) == [second]
    services.arrange(book, [second, first], by=cast["editor"])
    services.arrange_by_grade(book, by=cast["editor"])
    assert keys(book) == [first, second]


def test_what_changes_nothing_is_not_noted(cast: Cast, book: CaseBook) -> None:
    before = len(trail_of(cast.cycle))
    services.arrange(book, keys(book), by=cast["editor"])
    services.save_book(book, {"title": book.title}, by=cast["editor"])
    assert len(trail_of(cast.cycle)) == before
    services.save_book(book, {"title": "案例选"}, by=cast["editor"])
    assert trail_of(cast.cycle).last().data == {"fields": ["title"]}


@pytest.mark.parametrize("role", ["department", "unit", "applicant", "expert"])
def test_only_who_works_on_pages_puts_a_book_together(
    role: str, cast: Cast, book: CaseBook
) -> None:
    for write in (
        lambda: services.book_of(cast.cycle, by=cast[role]),
        lambda: services.save_book(book, {"title": "x"}, by=cast[role]),
        lambda: services.arrange(book, [], by=cast[role]),
        lambda: services.begin_build(book, EditionKind.PUBLIC, by=cast[role]),
    ):
        with pytest.raises(NotYours):
            write()


def test_an_edition_is_built_by_its_own_process_and_told_line_by_line(
    cast: Cast, book: CaseBook
) -> None:
    told: list[str] = []
    edition = services.build_edition(
        book, EditionKind.PUBLIC, by=cast["editor"], told=lambda stage, *_: told.append(stage)
    )
    assert edition.faults == []
    assert edition.status == BuildStatus.BUILT
    assert list(dict.fromkeys(told)) == ["gathering", "glyphs", "typesetting"]
    assert edition.measures["pages"] >= 8
    assert [case["revision"] for case in edition.cases] == [
        page.live_revision_id for page in (case.case.page for case in book.entries.all())
    ]
    assert "网络版" in text_of(edition)
    files = edition.file.storage
    again = building.build(services.rebuild(edition, by=cast["editor"]))
    assert (again.sha256, again.digest) == (edition.sha256, edition.digest)
    assert not files.exists(edition.file.name)
    assert files.exists(again.file.name)


def test_an_internal_publication_without_its_data_is_a_draft(cast: Cast, book: CaseBook) -> None:
    draft = services.build_edition(book, EditionKind.INTERNAL, by=cast["editor"])
    assert draft.is_draft
    assert "送审稿" in text_of(draft)
    assert "准印证号" not in text_of(draft)
    services.save_book(book, PERMIT, by=cast["editor"])
    whole = services.build_edition(book, EditionKind.INTERNAL, by=cast["editor"])
    assert not whole.is_draft
    text = text_of(whole)
    assert "内部资料，免费交流" in text
    assert "送审稿" not in text
    for name in ("permit_number", "compiled_by", "addressed_to", "printed_by"):
        assert PERMIT[name] in text
    assert "500册" in text
    public = services.build_edition(book, EditionKind.PUBLIC, by=cast["editor"])
    assert not any(sign in text_of(public) for sign in (*INTERNAL_SIGNS, PERMIT["permit_number"]))


@pytest.mark.parametrize("words", ["本书为内部资料。", "准印证号另行申请。", "电话13800138000。"])
def test_residents_get_no_front_matter_that_is_not_for_them(
    words: str, cast: Cast, book: CaseBook
) -> None:
    services.save_book(book, {"foreword": words}, by=cast["editor"])
    with pytest.raises(ConditionUnmet):
        services.begin_build(book, EditionKind.PUBLIC, by=cast["editor"])
    services.begin_build(book, EditionKind.PRINT, by=cast["editor"])


def test_a_book_without_cases_is_not_built(cast: Cast, book: CaseBook) -> None:
    services.arrange(book, [], by=cast["editor"])
    with pytest.raises(ConditionUnmet, match="先选择"):
        services.begin_build(book, EditionKind.PUBLIC, by=cast["editor"])


def test_one_build_at_a_time_until_the_other_falls_silent(cast: Cast, book: CaseBook) -> None:
    first = services.begin_build(book, EditionKind.PUBLIC, by=cast["editor"])
    with pytest.raises(ConditionUnmet, match="正在编制"):
        services.begin_build(book, EditionKind.WORD, by=cast["editor"])
    last = timezone.now() - SILENCE - timedelta(seconds=1)
    Edition.objects.filter(pk=first.pk).update(heard_at=last)
    first.refresh_from_db()
    assert first.status_label == "已停止"
    services.begin_build(book, EditionKind.WORD, by=cast["editor"])
    first.refresh_from_db()
    assert first.status == BuildStatus.STOPPED


def press_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Any, code: str) -> None:
    """Put another programme in the place of the press."""
    (tmp_path / "badpress.py").write_text(code)
    monkeypatch.setattr(child, "PROGRAMME", "badpress")
    monkeypatch.setattr(child, "ROOT", tmp_path)
    monkeypatch.setattr(child, "BEAT", 0.05)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "外部中止"),
        ("import os; os.abort()", "内存超过"),
        ("x = bytearray(10**15)", "内存超过"),
        ("raise ValueError('no glyph')", "排版出错"),
        ("import time; time.sleep(30)", "超过0秒"),
    ],
)
def test_a_child_that_ends_badly_leaves_a_clear_state(
    code: str,
    sentence: str,
    cast: Cast,
    book: CaseBook,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Any,
    settings: Any,
) -> None:
    if "sleep" in code:
        settings.PARTYBUILDING_BOOK_SECONDS = 0
    press_of(monkeypatch, tmp_path, code)
    edition = services.build_edition(book, EditionKind.PUBLIC, by=cast["editor"])
    assert edition.status == BuildStatus.FAILED
    assert sentence in edition.faults[0]
    services.begin_build(book, EditionKind.PUBLIC, by=cast["editor"])


def test_a_build_that_is_stopped_ends_its_child(
    cast: Cast, book: CaseBook, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    press_of(monkeypatch, tmp_path, "import time; time.sleep(30)")
    begun = services.begin_build(book, EditionKind.PUBLIC, by=cast["editor"])
    started = time.monotonic()

    def stop(stage: str, done: int, total: int) -> None:
        services.stop_build(begun, by=cast["editor"])

    edition = building.build(begun, told=stop)
    assert edition.status == BuildStatus.STOPPED
    assert time.monotonic() - started < 20


def test_the_thread_that_builds_knows_the_path_below_which_the_site_lives(
    cast: Cast, book: CaseBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = services.begin_build(book, EditionKind.PUBLIC, by=cast["editor"])
    seen: list[str] = []
    monkeypatch.setattr(building, "build", lambda _: seen.append(reverse("book", args=[2022])))
    monkeypatch.setattr(background.connections, "close_all", lambda: None)
    before = get_script_prefix()
    try:
        building.build_alone.call(begun.pk, "/party/")
    finally:
        set_script_prefix(before)
    assert seen == ["/party/book/2022/"]


def test_an_address_on_paper_is_whole(settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = ""
    assert absolute("/book/2022/").startswith("http://")
    settings.WAGTAILADMIN_BASE_URL = "https://example.org"
    assert absolute("/book/2022/") == "https://example.org/book/2022/"
    assert absolute("") == ""


def test_too_little_memory_is_told(cast: Cast, book: CaseBook, settings: Any) -> None:
    settings.PARTYBUILDING_BOOK_MEMORY_MB = 40
    edition = services.build_edition(book, EditionKind.PUBLIC, by=cast["editor"])
    assert edition.status == BuildStatus.FAILED


def test_an_edition_is_published_by_a_publisher_who_did_not_build_it(
    cast: Cast, book: CaseBook
) -> None:
    edition = make_edition(book, by=cast["publisher"])
    for role in ("editor", "publisher", "department"):
        with pytest.raises(NotYours):
            services.publish_edition(edition, by=cast[role])
    edition = make_edition(book, by=cast["editor"])
    services.publish_edition(edition, by=cast["publisher"])
    year = cast.cycle.year
    assert offered_editions(year) == [edition]
    assert trail_of(Cycle.objects.get(pk=cast.cycle.pk)).last().data["sha256"] == edition.sha256
    with pytest.raises(ConditionUnmet, match="已经发布"):
        services.publish_edition(edition, by=cast["publisher"])


@pytest.mark.parametrize("kind", [EditionKind.INTERNAL, EditionKind.PRINT, EditionKind.WORD])
def test_what_is_not_for_residents_is_never_published(
    kind: EditionKind, cast: Cast, book: CaseBook
) -> None:
    edition = make_edition(book, kind, by=cast["editor"])
    with pytest.raises(ConditionUnmet):
        services.publish_edition(edition, by=cast["publisher"])


def test_an_edition_with_a_case_that_was_retracted_is_not_handed_out(
    cast: Cast, book: CaseBook
) -> None:
    edition = make_edition(book, by=cast["editor"])
    services.publish_edition(edition, by=cast["publisher"])
    case = CaseStudy.objects.get(pk=keys(book)[0])
    move(case, "retract", by=cast["department"], reason="内容与事实不符。")
    assert offered_editions(cast.cycle.year) == []
    assert official(cast.cycle.year, edition.sha256) == edition
    another = make_edition(book, by=cast["editor"])
    assert len(another.cases) == 1
    old = make_edition(book, by=cast["editor"])
    Edition.objects.filter(pk=old.pk).update(cases=edition.cases)
    with pytest.raises(ConditionUnmet, match="撤下"):
        services.publish_edition(old, by=cast["publisher"])


def test_what_was_not_built_is_neither_published_nor_built_again(
    cast: Cast, book: CaseBook
) -> None:
    begun = services.begin_build(book, EditionKind.PUBLIC, by=cast["editor"])
    services.stop_build(begun, by=cast["editor"])
    with pytest.raises(ConditionUnmet, match="还没有编制完成"):
        services.publish_edition(begun, by=cast["publisher"])
    with pytest.raises(ConditionUnmet, match="没有编制清单"):
        services.rebuild(begun, by=cast["editor"])
    with pytest.raises(NotYours):
        services.stop_build(begun, by=cast["department"])


def test_an_edition_is_withdrawn_with_a_public_reason(cast: Cast, book: CaseBook) -> None:
    edition = make_edition(book, by=cast["editor"])
    with pytest.raises(ConditionUnmet):
        services.withdraw_edition(edition, by=cast["publisher"], reason="数字有误。")
    services.publish_edition(edition, by=cast["publisher"])
    with pytest.raises(NotYours):
        services.withdraw_edition(edition, by=cast["editor"], reason="数字有误。")
    with pytest.raises(ConditionUnmet):
        services.withdraw_edition(edition, by=cast["department"], reason=" ")
    services.withdraw_edition(edition, by=cast["department"], reason="第三篇数字有误。")
    assert offered_editions(cast.cycle.year) == []
    assert official(cast.cycle.year, edition.sha256).withdrawn_reason == "第三篇数字有误。"
