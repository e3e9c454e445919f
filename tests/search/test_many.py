"""Where a word stands in very many pages: the newest are put in order, and the page says so."""

import pytest
from django.db import connection
from django.test import Client

from search import finding
from tests.factories.column import make_page

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has so many")
def test_of_too_many_hits_the_newest_are_shown_and_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search.backends import postgres  # needs the database's own driver

    pages = [make_page("implementing", title="长者食堂") for _number in range(3)]
    monkeypatch.setattr(postgres, "MOST", 2)
    monkeypatch.setattr(finding, "PLENTY", 1)
    found = client.get("/search/", {"q": "长者食堂"})
    assert "结果超过2条" in found.text
    assert "只显示和统计其中较新的部分" in found.text
    assert pages[2].url in found.text
    assert pages[0].url not in found.text
