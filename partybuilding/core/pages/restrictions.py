"""Which pages everybody may read, as the CMS's restrictions say, in the words of a query."""

from typing import Any

from django.db.models import BooleanField, Func
from wagtail.models import Page, PageViewRestriction

from partybuilding.core.types import Rows


class Restricted(Func):
    """Whether there is a restriction on a page, or above it, by its path.

    It stands in nearly every query for residents; Django words it longer than the database answers it. There are
    few restrictions and many pages: SQLite reads a cross join in the order in which it is written.
    """

    output_field = BooleanField()
    conditional = True

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **more: Any) -> Any:
        """Return the subquery."""
        more["template"] = (
            f"EXISTS (SELECT 1 FROM {PageViewRestriction._meta.db_table} closed"  # noqa: S608
            f" CROSS JOIN {Page._meta.db_table} above WHERE above.id = closed.page_id"
            " AND SUBSTR(%(expressions)s, 1, LENGTH(above.path)) = above.path)"
        )
        return super().as_sql(compiler, connection, *args, **more)


def open_to_all(pages: Rows) -> Rows:
    """Keep the live pages on which, and above which, there is no restriction; in one query."""
    return pages.filter(~Restricted("path"), live=True)
