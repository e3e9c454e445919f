"""Expressions that both databases understand and Django lacks."""

from typing import Any

from django.db.models import Aggregate, JSONField


class JsonRows(Aggregate):
    """The rows of a group as one list in JSON, in no order; usually of a `JSONObject`."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Call it by the name that the database has for it."""
        if connection.vendor == "postgresql":
            context["function"] = "JSONB_AGG"
        return super().as_sql(compiler, connection, **context)
