"""The sentences of refusals, as a person reads them."""

import pytest

from partybuilding.core.files.uploads import IMAGES, Kind, Reason, UploadRefused, check_upload
from tests.partybuilding.core.uploads import samples


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_says_in_chinese_what_to_do(reason):
    sentence = str(UploadRefused(reason, megabytes=20, kinds="PDF"))
    assert sentence.endswith(("上传。", "PDF。"))
    assert "%" not in sentence
    assert "，" in sentence or "：" in sentence


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (Reason.TOO_LARGE, "文件超过20 MB，请压缩后再上传。"),
        (Reason.NOT_DOCX, "这不是有效的 Word 文档（.docx），请另存为 .docx 后再上传。"),
        (Reason.TOO_MANY_PIXELS, "图片超过5000万像素，请缩小后再上传。"),
    ],
)
def test_the_sentence_is_the_agreed_one(reason, sentence):
    assert str(UploadRefused(reason, megabytes=20)) == sentence


def test_the_kinds_that_are_welcome_are_listed():
    file = samples.upload("a.exe", samples.PROGRAM)
    with pytest.raises(UploadRefused, match="这里只能上传以下格式的文件：JPG、PNG、WEBP、HEIC。"):
        check_upload(file, kinds=IMAGES)
    with pytest.raises(
        UploadRefused,
        match=r"：PDF、OFD、Word（\.docx）、Excel（\.xlsx）、PPT（\.pptx）、JPG、PNG、WEBP、HEIC。",
    ):
        check_upload(file)


def test_every_kind_has_a_label():
    assert all(kind.label for kind in Kind)
