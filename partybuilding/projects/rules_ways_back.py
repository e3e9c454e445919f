"""What must hold before a step may be taken back: nobody has acted on it yet, and nothing is public."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.rules import YES, Verdict, no
from partybuilding.core.selectors import last_move, trail_of
from partybuilding.cycles.rules import window_is_open

#: The unit's opinions, each of which it can take back until the department has acted.
FIRST_REVIEWS = frozenset({"pass_first", "not_recommend"})
#: What the department notes while it prepares its decision.
PREPARING = frozenset({"assess", "rate", "appoint", "link", "assign"})


def review_not_opened(project: Any) -> Verdict:
    """Ask whether the unit has not yet opened its review of the application as it was handed in."""
    if project.review_opened_at is None:
        return YES
    return no(_("The reporting unit has begun its review; ask it to return the application."))


def can_be_handed_in_again(project: Any) -> Verdict:
    """Ask whether it could be handed in again: the window is open, or it was let back in by reopening."""
    came = last_move(project, project.state)
    return (
        YES
        if came and came.step == "reopen"
        else window_is_open(project.cycle, timezone.localdate())
    )


def department_idle(project: Any) -> Verdict:
    """Ask whether the department has done nothing with it since the unit's opinion."""
    came = last_move(project, project.state)
    waits = came is not None and came.step in FIRST_REVIEWS
    since = trail_of(project).filter(sequence__gt=came.sequence) if came and waits else None
    sittings = project.session_items.filter(
        Q(session__closed_at=None) | Q(session__opened_at__gte=project.state_since)
    )
    if since is not None and not (since.filter(step__in=PREPARING).exists() or sittings.exists()):
        return YES
    return no(_("The Organization Department has taken it up; the first review stands."))


def nothing_public(project: Any) -> Verdict:
    """Ask whether residents have never read of the approval: no page and no notice that names it."""
    page = getattr(project, "page", None)
    shown = page is not None and (page.live or page.first_published_at is not None)
    named = project.notice_entries.filter(notice__first_published_at__isnull=False)
    if not shown and project.commitments_published_at is None and not named.exists():
        return YES
    return no(_("The project is public already; it can only be terminated, with a public reason."))
