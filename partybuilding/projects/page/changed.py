"""When what residents read of a project last changed: its text, its promises, what became of them."""

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Greatest

from partybuilding.core import rooms
from partybuilding.projects.states import PROMISED


def changed_at() -> Greatest:
    """Return the moment of the last public change as an expression over project pages."""
    published = F("last_published_at")
    seen = Case(When(project__state__in=PROMISED, then=F("project__state_since")))
    changes = [one for of in rooms.collect("changes") for one in of(OuterRef("project"))]
    return Greatest(published, *(Coalesce(one, published) for one in (seen, *changes)))


def newest(rows: QuerySet, moment: str) -> Subquery:
    """Return the last of the moments of some rows, as an expression."""
    return Subquery(rows.order_by(f"-{moment}").values(moment)[:1])
