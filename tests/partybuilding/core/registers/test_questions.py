"""What registers ask the database: never for all rows to show the rows of a page."""

import re
from collections.abc import Iterator
from inspect import unwrap
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from wagtail.admin import urls

from partybuilding.core.registers.admin import RegisterAdmin, with_more_filters
from tests.factories import Cast, make_cast
from tests.factories.column import make_page
from tests.factories.feedback import make_draft
from tests.factories.opinions import make_opinion
from tests.factories.people import make_user
from tests.factories.progress import make_change, make_question
from tests.factories.screens import asked, client_of

pytestmark = pytest.mark.django_db
#: A count of rows that were grouped or told apart first, or that is not bounded; distinct rows with all their columns.
ALL_ROWS = re.compile(
    r"COUNT\(\*\) FROM \(SELECT (.* GROUP BY |DISTINCT |(?!.* LIMIT \d+\) subquery$))"
    r'|SELECT DISTINCT "\w+"\."id", "\w+"\."\w+", '
)


def registers() -> list[RegisterAdmin]:
    """Return every register, in the order of its address."""
    assert get_resolver().url_patterns  # registers are made while they are read
    views = (unwrap(one.callback) for one in urls.urlpatterns if hasattr(one, "callback"))
    found = {getattr(view, "__self__", None) for view in views}
    admins = [admin for admin in found if isinstance(admin, RegisterAdmin)]
    return sorted(admins, key=lambda admin: admin.base_url_path)


def ways_of(admin: RegisterAdmin, user: Any) -> Iterator[str]:
    """Yield what an address may add: the first choice of each filter."""
    request = RequestFactory().get("/admin/")
    request.user = user
    yield ""
    kind = with_more_filters(admin)
    if kind is not None:
        rows = admin.model._default_manager.all()
        for name, field in kind(data={}, request=request, queryset=rows).form.fields.items():
            chosen = [str(value) for value, _label in getattr(field, "choices", ()) if str(value)]
            yield from (f"?{name}={value}" for value in chosen[:1])


@pytest.fixture(scope="module", autouse=True)
def _many() -> None:
    assert len(registers()) > 15


def test_no_register_reads_all_rows_to_show_a_page() -> None:
    cast: Cast = make_cast()
    page = make_page("implementing", cast)
    make_draft(page.project, cast, None, ("台账更新不及时", "补齐记录"))
    make_opinion("answered", cast, page.project)
    make_question("open", cast)
    make_change("proposed", cast)
    user = make_user(is_superuser=True, is_staff=True)
    client = client_of(user)
    wrong = []
    for admin in registers():
        index = admin.url_helper.index_url
        for way in ways_of(admin, user):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(index + way).status_code == 200, index + way
            wrong += [(index + way, sql) for sql in asked(queries) if ALL_ROWS.search(sql)]
    assert sorted({address for address, _sql in wrong}) == []


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT COUNT(*) FROM (SELECT "a"."id" FROM "a" GROUP BY "a"."id") subquery',
        'SELECT COUNT(*) FROM (SELECT "a"."id" FROM "a" GROUP BY "a"."id" LIMIT 9) subquery',
        'SELECT COUNT(*) FROM (SELECT "a"."id" FROM "a") subquery',
        'SELECT DISTINCT "a"."id", "a"."text", "a"."day" FROM "a"',
    ],
)
def test_what_reads_all_rows_is_recognised(sql: str) -> None:
    assert ALL_ROWS.search(sql)
