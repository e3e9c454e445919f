"""The way from a closed decision session to the notice of what it approved."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from partybuilding.column.notices.permissions import user_can_start_notice
from partybuilding.column.notices.selectors import awaiting_count
from partybuilding.projects.casefile.contents import CaseAction
from partybuilding.projects.models import DecisionSession


def notice_ways(session: DecisionSession, user: Any) -> Iterator[CaseAction]:
    """Offer to begin a notice while the session approved something that no notice has named."""
    if session.is_open or not user_can_start_notice(user):
        return
    count = awaiting_count(session.cycle, session)
    if count:
        url = (
            f"{reverse('partybuilding:start_notice', args=[session.cycle_id])}?session={session.pk}"
        )
        label = _("Begin the public notice (%(count)s projects)") % {"count": count}
        yield CaseAction(label, url, "doc-full")
