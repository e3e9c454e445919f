"""At the door: whoever signs in has the CMS groups of today's roles.

Memberships begin and end on days that were written earlier; nothing else happens on such a day.
"""

from typing import Any

from partybuilding.organizations.services import refresh_groups


def hold_groups_to_roles(sender: Any, user: Any, **kwargs: Any) -> None:
    """Hold the groups of a person who has just signed in to the roles they hold today."""
    refresh_groups(user)
