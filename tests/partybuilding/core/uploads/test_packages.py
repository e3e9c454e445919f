"""What passes as an Office file, and what packages may not do."""

from zipfile import ZIP_BZIP2, ZIP_STORED

import pytest

from partybuilding.core.files.uploads import office, packages
from partybuilding.core.files.uploads.names import Kind
from partybuilding.core.files.uploads.packages import check_package
from partybuilding.core.files.uploads.refusals import Malformed, Reason, UploadRefused
from tests.partybuilding.core.uploads.samples import (
    EXCEL_MAIN,
    WORD_MAIN,
    excel,
    package,
    patched,
    types,
    word,
)

LAUGHS = (
    '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)


def reason_for(data: bytes) -> Reason:
    with pytest.raises(UploadRefused) as refused:
        check_package(data)
    return refused.value.reason


@pytest.fixture
def never_unpacked(monkeypatch):
    """Fail as soon as any content is unpacked."""
    monkeypatch.setattr(packages, "_real_size", lambda *_: pytest.fail("unpacked"))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (word(), Kind.DOCX),
        (excel(), Kind.XLSX),
        (package(compression=ZIP_STORED), Kind.DOCX),
        (package(word__media__a=b"", word__b=bytes(900_000)), Kind.DOCX),
        (package(content_types=types(("/word/document.xml", EXCEL_MAIN))), Kind.XLSX),
    ],
    ids=["python-docx", "openpyxl", "stored", "compact part", "kind by content type"],
)
def test_a_sound_package_passes(data, kind):
    assert check_package(data) == kind


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" + bytes(100),
        word()[:-40],
        word()[:2000],
        package(content_types="<Types/>"),
        package(content_types=types()),
        package(content_types=types(("/word/document.xml", "text/xml"))),
        package(content_types=types(("/word/other.xml", WORD_MAIN))),
        package(content_types="no xml"),
        package(content_types=types(before=LAUGHS)),
        package("no xml"),
        package("<a><b></a>"),
        package(LAUGHS + "<a>&d;</a>"),
        package("<!DOCTYPE a SYSTEM 'http://example.org/a.dtd'><a/>"),
        package(compression=ZIP_BZIP2),
        package().replace(b"[Content_Types]", b"[Content_Typos]"),
    ],
    ids=[
        "only a beginning",
        "without directory",
        "first half",
        "other types",
        "no part",
        "no main part",
        "main part missing",
        "types are no xml",
        "laughing types",
        "no xml",
        "broken xml",
        "laughing document",
        "document from elsewhere",
        "unusual packing",
        "no types",
    ],
)
def test_what_is_no_such_package_is_malformed(data):
    with pytest.raises(Malformed):
        check_package(data)


@pytest.mark.parametrize(
    "data",
    [
        package(word__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"),
        package(word__VBAPROJECT=b"x"),
        package(xl__macrosheets__sheet1=b"x"),
        package(
            content_types=types(
                ("/word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml")
            )
        ),
        package(
            content_types=types(
                ("/word/document.xml", WORD_MAIN),
                ("/word/other.bin", "application/vnd.ms-office.vbaProject"),
            )
        ),
    ],
    ids=["project", "in capitals", "macro sheet", "macro document", "renamed project"],
)
def test_macros_are_refused(data):
    assert reason_for(data) == Reason.MACROS


@pytest.mark.usefixtures("never_unpacked")
def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    assert reason_for(package(word__bomb=bytes(5_000_000))) == Reason.UNPACKS_TOO_LARGE


@pytest.mark.usefixtures("never_unpacked")
def test_a_huge_sum_of_sizes_is_refused_before_it_is_unpacked():
    large = patched(package(word__a=b"x"), 24, 200 * 1024 * 1024)
    assert reason_for(large) == Reason.UNPACKS_TOO_LARGE


@pytest.mark.usefixtures("never_unpacked")
def test_the_sum_of_sizes_counts_and_not_only_the_largest(monkeypatch):
    monkeypatch.setattr(packages, "MAX_UNPACKED", 10_000)
    parts = {f"word__{number}": bytes(1000) for number in range(10)}
    assert reason_for(package(**parts)) == Reason.UNPACKS_TOO_LARGE


@pytest.mark.usefixtures("never_unpacked")
def test_thousands_of_entries_are_refused_before_the_directory_is_read(monkeypatch):
    many = package(**{f"word__{number}": b"" for number in range(2000)})
    monkeypatch.setattr(packages, "ZipFile", lambda *_: pytest.fail("directory read"))
    assert reason_for(many) == Reason.UNPACKS_TOO_LARGE


@pytest.mark.parametrize(
    ("field", "value"),
    [(24, 10), (24, 900_000), (20, 5), (20, 5000)],
    ids=["larger than declared", "smaller than declared", "cut off", "overlapping"],
)
def test_an_entry_that_lies_about_its_size_is_malformed(field, value):
    honest = package(word__a=b"abc" * 10_000)
    assert check_package(honest) == Kind.DOCX
    with pytest.raises(Malformed):
        check_package(patched(honest, field, value))


def test_a_bomb_that_declares_a_small_size_is_not_unpacked_to_its_end(monkeypatch):
    unpacked = []

    class Watched:
        def __init__(self, *arguments):
            self.inflater = inflater(*arguments)

        eof = False

        def decompress(self, packed):
            unpacked.append(len(self.inflater.decompress(packed)))
            return bytes(unpacked[-1])

    inflater = packages.zlib.decompressobj
    bomb = patched(package(word__bomb=bytes(60_000_000)), 24, 1000)
    monkeypatch.setattr(packages.zlib, "decompressobj", Watched)
    with pytest.raises(Malformed):
        check_package(bomb)
    assert sum(unpacked) < 20_000_000


def test_entries_that_share_their_content_are_malformed():
    parts = {"word__a": b"a" * 50_000, "word__b": b"b"}
    data = package(**parts, compression=ZIP_STORED)
    with pytest.raises(Malformed):
        check_package(patched(data, 20, len(data)))


def test_deeply_nested_xml_is_refused():
    assert check_package(package("<a>" * 256 + "</a>" * 256)) == Kind.DOCX
    assert reason_for(package("<a>" * 257 + "</a>" * 257)) == Reason.UNPACKS_TOO_LARGE
    assert reason_for(package("<a>" * 5_000_000)) == Reason.UNPACKS_TOO_LARGE


def test_xml_of_endless_elements_is_refused(monkeypatch):
    monkeypatch.setattr(office, "MAX_ELEMENTS", 1000)
    assert check_package(package(f"<a>{'<b/>' * 999}</a>")) == Kind.DOCX
    assert reason_for(package(f"<a>{'<b/>' * 1000}</a>")) == Reason.UNPACKS_TOO_LARGE


@pytest.mark.parametrize("limit", ["MAX_MAIN_PART", "MAX_CONTENT_TYPES"])
def test_a_part_too_large_to_be_read_is_refused(limit, monkeypatch):
    monkeypatch.setattr(office, limit, 5)
    assert reason_for(package()) == Reason.UNPACKS_TOO_LARGE
