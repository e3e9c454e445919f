"""Questions that every page asks: worded in SQL once, asked each time.

What residents may read is a nest of conditions. Wording it anew for the frame of every page took several
times as long as the database took to answer, and most of what an opinion's sender waited for.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps
from typing import Any

from django.db import connection
from django.db.models import QuerySet

#: Wordings that are kept: some per question and root of a site, those of yesterday fall out.
KEPT = 32
#: All that a question may depend on, beside the code.
Known = str | int | date


def prepared(word: Callable[..., QuerySet]) -> Callable[..., list[Any]]:
    """Make a function that words a query into one that asks it; equal arguments are worded once.

    The arguments are all that the wording depends on, today included. Rows are read anew each time.
    """

    @lru_cache(maxsize=KEPT)
    def worded(vendor: str, *known: Known) -> tuple[type[Any], str, tuple[Any, ...]]:
        query = word(*known).query
        return query.model, *query.sql_with_params()

    @wraps(word)
    def ask(*known: Known) -> list[Any]:
        model, sql, values = worded(connection.vendor, *known)
        return list(model._base_manager.raw(sql, values))

    return ask
