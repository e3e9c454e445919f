"""What becomes of an upload: known by its content, refused in words, cleaned before it is kept."""

from contextlib import suppress
from hashlib import sha256
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partybuilding.core.files.uploads import (
    DOCUMENTS,
    IMAGES,
    CheckedFile,
    Kind,
    Reason,
    UploadRefused,
    admit_upload,
    check_upload,
    clean_image,
)
from tests.partybuilding.core.uploads import samples

MEBIBYTE = 1024 * 1024
SOUND = {
    Kind.PDF: samples.pdf(),
    Kind.DOCX: samples.word(),
    Kind.XLSX: samples.excel(),
    Kind.JPG: samples.image("JPEG"),
    Kind.PNG: samples.image("PNG"),
    Kind.OFD: samples.ofd(),
    Kind.PPTX: samples.powerpoint(),
    Kind.WEBP: samples.image("WEBP"),
    Kind.HEIC: samples.image("HEIF", size=(64, 32)),
}


def reason_for(name: str, content: bytes, **options: object) -> Reason:
    with pytest.raises(UploadRefused) as refused:
        check_upload(samples.upload(name, content), **options)
    return refused.value.reason


@pytest.mark.parametrize("kind", Kind)
def test_a_sound_file_is_described(kind):
    content = SOUND[kind]
    checked = check_upload(samples.upload(f"方案.{kind}", content))
    assert checked == CheckedFile(
        kind=kind,
        extension=kind.value,
        content_type=checked.content_type,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        name=f"方案.{kind}",
    )


def test_the_content_types_are_those_of_the_registry():
    types = {check_upload(samples.upload("a", SOUND[kind])).content_type for kind in Kind}
    office = "application/vnd.openxmlformats-officedocument"
    assert types == {
        "application/pdf",
        f"{office}.wordprocessingml.document",
        f"{office}.spreadsheetml.sheet",
        "image/jpeg",
        "image/png",
        "image/webp",
        "image/heic",
        "application/ofd",
        f"{office}.presentationml.presentation",
    }


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("照片.png", Kind.JPG, "照片.jpg"),
        ("照片.jpg", Kind.PNG, "照片.png"),
        ("方案.pdf", Kind.DOCX, "方案.docx"),
        ("台账", Kind.XLSX, "台账.xlsx"),
        ("说明.html", Kind.PDF, "说明.pdf"),
    ],
)
def test_a_file_is_accepted_under_its_true_extension(name, kind, shown):
    checked = check_upload(samples.upload(name, SOUND[kind]))
    assert (checked.kind, checked.name) == (kind, shown)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("方案.pdf", samples.SCRIPT, Reason.NOT_PDF),
        ("方案.pdf", samples.HTML, Reason.NOT_PDF),
        ("方案.docx", samples.PROGRAM, Reason.NOT_DOCX),
        ("台账.xlsx", samples.PROGRAM, Reason.NOT_XLSX),
        ("照片.jpg", samples.HTML, Reason.NOT_JPG),
        ("照片.jpeg", b"RIFF\x00\x00\x00\x00WEBPVP8 ", Reason.NOT_JPG),
        ("照片.heic", samples.PROGRAM, Reason.NOT_HEIC),
        ("票据.ofd", samples.PROGRAM, Reason.NOT_OFD),
        ("汇报.ppt", samples.PROGRAM, Reason.NOT_PPTX),
        ("照片.PNG", samples.SCRIPT, Reason.NOT_PNG),
        ("方案.doc", b"{\\rtf1}", Reason.NOT_DOCX),
        ("方案.doc", samples.OLD_WORD, Reason.OLD_OFFICE),
        ("方案.docx", samples.OLD_WORD, Reason.OLD_OFFICE),
        ("材料.zip", b"PK\x03\x04" + bytes(60), Reason.KIND_NOT_ALLOWED),
        ("页面.html", samples.HTML, Reason.KIND_NOT_ALLOWED),
        ("无扩展名", samples.SCRIPT, Reason.KIND_NOT_ALLOWED),
        ("空.pdf", b"", Reason.EMPTY),
    ],
)
def test_what_is_not_what_it_says_is_refused(name, content, reason):
    assert reason_for(name, content) == reason


