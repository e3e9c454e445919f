"""Browsers of the staff screens: one signed-in client a person, and what a screen asks the database."""

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

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
