"""The screens of the book: who opens them, how cases are chosen and ordered, what each edition offers."""

from typing import Any

import pytest
from django.urls import reverse

from partybuilding.casebook import views
from partybuilding.casebook.errata import errata_of
from partybuilding.casebook.forms import names_in
from partybuilding.casebook.models import CaseBook, Edition
from partybuilding.casebook.states import BuildStatus, EditionKind
from tests.factories import Cast, make_cast
from tests.factories.casebook import make_book, make_case_page, make_edition
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db
BOOKS = "/admin/party/casebooks/"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def book(cast: Cast) -> CaseBook:
    return make_book(cast)


def at(book: CaseBook, name: str = "casebook", *args: Any) -> str:
    return reverse(f"partybuilding:{name}", args=[book.cycle.year, *args])


def keys(book: CaseBook) -> list[int]:
    return list(book.entries.values_list("case", flat=True))


def status_of(client: Any, page: str) -> int:
    answer = client.get(page)
    b"".join(answer)  # the file of an edition is closed when it was read
    return int(answer.status_code)


def test_each_role_opens_the_book_as_it_may(cast: Cast, book: CaseBook) -> None:
    edition = make_edition(book, EditionKind.INTERNAL, by=cast["editor"])
    pages = [
        BOOKS,
        at(book),
        at(book, "casebook_errata"),
        *(
            reverse(f"partybuilding:casebook_{name}", args=[edition.pk])
            for name in ("file", "manifest", "progress")
        ),
    ]
    may = {"editor": 200, "publisher": 200, "department": 200, "taskforce": 200, "unit": 404}
    for role, status in {**may, "applicant": 302, "expert": 302}.items():
        client = client_of(cast[role])
        assert {status_of(client, page) for page in pages} == {status}, role
    for role, status in {"editor": 200, "department": 404}.items():
        assert client_of(cast[role]).get(at(book, "casebook_edit")).status_code == status
        answer = client_of(cast[role]).post(at(book), {"do": "arrange"})
        assert answer.status_code == (302 if status == 200 else 404)


def test_a_book_is_begun_from_the_screen(cast: Cast) -> None:
    client = client_of(cast["editor"])
    assert "还没有已发布的案例" in client.get(BOOKS).text
    page = make_case_page(cast)
    assert str(cast.cycle.year) in client.get(BOOKS).text
    address = reverse("partybuilding:casebook", args=[cast.cycle.year])
    assert "建立案例集" in client.get(address).text
    client.post(address, {"do": "begin"})
    assert page.title in client.get(address).text
    assert CaseBook.objects.get().entries.count() == 1


def test_cases_are_ticked_and_ordered_by_their_numbers(cast: Cast, book: CaseBook) -> None:
    first, second = keys(book)
    client = client_of(cast["editor"])
    order = {
        "do": "arrange",
        "case": [first, second],
        f"place-{first}": "9",
        f"place-{second}": "2",
    }
    client.post(at(book), order)
    assert keys(book) == [second, first]
    client.post(at(book), {"do": "by_grade"})
    assert keys(book) == [first, second]
    client.post(at(book), {"do": "arrange", "case": [second, "x", "²"]})
    assert keys(book) == [second]


def test_the_front_matter_is_saved_with_its_board(cast: Cast, book: CaseBook) -> None:
    client = client_of(cast["editor"])
    data = {
        "title": "2022年度案例集",
        "issuer": "区委组织部",
        "size": "a4",
        "paper": "100",
        "multiple": "16",
        "foreword": "第一段。\n第二段。",
        "board-TOTAL_FORMS": "3",
        "board-INITIAL_FORMS": "0",
        "board-0-role": "主任",
        "board-0-names": "张　明、李华",
        "board-1-role": "编辑",
        "board-1-names": "",
    }
    assert client.post(at(book, "casebook_edit"), data).status_code == 302
    book.refresh_from_db()
    assert book.board == [{"role": "主任", "names": ["张明", "李华"]}]
    assert (book.size, book.multiple) == ("a4", 16)
    told = client.post(at(book, "casebook_edit"), {**data, "paper": "9999"})
    assert "400" in told.text
    assert "李华" in client.get(at(book, "casebook_edit")).text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张明、李华", ["张明", "李华"]),
        ("张　明　李　华　欧阳文", ["张明", "李华", "欧阳文"]),
        ("张 明，李华；王 芳", ["张明", "李华", "王芳"]),
        ("张明 李华", ["张明", "李华"]),
    ],
)
def test_names_are_read_however_they_are_parted(text: str, names: list[str]) -> None:
    assert names_in(text) == names


def test_the_screen_starts_stops_and_publishes(
    cast: Cast, book: CaseBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Edition] = []
    monkeypatch.setattr(views.services, "build_in_background", begun.append)
    client = client_of(cast["editor"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(views.services.transaction, "on_commit", lambda run: run())
        client.post(at(book), {"do": "build", "kind": "public"})
    assert [one.kind for one in begun] == ["public"]
    assert "data-progress" in client.get(at(book)).text
    asked = reverse("partybuilding:casebook_progress", args=[begun[0].pk])
    assert client.get(asked).json()["running"]
    client.post(at(book), {"do": "stop", "edition": begun[0].pk})
    assert Edition.objects.get().status == BuildStatus.STOPPED
    assert "可以重新编制" in client.get(at(book)).text
    edition = make_edition(book, by=cast["editor"])
    assert 'value="publish"' not in client.get(at(book)).text
    publisher = client_of(cast["publisher"])
    assert 'value="publish"' in publisher.get(at(book)).text
    publisher.post(at(book), {"do": "publish", "edition": edition.pk})
    assert "已对外提供" in publisher.get(at(book)).text
    address = at(book, "casebook_withdraw", edition.pk)
    assert publisher.post(address, {"reason": "第三篇数字有误。"}).status_code == 302
    assert client.post(at(book), {"do": "stop", "edition": "9" * 30}).status_code == 404
    assert client.post(at(book), {"do": "build", "kind": "secret"}).status_code == 404


def test_a_refusal_is_said_on_the_screen(cast: Cast, book: CaseBook) -> None:
    client = client_of(cast["editor"])
    client.post(at(book), {"do": "arrange"})
    told = client.post(at(book), {"do": "build", "kind": "public"}, follow=True)
    assert "请先选择入编的案例" in told.text


def test_errata_name_what_was_added_taken_out_and_changed(cast: Cast, book: CaseBook) -> None:
    make_edition(book, by=cast["editor"])
    old = Edition.objects.get().manifest
    new = Edition.objects.get().manifest
    new["book"]["cases"][0]["summary"] = "两个驿站，三方共建。"
    dropped = new["book"]["cases"].pop(1)
    new["book"]["cases"].append({**dropped, "page": 0, "title": "新的一篇"})
    found = errata_of(old, new)
    assert [(one.old, one.new) for one in found] == [
        (old["book"]["cases"][0]["summary"], "两个驿站，三方共建。"),
        ("", "（新增）"),
        ("（撤下）", ""),
    ]
    assert errata_of(old, old) == []
    make_edition(book, EditionKind.PRINT, by=cast["editor"])
    assert "两个版本内容相同" in client_of(cast["editor"]).get(at(book, "casebook_errata")).text


def test_more_cases_ask_no_more_of_the_database(cast: Cast, book: CaseBook) -> None:
    client = client_of(cast["editor"])
    client.get(at(book))
    before = queries_of(client, at(book)), queries_of(client, BOOKS)
    for _ in range(3):
        make_case_page(cast)
    assert (queries_of(client, at(book)), queries_of(client, BOOKS)) == before
