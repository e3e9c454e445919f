"""The search engine of site and CMS: pairs of characters over the database in use (docs/search.md)."""

from typing import Any

from django.db import connection


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - the name that Wagtail looks for
    """Return the engine for the database in use.

    Raises:
        NotImplementedError: it is neither SQLite nor PostgreSQL.
    """
    if connection.vendor == "postgresql":
        from search.backends.postgres import ChinesePostgresBackend

        return ChinesePostgresBackend(params)
    if connection.vendor == "sqlite":
        from search.backends.sqlite import ChineseSQLiteBackend

        return ChineseSQLiteBackend(params)
    raise NotImplementedError("The search knows SQLite and PostgreSQL.")
