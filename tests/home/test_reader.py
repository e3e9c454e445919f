"""What helps readers beside the pages: the offline page, its script, the words of the button that reads aloud."""

import re

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_worker_keeps_the_offline_page_alone_and_leaves_alone_what_is_private() -> None:
    answer = Client().get(reverse("service_worker"))
    assert answer["Content-Type"].startswith("text/javascript")
    assert not answer.cookies
    kept = re.findall(r'"([^"]+)"', re.search(r"KEPT = \[(.*?)\]", answer.text)[1])  # type: ignore[index]
    kept = [address.encode().decode("unicode_escape") for address in kept]
    assert kept[0] == reverse("offline")
    assert all(address.endswith(".css") for address in kept[1:])
    closed = re.search(r"CLOSED = \[(.*?)\]", answer.text)[1].encode().decode("unicode_escape")  # type: ignore[index]
    assert reverse("wagtailadmin_home") in closed
    assert reverse("portal:home") in closed
    assert "cache.put" not in answer.text


def test_the_offline_page_says_so_in_plain_words_and_sets_no_cookie() -> None:
    answer = Client().get(reverse("offline"))
    assert "没有网络" in answer.text
    assert "noindex" in answer.text
    assert not answer.cookies


def test_the_page_names_the_worker_and_the_words_of_the_button() -> None:
    text = Client().get(reverse("offline")).text
    assert f'data-worker="{reverse("service_worker")}"' in text
    assert 'data-aloud="朗读"' in text
    assert "js/reader" in text
