"""The CMS's own search and choosers find Chinese words of two characters and parts of words."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from tests.factories import make_cast
from tests.factories.column import make_image, make_page

pytestmark = pytest.mark.django_db

#: A whole word of two characters, a part across words, one character, Latin letters half typed.
WORDS = ("夜校", "社区夜", "灯", "ISO9", "夜校 长廊")
TITLE = "灯火社区夜校长廊ISO9001"


@pytest.fixture
def admin(client: Client) -> Client:
    """An administrator at the CMS."""
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.create_superuser("chief", password="x")
    client.force_login(user)
    return client


def body(client: Client, name: str, q: str, *args: Any) -> str:
    """Return what a screen of the CMS finds."""
    response = client.get(reverse(name, args=args), {"q": q})
    assert response.status_code == 200
    return response.content.decode()


def test_the_explorer_and_the_page_chooser_find_parts_of_titles(admin: Client) -> None:
    page = make_page(cast=make_cast())
    page.title = page.draft_title = TITLE
    page.save()
    year = page.get_parent()
    for q in WORDS:
        assert TITLE in body(admin, "wagtailadmin_pages:search", q), q
        assert TITLE in body(admin, "wagtailadmin_choose_page_search", q), q
        assert TITLE in body(admin, "wagtailadmin_explore", q, year.pk), q
    for name in ("wagtailadmin_pages:search", "wagtailadmin_choose_page_search"):
        assert TITLE not in body(admin, name, "量子"), name


def test_the_image_and_document_libraries_and_choosers_find_parts_of_titles(admin: Client) -> None:
    image = make_image(TITLE)
    document = get_document_model().objects.create(title=TITLE, file="x.pdf")
    for q in WORDS:
        assert TITLE in body(admin, "wagtailimages:index", q), q
        assert TITLE in body(admin, "wagtailimages_chooser:choose_results", q), q
        assert TITLE in body(admin, "wagtaildocs:index", q), q
        assert TITLE in body(admin, "wagtaildocs_chooser:choose_results", q), q
    assert TITLE not in body(admin, "wagtailimages_chooser:choose_results", "量子")
    assert list(get_image_model().objects.search("夜校")) == [image]
    assert list(get_document_model().objects.search("夜校")) == [document]


@pytest.mark.parametrize("q", ['"', "'", "*", "\\", "AND", "“", "()"])
def test_no_string_breaks_a_screen(admin: Client, q: str) -> None:
    body(admin, "wagtailadmin_pages:search", q)
    body(admin, "wagtailimages_chooser:choose_results", q)
