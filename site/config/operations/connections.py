"""How many connections to the database the servers may open at once, and how many it gives."""

from django.conf import settings
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

#: For commands by the clock, and for whoever looks after the database.
SPARE = 10


def wanted_connections() -> int:
    """Return what all servers open at most: every thread keeps one; the timers' commands come on top."""
    per_server: int = settings.WORKERS * settings.THREADS
    return per_server * int(settings.INSTANCES) + SPARE


def most_connections() -> int | None:
    """Return how many connections PostgreSQL gives to the site's account; None for SQLite.

    Every thread keeps one to each replica too, so that the least of them counts; one that is away does not.
    """
    if connections["default"].vendor != "postgresql":
        return None
    found = [_given_by(connections["default"])]
    for alias in settings.PARTYBUILDING_REPLICAS:
        try:
            found.append(_given_by(connections[alias]))
        except OperationalError:
            continue
    return min(found)


def _given_by(connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT current_setting('max_connections')::int
                    - current_setting('superuser_reserved_connections')::int,
                (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user),
                (SELECT datconnlimit FROM pg_database WHERE datname = current_database())"""
        )
        server, role, database = cursor.fetchone()
    return int(min(server, *(limit for limit in (role, database) if limit >= 0), server))
