"""What residents get of the book, what they never get, and whether a file is official."""

import hashlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from partybuilding.casebook.models import CaseBook, Edition
from partybuilding.casebook.services import publish_edition, withdraw_edition
from partybuilding.casebook.states import EditionKind
from partybuilding.cases.models import CaseStudy
from partybuilding.cases.pages import CaseIndexPage
from partybuilding.core.files.named import named_files
from partybuilding.core.files.storage import PRIVATE
from partybuilding.core.services import move
from tests.factories import Cast, make_cast
from tests.factories.casebook import PERMIT, make_book, make_edition
from tests.factories.spread import make_case

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 the web edition"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def book(cast: Cast) -> CaseBook:
    return make_book(cast)


@pytest.fixture
def edition(cast: Cast, book: CaseBook) -> Edition:
    made = make_edition(book, by=cast["editor"], content=CONTENT)
    return publish_edition(made, by=cast["publisher"])


def at(book: CaseBook, more: str = "") -> str:
    return f"/book/{book.cycle.year}/{more}"


def test_before_anything_is_published_there_is_no_book(cast: Cast, book: CaseBook) -> None:
    make_edition(book, by=cast["editor"])
    assert Client().get(at(book)).status_code == 404
    assert Client().get(at(book, "public.pdf")).status_code == 404
    assert Client().get(at(book, "verify")).status_code == 404
    assert "还没有发布案例集" in Client().get("/book/").text


def test_residents_take_along_what_was_published(book: CaseBook, edition: Edition) -> None:
    page = Client().get(at(book))
    assert edition.sha256 in page.text
    assert "24页" in page.text
    assert '"@type": "Book"' in page.text
    listed = Client().get("/book/")
    assert f"收录的{len(edition.cases)}篇案例" in listed.text
    assert f"{at(book)}public.pdf" in listed.text
    assert f"{at(book)}</loc>" in Client().get("/sitemap.xml").text
    assert not page.cookies
    assert "public" in page["Cache-Control"]
    file = Client().get(at(book, "public.pdf"))
    assert b"".join(file.streaming_content) == CONTENT
    assert file["ETag"] == f'"{edition.sha256}"'
    again = Client().get(at(book, "public.pdf"), headers={"If-None-Match": file["ETag"]})
    assert again.status_code == 304


def test_no_stranger_gets_what_is_internal_or_for_the_press(
    cast: Cast, book: CaseBook, edition: Edition
) -> None:
    CaseBook.objects.filter(pk=book.pk).update(**PERMIT)
    for kind in (EditionKind.INTERNAL, EditionKind.PRINT, EditionKind.WORD):
        made = make_edition(book, kind, by=cast["editor"], content=kind.encode())
        Edition.objects.filter(pk=made.pk).update(published_at=edition.published_at)
        for extension in ("pdf", "docx", "epub"):
            assert Client().get(at(book, f"{kind}.{extension}")).status_code == 404
        told = Client().get(at(book, "verify"), {"sha256": made.sha256})
        assert "核验未通过" in told.text
        for name in ("file", "manifest", "progress"):
            address = reverse(f"partybuilding:casebook_{name}", args=[made.pk])
            assert Client().get(address).status_code == 302
    assert Client().get(at(book, "public.epub")).status_code == 404
    page = Client().get(at(book)).text
    assert PERMIT["permit_number"] not in page
    assert "内部资料" not in page


def test_no_case_that_residents_may_not_read_stands_in_a_manifest(
    cast: Cast, book: CaseBook
) -> None:
    hidden = make_case("selected", cast)
    book.entries.create(case=hidden, place=9)
    made = make_edition(book, by=cast["editor"])
    assert hidden.page.pk not in {case["page"] for case in made.cases}
    assert len(made.cases) == 2


def test_a_retracted_case_stops_the_download(cast: Cast, book: CaseBook, edition: Edition) -> None:
    case = CaseStudy.objects.get(pk=book.entries.first().case_id)
    move(case, "retract", by=cast["department"], reason="内容与事实不符。")
    assert "正在重新编制" in Client().get(at(book)).text
    assert Client().get(at(book, "public.pdf")).status_code == 404


