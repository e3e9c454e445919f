"""What the editorial workflow says of a page: who wrote last, who approved which revision."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page, Revision, TaskState, WorkflowState

from partybuilding.core.pages.saved import said_in


def wrote_last(page: Page, user: Any) -> bool:
    """Tell whether a user is the last one who changed a page's text; a system administrator never is."""
    if user.is_superuser or not revisions_of(page).filter(user=user).exists():
        return False
    change = last_change(page)
    return change is not None and change.user_id == user.pk


def last_change(page: Page) -> Revision | None:
    """Return the revision that last changed a page's text; saving it again, or a remark, changes nothing."""
    revisions = revisions_of(page).iterator(chunk_size=2)
    change = next(revisions, None)
    said = said_in(change.content) if change else None
    for earlier in revisions:
        if said_in(earlier.content) != said:
            break
        change = earlier
    return change


def newest_revision(page: Page) -> Revision | None:
    """Return the newest revision of a page, whatever the instance remembers.

    An instance made from a revision takes an earlier one for its newest.
    """
    return revisions_of(page).first()


def revisions_of(page: Page) -> QuerySet[Revision]:
    """Return the revisions of a page, newest first."""
    newest_first = ("-created_at", "-pk")
    return Revision.page_revisions.filter(object_id=str(page.pk)).order_by(*newest_first)


def approval_of(revision: Revision) -> TaskState | None:
    """Return the approval by which a finished workflow let a revision through.

    Finishing publishes the newest revision, so an approval holds for the revision that was the
    newest one when it was given, and for no later one.
    """
    between = Revision.objects.filter(
        base_content_type=revision.base_content_type_id,
        object_id=revision.object_id,
        created_at__gt=revision.created_at,
        created_at__lte=OuterRef("finished_at"),
    )
    return (
        TaskState.objects.filter(
            ~Exists(between),
            status=TaskState.STATUS_APPROVED,
            workflow_state__status=WorkflowState.STATUS_APPROVED,
            workflow_state__base_content_type=revision.base_content_type_id,
            workflow_state__object_id=revision.object_id,
            finished_at__gte=revision.created_at,
        )
        .select_related("finished_by")
        .order_by("finished_at", "pk")
        .last()
    )
