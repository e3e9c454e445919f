"""What passes as a PDF, and what a PDF may not carry."""

import zlib

import pytest
import typst

from partybuilding.core.files.uploads import pdf as module
from partybuilding.core.files.uploads.names import Kind
from partybuilding.core.files.uploads.pdf import check_pdf
from partybuilding.core.files.uploads.refusals import Malformed, Reason, UploadRefused
from tests.partybuilding.core.uploads.samples import HTML, image, object_stream, pdf


def reason_for(data: bytes) -> Reason:
    with pytest.raises(UploadRefused) as refused:
        check_pdf(data)
    return refused.value.reason


@pytest.mark.parametrize(
    "data",
    [
        typst.compile(b"= Plan\nOne step."),
        image("PDF"),
        pdf(),
        pdf(object_stream(b"1 0 <</Type/Pages>>")),
        pdf(end=b"startxref\r\n9\r\n%%EOF\r\n\x00\x00"),
        pdf(b"(no /JavaScriptish name, no /LaunchPad)"),
        pdf(trailer=b"/EncryptMetadata false"),
        pdf() + b" " * 2000,
    ],
    ids=[
        "typst",
        "pillow",
        "plain",
        "object stream",
        "padded",
        "longer names",
        "metadata",
        "long end",
    ],
)
def test_a_plain_pdf_passes(data):
    assert check_pdf(data) == Kind.PDF


@pytest.mark.parametrize(
    "data",
    [
        HTML,
        b"%PDF-1.7\n" + HTML,
        HTML + pdf(),
        pdf().replace(b"%PDF-1.7", b"%PDF-X.7"),
        pdf().replace(b"/Root", b"/Boot"),
        b"%PDF-1.7\n/Root 1 0 R startxref\n9\n%%EOF",
        pdf(end=b"%%EOF"),
        pdf(end=b"startxref\n9\n"),
        pdf() + HTML,
    ],
    ids=[
        "html",
        "html with a header",
        "html before",
        "no version",
        "no root",
        "no object",
        "no startxref",
        "cut off",
        "html behind",
    ],
)
def test_a_file_without_the_structure_is_malformed(data):
    with pytest.raises(Malformed):
        check_pdf(data)


@pytest.mark.parametrize(
    "name",
    [
        b"/JavaScript",
        b"/Launch",
        b"/EmbeddedFile",
        b"/EmbeddedFiles",
        b"/FileAttachment",
        b"/RichMedia",
        b"/J#61vaScript",
        b"/#4a#61#76#61#53#63#72#69#70#74",
        b"/#4Aa#76aScript",
    ],
)
@pytest.mark.parametrize("wrap", [pdf, lambda text: pdf(object_stream(text))])
def test_scripts_programs_and_attachments_are_refused(name, wrap):
    assert reason_for(wrap(b"<</S" + name + b"/X(1)>>")) == Reason.PDF_ACTIVE


def test_a_script_in_the_second_object_stream_is_found():
    streams = object_stream(b"<<>>"), object_stream(b"<</S/JavaScript>>")
    assert reason_for(pdf(*streams)) == Reason.PDF_ACTIVE


def test_an_escaped_type_hides_no_object_stream():
    hidden = object_stream(b"<</S/JavaScript>>", dictionary=b"/Type/Obj#53tm")
    assert reason_for(pdf(hidden)) == Reason.PDF_ACTIVE


def test_an_encrypted_pdf_is_refused_because_nobody_can_look_into_it():
    assert reason_for(pdf(trailer=b"/Encrypt 9 0 R")) == Reason.PDF_PROTECTED


@pytest.mark.parametrize(
    "data",
    [
        pdf(b"<</Type/ObjStm>>"),
        pdf(b"<</Type/ObjStm>>stream\nnot packed\nendstream"),
        pdf(b"<</Type/ObjStm>>stream\n" + zlib.compress(b"x" * 99)[:-6] + b"\nendstream"),
        pdf(object_stream(b"<<>>", after=b"\n<</Type/ObjStm>>stream\nendstream")),
    ],
    ids=["without content", "not packed", "cut off", "something behind"],
)
def test_an_object_stream_that_cannot_be_read_is_malformed(data):
    with pytest.raises(Malformed):
        check_pdf(data)


def test_object_streams_unpack_to_a_bounded_size(monkeypatch):
    monkeypatch.setattr(module, "MAX_OBJECT_STREAMS", 1000)
    assert check_pdf(pdf(object_stream(bytes(500)), object_stream(bytes(500)))) == Kind.PDF
    with pytest.raises(Malformed):
        check_pdf(pdf(object_stream(bytes(500)), object_stream(bytes(501))))
    with pytest.raises(Malformed):
        check_pdf(pdf(object_stream(bytes(1000)), object_stream(bytes(100_000))))
