"""Where an address lies in the folder, and how one file leads to another."""

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.export.addresses import Inner, Site, relative

SITE = Site("https://dj.example.gov.cn", ("/zt/djcx", ""))


@pytest.mark.parametrize(
    ("href", "base", "file"),
    [
        ("/zt/djcx/", "/", "index.html"),
        ("/zt/djcx/projects/", "/", "projects/index.html"),
        ("?page=2", "/projects/", "projects/page/2/index.html"),
        ("?page=1", "/projects/?page=2", "projects/index.html"),
        ("feed.atom", "/projects/", "projects/feed.atom"),
        ("/projects/list.csv?year=2026", "/", "projects/list.year-2026.csv"),
        ("https://dj.example.gov.cn/zt/djcx/news/?view=large#top", "/", "news/index.html"),
        ("/zt/djcx/documents/3/%E7%AB%A0%E7%A8%8B.pdf", "/", "documents/3/章程.pdf"),
        ("../../about/", "/projects/2026/", "about/index.html"),
    ],
)
def test_an_address_is_one_file(href: str, base: str, file: str) -> None:
    inner = SITE.inner(href, base)
    assert inner is not None
    assert inner.file == file


@pytest.mark.parametrize(
    "href", ["https://beian.miit.gov.cn/", "mailto:a@example.org", "data:image/png;base64,AA=="]
)
def test_what_lies_elsewhere_is_none_of_the_folder(href: str) -> None:
    assert SITE.inner(href) is None


def test_a_narrowed_list_is_asked_online_and_the_view_is_the_readers() -> None:
    narrowed = SITE.inner("?year=2026&page=2", "/projects/")
    assert narrowed is not None
    assert narrowed.is_narrowed
    assert SITE.online(narrowed) == "https://dj.example.gov.cn/projects/?year=2026&page=2"
    large = SITE.inner("/projects/?view=large")
    assert large is not None
    assert not large.is_narrowed
    assert large.address == "/projects/"
    assert relative("index.html", large) == "projects/index.html?view=large"


PATHS = st.lists(st.from_regex(r"[a-z0-9]{1,6}", fullmatch=True), max_size=4)


@given(PATHS, PATHS, st.integers(1, 9))
def test_every_link_leads_to_its_file(source: list[str], target: list[str], page: int) -> None:
    here = Inner("/".join(["", *source, ""]) if source else "/")
    there = Inner("/".join(["", *target, ""]) if target else "/", f"page={page}", fragment="a")
    path, _hash, fragment = relative(here.file, there).partition("#")
    led = posixpath.normpath(posixpath.join(posixpath.dirname(here.file), path))
    assert (led, fragment) == (there.file, "a")
