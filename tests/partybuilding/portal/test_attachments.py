"""Files of an application: taken in, shown, handed out, removed."""

import re
from io import BytesIO
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from PIL import Image

from partybuilding.core.models import Purpose
from partybuilding.core.services import attach
from partybuilding.core.states import Role
from partybuilding.portal.services import MAX_FILES, add_file
from tests.factories import make_person, make_project


def picture(name="照片.jpg", kind="JPEG", size=(1200, 900)):
    written = BytesIO()
    Image.new("RGB", size, "red").save(written, kind)
    return SimpleUploadedFile(name, written.getvalue())


def word(name="实施方案.docx"):
    written = BytesIO()
    Document().save(written)
    return SimpleUploadedFile(name, written.getvalue())


@pytest.fixture
def draft(cast):
    return make_project("draft", cast)


@pytest.fixture
def client(cast, browse):
    return browse(cast["applicant"])


@pytest.fixture
def place(draft):
    return reverse("portal:attachments", args=[draft.pk])


def test_several_files_are_taken_in_at_once(draft, client, place) -> None:
    answer = client.post(place, {"files": [picture(), word()]})
    assert answer["Location"] == place
    assert [file.name for file in draft.attachments.all()] == ["照片.jpg", "实施方案.docx"]


def test_each_file_that_is_refused_is_named_with_the_reason(draft, client, place) -> None:
    false = SimpleUploadedFile("伪装.pdf", b"MZ not a pdf")
    page = client.post(place, {"files": [picture(), false]}).content.decode()
    assert "“伪装.pdf”未上传。" in page
    assert [file.name for file in draft.attachments.all()] == ["照片.jpg"]


def test_an_empty_file_is_refused_in_words(draft, client, place) -> None:
    page = client.post(place, {"files": [SimpleUploadedFile("空.pdf", b"")]}).content.decode()
    assert "“空.pdf”未上传。" in page


def test_uploading_nothing_is_told(client, place) -> None:
    assert "请至少选择一个文件" in client.post(place, {}).content.decode()


def test_one_goes_on_without_files(draft, client, place) -> None:
    answer = client.post(place, {"then": "next"})
    assert answer["Location"] == reverse("portal:check", args=[draft.pk])


def test_files_chosen_are_taken_in_on_the_way_on(draft, client, place) -> None:
    answer = client.post(place, {"files": [word()], "then": "back"})
    assert draft.attachments.count() == 1
    assert answer["Location"] == reverse("portal:application", args=[draft.pk])


def test_an_application_holds_only_so_many_files(cast, draft, client, place) -> None:
    for number in range(MAX_FILES):
        add_file(draft, picture(f"{number}.png", "PNG", (4, 4)), by=cast["applicant"])
    page = client.post(place, {"files": [word()]}).content.decode()
    assert f"最多上传{MAX_FILES}个附件" in page


def test_a_file_is_removed_after_asking(cast, draft, client, place) -> None:
    file = add_file(draft, picture(), by=cast["applicant"])
    address = reverse("portal:file_remove", args=[draft.pk, file.pk])
    assert "移除“照片.jpg”？" in re.sub(r"<[^>]+>", "", client.get(address).text)
    assert draft.attachments.count() == 1
    assert client.post(address)["Location"] == place
    assert draft.attachments.count() == 0


def test_files_stay_once_the_application_is_handed_in(cast, client) -> None:
    project = make_project("submitted", cast)
    file = attach(project, picture(), by=cast["applicant"])
    client.post(reverse("portal:file_remove", args=[project.pk, file.pk]))
    client.post(reverse("portal:attachments", args=[project.pk]), {"files": [word()]})
    assert [kept.pk for kept in project.attachments.all()] == [file.pk]


def test_a_reviewers_file_cannot_be_removed_or_read_by_the_applicant(cast, draft, client) -> None:
    file = attach(draft, word(), by=cast["unit"], purpose=Purpose.REVIEW)
    assert client.get(reverse("portal:file", args=[file.pk])).status_code == 404
    assert client.post(reverse("portal:file_remove", args=[draft.pk, file.pk])).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [("unit", 200), ("department", 200), ("expert", 404), ("applicant", 404)]
)
def test_reviewers_files_are_for_reviewers(role, status, cast, draft, browse) -> None:
    file = attach(draft, word(), by=cast["unit"], purpose=Purpose.REVIEW)
    answer = browse(cast[role]).get(reverse("portal:file", args=[file.pk]))
    assert answer.status_code == status


def test_a_file_is_saved_under_its_chinese_name(cast, draft, client) -> None:
    file = add_file(draft, word(), by=cast["applicant"])
    answer = client.get(reverse("portal:file", args=[file.pk]))
    name = quote("实施方案.docx")
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.read.startswith(b"PK")


def test_a_picture_can_be_shown_in_a_sandbox(cast, draft, client) -> None:
    file = add_file(draft, picture(), by=cast["applicant"])
    answer = client.get(reverse("portal:file", args=[file.pk]), {"inline": "1"})
    assert answer["Content-Disposition"].startswith("inline;")
    assert answer["Content-Type"] == "image/jpeg"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_word_file_is_never_shown_inline(cast, draft, client) -> None:
    file = add_file(draft, word(), by=cast["applicant"])
    answer = client.get(reverse("portal:file", args=[file.pk]), {"inline": "1"})
    assert answer["Content-Disposition"].startswith("attachment;")


def test_a_preview_is_small(cast, draft, client) -> None:
    file = add_file(draft, picture(), by=cast["applicant"])
    answer = client.get(reverse("portal:file", args=[file.pk]), {"preview": "1"})
    with Image.open(BytesIO(answer.content)) as image:
        assert max(image.size) <= 480
    assert "private" in answer["Cache-Control"]


def test_a_see_through_picture_has_a_preview_too(cast, draft, client) -> None:
    written = BytesIO()
    Image.new("RGBA", (600, 600), (255, 0, 0, 0)).save(written, "PNG")
    file = add_file(draft, SimpleUploadedFile("图.png", written.getvalue()), by=cast["applicant"])
    answer = client.get(reverse("portal:file", args=[file.pk]), {"preview": "1"})
    with Image.open(BytesIO(answer.content)) as image:
        assert image.getpixel((10, 10)) == (255, 255, 255)


def test_a_file_that_is_lost_is_not_found(cast, draft, client) -> None:
    file = add_file(draft, word(), by=cast["applicant"])
    file.file.storage.delete(file.file.name)
    assert client.get(reverse("portal:file", args=[file.pk])).status_code == 404


def test_a_file_of_another_kind_of_record_is_not_found(cast, browse) -> None:
    file = attach(cast.cycle, ContentFile(word().read(), "规则.docx"), by=cast["department"])
    department = browse(make_person(Role.DEPARTMENT))
    assert department.get(reverse("portal:file", args=[file.pk])).status_code == 404
