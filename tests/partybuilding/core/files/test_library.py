"""The library of documents and pictures: what comes in, what is public, and that what is public is fixed."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.transaction import atomic
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document as WordDocument
from openpyxl import Workbook
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from partybuilding.core.files.library import is_fixed, is_public
from partybuilding.core.pages import PublicationRefused, faults_of
from partybuilding.core.states import Role
from partybuilding.core.text.personal_data.files import words_of
from tests.factories import make_person, make_user
from tests.factories.column import make_image
from tests.factories.news import publish_news, write_news
from tests.factories.screens import client_of
from tests.partybuilding.core.uploads import samples

pytestmark = pytest.mark.django_db
Document, Image = get_document_model(), get_image_model()
NUMBER = "13812345678"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Forget which pictures were public in another test."""
    cache.clear()


@pytest.fixture
def editor() -> Any:
    return make_person(Role.EDITOR)


def put(title: str = "方案", content: bytes = b"%PDF-1.4", name: str = "plan.pdf") -> Any:
    """Put a document into the library, past its form."""
    return Document.objects.create(title=title, file=ContentFile(content, name=name))


def linking(*documents: Any) -> list[dict[str, Any]]:
    """Return a body whose one text leads to documents."""
    links = (f'<a linktype="document" id="{each.pk}">附件</a>' for each in documents)
    text = f"<p>{''.join(links)}</p>"
    return [{"type": "text", "value": text, "id": "11111111-1111-4111-8111-111111111111"}]


