"""The same files are the same archive, whenever it is made."""

import io
from zipfile import ZipFile

import time_machine
from docx import Document

from partybuilding.core.files.archives import NO_TIME, packed, timeless
from partybuilding.core.papers import word_parts

FILES = [("b.txt", "乙".encode()), ("章程.txt", b""), ("a.txt", b"a" * 5000)]


def made_at(day: str) -> bytes:
    """Return a Word file that was made on a day."""
    with time_machine.travel(f"{day}T10:00:00+08:00", tick=False):
        document = Document()
        document.add_paragraph("通报")
        return word_parts.to_bytes(document, title="通报", author="区委组织部")


def test_an_archive_holds_its_files_in_their_order_and_no_time() -> None:
    with ZipFile(io.BytesIO(packed(FILES))) as archive:
        assert [(name, archive.read(name)) for name in archive.namelist()] == FILES
        assert {entry.date_time for entry in archive.infolist()} == {NO_TIME}
    assert packed(FILES) == packed(FILES)
    assert timeless(packed(FILES)) == packed(FILES)


def test_a_word_file_is_the_same_on_another_day() -> None:
    first, second = made_at("2026-03-01"), made_at("2026-08-01")
    assert first == second
    with ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
    assert [line.text for line in Document(io.BytesIO(first)).paragraphs] == ["通报"]
