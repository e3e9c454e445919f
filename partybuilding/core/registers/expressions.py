"""Expressions that both databases understand and Django lacks."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Aggregate, JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject


class JsonRows(Aggregate):
    """The rows of a group as one list in JSON, in no order; usually of a `JSONObject`."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Call it by the name that the database has for it."""
        if connection.vendor == "postgresql":
            context["function"] = "JSONB_AGG"
        return super().as_sql(compiler, connection, **context)


def rows_along(rows: QuerySet, of: str = "project", /, **facts: Any) -> Subquery:
    """Return what rows say as one list in JSON, to be read within another query.

    Args:
        rows: already narrowed to the outer row.
        of: the key that all of them share.
        facts: the names in JSON with their expressions.
    """
    grouped = rows.order_by().values(of).annotate(rows_along=JsonRows(JSONObject(**facts)))
    return Subquery(grouped.values("rows_along"))


def moment_of(written: str) -> datetime:
    """Read a moment as it stands in JSON: SQLite writes it in UTC without saying so."""
    found = datetime.fromisoformat(written)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