def test_a_withdrawn_edition_says_why(cast: Cast, book: CaseBook, edition: Edition) -> None:
    withdraw_edition(edition, by=cast["publisher"], reason="第三篇数字有误。")
    assert "第三篇数字有误" in Client().get(at(book)).text
    told = Client().get(at(book, "verify"), {"sha256": edition.sha256}).text
    assert "核验通过" in told
    assert "第三篇数字有误" in told


def test_a_pasted_hash_is_known_in_any_writing(book: CaseBook, edition: Edition) -> None:
    digest = edition.sha256.upper()
    told = Client().get(at(book, "verify"), {"sha256": f" {digest[:32]} {digest[32:]} "})
    assert "核验通过" in told.text
    assert "no-store" in told["Cache-Control"]
    for wrong in ("abc", "g" * 64, ""):
        answer = Client().get(at(book, "verify"), {"sha256": wrong}).text
        assert "核验通过" not in answer
        assert "核验未通过" not in answer


def test_an_uploaded_file_is_hashed_and_not_kept(
    cast: Cast, book: CaseBook, edition: Edition, settings: Any, tmp_path: Any
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 8
    client = Client(enforce_csrf_checks=True)
    right = SimpleUploadedFile("book.pdf", CONTENT)
    told = client.post(at(book, "verify"), {"file": right})
    assert "核验通过" in told.text
    assert not told.cookies
    wrong = SimpleUploadedFile("book.pdf", CONTENT + b" ")
    told = client.post(at(book, "verify"), {"file": wrong})
    assert "核验未通过" in told.text
    assert hashlib.sha256(CONTENT + b" ").hexdigest() in told.text
    assert list(tmp_path.iterdir()) == []


def test_a_stranger_may_send_a_whole_book_here_and_nowhere_else(
    book: CaseBook, edition: Edition
) -> None:
    large = SimpleUploadedFile("book.pdf", b"x" * (2 * 1024 * 1024))
    assert Client().post(at(book, "verify"), {"file": large}).status_code == 200
    large.seek(0)
    assert Client().post("/opinions/", {"file": large}).status_code == 413


def test_the_list_of_cases_leads_to_the_book(book: CaseBook, edition: Edition) -> None:
    pages = CaseIndexPage.objects.first()
    assert at(book) in Client().get(pages.get_url()).text


def test_the_daily_sweep_keeps_the_files_of_editions(
    cast: Cast, book: CaseBook, edition: Edition, settings: Any
) -> None:
    Edition.objects.filter(pk=edition.pk).update(cover="books/cover.png")
    assert {edition.file.name, "books/cover.png"} <= named_files()[PRIVATE].keys()


def test_a_newer_edition_takes_the_place_of_the_older(
    cast: Cast, book: CaseBook, edition: Edition
) -> None:
    newer = make_edition(book, by=cast["editor"], content=b"%PDF-1.7 second")
    publish_edition(newer, by=cast["publisher"])
    told = Client().get(at(book, "verify"), {"sha256": edition.sha256}).text
    assert "已由新版本替代" in told
    assert b"".join(Client().get(at(book, "public.pdf")).streaming_content) == b"%PDF-1.7 second"


def test_the_command_builds_and_writes_an_edition(
    cast: Cast, book: CaseBook, tmp_path: Any, capsys: Any
) -> None:
    out = tmp_path / "book.epub"
    call_command("casebook", str(book.cycle.year), "--edition", "epub", "--out", str(out))
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    assert digest in capsys.readouterr().out
    assert Edition.objects.get().sha256 == digest
    with pytest.raises(CommandError, match="1999"):
        call_command("casebook", "1999")
    book.entries.all().delete()
    with pytest.raises(CommandError, match="先选择"):
        call_command("casebook", str(book.cycle.year))
