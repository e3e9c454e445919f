"""Who begins the bulletin of a quarter, and what may be done with its page."""

from typing import Any

from partybuilding.core.pages import SingularPermissionTester
from partybuilding.core.states import Role
from partybuilding.organizations.permissions import standing_of


def user_can_begin_bulletin(user: Any) -> bool:
    """Let the task force and system administrators."""
    standing = standing_of(user)
    return standing.is_superuser or standing.has(Role.TASK_FORCE)


def user_sees_bulletins(user: Any) -> bool:
    """Show the quarters and their bulletins to those who see every record, and to publishers and editors."""
    standing = standing_of(user)
    return standing.oversees or standing.has(Role.EDITOR, Role.PUBLISHER)


class BulletinPermissionTester(SingularPermissionTester):
    """What may be done with a bulletin: what residents have read is not deleted."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Keep every bulletin that was ever published."""
        return super().can_delete(ignore_bulk) and self.page.first_published_at is None
