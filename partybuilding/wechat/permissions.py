"""Who sets articles for the official account: those who work on pages."""

from partybuilding.core.types import AnyUser, Rows
from partybuilding.organizations.permissions import user_works_on_pages


def user_can_make_articles(user: AnyUser) -> bool:
    """Let editors, publishers and administrators."""
    return user_works_on_pages(user)


def visible_to(exports: Rows, user: AnyUser) -> Rows:
    """Show every export to those who make articles."""
    return exports if user_can_make_articles(user) else exports.none()
