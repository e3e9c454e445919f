"""关怀版 holds from page to page without a cookie and without JavaScript."""

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory

from config.large_view import LargeViewMiddleware, carry


def passed(response: HttpResponse, address: str) -> HttpResponse:
    """Return what becomes of a response to a request for this address."""
    request: HttpRequest = RequestFactory().get(address)
    return LargeViewMiddleware(lambda _request: response)(request)


@pytest.mark.parametrize(
    ("link", "carried"),
    [
        ("/projects/", "/projects/?view=large"),
        ("?page=2", "?page=2&amp;view=large"),
        ("/?", "/?view=large"),
        ("2022/#plan", "2022/?view=large#plan"),
        ("/p/?view=large", "/p/?view=large"),
        ("#plan", "#plan"),
        ("https://example.org/", "https://example.org/"),
        ("//example.org/", "//example.org/"),
        ("tel:12345", "tel:12345"),
        ("/static/a.pdf", "/static/a.pdf"),
        ("/media/a.jpg", "/media/a.jpg"),
    ],
)
def test_inner_links_carry_the_view_and_no_others(link: str, carried: str) -> None:
    assert carry(f'<a class="x" href="{link}">') == f'<a class="x" href="{carried}">'


def test_the_way_back_to_the_standard_view_stays_free_of_it() -> None:
    switch = '<a data-view-switch="standard" href="/">'
    assert carry(switch) == switch


def test_a_search_form_carries_the_view_as_a_field() -> None:
    carried = '<form method="get" action="/search/"><input type="hidden" name="view" value="large">'
    assert carry('<form method="get" action="/search/">') == carried


def test_a_sent_form_carries_the_view_in_its_address() -> None:
    carried = carry('<form method="post" action="/opinions/">')
    assert carried == '<form method="post" action="/opinions/?view=large">'


def test_a_form_that_posts_to_its_own_page_needs_nothing() -> None:
    assert carry('<form method="post">') == '<form method="post">'


def test_a_redirect_carries_the_view() -> None:
    response = passed(HttpResponseRedirect("/done/?id=1"), "/?view=large")
    assert response["Location"] == "/done/?id=1&view=large"


def test_a_page_that_is_not_drawn_large_stays_as_it_is() -> None:
    response = passed(HttpResponse('<html><a href="/">'), "/?view=large")
    assert response.content == b'<html><a href="/">'


def test_the_standard_view_stays_as_it_is() -> None:
    response = passed(HttpResponse('<html data-view="large"><a href="/">'), "/")
    assert response.content == b'<html data-view="large"><a href="/">'


def test_a_page_asked_for_large_leads_to_large_pages(client: Client) -> None:
    response = client.get("/styleguide/?view=large")
    page = response.content.decode()
    assert 'data-view="large"' in page
    assert 'href="/styleguide/record/?view=large"' in page
    assert int(response["Content-Length"]) == len(response.content)
    assert response.cookies == {}
