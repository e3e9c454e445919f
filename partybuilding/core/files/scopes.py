"""Who may open a file: asked of the room whose record it belongs to."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

#: Called with the file and the user.
FileScope = Callable[[Any, Any], bool]

_scopes: dict[type[Model], FileScope] = {}


def register_file_scope(model: type[Model], scope: FileScope) -> None:
    """Say who may open the files of a model's rows; files of every other model nobody may."""
    _scopes[model] = scope


def user_can_open_file(file: Any, user: Any) -> bool:
    """Tell whether this user may open an attachment."""
    scope = _scopes.get(file.content_type.model_class())
    return scope is not None and scope(file, user)
