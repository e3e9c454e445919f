"""A site of the release before gets today's tables and keeps its rows, its pages and its trail."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.services import post_notices
from tests.factories import make_cast
from tests.factories.column import make_page
from tests.factories.news import publish_news
from tests.factories.opinions import make_opinion

#: Where the tables of 0.1.0 end; moved with each release.
RELEASE = [
    ("partybuilding", "0021_operations"),
    ("home", "0005_supervision_code_moved"),
    ("search", "0003_bulletins"),
    ("django_tasks_db", None),
]
Rows = dict[str, tuple[list[str], list[Any]]]
#: Counts what is written, by migrations too.
COUNTER = "partybuilding_contentversion"


def migrate(targets: list[Any] | None = None) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(targets or executor.loader.graph.leaf_nodes())


def read(columns: dict[str, list[str]]) -> Rows:
    """Return the rows of tables by the columns that are asked for and there."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table, wanted in columns.items():
            there = {
                one.name for one in connection.introspection.get_table_description(cursor, table)
            }
            names = [name for name in wanted if name in there]
            listed = ", ".join(f'"{name}"' for name in names)
            cursor.execute(f'SELECT {listed} FROM "{table}"')
            found[table] = (names, sorted(map(repr, cursor.fetchall())))
    return found


def tables() -> dict[str, list[str]]:
    """Return the columns of every table that is there."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        kept = [
            name for name in names if name.startswith(("partybuilding_", "home_", "wagtailcore_"))
        ]
        return {
            name: [one.name for one in connection.introspection.get_table_description(cursor, name)]
            for name in kept
        }


@pytest.mark.django_db(transaction=True)
def test_rows_of_the_release_before_are_kept() -> None:
    cast = make_cast()
    page, news = make_page("implementing", cast), publish_news()
    make_opinion("answered", cast, page.project)
    post_notices([NoticeDraft([cast["unit"]], "请初审", "")], key="upgrade")
    call_command("seal_trail", stdout=StringIO())
    migrate(RELEASE)
    try:
        columns = tables()
        before = read(columns)
        assert "django_tasks_db_dbtaskresult" not in connection.introspection.table_names()
        assert len(before["partybuilding_transitionrecord"][1]) > 5
    finally:
        migrate()
    after = read({table: names for table, names in columns.items() if table in tables()})
    for table, (names, rows) in after.items():
        if names == before[table][0] and table != COUNTER:
            assert rows == before[table][1], table
        assert len(rows) == len(before[table][1]), table
    out = StringIO()
    call_command("verify_trail", stdout=out)
    assert out.getvalue().startswith("The trail is whole")
    for address in ("/", page.url, news.url, "/opinions/replies/"):
        assert Client().get(address).status_code == 200, address
