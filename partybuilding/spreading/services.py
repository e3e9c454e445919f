"""Write what spreads: begin the page of a record."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.pages import RecordPage
from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import user_works_on_pages
from partybuilding.spreading.kinds import Kind


def begin_page(
    kind: Kind, record: Any, *, by: AnyUser, material: Callable[[Any], Mapping[str, Any]]
) -> RecordPage:
    """Make the draft page of a record; once only.

    Args:
        material: called with the locked record; what its page starts with, to be edited.

    Raises:
        NotYours: pages are written by editors and publishers.
        ConditionUnmet: the record was turned down, or the column has no index of its kind.
    """
    if not user_works_on_pages(by):
        raise NotYours([kind.refused])
    with transaction.atomic():
        locked = kind.records.select_for_update(of=("self",)).get(pk=record.pk)
        shown = {kind.page.record_name: locked}
        existing = kind.page.objects.filter(**shown).first()
        if existing is not None:
            return existing
        if locked.state_row.strip is None:
            raise ConditionUnmet([kind.ended])
        index = kind.index.objects.select_for_update(of=("self",)).first()
        if index is None:
            raise ConditionUnmet([kind.homeless])
        page = kind.page(
            **shown,
            **material(locked),
            title=str(locked),
            live=False,
            has_unpublished_changes=True,
            owner=by,
        )
        index.add_child(instance=page)
        page.save_revision(user=by, log_action=True)
    return page
