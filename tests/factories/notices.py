"""Public notices: drawn from approved projects, complete, handed in and approved by the people of a cast."""

from typing import Any

from django.utils import timezone

from partybuilding.column.notices.pages import NoticePage
from partybuilding.column.notices.services import start_notice
from tests.factories.projects import Cast, make_project
from tests.replay import replayed

OBJECTIONS = {
    "issuer": "区委组织部",
    "objection_office": "区委组织部组织科",
    "objection_phone": "023-79220000",
    "objection_address": "示例路1号",
    "objection_form": "请以书面形式实名反映。",
}


@replayed
def make_notice(
    cast: Cast | None, *, states: tuple[str, ...] = ("approved",), **fields: Any
) -> NoticePage:
    """Make the complete draft of an approved list with one project in each of these states."""
    for state in states:
        make_project(state, cast)
    page = start_notice(cast.cycle, by=cast["editor"])
    return complete(page, cast, **fields)


def complete(page: NoticePage, cast: Cast, **fields: Any) -> NoticePage:
    """Fill in who receives objections, and save it as the editor."""
    for name, value in {**OBJECTIONS, **fields}.items():
        setattr(page, name, value)
    page.save_revision(user=cast["editor"])
    return NoticePage.objects.get(pk=page.pk)


def approve(page: NoticePage, cast: Cast) -> NoticePage:
    """Let the editor hand a notice in and the publisher approve it."""
    flow = page.get_workflow().start(page, cast["editor"])
    flow.current_task_state.approve(user=cast["publisher"])
    return NoticePage.objects.get(pk=page.pk)


@replayed
def publish_notice(cast: Cast, **fields: Any) -> NoticePage:
    """Make an approved list and publish it today."""
    return approve(make_notice(cast, **fields), cast)


def make_notices(number: int, parent: Any, **fields: Any) -> list[NoticePage]:
    """Make many live notices at once, past the services, for lists that must not slow down."""
    now = timezone.now()
    return [
        parent.add_child(
            instance=NoticePage(
                title=f"关于开展学习的通知{count}",
                issuer="区委组织部",
                live=True,
                first_published_at=now,
                last_published_at=now,
                **fields,
            )
        )
        for count in range(number)
    ]
