"""The style guide shows everything where it may be shown, and the frame asks for no cookie."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

from config import styleguide

pytestmark = pytest.mark.django_db  # the masthead names the column

PAGES = ["", "reading/", "record/", "portal/"]
FAULTS = ["400/", "403/", "403_csrf/", "404/", "500/", "lockout/"]


@pytest.mark.parametrize("page", PAGES + FAULTS)
def test_every_page_of_the_guide_is_drawn(client: Client, page: str) -> None:
    response = client.get(f"/styleguide/{page}")
    assert response.status_code == 200
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("page", ["", "reading/", "record/", *FAULTS])
def test_a_page_in_the_public_frame_sets_no_cookie(client: Client, page: str) -> None:
    response = client.get(f"/styleguide/{page}")
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


def test_the_guide_is_hidden_where_nothing_is_demonstrated(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(styleguide.apps, "is_installed", {"demonstration": False}.get)
    assert client.get("/styleguide/").status_code == 404


def test_the_guide_knows_no_other_page(client: Client) -> None:
    assert client.get("/styleguide/elsewhere/").status_code == 404


def test_the_guide_keeps_nothing_that_is_sent(client: Client) -> None:
    response = client.post("/styleguide/portal/", {"title": "…"})
    assert response.json() == {}


@pytest.mark.parametrize("name", ["400.html", "404.html", "500.html"])
def test_an_error_page_is_drawn_without_a_request(name: str) -> None:
    assert "</html>" in render_to_string(name)


def test_nothing_english_is_left_on_an_error_page(client: Client) -> None:
    page = client.get("/styleguide/404/").content.decode()
    assert "没有找到这个页面" in page
    assert "返回首页" in page
