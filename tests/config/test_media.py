"""Pictures of published pages are public; nothing else among the media files is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

# A file that was streamed closes the thread's connections when it is through.
pytestmark = pytest.mark.django_db


@pytest.fixture
def media(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Lay files where Wagtail lays them, as if public pages showed all of them."""
    monkeypatch.setattr("config.media.picture_is_public", lambda path: True)
    folder = Path(settings.MEDIA_ROOT)
    for name in ("images/a.jpg", "images/a.svg", "original_images/a.jpg", "documents/a.pdf"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"content")
    yield folder
    for name in ("images/a.jpg", "images/a.svg", "original_images/a.jpg", "documents/a.pdf"):
        (folder / name).unlink()


@pytest.mark.usefixtures("media")
def test_a_derived_picture_is_served_for_caches_to_keep(client: Client) -> None:
    answer = client.get("/media/images/a.jpg")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer.getvalue() == b"content"
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.usefixtures("media")
def test_a_picture_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    first = client.get("/media/images/a.jpg")
    first.close()
    again = client.get("/media/images/a.jpg", headers={"If-Modified-Since": first["Last-Modified"]})
    assert again.status_code == 304


@pytest.mark.usefixtures("media")
@pytest.mark.parametrize(
    "path",
    [
        "/media/original_images/a.jpg",
        "/media/documents/a.pdf",
        "/media/images/../original_images/a.jpg",
        "/media/images/%2e%2e/original_images/a.jpg",
        "/media/images/../../data.sqlite3",
        "/media/images/a.svg",
        "/media/images/b.jpg",
        "/media/images/",
    ],
)
def test_originals_documents_and_other_files_are_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
