"""Files chosen in a form stay chosen when something else is amiss, and only those that are sound."""

import re
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from partybuilding.core.files import pending
from partybuilding.core.files.fields import ManyFilesField
from partybuilding.core.files.uploads import IMAGES
from tests.partybuilding.core.uploads.samples import HTML, image, pdf, upload


class Letter(forms.Form):
    words = forms.CharField()
    files = ManyFilesField(required=False, most=3)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    before = settings.STORAGES["private"]
    options = {**before["OPTIONS"], "location": tmp_path}
    settings.STORAGES = {**settings.STORAGES, "private": {**before, "OPTIONS": options}}
    return tmp_path


def sent(words: str, *files: SimpleUploadedFile, kept: tuple[str, ...] = ()) -> Letter:
    data = MultiValueDict({"words": [words], "files-kept": list(kept)})
    return Letter(data, MultiValueDict({"files": list(files)}))


def seals(form: Letter) -> tuple[str, ...]:
    return tuple(re.findall(r'name="files-kept" value="([^"]+)"', str(form)))


def test_chosen_files_survive_an_error_elsewhere() -> None:
    first = sent("", upload("方案.pdf", pdf()), upload("照片.jpg", image()))
    assert not first.is_valid()
    kept = seals(first)
    assert len(kept) == 2
    assert "方案.pdf" in str(first)
    again = sent("有字", kept=kept)
    assert again.is_valid()
    assert [file.name for file in again.cleaned_data["files"]] == ["方案.pdf", "照片.jpg"]
    assert again.cleaned_data["files"][0].read() == pdf()


def test_more_are_added_and_a_cleared_box_leaves_one_out() -> None:
    first = sent("", upload("方案.pdf", pdf()), upload("照片.jpg", image()))
    again = sent("有字", upload("图.png", image("PNG")), kept=seals(first)[1:])
    assert again.is_valid()
    assert [file.name for file in again.cleaned_data["files"]] == ["照片.jpg", "图.png"]


def test_files_are_stored_once_however_often_the_form_comes_back(folder: Path) -> None:
    form = sent("", upload("方案.pdf", pdf()))
    for _time in range(3):
        form = sent("", kept=seals(form))
    assert len(list((folder / pending.FOLDER).iterdir())) == 1
    assert len(seals(form)) == 1


def test_what_is_refused_is_named_and_not_kept() -> None:
    form = sent("有字", upload("方案.pdf", HTML), upload("照片.jpg", image()))
    assert form.errors["files"] == [
        "“方案.pdf”未上传。这不是有效的 PDF 文件，请重新导出为 PDF 后再上传。"
    ]
    assert len(seals(form)) == 1


def test_too_many_are_told() -> None:
    form = sent("有字", *(upload(f"{place}.jpg", image()) for place in range(4)))
    assert form.errors["files"] == ["一次最多上传3个附件。"]


def test_a_forged_a_foreign_and_a_forgotten_seal_bring_nothing(folder: Path) -> None:
    first = seals(sent("", upload("方案.pdf", pdf())))[0]
    assert sent("有字", kept=("x", first[:-1] + "!")).is_valid()
    assert sent("有字", kept=("x",)).files.getlist("files") == []
    next((folder / pending.FOLDER).iterdir()).unlink()
    form = sent("有字", kept=(first,))
    assert form.is_valid()
    assert form.cleaned_data["files"] == []


def test_a_form_that_is_sent_well_keeps_nothing(folder: Path) -> None:
    assert sent("有字", upload("方案.pdf", pdf())).is_valid()
    assert not (folder / pending.FOLDER).exists()


def test_a_full_disk_costs_the_choice_and_not_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any) -> str:
        raise OSError

    monkeypatch.setattr(storages["private"].__class__, "save", full)
    assert seals(sent("", upload("方案.pdf", pdf()))) == ()


def test_the_chooser_offers_what_is_accepted() -> None:
    assert ".heic" in str(Letter()["files"])
    only = ManyFilesField(kinds=IMAGES).widget.attrs["accept"]
    assert only == ".jpg,.jpeg,.png,.webp,.heic,.heif"
