"""What the editorial workflow says of a page: who wrote last, who approved which revision."""

from typing import Any

from django.db.models import Exists, OuterRef
from wagtail.models import Page, Revision, TaskState, WorkflowState


def wrote_last(page: Page, user: Any) -> bool:
    """Tell whether a user is the last one who changed a page's text; a system administrator never is.

    Asks the database: an instance made from a revision remembers an earlier one as its newest.
    """
    if user.is_superuser:
        return False
    authors = Revision.page_revisions.filter(object_id=str(page.pk)).order_by("-created_at", "-pk")
    last = authors.values_list("user", flat=True).first()
    return last is not None and last == user.pk


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
