"""The editions as their readers and printers find them: structure, contents, alternatives, boxes, colours, rows."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from partybuilding.casebook.press import layout
from partybuilding.casebook.press.__main__ import main
from partybuilding.casebook.press.files import COVER, EDITION, RESULT
from tests.factories.book import make_job, sample_book
from tests.partybuilding.casebook import reading

EPUBCHECK = shutil.which("epubcheck")


def made(folder: Path, kind: str, **changes: Any) -> bytes:
    """Make an edition of a small book in this process."""
    book = {**sample_book(cases=2, pictures=3, paragraphs=2), **changes}
    return made_in(make_job(folder, kind, book))


def made_in(folder: Path) -> bytes:
    """Make the edition of a job; the memory of this process stays as it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("resource.setrlimit", lambda *limit: None)
        main(folder)
    return (folder / EDITION).read_bytes()


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return made(tmp_path_factory.mktemp("book") / "public", "public")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return made(tmp_path_factory.mktemp("book") / "print", "print")


def test_the_public_edition_is_archival_and_accessible(public: bytes) -> None:
    root = reading.read(public).trailer["/Root"]
    said = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in said
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in said
    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    assert root["/Lang"].lower().startswith("zh")


def test_every_picture_has_its_alternative(public: bytes) -> None:
    figures = [node for node in reading.elements(public) if node["/S"] == "/Figure"]
    said = [str(node.get("/Alt", "")) for node in figures]
    assert all(said)
    assert sum(text.startswith("凉亭") for text in said) == 6


def test_headings_and_tables_are_what_they_are(public: bytes) -> None:
    counts = reading.counted(public)
    # 编委会 前言 编写说明 目录 年度数据 承诺 索引 后记, and two cases
    assert counts["/H1"] == 10
    assert counts["/H2"] == 2 * 4
    assert counts["/H3"] == 2
    assert counts["/Table"] >= 2 + 2
    assert counts["/TH"] >= 3 * 2 + 4


def test_the_numbers_in_the_contents_are_those_of_the_pages(public: bytes) -> None:
    reader, marks = reading.read(public), reading.bookmarks(public)
    contents = reader.pages[5].extract_text()
    assert "目录" in contents
    labels = reader.page_labels
    for place in (1, 2):
        title = f"凉亭里议出的“家门口”的事：第{place}个社区把难题搬上桌"
        line = contents.split(f"第 {place} 社区党委、区城管局机关党支部")[1]
        number = line.strip(" ·.\n").split()[0].strip("·")
        assert number == labels[marks[title]]
    assert labels[marks["前言"]] == "i"
    assert labels[marks["年度数据"]] == "1"


def test_all_fonts_are_embedded(public: bytes, printed: bytes) -> None:
    for content in (public, printed):
        found = list(reading.fonts(content))
        assert found
        assert all("/FontFile3" in font for font in found)


@reading.needs_poppler
def test_no_row_begins_or_ends_with_a_sign_that_may_not_stand_there(
    public: bytes, tmp_path: Path
) -> None:
    rows = [row for row in reading.rows(public, tmp_path) if len(row) > 20]
    assert len(rows) > 50
    assert [row for row in rows if row[0] in reading.NOT_FIRST or row[-1] in reading.NOT_LAST] == []


def test_the_printing_edition_has_bleed_whole_sheets_and_a_cover_with_its_spine(
    printed: bytes,
) -> None:
    *inside, cover = reading.read(printed).pages
    assert len(inside) % 4 == 0
    assert {reading.box(page, "/TrimBox") for page in inside} == {(185.0, 260.0)}
    assert {reading.box(page, "/MediaBox") for page in inside} == {(191.0, 266.0)}
    spine = layout.spine_width(len(inside), 100)
    assert reading.box(cover, "/TrimBox") == (round(2 * 185 + spine, 1), 260.0)


@pytest.mark.parametrize("paragraphs", [0, 1, 40, 80])
@pytest.mark.parametrize("has_afterword", [True, False])
def test_a_printed_book_of_any_length_is_a_whole_number_of_sheets(
    paragraphs: int, has_afterword: bool, tmp_path: Path
) -> None:
    book = sample_book(cases=1, pictures=0, paragraphs=paragraphs)
    book["rear"] = book["rear"] if has_afterword else book["rear"][:2]
    pages = reading.read(made_in(make_job(tmp_path / "book", "print", book))).pages
    assert (len(pages) - 1) % 4 == 0


