"""The words of documents: read once for each content, as far as there is room, and nothing of the rest."""

from io import BytesIO
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from openpyxl import Workbook

from partybuilding.core.text.personal_data import files
from partybuilding.core.text.personal_data.files import document_findings, words_of

NUMBER = "13812345678"


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    cache.clear()


class Paper:
    """A document of the library whose file counts how often it is opened."""

    file_extension = "OFD"

    def __init__(self, content: bytes, name: str = "a") -> None:
        self.content, self.name, self.opened = content, name, 0
        self.file = self

    def get_file_hash(self) -> str:
        return self.name

    def open(self) -> BytesIO:
        self.opened += 1
        return BytesIO(self.content)


def ofd(**parts: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(f"Doc_0/Pages/Page_0/{name}.xml", f"<a>{text}</a>")
    return out.getvalue()


def test_a_content_is_read_once() -> None:
    paper, clean = Paper(ofd(Content=NUMBER)), Paper(ofd(Content="办结66件"), "b")
    for _time in range(2):
        assert document_findings(paper) == [("手机号码", "138****5678")]
        assert document_findings(clean) == []
    assert (paper.opened, clean.opened) == (1, 1)


def test_of_an_ofd_the_contents_are_read_as_far_as_they_are_small(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paper = ofd(Content="甲", Annotation="乙")
    assert words_of(BytesIO(paper), "ofd").split() == ["甲"]
    size = len("<a>甲</a>".encode())
    for limit, words in ((size - 1, []), (size, ["甲"])):
        monkeypatch.setattr(files, "MAX_PART_BYTES", limit)
        assert words_of(BytesIO(paper), "ofd").split() == words


def test_what_nobody_can_read_has_no_words() -> None:
    assert words_of(BytesIO(b""), "ofd") == ""
    assert words_of(BytesIO(NUMBER.encode()), "zip") == ""


@pytest.mark.parametrize(
    ("room", "words"),
    [
        (5, "一二\n三四\n五"),
        (4, "一二\n三四"),
        (3, "一二\n三"),
        (2, "一二"),
        (9, "一二\n三四\n五六"),
    ],
)
def test_no_more_is_read_than_there_is_room_for(
    room: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def read(file: Any) -> Any:
        for line in ("一二", "三四", "五六"):
            asked.append(line)
            yield line

    monkeypatch.setattr(files, "MAX_CHARACTERS", room)
    monkeypatch.setitem(files.READERS, "txt", read)
    assert words_of(BytesIO(), "txt") == words
    assert len(asked) == len(words.split())


def test_of_a_workbook_every_cell_is_read_and_empty_ones_say_nothing() -> None:
    book, out = Workbook(), BytesIO()
    book.active.append(["甲", None, 13])
    book.active["C3"] = NUMBER
    book.save(out)
    told = out.getvalue()
    assert words_of(BytesIO(told), "xlsx").split() == ["甲", "13", NUMBER]
    # A workbook that says that it is smaller is read whole all the same.
    smaller = BytesIO()
    with ZipFile(BytesIO(told)) as was, ZipFile(smaller, "w") as now:
        for part in was.namelist():
            now.writestr(part, was.read(part).replace(b'ref="A1:C3"', b'ref="A1:A1"'))
    assert words_of(BytesIO(smaller.getvalue()), "xlsx").split() == ["甲", "13", NUMBER]


def test_of_a_long_pdf_the_first_pages_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [SimpleNamespace(extract_text=lambda at=at: f"第{at}页") for at in range(1, 4)]
    monkeypatch.setattr(files, "PdfReader", lambda file: SimpleNamespace(pages=pages))
    monkeypatch.setattr(files, "MAX_PAGES", 2)
    assert words_of(BytesIO(), "pdf") == "第1页\n第2页"
