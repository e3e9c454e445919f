"""Browsers of the staff screens: one signed-in client a person, and what a screen asks the database."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partybuilding.core.desk.lines import DeskLine

BACKEND = "django.contrib.auth.backends.ModelBackend"
#: What a database is told without being asked anything: no query of a page.
NO_QUESTION = re.compile("SAVEPOINT|^SET LOCAL ")


def client_of(user: Any) -> Client:
    """Return a browser in which this person is signed in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def queries_of(client: Client, address: str) -> int:
    """Return how many queries a screen takes."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(asked(queries))


def asked(queries: CaptureQueriesContext) -> list[str]:
    """Return what was asked of the database, the same on every kind: settings and savepoints are no questions."""
    return [
        query["sql"] for query in queries.captured_queries if not NO_QUESTION.search(query["sql"])
    ]


#: What the screens that gather rows call them, and how many there are of them.
ROWS: dict[str, Callable[[Any], int]] = {
    "work": lambda work: work.page.paginator.count,
    "paginator": lambda paginator: paginator.count,
    "totals": lambda totals: sum(number.count for _label, number in totals),
    "charges": len,
    "recusals": len,
    "agenda": len,
    "groups": lambda groups: sum(len(rows) for _label, rows in groups),
    "rows": len,
    "record": lambda _record: 1,
}


def listed(answer: Any) -> int:
    """Return how many rows a screen lists on all its pages; a record's own screen is one."""
    name = next(name for name in ROWS if answer.context.get(name) is not None)
    return ROWS[name](answer.context[name])


def misled(user: Any, lines: Iterable[DeskLine]) -> list[tuple[str, int, int]]:
    """Return the lines of a desk that lead to another number of rows than they count, with both numbers."""
    client, wrong = client_of(user), []
    for line in lines:
        answer = client.get(line.url, follow=True)
        assert answer.status_code == 200, line.url
        if listed(answer) != line.count:
            wrong.append((str(line.label), line.count, listed(answer)))
    return wrong
