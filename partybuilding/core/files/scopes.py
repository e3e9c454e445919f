"""Who may open a file: asked of the room whose record it belongs to."""

from typing import Any

from partybuilding.core import rooms
from partybuilding.core.types import AnyUser


def user_can_open_file(file: Any, user: AnyUser) -> bool:
    """Tell whether this user may open an attachment; nobody may where no room says who."""
    scope = dict(rooms.collect("file_scopes")).get(file.content_type.model_class())
    return scope is not None and scope(file, user)
