"""Who looks over the pages and keeps the list of words: those who work on pages."""

from partybuilding.core.types import AnyUser
from partybuilding.organizations.permissions import user_works_on_pages


def user_can_inspect(user: AnyUser) -> bool:
    """Let editors, publishers and administrators."""
    return user_works_on_pages(user)