def test_the_printing_edition_knows_no_rgb(printed: bytes) -> None:
    for page in reading.read(printed).pages:
        drawn = page.get_contents()
        assert drawn is not None
        words = drawn.get_data().split()
        assert not {b"rg", b"RG"} & set(words)
        for image in page["/Resources"].get("/XObject", {}).values():
            space = image.get_object().get("/ColorSpace")
            assert space == "/DeviceCMYK" or space[1].get_object()["/N"] == 1


def test_the_imprint_of_the_printing_edition_tells_sheets_and_characters(printed: bytes) -> None:
    pages = len(reading.read(printed).pages) - 1
    text = reading.read(printed).pages[1].extract_text().replace(" ", "")
    form = layout.form_of("k16", press=True, large=False, multiple=4, paper=100)
    assert f"{layout.sheets(pages):g}印张" in text
    assert f"{layout.thousand_signs(pages, form.signs)}千字" in text


def test_large_print_is_larger(tmp_path: Path, public: bytes) -> None:
    large = made(tmp_path / "large", "large")
    assert reading.box(reading.read(large).pages[0], "/MediaBox") == (210.0, 297.0)
    assert len(reading.read(large).pages) > len(reading.read(public).pages)


@pytest.mark.parametrize("kind", ["public", "print", "word", "epub"])
def test_the_same_manifest_gives_the_same_bytes(kind: str, tmp_path: Path) -> None:
    make_job(tmp_path / "one", kind, sample_book(cases=2, pictures=2, paragraphs=1))
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    assert made_in(tmp_path / "one") == made_in(tmp_path / "two")


def test_the_public_edition_brings_a_picture_of_its_cover(tmp_path: Path) -> None:
    made(tmp_path / "book", "public")
    assert (tmp_path / "book" / COVER).read_bytes().startswith(b"\x89PNG")


def test_a_character_without_a_glyph_is_told_with_its_case_before_anything_is_made(
    tmp_path: Path,
) -> None:
    book = sample_book(cases=2, pictures=0)
    book["cases"][1]["summary"] = "值班表写着\U0001f3e0三个字。"
    folder = make_job(tmp_path / "book", "public", book)
    with pytest.raises(FileNotFoundError):
        made_in(folder)
    [line] = json.loads((folder / RESULT).read_text())["missing"]
    assert "第2个社区" in line
    assert "U+1F3E0" in line


def test_what_looks_like_markup_is_text(tmp_path: Path) -> None:
    title = '#read("/etc/passwd") *粗* $x$ <b>&'
    content = made(tmp_path / "book", "public", subtitle=title)
    assert '#read("/etc/passwd") *粗* $x$ <b>&' in reading.read(content).pages[0].extract_text()


def test_word_has_styles_a_contents_field_alternatives_and_heads(tmp_path: Path) -> None:
    (tmp_path / "book.docx").write_bytes(made(tmp_path / "word", "word"))
    document = Document(str(tmp_path / "book.docx"))
    styles = [one.style.name for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert {"Heading 1", "Heading 2", "Heading 3"} <= set(styles)
    body = document.element.xml
    assert r'TOC \o "1-2" \h \z \u' in body
    drawn = document.element.findall(f".//{qn('wp:docPr')}")
    assert len(drawn) == 6
    assert all(one.get("descr") for one in drawn)
    assert "w:tblHeader" in body
    fonts = document.element.findall(f".//{qn('w:rFonts')}")
    assert {one.get(qn("w:eastAsia")) for one in fonts} >= {"宋体", "黑体"}
    heading = document.styles["Heading 1"].element.rPr.rFonts
    assert heading.get(qn("w:eastAsia")) == "黑体"
    assert heading.get(qn("w:eastAsiaTheme")) is None


def test_an_epub_begins_with_its_type_and_holds_every_part(tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(made(tmp_path / "epub", "epub"))
    with ZipFile(tmp_path / "book.epub") as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert {"EPUB/case-1.xhtml", "EPUB/case-2.xhtml", "EPUB/nav.xhtml"} <= set(
            archive.namelist()
        )
        case = archive.read("EPUB/case-1.xhtml").decode()
    assert case.count("<img ") == case.count(' alt="凉亭') == 3
    assert '<th scope="row">停车</th>' in case


@pytest.mark.skipif(not EPUBCHECK or not shutil.which("java"), reason="epubcheck is not installed")
def test_epubcheck_finds_nothing(tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(made(tmp_path / "epub", "epub"))
    command = ["java", "-jar", str(EPUBCHECK), "--failonwarnings", str(tmp_path / "book.epub")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