@pytest.mark.parametrize(
    ("kind", "name", "kinds"),
    [
        (Kind.PDF, "方案.pdf", IMAGES),
        (Kind.PNG, "照片.png", DOCUMENTS),
        (Kind.PDF, "照片.jpg", IMAGES),
    ],
)
def test_a_sound_file_of_another_kind_is_refused(kind, name, kinds):
    assert reason_for(name, SOUND[kind], kinds=kinds) == Reason.KIND_NOT_ALLOWED


def test_an_old_office_file_is_only_explained_where_office_files_are_welcome():
    assert reason_for("a.doc", samples.OLD_WORD, kinds=IMAGES) == Reason.KIND_NOT_ALLOWED


def test_the_limit_is_twenty_mebibytes_to_the_byte():
    filler = b"% " + b"x" * (20 * MEBIBYTE - len(samples.pdf(b"% ")))
    filler = filler[
        : 20 * MEBIBYTE - len(samples.pdf(filler))
    ]  # the place of the table has more digits
    largest = samples.pdf(filler)
    assert len(largest) == 20 * MEBIBYTE
    assert check_upload(samples.upload("a.pdf", largest)).size == 20 * MEBIBYTE
    assert reason_for("a.pdf", samples.pdf(filler + b"x")) == Reason.TOO_LARGE


def test_another_limit_is_named_in_the_sentence():
    with pytest.raises(UploadRefused, match="文件超过3 MB，请压缩后再上传。"):
        check_upload(samples.upload("a.pdf", bytes(3 * MEBIBYTE + 1)), max_bytes=3 * MEBIBYTE)


def test_a_file_is_read_from_its_beginning_and_left_rewound():
    file = BytesIO(SOUND[Kind.PDF])
    file.read(5)
    assert check_upload(file).size == len(SOUND[Kind.PDF])
    assert file.tell() == 0


def test_a_nameless_file_gets_a_name():
    assert check_upload(BytesIO(SOUND[Kind.PDF])).name == "附件.pdf"


@pytest.mark.parametrize("kind", sorted(DOCUMENTS))
def test_a_document_is_admitted_as_it_is(kind):
    checked, content = admit_upload(samples.upload(f"方案.{kind}", SOUND[kind]))
    assert content.read() == SOUND[kind]
    assert content.name == checked.name == f"方案.{kind}"


@pytest.mark.parametrize("kind", sorted(IMAGES))
def test_an_admitted_picture_is_described_as_it_will_be_stored(kind):
    checked, content = admit_upload(samples.upload("照片.gif", SOUND[kind] + samples.HTML))
    stored = content.read()
    assert samples.HTML not in stored
    assert (checked.size, checked.sha256) == (len(stored), sha256(stored).hexdigest())
    assert check_upload(samples.upload(checked.name, stored)) == checked


def test_a_picture_that_cannot_be_decoded_is_refused():
    cut_off = samples.image(size=(200, 200))[:-300]
    assert check_upload(samples.upload("照片.png", cut_off)).kind == Kind.JPG
    with pytest.raises(UploadRefused) as refused:
        admit_upload(samples.upload("照片.png", cut_off))
    assert refused.value.reason == Reason.NOT_JPG


def test_only_pictures_can_be_cleaned():
    assert clean_image(samples.upload("照片.png", SOUND[Kind.PNG])).name == "照片.png"
    with pytest.raises(UploadRefused) as refused:
        clean_image(samples.upload("方案.pdf", SOUND[Kind.PDF]))
    assert refused.value.reason == Reason.KIND_NOT_ALLOWED


@pytest.mark.filterwarnings("ignore")  # Pillow warns of broken metadata before it gives up
@settings(deadline=None)
@given(st.sampled_from(sorted(SOUND)), st.data())
def test_no_damage_leads_to_anything_but_a_refusal(kind, data):
    content = bytearray(SOUND[kind])
    places = st.integers(0, len(content) - 1)
    for place in data.draw(st.lists(places, min_size=1, max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.one_of(st.just(len(content)), places))
    with suppress(UploadRefused):
        checked, stored = admit_upload(samples.upload(f"a.{kind}", bytes(content[:end])))
        assert check_upload(stored) == checked