def publish_again(page: Any, by: Any, **fields: Any) -> None:
    """Publish a page with other fields."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=by).publish()


# What is public stays as it is


@pytest.fixture
def used(editor: Any) -> list[Any]:
    """Publish a news item that leads to a document and shows a picture."""
    document, picture = put(), make_image("议事现场")
    publish_news(body=linking(document), lead_image=picture, lead_image_alt="议事", by=editor)
    return [document, picture]


def test_nobody_deletes_what_a_public_page_uses(used: list[Any], editor: Any) -> None:
    document, picture = used
    for user in (editor, make_user(is_superuser=True)):
        client = client_of(user)
        client.post(reverse("wagtaildocs:delete", args=[document.pk]))
        client.post(reverse("wagtailimages:delete", args=[picture.pk]))
        for app, model, each in (
            ("wagtaildocs", "document", document),
            ("wagtailimages", "image", picture),
        ):
            client.post(f"/admin/bulk/{app}/{model}/delete/?id={each.pk}&next=/admin/")
    for each in used:
        with pytest.raises(PublicationRefused, match=each.title), atomic():
            type(each).objects.filter(pk=each.pk).delete()
        assert type(each).objects.filter(pk=each.pk).exists()


def test_nobody_changes_what_residents_see_of_it(used: list[Any], editor: Any) -> None:
    document, picture = used
    changed = {"title": "换过的", "focal_point_x": 1, "collection": 1, "tags": "标签"}
    for name, each, file in (
        ("wagtaildocs:edit", document, SimpleUploadedFile("neu.pdf", samples.pdf())),
        ("wagtailimages:edit", picture, SimpleUploadedFile("neu.png", samples.image("PNG"))),
    ):
        client = client_of(editor)
        screen = client.get(reverse(name, args=[each.pk]))
        assert "正在公开页面上使用" in screen.text
        assert 'type="file"' not in screen.text
        client.post(reverse(name, args=[each.pk]), {**changed, "file": file})
        stored = type(each).objects.get(pk=each.pk)
        assert (stored.title, stored.file.name) == (each.title, each.file.name)
        assert list(stored.tags.names()) == ["标签"]
        each.title = "换过的"
        with pytest.raises(PublicationRefused, match="公开页面"):
            each.save()


def test_a_file_is_never_replaced_but_what_is_not_public_is_renamed_and_deleted(
    editor: Any,
) -> None:
    document = put()
    write_news(body=linking(document))
    file = SimpleUploadedFile("neu.pdf", samples.pdf())
    facts = {"title": "改名", "collection": 1, "tags": "", "file": file}
    client_of(editor).post(reverse("wagtaildocs:edit", args=[document.pk]), facts)
    stored = Document.objects.get(pk=document.pk)
    assert (stored.title, stored.file.name) == ("改名", document.file.name)
    assert not is_fixed(stored)
    stored.delete()


def test_what_an_approved_page_will_show_later_is_fixed_already(editor: Any) -> None:
    document, picture = put(), make_image()
    page = write_news(lead_image=picture, lead_image_alt="议事")
    page.body = linking(document)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=editor).publish()
    for each in (document, picture):
        assert is_fixed(each)
        assert not is_public(each)


def test_the_address_of_the_old_document_leads_on_to_the_new_one(editor: Any) -> None:
    old, new, newest = put("第一版"), put("第二版"), put("第三版")
    page = publish_news(body=linking(old), by=editor)
    publish_again(page, editor, body=linking(new))
    answer = Client().get(old.url)
    assert (answer.status_code, answer["Location"]) == (301, new.url)
    publish_again(page, editor, body=linking(newest))
    followed = Client().get(old.url, follow=True)
    assert (followed.request["PATH_INFO"], bool(followed.getvalue())) == (newest.url, True)
    publish_again(page, editor, body=linking(old))
    assert status(Client(), old.url) == 200
    assert Client().get(newest.url)["Location"] == old.url


def test_a_document_that_another_page_shows_too_stays_where_it_is(editor: Any) -> None:
    old, new = put("第一版"), put("第二版")
    page = publish_news(body=linking(old), by=editor)
    publish_news("另一条", body=linking(old), by=editor)
    publish_again(page, editor, body=linking(new))
    assert status(Client(), old.url) == 200


def test_what_is_left_out_or_not_told_apart_leads_nowhere(editor: Any) -> None:
    one, two, three = put("甲"), put("乙"), put("丙")
    page = publish_news(body=linking(one, two), by=editor)
    publish_again(page, editor, body=linking(three))
    assert [Client().get(each.url).status_code for each in (one, two)] == [404, 404]


# Who reads what


def status(client: Client, address: str) -> int:
    answer = client.get(address)
    assert answer.getvalue() or answer.status_code != 200
    return answer.status_code


def test_a_derived_picture_is_served_while_a_public_page_shows_it(editor: Any) -> None:
    picture = make_image()
    address = picture.get_rendition("max-100x100").url
    assert status(Client(), address) == 404
    page = publish_news(lead_image=picture, lead_image_alt="议事", by=editor)
    cache.clear()
    answer = Client().get(address)
    assert answer.getvalue()
    assert {"public", "max-age=3600"} == set(answer["Cache-Control"].split(", "))
    page.unpublish()
    assert status(Client(), address) == 200
    cache.clear()
    assert status(Client(), address) == 404


def test_a_picture_of_a_draft_is_seen_by_those_who_work_with_pictures(editor: Any) -> None:
    address = make_image().get_rendition("max-100x100").url
    answer = client_of(editor).get(address)
    assert (bool(answer.getvalue()), "private" in answer["Cache-Control"]) == (True, True)
    for role in (Role.UNIT, Role.DEPARTMENT, Role.APPLICANT):
        assert status(client_of(make_person(role)), address) == 404


def test_a_document_of_nothing_public_is_read_by_those_who_work_with_documents(editor: Any) -> None:
    document = put()
    assert status(client_of(editor), document.url) == 200
    for role in (Role.UNIT, Role.DEPARTMENT, Role.APPLICANT):
        assert status(client_of(make_person(role)), document.url) == 404


# What comes in


HOSTILE = {
    "plan.exe": b"MZ\x90\x00",
    "plan.html": b"<script>alert(1)</script>",
    "plan.pdf": b"<html></html>",
    "plan.docx": b"PK\x03\x04broken",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_document_is_known_by_its_content(editor: Any, name: str) -> None:
    for address in ("wagtaildocs:add", "wagtaildocs_chooser:create", "wagtaildocs:add_multiple"):
        file = SimpleUploadedFile(name, HOSTILE[name])
        facts = {"title": "方案", "collection": 1, "tags": "", "file": file, "files[]": file}
        prefixed = {f"document-chooser-upload-{key}": value for key, value in facts.items()}
        client_of(editor).post(reverse(address), {**facts, **prefixed})
    assert not Document.objects.exists()


def test_a_document_gets_the_ending_of_what_it_is(editor: Any) -> None:
    file = SimpleUploadedFile("方案.exe", samples.pdf())
    facts = {"title": "方案", "collection": 1, "tags": "", "file": file}
    client_of(editor).post(reverse("wagtaildocs:add"), facts)
    assert Document.objects.get().filename.endswith(".pdf")


def test_a_picture_passes_the_same_checks(editor: Any) -> None:
    hidden = samples.image("PNG") + b"PK\x03\x04"
    broken = SimpleUploadedFile("a.png", hidden[:60])
    facts = {"title": "图", "collection": 1, "tags": "", "file": broken}
    client_of(editor).post(reverse("wagtailimages:add"), facts)
    assert not Image.objects.exists()


# The gate reads the documents


def word(text: str) -> bytes:
    document = WordDocument()
    document.add_table(1, 1).cell(0, 0).text = text
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def excel(value: Any) -> bytes:
    book = Workbook()
    book.active["B2"] = value
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [("名单.docx", word(f"电话{NUMBER}")), ("名单.xlsx", excel(int(NUMBER)))],
)
def test_a_number_in_a_document_holds_the_page_back(editor: Any, name: str, content: bytes) -> None:
    page = write_news(body=linking(put("报名名单", content, name)))
    with pytest.raises(PublicationRefused, match=r"报名名单.*138\*\*\*\*5678"):
        page.save_revision(user=editor).publish()


def test_words_of_pdf_are_read_and_of_a_broken_file_none() -> None:
    assert "138" in words_of(BytesIO(written_pdf(NUMBER)), "pdf")
    for extension in ("pdf", "docx", "xlsx", "ofd", "zip"):
        assert words_of(BytesIO(b"%PDF-1.4 broken"), extension) == ""


def test_a_document_whose_file_is_lost_holds_nothing_back() -> None:
    document = put()
    page = write_news(body=linking(document))
    document.file.storage.delete(document.file.name)
    assert faults_of(page) == []


def written_pdf(text: str) -> bytes:
    """Write a PDF of one page with one line of Latin text."""
    stream = b"BT /F1 12 Tf 20 100 Td (" + text.encode() + b") Tj ET"
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>>>>>"
        ),
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + end
